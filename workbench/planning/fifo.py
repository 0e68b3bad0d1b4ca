"""Purchases matched with sales, first in, first out: how long each piece was held and what its price did.

Amounts are turnovers before fees, to the cent; a divided purchase keeps its cents, so that the pieces of a ledger add
up to its turnovers exactly. Source: product.md (rhythm: hold times; review: loss attribution).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from workbench.domain.lines import SALES, TRADES, Line, LineKind
from workbench.domain.money import ZERO, cents
from workbench.engine.trade_charges import turnover


@dataclass(frozen=True, slots=True)
class Piece:
    """Shares of one purchase that left in one sale, or that are still held."""

    code: str
    quantity: Decimal
    bought: date | None
    """None: sold beyond the purchases in the ledger, so day and cost are unknown."""
    sold: date | None
    """None: still held at the end of the ledger."""
    cost: Decimal
    """Turnover of the purchase in yuan, to the cent; zero where unknown."""
    proceeds: Decimal
    """Turnover of the sale in yuan, to the cent; zero while held."""
    forced: bool = False
    buy: str = ""
    """Id of the purchase."""
    sale: str = ""
    """Id of the sale."""

    @property
    def result(self) -> Decimal:
        """Proceeds minus cost in yuan, before fees; minus the cost while held."""
        return self.proceeds - self.cost

    @property
    def days(self) -> int | None:
        """Calendar days held, the day of purchase not counted; None while held or where unknown."""
        return None if self.bought is None or self.sold is None else (self.sold - self.bought).days


def pieces(lines: Iterable[Line], ignored: frozenset[str] = frozenset()) -> tuple[Piece, ...]:
    """Return every piece: the sold ones in order of sale, then what is still held.

    Args:
        lines: the ledger in posting order.
        ignored: ids of trades that did not happen (rows that stand twice).
    """
    held: dict[str, deque[Piece]] = {}
    found: list[Piece] = []
    for line in lines:
        gross = turnover(line)
        if line.kind not in TRADES or line.id in ignored or not line.code or not line.quantity or gross is None:
            continue
        queue = held.setdefault(line.code, deque())
        if line.kind in SALES:
            found += _sold(queue, line, cents(gross))
        else:
            queue.append(Piece(line.code, line.quantity, line.date, None, cents(gross), ZERO, buy=line.id))
    return (*found, *(piece for queue in held.values() for piece in queue))


def _sold(queue: deque[Piece], line: Line, gross: Decimal) -> list[Piece]:
    """Take one sale from the oldest purchases."""
    left, money = line.quantity or ZERO, gross
    found = []
    while left > ZERO:
        first = queue.popleft() if queue else Piece(line.code or "", left, None, None, ZERO, ZERO)
        count = min(left, first.quantity)
        cost = first.cost if count == first.quantity else cents(first.cost * count / first.quantity)
        share = money if count == left else cents(money * count / left)
        if count < first.quantity:
            queue.appendleft(replace(first, quantity=first.quantity - count, cost=first.cost - cost))
        forced = line.kind is LineKind.FORCED_SELL
        found.append(
            replace(first, quantity=count, sold=line.date, cost=cost, proceeds=share, forced=forced, sale=line.id)
        )
        left, money = left - count, money - share
    return found
