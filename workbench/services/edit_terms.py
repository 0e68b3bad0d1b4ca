"""See, set and confirm the terms of a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workbench.domain.terms import Clause, Contradiction, Term, Terms
from workbench.services.desk import Desk


def list_terms(desk: Desk, case: str) -> Terms:
    """Return the terms in force: the person's edits, else the latest signed contract's, else an earlier one's.

    Defaults are not among them; ``Terms.with_defaults`` adds them.
    """
    raise NotImplementedError


def list_earlier_terms(desk: Desk, case: str) -> dict[str, tuple[Term, ...]]:
    """Return, per key, what other contracts of the case say and what an edit replaced, newest first."""
    raise NotImplementedError


def list_contract_notes(desk: Desk, case: str) -> tuple[tuple[Contradiction, ...], tuple[Clause, ...]]:
    """Return the contradictions and the notable clauses of all contracts of the case."""
    raise NotImplementedError


def set_terms(desk: Desk, case: str, values: Mapping[str, str]) -> Terms:
    """Set terms from text a person typed (``1.5%``, ``2025年3月1日``, ``是``); empty text removes a term.

    Raises:
        UsageError: an unknown key or a value that does not fit; then nothing is changed.
    """
    raise NotImplementedError


def confirm_terms(desk: Desk, case: str, keys: Sequence[str] = ()) -> Terms:
    """Mark terms as confirmed by a person; no keys: all that are known.

    Raises:
        UsageError: an unknown key, or one for which the case has no value.
    """
    raise NotImplementedError
