"""Terms side by side with the words of the contract they come from."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.domain.audit import Audit
from workbench.domain.terms import Contradiction, Term, Terms, TermStatus
from workbench.tui.presenters.base import Cell, Column, Detail, Row, Section, Words, label, one_line
from workbench.tui.presenters.detail import clause_lines
from workbench.tui.presenters.sources import place_with_file, quote
from workbench.tui.presenters.values import term_value

COLUMNS = (
    Column("status", 2),
    Column("term", 14, flex=1),
    Column("value", 16, flex=2),
    Column("quote", 20, flex=4, needs=60),
)
STATUS_MARK = {
    TermStatus.EXTRACTED: ("?", "warn"),
    TermStatus.CONFIRMED: ("✓", "good"),
    TermStatus.EDITED: ("✎", "accent"),
    TermStatus.DEFAULT: ("·", "muted"),
}


def term_row(term: Term, contested: frozenset[str], audit: Audit | None, words: Words) -> Row:
    """Make the row of one term; a term in a contradiction is marked."""
    sign, tone = ("!", "bad") if term.key in contested else STATUS_MARK[term.status]
    printed = in_contract(term, audit)
    quoted = one_line(printed.source.text) if printed.source else words(f"term_status.{term.status.value}")
    return Row(
        term.key,
        (
            Cell(sign, tone),
            Cell(label(words, "term", term.key), "muted" if term.status is TermStatus.DEFAULT else ""),
            Cell(term_value(term, words), "muted" if term.status is TermStatus.DEFAULT else "strong"),
            Cell(quoted, "muted"),
        ),
    )


def in_contract(term: Term, audit: Audit | None) -> Term:
    """Return what the contract says where a person's edit stands in its place, else the term itself."""
    if term.source is not None or audit is None:
        return term
    said = (contract.terms.get(term.key) for contract in reversed(audit.contracts))
    return next((found for found in said if found is not None and found.source is not None), term)


def contested_keys(audit: Audit | None) -> frozenset[str]:
    """Return the keys that a contract contradicts itself about."""
    contracts = audit.contracts if audit else ()
    return frozenset(key for contract in contracts for item in contract.contradictions for key in item.keys)


def term_rows(terms: Terms, audit: Audit | None, words: Words) -> tuple[Row, ...]:
    """Return all terms, those that nobody has confirmed first within the contract's order, defaults last."""
    contested = contested_keys(audit)
    ordered = sorted(terms.with_defaults(), key=lambda term: term.status is TermStatus.DEFAULT)
    return tuple(term_row(term, contested, audit, words) for term in ordered)


def contradictions(audit: Audit | None, key: str) -> Sequence[Contradiction]:
    """Return the contradictions a term takes part in."""
    contracts = audit.contracts if audit else ()
    return [item for contract in contracts for item in contract.contradictions if key in item.keys]


def term_detail(term: Term, audit: Audit | None, words: Words) -> Detail:
    """Show the clause in full, the term's status, contradictions and the findings that rest on it."""
    sections = [Section(words("detail.clause"), clause_lines(term, words))]
    if (printed := in_contract(term, audit)) is not term:
        sections.append(Section(words("terms.printed"), clause_lines(printed, words)))
    for item in contradictions(audit, term.key):
        lines = [Cell(item.detail, "bad")]
        for source in item.sources:
            lines += [Cell(quote(source, words)), Cell(place_with_file(source, words), "muted")]
        sections.append(Section(words("terms.contradiction"), tuple(lines)))
    resting = [finding for finding in audit.findings if term.key in finding.terms] if audit else []
    if resting:
        names = words("terms.comma").join(sorted({label(words, "finding", finding.code) for finding in resting}))
        text = words("terms.resting", count=len(resting), names=names)
        sections.append(Section(words("terms.used"), (Cell(text),)))
    sections.append(Section("", (Cell(words(f"terms.hint_{term.status.value}"), "muted"),)))
    return Detail(label(words, "term", term.key), term.key, tuple(sections))
