"""Where the client's money went: prices, charges, the forced sale, later trades; the parts add up to the cent.

Rests on the identity of domain specification, section 9, as the platform booked it (``as_stated``):
``left + taken out - paid in = trading result + positions - charges``. Nothing is computed again that the audit has.
Source: product.md (review), seeds 000 (step 8) and 003 (interest and costs eat the result).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workbench.domain.audit import Audit, AuditedLine
from workbench.domain.counterfactual import Counterfactual
from workbench.domain.findings import Verdict
from workbench.domain.lines import TRADES, LineKind
from workbench.domain.money import ONE, ZERO, cents
from workbench.engine.account import Account
from workbench.engine.prices import Prices
from workbench.engine.trade_charges import net_of, turnover
from workbench.planning.events import total_change, turns_of
from workbench.planning.fifo import Piece, pieces

IMPLAUSIBLE = Decimal("0.01")
"""Part of a turnover above which a difference without printed fees is a wrong booking, not a fee (cap: 0.3 %)."""
THEORIES = ("waited", "only_needed", "kept")
STRENGTH = (Verdict.PROVEN, Verdict.POSSIBLE, Verdict.CANNOT_TELL)
PRICES = ("vwap", "close")
"""Fair prices of a day; lowest and highest are known only afterwards."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the change."""

    code: str
    """``realised``, ``forced_fills``, ``forced_sale``, ``later_trades``, ``unrealised``, ``unmatched``, ``dividends``,
    ``adjustments``, ``trade_fees``, ``misbooked``, ``interest``, ``late``, ``fees`` or ``penalty``."""
    amount: Decimal | None
    """Yuan, negative = lost; None: cannot tell, then it stays inside another part."""
    disputed: Decimal = ZERO
    """Overcharge against the contract inside it, in yuan, positive = the client was overcharged."""


@dataclass(frozen=True, slots=True)
class Leverage:
    """The same price moves with own money only, and what borrowing added."""

    own_money: Decimal
    """Each purchase's result times the own part of total assets on its day, in yuan."""
    borrowed: Decimal
    """The rest: ``own_money + borrowed`` is the whole result of the prices."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """The total change of the client's money and its parts."""

    paid_in: Decimal
    taken_out: Decimal
    left: Decimal
    """Settlement as the platform booked it, in yuan; negative = shortfall."""
    change: Decimal
    """Left + taken out - paid in; the parts' sum."""
    parts: tuple[Part, ...]
    leverage: Leverage | None
    """None where no day of the account could be valued."""
    otherwise: Counterfactual | None
    """Estimate behind ``forced_sale``; None where the audit has none with a price."""
    warned: date | None
    """Day of the first warning sign; purchases on later days are ``later_trades``."""

    @property
    def disputed(self) -> Decimal:
        """Overcharge against the contract in all parts together, in yuan; the rest is prices and what was agreed."""
        return sum((part.disputed for part in self.parts), ZERO)

    def amount(self, code: str) -> Decimal:
        """Return a part in yuan, zero where it is absent or cannot be told."""
        return next((part.amount for part in self.parts if part.code == code and part.amount is not None), ZERO)


@dataclass(frozen=True, slots=True)
class _Valued:
    """A piece with what its price did, held pieces at the last close."""

    piece: Piece
    result: Decimal


def attribute(audit: Audit, account: Account, prices: Prices) -> Attribution:
    """Split the change of the client's money.

    Args:
        audit: the recomputed case.
        account: its running account, for the rows that stand twice.
        prices: bars and the statement's own marks, for what is still held.

    Every part is exact to the cent except ``forced_sale``, an estimate that is only moved out of ``forced_fills``.
    """
    basis = audit.bases["as_stated"]
    lines = [entry.line for entry in audit.lines]
    warned = min((turn.day for turn in turns_of(audit)), default=None)
    matched = pieces(lines, account.doubled)
    valued = _valued(matched, account, prices, basis.positions)
    fees, misbooked, unmatched = _booked(audit.lines, account.doubled, matched)
    otherwise = chosen(audit.liquidation.otherwise)
    total = dict.fromkeys(LineKind, ZERO)
    for line in lines:
        total[line.kind] += line.stated
    parts = (
        *_price_parts(valued, warned, otherwise),
        Part("unmatched", unmatched),
        Part("dividends", total[LineKind.DIVIDEND] + total[LineKind.DIVIDEND_TAX]),
        Part("adjustments", total[LineKind.ADJUSTMENT]),
        Part("trade_fees", fees),
        Part("misbooked", misbooked, -misbooked),
        *_charge_parts(audit),
    )
    change = total_change(audit)
    return Attribution(
        basis.money_in, basis.money_out, basis.settlement, change, parts, _leverage(audit, valued), otherwise, warned
    )  # fmt: skip


def chosen(rows: Sequence[Counterfactual]) -> Counterfactual | None:
    """Return the estimate that stands for the forced sale: the best proven theory, then the earliest course.

    A theory whose tests were all ``not_found`` is not used; neither are the lowest and highest of a stretch.
    """
    fitting = [
        row for row in rows if row.difference is not None and row.price in PRICES and row.verdict in STRENGTH
    ]  # fmt: skip
    return min(
        fitting,
        key=lambda row: (
            STRENGTH.index(row.verdict or Verdict.CANNOT_TELL),
            THEORIES.index(row.theory),
            PRICES.index(row.price),
        ),
        default=None,
    )


def _valued(matched: Sequence[Piece], account: Account, prices: Prices, positions: Decimal) -> list[_Valued]:
    """Return the pieces with their results; the held ones add up to the basis' positions, the last taking the rest."""
    found = [_Valued(piece, piece.result) for piece in matched if piece.sold is not None and piece.bought is not None]
    held = [piece for piece in matched if piece.sold is None]
    left = positions
    for at, piece in enumerate(held):
        price = prices.close(piece.code, account.as_of) if account.as_of else None
        value = left if at == len(held) - 1 else cents(piece.quantity * (price or ZERO))
        left -= value
        found.append(_Valued(piece, value - piece.cost))
    return found


def _booked(
    entries: Sequence[AuditedLine], doubled: frozenset[str], matched: Sequence[Piece]
) -> tuple[Decimal, Decimal, Decimal]:
    """Return right trade fees, what was booked otherwise than it should be, and proceeds without a known purchase."""
    fees, misbooked = ZERO, ZERO
    unmatched = sum((piece.proceeds for piece in matched if piece.bought is None), ZERO)
    for entry in entries:
        line = entry.line
        if line.kind not in TRADES:
            continue
        gross = turnover(line)
        if line.id in doubled:
            misbooked += line.stated
        elif gross is None or not line.code or not line.quantity:
            unmatched += line.stated
        else:
            signed = net_of(line, cents(gross), ZERO)
            right = line.stated if entry.expected is None else entry.expected
            if not line.fees.total and abs(right - signed) > max(cents(gross) * IMPLAUSIBLE, Decimal(10)):
                right = signed
            fees += right - signed
            misbooked += line.stated - right
    return fees, misbooked, unmatched


def _price_parts(valued: Sequence[_Valued], warned: date | None, otherwise: Counterfactual | None) -> tuple[Part, ...]:
    """Return the parts that prices made; the estimate of the forced sale is moved out of the forced fills."""
    sums = dict.fromkeys(("realised", "forced_fills", "later_trades", "unrealised"), ZERO)
    for one in valued:
        sums[_price_code(one.piece, warned)] += one.result
    lost = None if otherwise is None else otherwise.difference
    return (
        Part("realised", sums["realised"]),
        Part("forced_fills", sums["forced_fills"] + (lost or ZERO)),
        Part("forced_sale", None if lost is None else -lost),
        Part("later_trades", sums["later_trades"]),
        Part("unrealised", sums["unrealised"]),
    )


def _price_code(piece: Piece, warned: date | None) -> str:
    if warned is not None and piece.bought is not None and piece.bought > warned:
        return "later_trades"
    if piece.sold is None:
        return "unrealised"
    return "forced_fills" if piece.forced else "realised"


def _charge_parts(audit: Audit) -> tuple[Part, ...]:
    names = ("interest", "late", "fees", "penalty")
    stated, right = audit.stated, audit.expected
    return tuple(Part(name, -getattr(stated, name), getattr(stated, name) - getattr(right, name)) for name in names)


def _leverage(audit: Audit, valued: Sequence[_Valued]) -> Leverage | None:
    """Split the price result by the own part of total assets on the day of each purchase."""
    known = [(day.date, _own_part(day.assets, day.debt)) for day in audit.margin.days if not day.missing]
    if not known:
        return None
    own = cents(sum((one.result * _own_on(one.piece.bought, known) for one in valued), ZERO))
    return Leverage(own, sum((one.result for one in valued), ZERO) - own)


def _own_part(assets: Decimal, debt: Decimal) -> Decimal:
    return min(ONE, max(ZERO, (assets - debt) / assets)) if assets > ZERO else ZERO


def _own_on(day: date | None, known: Sequence[tuple[date, Decimal]]) -> Decimal:
    """Return the own part on the last valued day by then; all own before the first drawdown."""
    at = 0 if day is None else bisect_right(known, day, key=lambda one: one[0])
    return known[at - 1][1] if at else ONE
