"""Interest and late fees as the platform posts them, with their planted mistakes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from tests.simulator.accrual import days_360, expected_interest
from tests.simulator.book import Reject
from tests.simulator.interest_faults import FORMULAS, Charging, Wrong
from tests.simulator.schedule import Period, period_remark
from tests.simulator.tables import ZERO, cents, sessions

if TYPE_CHECKING:
    from tests.simulator.simulation import Simulation


class Dues:
    """Charges interest for one account."""

    def __init__(self, sim: Simulation) -> None:
        self.sim = sim

    def days_of(self, period: Period) -> int:
        """Days that a posting rightly charges."""
        if self.sim.deal.day_count == "TRADING":
            return sessions(period.start, period.end)
        if self.sim.deal.day_count == "30/360":
            return days_360(period.start, period.end)
        return (period.end - period.start).days

    def _spoil(self, charging: Charging, index: int) -> tuple[str, Wrong] | None:
        if index == self.sim.late_index:
            return None
        for code in self.sim.plan.codes:
            formulas = FORMULAS.get(code)
            if code == "INT-DAYS" and index == 0 and not self.sim.style.endswith("days"):
                continue  # without a printed number of days, one day more is also one day earlier
            if not formulas or (code in {"INT-RATE", "INT-DAYS"} and self._sparing(code)):
                continue
            wrong = self.sim.random.choice(formulas)(charging)
            if wrong is not None:
                return code.removesuffix("-REPAID"), wrong
        if self.sim.withheld and self.sim.charge_gross:
            wrong = FORMULAS["INT-PRINCIPAL-REPAID"][0](charging)
            if wrong:
                return "INT-PRINCIPAL", wrong
        return None

    def _sparing(self, code: str) -> bool:
        """Leave some postings right, but not the last chance to plant the mistake."""
        found = any(f.code == code for f in self.sim.book.findings)
        return found and self.sim.random.random() < 0.4

    def charge(self, index: int, period: Period, day: date) -> None:
        """Post the interest of a period, right or wrong."""
        right = cents(
            expected_interest(self.sim.deal, self.sim.book.principal_on, period.start, period.end, self.sim.drawn)
        )
        days = self.days_of(period)
        charging = Charging(self.sim.deal, self.sim.book, self.sim.drawn, period, days, self.sim.gross_principal)
        spoiled = self._spoil(charging, index)
        amount, shown = right, period
        if spoiled and abs(spoiled[1].amount - right) > Decimal("0.05"):
            code, wrong = spoiled
            amount, shown, days = wrong.amount, wrong.period, wrong.days
            self.sim.book.find(code, day, amount, right, *wrong.families)
        if amount <= 0:
            raise Reject("no interest in a period")
        self.sim.afford(day, amount)
        self.sim.book.simple(
            day, "interest", amount, period_remark(self.sim.style, self.sim.prefix, self.sim.shape, shown, days)
        )
        if index == self.sim.late_index:
            self._late_fee(day, period, amount)

    def _late_fee(self, day: date, period: Period, overdue: Decimal) -> None:
        rate = self.sim.deal.late_rate or ZERO
        late = (day - period.due).days - self.sim.deal.late_grace
        right = cents(overdue * rate * late)
        amount, printed, code = right, late, None
        if "LATE-RATE" in self.sim.codes:
            amount, code = cents(overdue * rate * Decimal("1.7") * late), "LATE-RATE"
        elif "LATE-BASE" in self.sim.codes:
            amount, code = cents((overdue + self.sim.book.principal_on(day)) * rate * late), "LATE-BASE"
        elif "LATE-DAYS" in self.sim.codes:
            printed, code = late + self.sim.deal.late_grace, "LATE-DAYS"
            amount = cents(overdue * rate * printed)
        if code:
            self.sim.book.find(code, day, amount, right, {"LATE-RATE": "rate", "LATE-BASE": "base"}.get(code, "day"))
        self.sim.afford(day, amount)
        due = period.due
        text = f"逾期付息 应付日{due.strftime(self.sim.shape)} 实付日{day.strftime(self.sim.shape)} 逾期{printed}天"
        self.sim.book.simple(day, "late_fee", amount, text)

    def double(self, day: date) -> None:
        """Charge the last period once more."""
        rows = [r for r in self.sim.book.rows if r.kind == "interest"]
        if not rows:
            raise Reject("no interest yet")
        amount = -rows[-1].net
        self.sim.afford(day, amount)
        self.sim.book.simple(day, "interest", amount, rows[-1].remark)
        self.sim.book.find("INT-DUP", day, amount, ZERO, "dup")
