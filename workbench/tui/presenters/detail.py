"""Details of a line or finding: picture, figures, working, cause, clause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from workbench.domain.audit import Audit, AuditedLine
from workbench.domain.findings import Cause, Finding, Triage, TriageState
from workbench.domain.source import Source
from workbench.domain.terms import Term
from workbench.tui.presenters.base import Cell, Detail, Section, Words, day, delta_cell, label, money, one_line, pick
from workbench.tui.presenters.causes import cause_label
from workbench.tui.presenters.findings import STATE_MARK, STATE_TONE, group_title
from workbench.tui.presenters.ledger import mark, total, what
from workbench.tui.presenters.sources import place_with_file, printed_cells, quote
from workbench.tui.presenters.values import term_value


def figures(stated: Decimal | None, expected: Decimal | None, delta: Decimal | None, words: Words) -> Section:
    """Show stated, expected and their difference under one another, figures aligned."""
    rows = [("detail.stated", money(stated), ""), ("detail.expected", money(expected), "")]
    cell = delta_cell(delta)
    rows.append(("detail.delta", cell.text or money(Decimal(0) if delta is not None else None), cell.tone))
    width = max(len(text) for _, text, _ in rows)
    return Section("", tuple(Cell(f"{words(key)}  {text:>{width}}", tone) for key, text, tone in rows))


def cause_section(cause: Cause | None, words: Words) -> Iterable[Section]:
    """Show the formula that gives the platform's figure, and whether it does so to the cent."""
    if cause is None:
        return
    lines = [
        Cell(cause_label(words, cause.hypothesis), "strong"),
        Cell(one_line(cause.formula)),
        Cell(words("detail.exact" if cause.exact else "detail.closest"), "good" if cause.exact else "warn"),
    ]
    lines += [Cell(words("detail.alternative", formula=one_line(other)), "muted") for other in cause.alternatives]
    yield Section(words("detail.cause"), tuple(lines))


def clause_lines(term: Term, words: Words) -> tuple[Cell, ...]:
    """Quote a term's clause with its place; say so where a term has no source."""
    name = Cell(f"{label(words, 'term', term.key)}  {term_value(term, words)}", "strong")
    if term.source is None:
        return name, Cell(words(f"term_status.{term.status.value}"), "muted")
    return name, Cell(quote(term.source, words)), Cell(place_with_file(term.source, words), "muted")


def clause_section(audit: Audit, keys: Sequence[str], words: Words) -> Iterable[Section]:
    """Quote the clauses a finding rests on."""
    terms = [term for key in keys for term in audit.terms if term.key == key]
    if terms:
        yield Section(words("detail.clause"), tuple(cell for term in terms for cell in clause_lines(term, words)))


def working_section(working: str, words: Words) -> Iterable[Section]:
    """Show the formula of the expected figure."""
    if working:
        yield Section(words("detail.working"), tuple(Cell(line) for line in working.splitlines()))


def triage_section(triage: Triage | None, words: Words) -> Section:
    """Show what a person decided."""
    state = triage.state if triage else TriageState.OPEN
    lines = [Cell(f"{STATE_MARK[state]} {words(f'triage.{state.value}')}", STATE_TONE[state])]
    if triage and triage.in_letter:
        lines.append(Cell(words("detail.in_letter"), "accent"))
    if triage and triage.note:
        lines.append(Cell(triage.note))
    if triage and triage.reviewer:
        lines.append(Cell(triage.reviewer, "muted"))
    return Section(words("detail.decision"), tuple(lines))


def finding_detail(
    audit: Audit, finding: Finding, entries: Sequence[AuditedLine], triage: Triage | None, words: Words
) -> Detail:
    """Explain one finding; ``entries`` are its lines, first the one that dates it."""
    source: Source | None = entries[0].line.source if entries else None
    sign = mark(finding)
    sections = [
        Section("", (Cell(pick(words, finding.text_zh, finding.text_en), "strong"),)),
        *([figures(finding.stated, finding.expected, finding.delta, words)] if finding.delta is not None else []),
        *working_section(finding.working, words),
        *cause_section(finding.cause, words),
        *clause_section(audit, finding.terms, words),
        Section(
            words("detail.verdict"),
            (
                Cell(f"{sign.text} {words(f'severity.{finding.severity.value}')}", sign.tone),
                Cell(words(f"verdict.{finding.verdict.value}")),
            ),
        ),
        triage_section(triage, words),
    ]
    if len(entries) > 1:
        lines = tuple(
            Cell(f"{entry.line.id}  {entry.line.date}  {what(entry.line, words)}  {money(entry.line.stated)}")
            for entry in entries
        )
        sections.append(Section(words("detail.lines", count=len(lines)), lines))
    return Detail(
        f"{finding.code} {label(words, 'finding', finding.code)}",
        place_with_file(source, words) if source else day(finding.date),
        tuple(sections),
        entries[0].line.id if entries else None,
        printed_cells(source) if source else (),
    )


def group_detail(members: Sequence[Finding], words: Words) -> Detail:
    """Explain a group of findings by its common cause and the sum of its differences."""
    deltas = [finding.delta for finding in members]
    if any(delta is not None for delta in deltas):
        said = words("detail.group", count=len(members), sum=money(total(deltas)))
    else:
        said = words("detail.group_without_amounts", count=len(members))
    listed = tuple(
        Cell(f"{day(finding.date)}  {delta_cell(finding.delta).text}", delta_cell(finding.delta).tone)
        if finding.date is not None or finding.delta is not None
        else Cell(f"· {pick(words, finding.text_zh, finding.text_en)}")
        for finding in members
    )
    sections = (
        Section("", (Cell(said, "strong"),)),
        *cause_section(members[0].cause, words),
        Section(words("detail.members"), listed),
        Section("", (Cell(words("detail.group_hint"), "muted"),)),
    )
    return Detail(group_title(members, words), "", sections)


def line_detail(audit: Audit, entry: AuditedLine, findings: Mapping[str, Finding], words: Words) -> Detail:
    """Explain one statement line: figures, working, what is wrong, and the account after it."""
    line = entry.line
    wrong = [findings[key] for key in entry.findings if key in findings]
    after = [
        Cell(f"{words('detail.cash')}  {money(entry.cash)}"),
        *([Cell(f"{words('detail.printed_balance')}  {money(line.balance)}")] if line.balance is not None else []),
        Cell(f"{words('detail.principal')}  {money(entry.principal)}"),
    ]
    sections: list[Section] = [
        figures(line.stated, entry.expected, entry.delta, words)
        if entry.expected is not None
        else Section("", (Cell(f"{words('detail.stated')}  {money(line.stated)}"),)),
        *working_section(entry.working, words),
    ]
    for finding in wrong:
        sign = mark(finding)
        text = Cell(f"{sign.text} {pick(words, finding.text_zh, finding.text_en)}", sign.tone)
        sections.append(Section(f"{finding.code} {label(words, 'finding', finding.code)}", (text,)))
        sections.extend(cause_section(finding.cause, words))
        sections.extend(clause_section(audit, finding.terms, words))
    if not wrong:
        key = "detail.agrees" if entry.expected is not None else "detail.unchecked"
        sections.append(Section("", (Cell(words(key), "good" if entry.expected is not None else "muted"),)))
    sections.append(Section(words("detail.after"), tuple(after)))
    return Detail(
        f"{line.date} {what(line, words)}",
        f"{line.id} · {place_with_file(line.source, words)}",
        tuple(sections),
        line.id,
        printed_cells(line.source),
    )
