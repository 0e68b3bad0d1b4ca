"""The moments that divide a case: first warning, first notice, first crossing, first forced sale.

A crossing is measured at the close, so its own day lies before it; a message or a sale happens during the day, so the
day before it does. Source: domain specification, section 7; product.md (rhythm).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workbench.domain.audit import Audit
from workbench.domain.lines import Line, LineKind
from workbench.domain.margin import MarginDay
from workbench.domain.market import NoticeKind
from workbench.domain.money import ZERO, cents

CALLS = frozenset({NoticeKind.WARNING.value, NoticeKind.MARGIN_CALL.value})
INFLOWS = frozenset({LineKind.MARGIN_IN, LineKind.TRANSFER_IN})
OUTFLOWS = frozenset({LineKind.MARGIN_OUT, LineKind.TRANSFER_OUT})


@dataclass(frozen=True, slots=True)
class Turn:
    """One event that divides the case."""

    name: str
    """``first_warning``, ``first_notice``, ``first_liquidation`` or ``forced_sale``."""
    day: date
    at_close: bool
    """True: the state at the close of ``day``; False: during ``day``, so the close before counts."""


def turns_of(audit: Audit) -> tuple[Turn, ...]:
    """Return the events that happened, by day; on one day a message or sale comes before the close."""
    margin = audit.margin
    calls = [event.at.date() for event in margin.events if event.kind in CALLS]
    known = (
        ("first_warning", margin.first_warning, True),
        ("first_notice", min(calls, default=None), False),
        ("first_liquidation", margin.first_liquidation, True),
        ("forced_sale", audit.liquidation.started, False),
    )
    found = [Turn(name, day, at_close) for name, day, at_close in known if day is not None]
    return tuple(sorted(found, key=lambda turn: (turn.day, turn.at_close)))


@dataclass(frozen=True, slots=True)
class Phase:
    """What the client's money did between two events."""

    start: str
    """Event the phase begins with; ``opening`` for the first."""
    end: str
    """Event it ends with; ``end`` for the last."""
    until: date | None
    """Close up to which it is measured, included; None for the last."""
    change: Decimal
    """Change of the client's money in yuan; negative = lost."""


def total_change(audit: Audit) -> Decimal:
    """Return what became of the client's money, in yuan: left + taken out - paid in, as the platform booked it.

    What is left is the settlement of ``as_stated`` (domain specification, section 9), so by its identity the change is
    trading result + positions - charges; negative = lost.
    """
    basis = audit.bases["as_stated"]
    return basis.trading + basis.positions - basis.allowed


def phases(audit: Audit) -> tuple[Phase, ...]:
    """Divide the total change at the events; the phases add up to it to the cent.

    Up to an event the change is assets - debt (interest accrued and not yet posted included), less what the client had
    paid in net and less what was withheld from the loan. Interest accrued and never posted therefore comes back
    in the last phase. An event without a valued close before it is left out.
    """
    found: list[Phase] = []
    start, so_far = "opening", ZERO
    for turn in turns_of(audit):
        day = _close(audit, turn)
        if day is None or (found and found[-1].until is not None and day.date < found[-1].until):
            continue
        change = _change_until(audit, day)
        found.append(Phase(start, turn.name, day.date, change - so_far))
        start, so_far = turn.name, change
    return (*found, Phase(start, "end", None, total_change(audit) - so_far))


def _close(audit: Audit, turn: Turn) -> MarginDay | None:
    """Return the last valued close that lies before the event."""
    known = (day for day in reversed(audit.margin.days) if not day.missing)
    return next((day for day in known if day.date < turn.day or (turn.at_close and day.date == turn.day)), None)


def _change_until(audit: Audit, day: MarginDay) -> Decimal:
    lines = [entry.line for entry in audit.lines]
    withheld = sum((line.withheld for line in lines if line.withheld and line.date <= day.date), ZERO)
    return cents(day.assets - day.debt - paid_in(audit, day.date) - withheld)


def paid_in(audit: Audit, day: date) -> Decimal:
    """Return what the client had paid in less what was paid out by the end of a day, in yuan, opening cash included."""
    lines = [entry.line for entry in audit.lines]
    opening = audit.bases["as_stated"].money_in - _sum(lines, INFLOWS)
    before = [line for line in lines if line.date <= day]
    return opening + _sum(before, INFLOWS) + _sum(before, OUTFLOWS)


def _sum(lines: list[Line], kinds: frozenset[LineKind]) -> Decimal:
    return sum((line.stated for line in lines if line.kind in kinds), ZERO)
