"""The close of an account: repayment, profit share, and what is charged or kept afterwards."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from tests.simulator.accrual import expected_interest
from tests.simulator.book import Reject
from tests.simulator.schedule import Period, period_remark
from tests.simulator.tables import DAY, ZERO, cents, sessions, trading_from

if TYPE_CHECKING:
    from tests.simulator.simulation import Simulation


class Ending:
    """Winds one account up."""

    def __init__(self, sim: Simulation) -> None:
        self.sim = sim

    def repay(self, day: date) -> None:
        """Share the profit and repay the principal, as far as the cash goes."""
        self._share(day)
        owed = self.sim.book.principal() + (self.sim.withheld if self.sim.withheld and self.sim.charge_gross else 0)
        if self.sim.book.cash >= owed:
            self.sim.book.simple(day, "principal_repaid", owed, "结清本金")
        else:
            self.sim.book.simple(
                day, "principal_repaid", self.sim.book.cash, "平仓款还本" if self.sim.forced else "还本"
            )

    def _share(self, day: date) -> None:
        if self.sim.deal.profit_share is None:
            return
        profit = sum((r.net for r in self.sim.book.rows if r.kind in {"buy", "sell"}), ZERO)
        if profit <= 3000:
            raise Reject("no profit to share")
        right = amount = cents(profit * self.sim.deal.profit_share)
        if "FEE-SHARE" in self.sim.codes:
            amount = cents(profit * (self.sim.deal.profit_share + Decimal("0.1")))
            self.sim.book.find("FEE-SHARE", day, amount, right, "rate", "share")
        self.sim.book.simple(day, "profit_share", amount, "结算分成")

    def aftermath(self) -> None:
        """Post what comes after the close: wrong charges, the rest returned or kept."""
        day = self.sim.end
        if "INT-AFTER" in self.sim.codes:
            period = Period(day, day + timedelta(days=self.sim.random.randint(3, 8)), day)
            while self.sim.deal.day_count == "TRADING" and not sessions(period.start, period.end):
                period = Period(day, period.end + DAY, day)
            before = self.sim.book.principal_on(day - DAY)
            amount = cents(expected_interest(self.sim.deal, lambda _: before, period.start, period.end, self.sim.drawn))
            day = period.end
            self.sim.book.simple(
                day,
                "interest",
                amount,
                period_remark(self.sim.style, self.sim.prefix, self.sim.shape, period, self.sim.dues.days_of(period)),
            )
            self.sim.book.find("INT-AFTER", day, amount, ZERO, "after")
        if "LIQ-AFTER" in self.sim.codes:
            day += timedelta(days=self.sim.random.randint(2, 5))
            amount = self.sim.events.management_amount()
            self.sim.book.simple(day, "management_fee", amount)
            self.sim.book.find("LIQ-AFTER", day, amount, ZERO)
        if "LIQ-RESIDUAL" in self.sim.codes:
            if self.sim.book.cash < 1000:
                raise Reject("nothing left to keep")
            self.sim.book.find("LIQ-RESIDUAL", None)
        elif self.sim.book.cash > 0:
            self.sim.book.simple(
                trading_from(day + timedelta(days=self.sim.random.randint(0, 3))),
                "margin_out",
                self.sim.book.cash,
                "结清退还",
            )
