"""Several contracts and a person's edits become one set of terms, by rules that a reader can repeat.

A person's edit stands over every contract; among contracts the one signed later stands over the earlier, key by key,
except that keys which only make sense together come from one contract.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.domain.terms import TERM_SPECS, Contract, Term, Terms, TermStatus


@dataclass(frozen=True, slots=True)
class Bond:
    """Keys that a later contract replaces together: where it has one of ``leads``, earlier ``members`` fall away."""

    leads: tuple[str, ...]
    members: tuple[str, ...]
    unless_same: str | None = None
    """The members stay where both contracts agree on this key, or the later one does not say it."""


BONDS = (
    Bond(("rate", "rate_type"), ("rate", "rate_period", "rate_type", "rate_spread_bp", "rate_reset")),
    Bond(("rate", "rate_type"), ("day_count",), unless_same="rate_period"),
    Bond(("leverage",), ("leverage", "leverage_convention")),
    Bond(("management_fee",), ("management_fee", "management_fee_period")),
    Bond(("penalty_rate", "penalty_uplift"), ("penalty_rate", "penalty_uplift")),
    Bond(("breach_penalty",), ("breach_penalty", "breach_base")),
    Bond(("settlement",), ("settlement", "settlement_day")),
    Bond(
        ("line_convention", "warning_line", "liquidation_line"),
        ("line_convention", "warning_line", "liquidation_line", "emergency_line"),
        unless_same="line_convention",
    ),
)


@dataclass(frozen=True, slots=True)
class MergedTerms:
    """Terms in force, and what they stand over."""

    terms: Terms
    earlier: Mapping[str, tuple[Term, ...]]
    """Per key, other contracts' terms and terms that an edit replaced, newest first."""


def merge_terms(contracts: Sequence[tuple[int, Contract]], edits: Mapping[str, Term | None]) -> MergedTerms:
    """Merge contracts, given with the number of their document, and a person's edits and confirmations.

    An edit to None says that the contract is silent.
    A contract without a signing date counts as signed before all that have one.
    """
    newest_first = [contract for _, contract in sorted(contracts, key=_signed, reverse=True)]
    chosen: list[Term] = []
    earlier: dict[str, tuple[Term, ...]] = {}
    for spec in TERM_SPECS:
        found = [term for contract in newest_first if (term := contract.terms.get(spec.key)) is not None]
        winner = _contracted(spec.key, newest_first)
        term = _with_edit(winner, edits[spec.key]) if spec.key in edits else winner
        if term is not None:
            chosen.append(term)
        others = tuple(
            other for other in found if term is None or other.source != term.source or other.value != term.value
        )
        if others:
            earlier[spec.key] = others
    return MergedTerms(Terms(tuple(chosen)), earlier)


def _signed(entry: tuple[int, Contract]) -> tuple[str, int]:
    number, contract = entry
    return contract.terms.text("signed_on") or "", number


def _contracted(key: str, newest_first: Sequence[Contract]) -> Term | None:
    """Return the latest contract's term, unless a still later one replaced its whole group without it."""
    for position, contract in enumerate(newest_first):
        term = contract.terms.get(key)
        if term is None:
            continue
        later = newest_first[:position]
        return None if any(_replaced(key, contract, newer) for newer in later) else term
    return None


def _replaced(key: str, older: Contract, newer: Contract) -> bool:
    for bond in BONDS:
        if key not in bond.members or not any(lead in newer.terms for lead in bond.leads):
            continue
        if bond.unless_same is None:
            return True
        said = newer.terms.get(bond.unless_same)
        before = older.terms.get(bond.unless_same)
        if said is not None and (before is None or before.value != said.value):
            return True
    return False


def _with_edit(contracted: Term | None, edit: Term | None) -> Term | None:
    if edit is None or edit.status is TermStatus.EDITED or contracted is None:
        return edit
    # A confirmation speaks about the value that was confirmed, not about one that a later contract brought.
    return replace(contracted, status=TermStatus.CONFIRMED) if contracted.value == edit.value else contracted
