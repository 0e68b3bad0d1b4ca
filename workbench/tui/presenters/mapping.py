"""The column mapper: what each column of an unknown table means, and what that would give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from workbench.domain.lines import LineKind, Statement
from workbench.tui.presenters.base import Cell, Column, Detail, Row, Section, Words, label, money, one_line
from workbench.tui.presenters.imports import issue_text

if TYPE_CHECKING:
    from workbench.errors import WorkbenchError
    from workbench.intake.mapping import LayoutDraft

COLUMNS = (
    Column("mapped_column", 12, flex=1),
    Column("meaning", 14, flex=1),
    Column("samples", 20, flex=3),
)
OFFERED = (
    "date", "time", "operation", "code", "name", "code_name", "quantity", "price", "gross", "net", "money_in",
    "money_out", "debit", "credit", "side", "balance", "position", "commission", "fee_total", "stamp_duty",
    "transfer_fee", "handling_fee", "regulatory_fee", "settlement_fee", "other", "serial", "remark", "counterparty",
    "counter_account", "currency", "ignored",
)  # fmt: skip
"""Fields a person may choose, the usual ones first."""
SHOWN_LINES = 12
SHOWN_ISSUES = 12


def mapping_rows(draft: LayoutDraft, fields: Sequence[str], kinds: Mapping[str, str], words: Words) -> tuple[Row, ...]:
    """Return one row for each column, then one for each word of the operation column."""
    rows = [_heading("mapper.columns", words)]
    for at, column in enumerate(draft.columns):
        meaning = fields[at]
        cell = Cell(words(f"field.{meaning}"), "strong") if meaning else Cell(words("mapper.open"), "warn")
        samples = Cell(one_line("  ·  ".join(column.samples)), "muted")
        rows.append(Row(f"c{at}", (Cell(one_line(column.key)), cell, samples)))
    if draft.operations:
        rows.append(_heading("mapper.operations", words))
    for at, (word, _) in enumerate(draft.operations):
        kind = kinds.get(word, "")
        cell = Cell(label(words, "kind", kind), "strong") if kind else Cell(words("mapper.open"), "warn")
        rows.append(Row(f"o{at}", (Cell(one_line(word)), cell, Cell(""))))
    return tuple(rows)


def _heading(key: str, words: Words) -> Row:
    return Row(key, (Cell(words(key)), Cell("")), heading=True)


def field_choices(words: Words) -> tuple[tuple[str, str], ...]:
    """Return the meanings a column can be given."""
    return (("", words("mapper.leave_open")), *((name, words(f"field.{name}")) for name in OFFERED))


def kind_choices(words: Words) -> tuple[tuple[str, str], ...]:
    """Return the kinds an operation word can be given."""
    named = tuple((kind.value, label(words, "kind", kind.value)) for kind in LineKind if kind is not LineKind.UNKNOWN)
    return (("", words("mapper.leave_open")), *named)


def mapping_summary(draft: LayoutDraft, fields: Sequence[str], words: Words) -> str:
    """Say how many columns are told and whether the file will be recognised again."""
    told = sum(bool(field) for field in fields)
    key = "mapper.headed" if draft.headed else "mapper.headless"
    return f"{words('mapper.told', told=told, count=len(fields))}  {words(key)}"


def preview_detail(statement: Statement, words: Words) -> Detail:
    """Show what the mapping gives: proven rows, questions, the first postings."""
    proven = sum("balance" in line.proofs or "net" in line.proofs for line in statement.lines)
    counts = words("mapper.result", rows=len(statement.lines), proven=proven, open=len(statement.issues))
    tone = "good" if not statement.issues and statement.lines else "warn"
    lines = tuple(
        Cell(
            f"{line.date}  {label(words, 'kind', line.kind.value)}  {money(line.stated)}  "
            f"{money(line.balance)}  {'✓' if line.proofs else ''}"
        )
        for line in statement.lines[:SHOWN_LINES]
    )
    sections = [Section("", (Cell(counts, tone),)), Section(words("import.first_lines"), lines)]
    if statement.issues:
        met = Counter(label(words, "issue", issue.reason) for issue in statement.issues)
        total = Cell(" · ".join(f"{name} ×{count}" for name, count in met.most_common()), "warn")
        listed = tuple(Cell(issue_text(issue, words)) for issue in statement.issues[:SHOWN_ISSUES])
        sections.append(Section(words("import.issues", count=len(statement.issues)), (total, *listed)))
    return Detail(words("mapper.preview"), "", tuple(sections))


def problem_detail(error: WorkbenchError, words: Words) -> Detail:
    """Show why the mapping gives nothing yet."""
    return Detail(words("mapper.preview"), "", (Section("", (Cell(error.text(words.lang), "bad"),)),))
