"""The platform's book of one account: cash, shares and rows, kept the way the platform posts them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random

from tests.simulator.accrual import principal_of
from tests.simulator.market import Market
from tests.simulator.model import CHARGE_KINDS, Deal, Finding, Posting
from tests.simulator.tables import REGULATORY_RATE, ZERO, cents, handling_rate, mult, stamp_rate, transfer_rate


class Reject(Exception):  # noqa: N818 - not an error: the draw does not fit the plan and is drawn again
    """The random draw cannot carry the planned mistakes."""


class Book:
    """Posts rows; every row's printed balance rolls from the one before."""

    def __init__(self, random: Random, deal: Deal, market: Market) -> None:
        self.random = random
        self.deal = deal
        self.market = market
        self.cash = ZERO
        self.held: dict[str, int] = {}
        self.rows: list[Posting] = []
        self.findings: list[Finding] = []

    def post(self, row: Posting) -> Posting:
        """Append a row and roll cash."""
        self.cash += row.net
        if self.cash < 0:
            raise Reject("cash below zero")
        row.balance = self.cash
        row.position = self.held.get(row.code) if row.code else None
        self.rows.append(row)
        return row

    def simple(self, day: date, kind: str, amount: Decimal, remark: str = "") -> Posting:
        """Post a row that is no trade; a charge is given as its positive size."""
        signed = -amount if kind in CHARGE_KINDS | {"principal_repaid", "margin_out"} else amount
        return self.post(Posting(day, kind, signed, remark=remark))

    def find(
        self,
        code: str,
        day: date | None,
        stated: Decimal | None = None,
        expected: Decimal | None = None,
        *families: str,
    ) -> None:
        """Record a planted mistake."""
        self.findings.append(Finding(code, day, stated, expected, families))

    def principal(self) -> Decimal:
        """Principal outstanding in yuan."""
        return sum((p.net for p in self.rows if p.kind in {"drawdown", "principal_repaid"}), ZERO)

    def principal_on(self, day: date) -> Decimal:
        """Principal at the end of a day in yuan."""
        return principal_of(self.rows)(day)

    def market_value(self, at: str = "close") -> Decimal:
        """Value of the shares at today's close or low, in yuan."""
        today = self.market.today
        return sum((getattr(today[code], at) * n for code, n in self.held.items() if n), ZERO)

    def make_trade(self, day: date, side: str, code: str, quantity: int, price: Decimal) -> Posting:
        """Draw up a trade row with its lawful and contractual charges, not yet posted."""
        deal, gross = self.deal, cents(price * quantity)
        row = Posting(day, side, ZERO, code, self.market.names[code], price, quantity, gross)
        row.commission = max(cents(gross * deal.commission_rate), cents(deal.commission_min))
        row.stamp = ZERO if side == "buy" else mult(gross, stamp_rate(day))
        row.transfer = mult(gross, transfer_rate(day))
        if not deal.commission_inclusive:
            row.handling, row.regulatory = mult(gross, handling_rate(day)), mult(gross, REGULATORY_RATE)
        self.settle(row)
        return row

    @staticmethod
    def settle(row: Posting) -> None:
        """Set the net of a trade from its gross and charges."""
        gross = row.gross or ZERO
        fees = sum((f for f in (row.commission, row.stamp, row.transfer, row.handling, row.regulatory) if f), ZERO)
        row.net = -gross - fees if row.kind == "buy" else gross - fees

    def cost(self, code: str) -> Decimal:
        """Return what the holding cost at average, before fees."""
        count, cost = 0, ZERO
        for row in self.rows:
            if row.code != code or not row.quantity or row.price is None:
                continue
            if row.kind == "buy":
                count, cost = count + row.quantity, cost + row.quantity * row.price
            elif count:
                sold = min(row.quantity, count)
                count, cost = count - sold, cost - cost / count * sold
        return cost

    def trade(self, row: Posting) -> Posting:
        """Move the shares and post the row."""
        code, quantity = row.code or "", row.quantity or 0
        self.held[code] = self.held.get(code, 0) + (quantity if row.kind == "buy" else -quantity)
        return self.post(row)
