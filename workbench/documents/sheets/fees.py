"""The fees of a trade as formulas over term and rate cells, where the formula gives the engine's figure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workbench.documents.sheets.terms import TermCells
from workbench.domain.lines import SALES, TRADES, Line
from workbench.domain.money import ZERO, cents
from workbench.domain.reference import ChargeRate, ReferenceTables, TradingCalendar
from workbench.domain.terms import Terms
from workbench.engine.instruments import market_of
from workbench.engine.trade_charges import charge_parts, commission, statutory, turnover
from workbench.errors import ReferenceGapError

NAMES = ("Commission", "Stamp duty", "Transfer fee", "Other fees")
STATUTORY = {"stamp_duty": "Stamp duty", "transfer_fee": "Transfer fee"}


@dataclass(frozen=True, slots=True)
class Fee:
    """One fee of one trade."""

    name: str
    right: Decimal | None
    """What the fee should be in yuan; the printed one within a cent of it. None where none is printed."""
    formula: str | None
    """Formula of the fee by contract or tariff; None where it stays a value."""


def no_tables() -> ReferenceTables:
    """Return empty tables: statutory fees then stay values."""
    return ReferenceTables("", (), date.min, (), TradingCalendar((), date.min))


def printed_fees(line: Line) -> tuple[tuple[str, Decimal | None], ...]:
    """Return the printed fees by name; the small exchange fees together."""
    fees = line.fees
    rest = [
        part for part in (fees.handling_fee, fees.regulatory_fee, fees.settlement_fee, fees.other) if part is not None
    ]
    other = sum(rest, ZERO) if rest else None
    return tuple(zip(NAMES, (fees.commission, fees.stamp_duty, fees.transfer_fee, other), strict=True))


@dataclass(frozen=True, slots=True)
class FeeBook:
    """Finds the right fees of trades."""

    terms: Terms
    tables: ReferenceTables
    cells: TermCells

    def of(self, line: Line, turnover_cell: str) -> tuple[Fee, ...]:
        """Return the four fees of a trade; ``turnover_cell`` refers to its turnover."""
        excess = {_name(part.item): part.excess for part in charge_parts(line, self.terms, self.tables)}
        fees: list[Fee] = []
        for name, stated in printed_fees(line):
            if stated is None:
                fees.append(Fee(name, None, None))
                continue
            right = stated - excess.get(name, ZERO)
            found = self._formula(name, line, turnover_cell) if name in excess else None
            exact = found is not None and (
                found[1] == right or (right == stated and abs(found[1] - stated) <= Decimal("0.01"))
            )
            fees.append(Fee(name, right, found[0] if found is not None and exact else None))
        return tuple(fees)

    def _formula(self, name: str, line: Line, cell: str) -> tuple[str, Decimal] | None:
        gross = turnover(line)
        if gross is None:
            return None
        if name == "Commission":
            return self._commission(gross, cell)
        item = next((item for item, label in STATUTORY.items() if label == name), None)
        rate = rate_of(item, line, self.tables) if item else None
        if item is None or rate is None or rate not in self.cells.rates or rate.basis != "turnover":
            return None
        amount, _ = statutory(item, line, gross, self.tables)
        return (f"ROUND({cell}*{self.cells.rates[rate]},2)", amount) if amount == cents(gross * rate.rate) else None

    def _commission(self, gross: Decimal, cell: str) -> tuple[str, Decimal] | None:
        agreed, refs = commission(self.terms, gross), self.cells.refs
        if agreed is None or "commission_rate" not in refs:
            return None
        by_rate = f"ROUND({cell}*{refs['commission_rate']},2)"
        return (f"MAX({by_rate},{refs['commission_min']})" if "commission_min" in refs else by_rate), agreed[0]


def _name(item: str) -> str:
    return {"commission": "Commission", "other": "Other fees", **STATUTORY}[item]


def rate_of(item: str, line: Line, tables: ReferenceTables) -> ChargeRate | None:
    """Return the statutory rate of a trade, None where none is levied or known."""
    side = "sell" if line.kind in SALES else "buy"
    try:
        return tables.charge_at(item, market_of(line.code or ""), side, line.date)
    except ReferenceGapError:
        return None


def rates_used(lines: Iterable[Line], tables: ReferenceTables) -> tuple[ChargeRate, ...]:
    """Return the statutory rates that the trades need, in the order of their dates."""
    found = {
        rate
        for line in lines
        if line.kind in TRADES
        for item in STATUTORY
        if (rate := rate_of(item, line, tables)) is not None
    }
    return tuple(sorted(found, key=lambda rate: (rate.item, rate.market, rate.effective_from)))
