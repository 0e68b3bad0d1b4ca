"""The rhythm of trading: how often, how long, where more was bought, with what leverage, what came after warnings.

Figures of the ledger only, so that one's own decisions can be told from the platform's. Source: seed 000 (操作节奏:
下单频率、加仓断点、止损执行), product.md (rhythm).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workbench.domain.audit import Audit
from workbench.domain.lines import TRADES, Line, LineKind
from workbench.domain.money import ONE, ZERO, cents
from workbench.domain.reference import TradingCalendar
from workbench.engine.account import Account
from workbench.engine.aftermath import NO_LOT, Lot, lot_after
from workbench.engine.prices import Prices
from workbench.engine.trade_charges import turnover
from workbench.planning.events import Phase, Turn, phases, turns_of
from workbench.planning.exposure import Exposure, exposures
from workbench.planning.fifo import Piece, pieces
from workbench.planning.stops import StopReview, review_stops

OWN_TRADES = TRADES - {LineKind.FORCED_SELL}


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often the client traded; forced sales are not counted."""

    fills: int
    orders: int
    """Fills of one security, side and day counted once: a statement does not print orders."""
    days: int
    """Trading days from the first to the last own trade, both included."""
    active: int
    """Days with an own trade."""
    busiest: tuple[date, int] | None
    """Day with the most orders and their number."""
    busiest_week: tuple[date, int] | None
    """Monday of the week with the most orders and their number."""

    @property
    def per_day(self) -> Decimal | None:
        """Orders per trading day; None without a trade."""
        return Decimal(self.orders) / self.days if self.days else None

    @property
    def per_week(self) -> Decimal | None:
        """Orders per five trading days."""
        return None if self.per_day is None else self.per_day * 5


def frequency(lines: Sequence[Line], calendar: TradingCalendar) -> Frequency:
    """Count the client's own fills and orders.

    Args:
        lines: the ledger in posting order.
        calendar: the trading days.
    """
    own = [line for line in lines if line.kind in OWN_TRADES]
    orders = sorted({(line.date, line.code or "", line.kind is LineKind.BUY) for line in own})
    by_day = Counter(day for day, _, _ in orders)
    by_week = Counter(date.fromisocalendar(*day.isocalendar()[:2], 1) for day, _, _ in orders)
    days = len(calendar.between(min(by_day), max(by_day))) if by_day else 0
    return Frequency(len(own), len(orders), max(days, len(by_day)), len(by_day), _most(by_day), _most(by_week))


def _most(counts: Counter[date]) -> tuple[date, int] | None:
    return max(counts.items(), key=lambda item: (item[1], -item[0].toordinal()), default=None)


@dataclass(frozen=True, slots=True)
class Holding:
    """How long sold pieces were held, in calendar days."""

    pieces: int
    mean: Decimal | None
    """Mean weighted by cost; None where nothing was sold."""
    median: Decimal | None
    """Half of the pieces were held no longer."""
    winners: Decimal | None
    """Weighted mean of the pieces sold above cost."""
    losers: Decimal | None
    """Weighted mean of the pieces sold below cost: held longer than the winners, losses were left to run."""


def holding(found: Sequence[Piece]) -> Holding:
    """Return how long the sold pieces of known purchase were held."""
    sold = [(piece, Decimal(piece.days)) for piece in found if piece.days is not None]
    ordered = sorted(days for _, days in sold)
    middle = len(ordered) // 2
    median = None if not ordered else (ordered[middle] + ordered[~middle]) / 2
    return Holding(
        len(sold),
        _weighted(sold),
        median,
        _weighted([one for one in sold if one[0].result > ZERO]),
        _weighted([one for one in sold if one[0].result < ZERO]),
    )


def _weighted(sold: Sequence[tuple[Piece, Decimal]]) -> Decimal | None:
    weight = sum((piece.cost for piece, _ in sold), ZERO)
    return sum((piece.cost * days for piece, days in sold), ZERO) / weight if weight else None


@dataclass(frozen=True, slots=True)
class AddOn:
    """More bought of what was already held."""

    line: str
    day: date
    code: str
    quantity: Decimal
    price: Decimal
    average: Decimal
    """Average cost before, in yuan a share, without fees."""
    since: int
    """Trading days since the purchase of the same security before."""

    @property
    def against_cost(self) -> Decimal:
        """Price / average cost - 1, a fraction; negative = bought more below cost (averaging down)."""
        return self.price / self.average - ONE


def add_ons(lines: Sequence[Line], calendar: TradingCalendar) -> tuple[AddOn, ...]:
    """Return the purchases of what was held at the end of an earlier day, with the break before each.

    Args:
        lines: the ledger in posting order.
        calendar: the trading days.
    """
    lots: dict[str, Lot] = {}
    last: dict[str, date] = {}
    found = []
    for line in lines:
        if line.kind not in TRADES or not line.code or not line.price or not line.quantity:
            continue
        lot, before = lots.get(line.code, NO_LOT), last.get(line.code)
        if line.kind is LineKind.BUY:
            if lot.quantity > ZERO and before is not None and before < line.date:
                since = len(calendar.between(before, line.date)) - 1
                average = lot.cost / lot.quantity
                found.append(AddOn(line.id, line.date, line.code, line.quantity, line.price, average, since))
            last[line.code] = line.date
        lots[line.code] = lot_after(lot, line)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Later:
    """What the client bought after a warning sign."""

    turn: Turn
    lines: tuple[str, ...]
    """Ids of the purchases on later days; the day itself is left out, for its order is not always known."""
    amount: Decimal
    """Their turnover in yuan, before fees."""


def later_purchases(audit: Audit, turns: Sequence[Turn]) -> tuple[Later, ...]:
    """Return the purchases after each event."""
    buys = [entry.line for entry in audit.lines if entry.line.kind is LineKind.BUY]
    found = []
    for turn in turns:
        later = [line for line in buys if line.date > turn.day]
        found.append(Later(turn, tuple(line.id for line in later), _turnover(later)))
    return tuple(found)


def _turnover(lines: Sequence[Line]) -> Decimal:
    return cents(sum((gross for line in lines if (gross := turnover(line)) is not None), ZERO))


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How the account was traded."""

    frequency: Frequency
    holding: Holding
    add_ons: tuple[AddOn, ...]
    exposures: tuple[Exposure, ...]
    later: tuple[Later, ...]
    phases: tuple[Phase, ...]
    stops: StopReview | None
    """None where no stop-loss rule was given."""

    @property
    def peak(self) -> Exposure | None:
        """Day with the highest leverage among those with own money left; None without such a day."""
        known = [one for one in self.exposures if one.leverage is not None]
        return max(known, key=lambda one: one.leverage or ZERO, default=None)

    @property
    def densest(self) -> Exposure | None:
        """Day with the largest part in one security; None without holdings."""
        known = [one for one in self.exposures if one.largest_part is not None]
        return max(known, key=lambda one: one.largest_part or ZERO, default=None)

    @property
    def below_cost(self) -> tuple[AddOn, ...]:
        """The purchases below average cost."""
        return tuple(one for one in self.add_ons if one.against_cost < ZERO)


def build_rhythm(audit: Audit, account: Account, prices: Prices, stop_loss: Decimal | None = None) -> Rhythm:
    """Describe the trading of a case.

    Args:
        audit: the recomputed case.
        account: its running account, for the calendar and the rows that stand twice.
        prices: bars and the statement's own marks.
        stop_loss: the person's own rule, a fraction below average cost (0.08); None: no rule was given.

    Raises:
        UsageError: a stop-loss that is not between 0 and 1.
    """
    lines = tuple(entry.line for entry in audit.lines if entry.line.id not in account.doubled)
    calendar = account.tables.calendar
    return Rhythm(
        frequency(lines, calendar),
        holding(pieces(lines)),
        add_ons(lines, calendar),
        exposures(audit, account, prices),
        later_purchases(audit, turns_of(audit)),
        phases(audit),
        None if stop_loss is None else review_stops(lines, prices, calendar, stop_loss),
    )
