"""Fees, penalties, doubled rows and changes of principal."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from tests.simulator.book import Reject
from tests.simulator.market import RISKY
from tests.simulator.model import Posting
from tests.simulator.tables import ZERO, cents, trading_shift

if TYPE_CHECKING:
    from tests.simulator.simulation import Simulation

UNLISTED = ("信息服务费", "技术服务费", "通道使用费", "风控服务费", "系统使用费")


class Events:
    """Everything that befalls an account beside trading and interest."""

    def __init__(self, sim: Simulation) -> None:
        self.sim = sim

    def management_amount(self) -> Decimal:
        """The contract's recurring management fee in yuan."""
        fee = self.sim.deal.management_fee or ZERO
        return cents(fee if self.sim.deal.management_unit == "yuan" else fee * self.sim.deal.financing)

    def management(self, index: int, day: date) -> None:
        """Post the recurring fee."""
        right = amount = self.management_amount()
        if "FEE-MGMT" in self.sim.codes and index == 1:
            amount = cents(right * Decimal("1.5"))
            self.sim.book.find("FEE-MGMT", day, amount, right, "rate", "mgmt", "management")
        self.sim.afford(day, amount)
        self.sim.book.simple(day, "management_fee", amount, f"第{index + 1}期")
        if "FEE-DUP" in self.sim.codes and index == 1:
            self.sim.agenda[day + timedelta(days=self.sim.random.randint(2, 6))].append(
                partial(self._double_fee, index)
            )

    def _double_fee(self, index: int, day: date) -> None:
        if day >= self.sim.end or (self.sim.forced and self.sim.forced.done):
            raise Reject("the doubled fee came after the close")
        amount = self.management_amount()
        self.sim.afford(day, amount)
        self.sim.book.simple(day, "management_fee", amount, f"第{index + 1}期")
        self.sim.book.find("FEE-DUP", day, amount, ZERO, "dup")

    def unlisted(self, day: date) -> None:
        """Post a fee the contract does not know."""
        amount = Decimal(self.sim.random.choice((98, 200, 300, 500, 880)))
        self.sim.afford(day, amount)
        self.sim.book.simple(day, "other_fee", amount).operation = self.sim.random.choice(UNLISTED)
        self.sim.book.find("FEE-UNLISTED", day, amount, ZERO)

    def _penalty_amount(self) -> Decimal:
        base = self.sim.deal.margin if self.sim.deal.breach_base == "margin" else self.sim.deal.financing
        return cents((self.sim.deal.breach_penalty or ZERO) * base)

    def penalty(self, day: date) -> None:
        """Post a penalty although nobody broke the contract."""
        amount = self._penalty_amount()
        self.sim.afford(day, amount)
        self.sim.book.simple(day, "breach_penalty", amount)
        self.sim.book.find("PEN-BREACH", day, amount, ZERO)

    def excess(self, day: date) -> None:
        """Let the client buy a banned stock and charge more than the contract allows."""
        row = self.sim.book.make_trade(day, "buy", RISKY[0], 1000, self.sim.market.fill(RISKY[0]))
        self.sim.afford(day, -row.net)
        self.sim.book.trade(row)
        right = self._penalty_amount()
        amount = cents(right * Decimal("1.5"))
        self.sim.afford(day, amount)
        self.sim.book.simple(day, "breach_penalty", amount, f"违规买入{RISKY[1]}")
        self.sim.book.find("PEN-EXCESS", day, amount, right, "rate")

    def double_row(self, day: date) -> None:
        """Post the last purchase once more."""
        row = next((r for r in reversed(self.sim.book.rows) if r.kind == "buy"), None)
        if row is None or row is not self.sim.book.rows[-1]:
            self.sim.agenda[trading_shift(day, 1)].append(self.double_row)
            return
        if day >= trading_shift(self.sim.end, -2):
            raise Reject("no purchase to double")
        again = Posting(**{name: getattr(row, name) for name in Posting.__slots__})
        self.sim.book.post(again)
        self.sim.book.find("ROW-DUP", row.date, -row.net, ZERO)

    def change_principal(self, day: date) -> None:
        """Draw the second tranche, or repay a part."""
        self.sim.changed = True
        if self.sim.plan.second_tranche:
            self.sim.book.simple(day, "drawdown", self.sim.deal.financing - self.sim.gross_principal, "第二笔")
            self.sim.deal.tranches = (
                (self.sim.drawn, self.sim.gross_principal),
                (day, self.sim.deal.financing - self.sim.gross_principal),
            )
            self.sim.gross_principal = self.sim.deal.financing
            return
        share = Decimal(self.sim.random.choice(("0.1", "0.15", "0.2")))
        amount = cents(self.sim.book.principal() * share)
        if self.sim.book.cash < amount:
            self.sim.book.simple(day, "margin_in", (amount // 10_000 + 1) * 10_000, "追加")
        self.sim.book.simple(day, "principal_repaid", amount, "部分还本")
