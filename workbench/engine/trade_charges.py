"""Expected charges on a trade: commission by contract, duties and fees by trade date, side, market and instrument.

Source: domain specification, section 5 (each charge rounded by itself) and section 12 (minimum per row by default).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from workbench.domain.lines import SALES, Line
from workbench.domain.money import TOLERANCE, ZERO, agrees, cents, grouped, percent
from workbench.domain.reference import ReferenceTables
from workbench.domain.terms import Terms
from workbench.engine.instruments import is_bond, is_fund, market_of
from workbench.errors import ReferenceGapError


@dataclass(frozen=True, slots=True)
class ChargePart:
    """One charge on one trade."""

    item: str
    """``commission``, ``stamp_duty``, ``transfer_fee``, ``handling_fee``, ``regulatory_fee`` or ``other``."""
    stated: Decimal
    expected: Decimal
    working: str
    accepted: tuple[Decimal, ...] = ()
    """Further amounts that are right too, where practice differs."""

    @property
    def excess(self) -> Decimal:
        """Overcharge in yuan; zero within a cent of an amount that is right."""
        over = self.stated - self.expected
        if abs(over) <= TOLERANCE or any(agrees(self.stated, right) for right in self.accepted):
            return ZERO
        return over


def turnover(line: Line) -> Decimal | None:
    """Return price x quantity in yuan, the printed turnover where it only rounds, None for anything else."""
    if line.quantity and line.price:
        exact = line.quantity * line.price
        if line.gross is not None and (line.gross == exact or _rounds_to(line.gross, line.quantity, line.price)):
            return line.gross
        return cents(exact)
    return line.gross


def _rounds_to(gross: Decimal, quantity: Decimal, price: Decimal) -> bool:
    """Tell whether the printed price is the rounded average of the printed turnover."""
    exponent = price.as_tuple().exponent
    half = Decimal((0, (5,), exponent - 1 if isinstance(exponent, int) else -4))
    return abs(gross - quantity * price) <= quantity * half + Decimal("0.005")


def statutory(item: str, line: Line, gross: Decimal, tables: ReferenceTables) -> tuple[Decimal, str]:
    """Return a statutory or exchange charge in yuan, rounded to the cent, with its working.

    Raises:
        ReferenceGapError: for a trade date outside the table.
    """
    side = "sell" if line.kind in SALES else "buy"
    code = line.code or ""
    if item == "stamp_duty" and (is_fund(code) or is_bond(code)):
        return ZERO, "0.00"
    if item == "transfer_fee" and is_bond(code):
        return ZERO, "0.00"
    rate = tables.charge_at(item, market_of(code), side, line.date)
    if rate is None:
        return ZERO, "0.00"
    base = line.quantity or ZERO if rate.basis == "par_value" else gross
    amount = cents(base * rate.rate)
    return amount, f"{grouped(base)} × {percent(rate.rate)} = {grouped(amount)}"


def commission(terms: Terms, gross: Decimal) -> tuple[Decimal, str] | None:
    """Return max(rate x turnover, minimum) in yuan with its working, None where the contract states no rate."""
    rate = terms.number("commission_rate")
    if rate is None:
        return None
    by_rate = cents(gross * rate)
    least = terms.number("commission_min") or ZERO
    amount = max(by_rate, least)
    text = f"{grouped(gross)} × {percent(rate)} = {grouped(by_rate)}"
    return amount, text if amount == by_rate else f"max({text}, {grouped(least)}) = {grouped(amount)}"


def charge_parts(line: Line, terms: Terms, tables: ReferenceTables) -> tuple[ChargePart, ...]:
    """Compare every charge printed beside a trade with what it should be; silent columns are not compared."""
    gross = turnover(line)
    if gross is None or not line.code:
        return ()
    parts: list[ChargePart] = []
    fees = line.fees
    inclusive = terms.flag("commission_inclusive") is not False
    agreed = commission(terms, gross)
    if fees.commission is not None and agreed is not None:
        parts.append(ChargePart("commission", fees.commission, agreed[0], agreed[1]))
    for item, stated in (("stamp_duty", fees.stamp_duty), ("transfer_fee", fees.transfer_fee)):
        if stated is None:
            continue
        try:
            expected, text = statutory(item, line, gross, tables)
        except ReferenceGapError:
            continue
        also = (ZERO,) if item == "transfer_fee" and is_fund(line.code) else ()
        parts.append(ChargePart(item, stated, expected, text, also))
    rest = _sum(fees.handling_fee, fees.regulatory_fee, fees.settlement_fee, fees.other)
    if rest is not None:
        parts.append(_rest(line, gross, rest, inclusive=inclusive, tables=tables))
    return tuple(parts)


def _rest(line: Line, gross: Decimal, stated: Decimal, *, inclusive: bool, tables: ReferenceTables) -> ChargePart:
    try:
        handling, first = statutory("handling_fee", line, gross, tables)
        regulatory, second = statutory("regulatory_fee", line, gross, tables)
    except ReferenceGapError:
        return ChargePart("other", stated, stated, "")
    if inclusive:
        return ChargePart("other", stated, ZERO, "0.00")
    return ChargePart("other", stated, handling + regulatory, f"{first}; {second}", (ZERO, handling, regulatory))


def _sum(*parts: Decimal | None) -> Decimal | None:
    known = [part for part in parts if part is not None]
    return sum(known, ZERO) if known else None


def net_of(line: Line, gross: Decimal, fees: Decimal) -> Decimal:
    """Return the effect on cash in yuan: +gross - fees for a sale, -gross - fees for a purchase."""
    return (gross if line.kind in SALES else -gross) - fees
