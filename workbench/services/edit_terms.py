"""See, set and confirm the terms of a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from workbench.domain.terms import SPEC_BY_KEY, Clause, Contradiction, Term, Terms, TermStatus
from workbench.errors import UsageError
from workbench.services.change_names import change_names
from workbench.services.desk import Desk
from workbench.services.merge_terms import MergedTerms, merge_terms
from workbench.services.term_text import names_no_unit, parse_term

if TYPE_CHECKING:
    from workbench.store.unit import Unit


def list_terms(desk: Desk, case: str) -> Terms:
    """Return the terms in force: the person's edits, else the latest signed contract's, else an earlier one's.

    Defaults are not among them; ``Terms.with_defaults`` adds them.

    Raises:
        NotFoundError: no such case.
    """
    with desk.store.read() as unit:
        return _merged(unit, unit.cases.key(case)).terms


def list_earlier_terms(desk: Desk, case: str) -> dict[str, tuple[Term, ...]]:
    """Return, per key, what other contracts of the case say and what an edit replaced, newest first.

    Raises:
        NotFoundError: no such case.
    """
    with desk.store.read() as unit:
        return dict(_merged(unit, unit.cases.key(case)).earlier)


def list_contract_notes(desk: Desk, case: str) -> tuple[tuple[Contradiction, ...], tuple[Clause, ...]]:
    """Return the contradictions and the notable clauses of all contracts of the case.

    Raises:
        NotFoundError: no such case.
    """
    with desk.store.read() as unit:
        contracts = [contract for _, contract in unit.documents.contracts(unit.cases.key(case))]
    return (
        tuple(found for contract in contracts for found in contract.contradictions),
        tuple(clause for contract in contracts for clause in contract.clauses),
    )


def set_terms(desk: Desk, case: str, values: Mapping[str, str]) -> Terms:
    """Set terms from text a person typed (``1.5%``, ``2025年3月1日``, ``是``); empty text removes a term.

    Raises:
        NotFoundError: no such case.
        UsageError: an unknown key or a value that does not fit; then nothing is changed.
    """
    parsed = {key: parse_term(key, text) for key, text in values.items()}
    now = desk.now()
    with desk.store.write() as unit:
        case_key = unit.cases.key(case)
        known = _merged(unit, case_key).terms
        images = [
            unit.decisions.set_term(
                case_key,
                key,
                None if term is None else term.value,
                None if term is None else _unit(term, values[key], known),
                TermStatus.EDITED,
                now,
            )
            for key, term in parsed.items()
        ]
        if images:
            zh, en = change_names("term", parsed)
            unit.changed(case_key, now, f"修改条款：{zh}", f"set terms: {en}", images, touches_facts=True)
        terms = _merged(unit, case_key).terms
        unit.commit()
    return terms


def _unit(term: Term, typed: str, known: Terms) -> str | None:
    """Return the unit of a typed term; a plain number keeps that of the term it replaces: 500 yuan become 600 yuan."""
    before = known.get(term.key)
    if term.unit is None and before is not None and before.unit == "yuan" and names_no_unit(typed):
        return before.unit
    return term.unit


def confirm_terms(desk: Desk, case: str, keys: Sequence[str] = ()) -> Terms:
    """Mark terms as confirmed by a person; no keys: all that are known.

    A term the person edited stays ``edited``: it is the person's word already. A key on which the contract is silent
    can be confirmed where it has a default; the default is then the person's word.

    Raises:
        NotFoundError: no such case.
        UsageError: an unknown key, or one for which the case has no value.
    """
    now = desk.now()
    with desk.store.write() as unit:
        case_key = unit.cases.key(case)
        terms = _merged(unit, case_key).terms
        chosen = [_confirmable(terms, key) for key in keys] or list(terms)
        fresh = [term for term in chosen if term.status not in (TermStatus.EDITED, TermStatus.CONFIRMED)]
        images = [
            unit.decisions.set_term(case_key, term.key, term.value, term.unit, TermStatus.CONFIRMED, now)
            for term in fresh
        ]
        if images:
            zh, en = f"确认条款 {len(images)} 项", f"confirmed {len(images)} terms"
            if len(fresh) == 1:
                zh, en = change_names("term", (fresh[0].key,))
                zh, en = f"确认条款：{zh}", f"confirmed the term: {en}"
            unit.changed(case_key, now, zh, en, images, touches_facts=True)
        terms = _merged(unit, case_key).terms
        unit.commit()
    return terms


def _confirmable(terms: Terms, key: str) -> Term:
    spec = SPEC_BY_KEY.get(key)
    term = None if spec is None else terms.get(key)
    if term is None and spec is not None and spec.default is not None:
        return Term(key, spec.default, spec.unit, TermStatus.DEFAULT)
    if term is None:
        raise UsageError(
            f"there is no term {key!r} to confirm",
            next_step="`workbench terms CASE` lists the terms of the case.",
            what_zh=f"没有可确认的条款 {key}",
            next_step_zh="用 workbench terms 案件 查看条款。",
        )
    return term


def _merged(unit: Unit, case_key: int) -> MergedTerms:
    return merge_terms(unit.documents.contracts(case_key), unit.decisions.terms(case_key))
