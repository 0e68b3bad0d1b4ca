"""What the rules on fills share: the prices, what is known of the whole ledger, and a rule's answer.

Source: domain specification, section 7.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from workbench.domain.lines import SALES, TRADES, Line, LineKind
from workbench.domain.money import ZERO
from workbench.engine.account import Account
from workbench.engine.instruments import is_bond, is_fund
from workbench.engine.prices import Prices

BOARD_LOT = 100
"""Shares of one lot on the main board and ChiNext."""
SESSIONS = ((time(9, 25), time(9, 26)), (time(9, 30), time(11, 31)), (time(13, 0), time(15, 1)))
"""When fills can happen, from the opening auction's result on; one minute of grace for the printing clock."""

Reason = tuple[str, str]
"""Why something could not have happened, in Chinese and English."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one rule says of one fill."""

    tried: bool
    reason: Reason | None = None
    """None: kept."""
    doubtful: bool = False
    """True where it could still have happened in a rare way: a question, not an impossibility."""


KEPT = Answer(tried=True)
UNTRIED = Answer(tried=False)


def broken(zh: str, en: str, *, doubtful: bool = False) -> Answer:
    """Return the answer that a rule is broken."""
    return Answer(tried=True, reason=(zh, en), doubtful=doubtful)


@dataclass(frozen=True, slots=True)
class Market:
    """The ledger beside the market."""

    account: Account
    prices: Prices
    clocks: bool
    """True where the printed times are those of trading."""
    bought: Mapping[tuple[str, date], Decimal]
    """(code, day) -> shares bought that day."""
    early: frozenset[tuple[str, date]]
    """(code, day) on which shares were sold that had been bought the same day."""


def open_market(account: Account, prices: Prices) -> Market:
    """Look over the whole ledger once."""
    bought: dict[tuple[str, date], Decimal] = {}
    for line in account.of_kind(LineKind.BUY):
        key = (line.code or "", line.date)
        bought[key] = bought.get(key, ZERO) + (line.quantity or ZERO)
    return Market(account, prices, clocks_trusted(account.lines), bought, frozenset(early_sold(account.lines)))


def in_session(moment: time) -> bool:
    """Tell whether a fill can carry this time."""
    return any(start <= moment < end for start, end in SESSIONS)


def clocks_trusted(lines: Sequence[Line]) -> bool:
    """Tell whether the printed times are those of trading: several, and most of them inside the sessions."""
    times = [line.time for line in lines if line.time is not None and line.kind in TRADES]
    return len(set(times)) > 1 and sum(map(in_session, times)) * 5 >= len(times) * 4


def early_sold(lines: Sequence[Line]) -> Iterator[tuple[str, date]]:
    """Yield (code, day) of shares sold on the day they were bought; funds and bonds may be, and are left out.

    A code sold beyond all its purchases was held before the ledger begins: nothing is said of it.
    """
    held: dict[str, Decimal] = {}
    opening: dict[str, Decimal] = {}
    sold: dict[str, Decimal] = {}
    found: dict[tuple[str, date], None] = {}
    short: set[str] = set()
    day: date | None = None
    for line in lines:
        code = line.code
        if not code or not line.quantity or is_fund(code) or is_bond(code):
            continue
        if line.date != day:
            day, opening, sold = line.date, dict(held), {}
        if line.kind in SALES:
            held[code] = held.get(code, ZERO) - line.quantity
            sold[code] = sold.get(code, ZERO) + line.quantity
            if held[code] < ZERO:
                short.add(code)
            if sold[code] > opening.get(code, ZERO):
                found[code, line.date] = None
        elif line.kind in ADDS:
            held[code] = held.get(code, ZERO) + line.quantity
            if line.kind is not LineKind.BUY:
                opening[code] = opening.get(code, ZERO) + line.quantity
    yield from (one for one in found if one[0] not in short)


ADDS = frozenset({LineKind.BUY, LineKind.TRANSFER_IN, LineKind.DIVIDEND})
"""Postings that bring shares; only bought ones wait for the next day."""
