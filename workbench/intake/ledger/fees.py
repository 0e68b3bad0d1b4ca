"""Which fee columns add up: some contain the others, so the subset that closes ``net = gross and fees`` is found.

Source: formats.md section 7 (trap of 总费用 and 手续费), domain specification section 10.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from workbench.domain.lines import TradeFees
from workbench.domain.money import ZERO, agrees, cents
from workbench.intake.ledger.columns import Columns
from workbench.intake.ledger.postings import Posting

_SAMPLE = 400
_LEAST_SHARE = Decimal("0.5")
_MOST_COLUMNS = 9
_TOTALS = frozenset({"fee_total"})


@dataclass(frozen=True, slots=True)
class FeeReading:
    """Which fee columns are added to a trade, and which of them are already inside another."""

    added: tuple[tuple[int, str], ...]
    """(column, field) of the columns that add up."""
    inside: tuple[tuple[int, str], ...] = ()
    """(column, field) of columns that the added total already contains."""
    closed: int = 0


@dataclass(frozen=True, slots=True)
class Trade:
    """What is needed to test one trade."""

    posting: Posting
    gross: Decimal
    effect: Decimal


def choose_fees(trades: Sequence[Trade], columns: Columns) -> FeeReading:
    """Return the subset of fee columns under which most trades close; all of them where none does."""
    sample = [trade for trade in trades if trade.effect != ZERO][:_SAMPLE]
    used = [pair for pair in columns.fees if any(trade.posting.numbers.get(pair[0]) for trade in sample)]
    idle = tuple(pair for pair in columns.fees if pair not in used)
    best: FeeReading | None = None
    for subset in _subsets(used):
        closed = sum(_closes(trade, subset) for trade in sample)
        if best is None or closed > best.closed:
            best = FeeReading(subset, (), closed)
            if closed == len(sample):
                break
    if best is None or Decimal(best.closed) < _LEAST_SHARE * len(sample):
        return FeeReading(tuple(pair for pair in columns.fees if pair[1] not in _TOTALS) or columns.fees)
    inside = tuple(pair for pair in used if pair not in best.added)
    return FeeReading((*best.added, *(pair for pair in idle if pair[1] not in _TOTALS)), inside, best.closed)


def _subsets(used: Sequence[tuple[int, str]]) -> Iterator[tuple[tuple[int, str], ...]]:
    """Yield subsets, the likely ones first: all parts without totals, all, one total alone, then fewer and fewer."""
    parts = tuple(pair for pair in used if pair[1] not in _TOTALS)
    yield parts
    yield tuple(used)
    yield from ((pair,) for pair in used if pair[1] in _TOTALS)
    pool = used[:_MOST_COLUMNS]
    for size in range(len(pool) - 1, -1, -1):
        yield from combinations(pool, size)


def _closes(trade: Trade, subset: Sequence[tuple[int, str]]) -> bool:
    charged = sum((abs(trade.posting.numbers.get(column, ZERO)) for column, _ in subset), ZERO)
    return agrees(trade.effect, net_effect(trade.gross, charged, trade.effect))


def net_effect(gross: Decimal, charged: Decimal, like: Decimal) -> Decimal:
    """Return what a trade should do to cash: a sale brings gross less fees, a purchase costs gross and fees."""
    return gross - charged if like > ZERO else -(gross + charged)


def trade_fees(posting: Posting, reading: FeeReading) -> TradeFees:
    """Return a row's fees by kind; a total that contains printed parts leaves its rest to the commission."""
    printed: dict[str, Decimal | None] = {}
    for column, name in reading.added:
        value = posting.numbers.get(column)
        if value is not None:
            printed[name] = (printed.get(name) or ZERO) + abs(value)
    total = printed.pop("fee_total", None)
    inside: dict[str, Decimal] = {}
    for column, name in reading.inside:
        value = posting.numbers.get(column)
        if value is not None and name not in _TOTALS:
            inside[name] = inside.get(name, ZERO) + abs(value)
    holder = total if total is not None else printed.get("commission")
    rest = holder - sum(inside.values(), ZERO) if holder is not None else ZERO
    if inside and holder is not None and rest >= ZERO:
        for name, value in inside.items():
            printed[name] = (printed.get(name) or ZERO) + value if name != "commission" else value
        if total is not None:
            target = "commission" if "commission" not in inside and printed.get("commission") is None else "other"
            printed[target] = (printed.get(target) or ZERO) + rest
        else:
            printed["commission"] = rest
    elif total is not None:
        printed["other"] = (printed.get("other") or ZERO) + total
    return TradeFees(**printed)


def gross_of(posting: Posting, columns: Columns) -> Decimal | None:
    """Return a trade's turnover in yuan: the printed one, else quantity x price."""
    printed = posting.number(columns.first("gross"))
    if printed:
        return abs(printed)
    quantity, price = posting.number(columns.first("quantity")), posting.number(columns.first("price"))
    return cents(abs(quantity * price)) if quantity and price else None
