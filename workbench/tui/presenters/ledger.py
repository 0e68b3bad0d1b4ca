"""Ledger rows: what was posted, what it should have been, the difference, and a mark where something is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from workbench.domain.audit import Audit, AuditedLine
from workbench.domain.findings import Finding, Severity
from workbench.domain.lines import TRADES, Line
from workbench.domain.money import plain
from workbench.tui.presenters.base import Cell, Column, Row, Rows, Words, delta_cell, label, money, one_line
from workbench.tui.state import AuditIndex

COLUMNS = (
    Column("flag", 1),
    Column("date", 10),
    Column("what", 10, flex=3),
    Column("stated", 13, right=True),
    Column("expected", 13, right=True, needs=74),
    Column("delta", 11, right=True),
    Column("cash", 14, right=True, needs=110),
    Column("remark", 16, flex=2, needs=128),
)
SEVERITY_MARK = {Severity.ERROR: "●", Severity.UNLAWFUL: "▲", Severity.QUESTION: "?", Severity.NOTE: "·"}
SEVERITY_TONE = {Severity.ERROR: "bad", Severity.UNLAWFUL: "warn", Severity.QUESTION: "accent", Severity.NOTE: "muted"}
SEVERITY_ORDER = tuple(SEVERITY_MARK)


def worst(findings: Sequence[Finding]) -> Finding | None:
    """Return the most serious finding, the first of equals; None without any."""
    return min(findings, key=lambda finding: SEVERITY_ORDER.index(finding.severity), default=None)


def mark(finding: Finding | None) -> Cell:
    """Return the sign of a finding's severity."""
    return Cell("") if finding is None else Cell(SEVERITY_MARK[finding.severity], SEVERITY_TONE[finding.severity])


def what(line: Line, words: Words) -> str:
    """Say in one phrase what a posting is: its kind, and for trades the security, quantity and price."""
    kind = label(words, "kind", line.kind.value)
    if line.kind not in TRADES:
        return one_line(f"{kind} {line.name or ''}".strip())
    parts = [kind, line.name or line.code or ""]
    if line.quantity is not None:
        price = f"@{line.price}" if line.price is not None else ""
        parts.append(f"{plain(line.quantity)}{price}")
    if line.name and line.code:
        parts.append(line.code)
    return one_line(" ".join(part for part in parts if part))


def line_row(entry: AuditedLine, findings: Mapping[str, Finding], words: Words) -> Row:
    """Make the row of one audited line."""
    line = entry.line
    wrong = worst([findings[key] for key in entry.findings if key in findings])
    differs = entry.delta is not None and bool(delta_cell(entry.delta).text)
    return Row(
        line.id,
        (
            mark(wrong),
            Cell(line.date.isoformat(), "muted"),
            Cell(what(line, words)),
            Cell(money(line.stated)),
            Cell(money(entry.expected) if entry.expected is not None else "", "" if differs else "muted"),
            delta_cell(entry.delta),
            Cell(money(entry.cash), "muted"),
            Cell(one_line(line.remark or line.operation), "muted"),
        ),
    )


def imported_rows(lines: Sequence[Line], words: Words) -> Rows:
    """Return postings as imported, without expected figures, while the ledger is recomputed."""

    def at(index: int) -> Row:
        line = lines[index]
        cells = (line.date.isoformat(), what(line, words), money(line.stated), "", "", money(line.balance))
        remark = Cell(one_line(line.remark or line.operation), "muted")
        return Row(line.id, (Cell(""), *map(Cell, cells), remark))

    return Rows(len(lines), at)


def search_texts(index: AuditIndex, words: Words) -> tuple[str, ...]:
    """Return what a filter looks through, line by line; made once per audit and language."""
    texts = index.texts.get(words.lang)
    if texts is None:
        texts = index.texts[words.lang] = tuple(search_text(entry, words) for entry in index.audit.lines)
    return texts


def find_lines(index: AuditIndex, query: str, words: Words, within: Sequence[int] | None = None) -> tuple[int, ...]:
    """Return the positions of the lines that have every word of the query.

    Args:
        index: the audited lines.
        query: words; upper and lower case are the same.
        words: the catalogue in use, for what a line says depends on the language.
        within: where to look: what a shorter beginning of the query found; None: all lines.
    """
    texts = search_texts(index, words)
    found: Iterable[int] = range(len(texts)) if within is None else within
    for word in query.lower().split():
        found = [at for at in found if word in texts[at]]
    return tuple(found)


def search_text(entry: AuditedLine, words: Words) -> str:
    """Return everything of a line that a filter may look for, lower case."""
    line = entry.line
    amount = f"{line.stated:f} {money(line.stated)}"
    parts = (line.id, str(line.date), what(line, words), line.operation, line.remark, amount, *entry.findings)
    return " ".join(parts).lower()


def ledger_rows(audit: Audit, indices: Sequence[int] | None, findings: Mapping[str, Finding], words: Words) -> Rows:
    """Return the ledger's rows, all of them or those at the given positions, made on demand."""
    lines = audit.lines

    def at(index: int) -> Row:
        return line_row(lines[index if indices is None else indices[index]], findings, words)

    make: Callable[[int], Row] = at
    return Rows(len(lines) if indices is None else len(indices), make)


def ledger_summary(index: AuditIndex, shown: int, words: Words) -> str:
    """Say how many lines there are, how many are shown, how many carry findings and the overcharge in all."""
    audit, wrong = index.audit, len(index.wrong)
    return words(
        "ledger.summary", shown=f"{shown:,}", all=f"{len(audit.lines):,}", wrong=wrong, sum=money(audit.overcharged)
    )


def total(amounts: Sequence[Decimal | None]) -> Decimal:
    """Add what is known."""
    return sum((amount for amount in amounts if amount is not None), Decimal(0))
