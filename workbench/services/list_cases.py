"""The list of cases with what a person needs to choose one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workbench.domain.case import Case
from workbench.services.desk import Desk


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """One row of the list."""

    case: Case
    step: int
    """Number (1-8) of the first step that still has open tasks; 8 when all are done."""
    tasks_done: int
    tasks: int
    documents: int
    overcharged: Decimal | None
    """Yuan, from the last saved audit; None before the first."""
    owed: Decimal | None
    """Settlement in yuan on ``basis``, positive = due to the client; None before the first audit."""
    basis: str | None
    """Name of the legal basis of ``owed``."""
    next_due: date | None
    """Earliest due date of an open task."""
    stale: bool
    """True where facts changed since the last saved audit, or there is none yet."""


def list_cases(desk: Desk, *, archived: bool = False) -> tuple[CaseSummary, ...]:
    """Return the cases, last changed first.

    Args:
        desk: the desk.
        archived: True returns the archived cases instead of the live ones.
    """
    raise NotImplementedError


def show_case(desk: Desk, case: str) -> CaseSummary:
    """Return one case's summary.

    Raises:
        NotFoundError: no such case.
    """
    raise NotImplementedError
