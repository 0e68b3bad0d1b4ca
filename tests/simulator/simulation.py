"""The day loop: from the first deposit to the close-out, with the planned mistakes on the way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from random import Random

from tests.simulator.accrual import add_months, days_360, expected_interest
from tests.simulator.book import Book, Reject
from tests.simulator.client import Client
from tests.simulator.forced import Forced
from tests.simulator.interest_faults import FORMULAS, Charging, Wrong, shift_term
from tests.simulator.market import RISKY, STOCKS, Market
from tests.simulator.messages import Messenger
from tests.simulator.model import Posting, SimCase
from tests.simulator.plan import Plan
from tests.simulator.schedule import Period, period_remark, period_style, periods
from tests.simulator.tables import DAY, ZERO, cents, is_trading, sessions, trading_from, trading_shift
from tests.simulator.trade_faults import TradeFaults

UNLISTED = ("信息服务费", "技术服务费", "通道使用费", "风控服务费", "系统使用费")


class Simulation:
    """One account's life."""

    def __init__(self, random: Random, plan: Plan) -> None:
        self.random, self.plan, self.deal = random, plan, plan.deal
        self.codes = set(plan.codes)
        stocks = random.sample(STOCKS, plan.stocks)
        if "PEN-EXCESS" in self.codes:
            stocks.append(RISKY)
        self.market = Market(random, stocks)
        self.book = Book(random, self.deal, self.market)
        self.faults = TradeFaults(self.book, plan.codes)
        self.client = Client(self.book, plan.busy, self.faults)
        self.agenda: dict[date, list[Callable[[date], None]]] = defaultdict(list)
        self.messenger = Messenger(random, self.deal)
        self.withheld = ZERO
        self.drawn = shift_term(self.deal, random.randint(2, 5)) if "INT-START" in self.codes else self.deal.term_start
        self.style = plan.style or period_style(random, self.deal)
        if plan.late or self.codes & {"INT-DUP", "INT-AFTER", "INT-START"}:
            self.style = random.choice(("closed_days", "open_days"))
        self.prefix = random.choice(("", "", "计息期间", "计息期"))
        self.shape = random.choice(("%Y%m%d", "%Y-%m-%d"))
        self.forced = Forced(self) if plan.forced else None
        self.end = self._end_day()
        self.periods = periods(
            self.deal, self.drawn, self.end if plan.ending == "closed" else self.end + timedelta(days=400)
        )
        self.late_index = self._late_index() if plan.late else None
        self.break_left = "BAL-BREAK" in self.codes

    # ------------------------------------------------------------ plan of days
    def _end_day(self) -> date:
        span = (self.deal.term_end - self.drawn).days
        straight = self.deal.day_count == "30/360"
        if straight or self.deal.settlement == "at_maturity":
            day = add_months(self.drawn, max(2, span // 31 - 1))
            return trading_from(day) if not straight else self._aligned(day)
        low = 0.75 if self.plan.late or self.deal.settlement == "quarterly" else 0.55
        return trading_from(self.drawn + timedelta(days=int(span * self.random.uniform(low, 0.9))))

    def _aligned(self, day: date) -> date:
        """Close on a session soon after a settlement day, inside one month, so that 30/360 days are beyond doubt."""
        return trading_from(date(day.year, day.month, 22))

    def _late_index(self) -> int:
        usable = [i for i, p in enumerate(self.periods) if p.due < self.end - timedelta(days=15)]
        if not usable:
            raise Reject("no period to pay late")
        return self.random.choice(usable[1:] or usable)

    # ------------------------------------------------------------ the run
    def run(self) -> SimCase:
        """Live through the days and return the case."""
        self._open()
        day = self.drawn
        self._schedule()
        while day <= self.end:
            if is_trading(day):
                self._session(day)
            for task in self.agenda.pop(day, []):
                task(day)
            day += DAY
        if self.plan.ending == "closed":
            self._aftermath()
        return self._case()

    def _open(self) -> None:
        deal = self.deal
        self.book.simple(self.drawn, "margin_in", deal.margin, "初始保证金")
        self.messenger.opened(self.drawn)
        amount, remark = deal.financing, ""
        if self.plan.second_tranche:
            amount = cents(deal.financing * Decimal("0.6"))
        if "INT-PREDEDUCT" in self.codes:
            monthly = (deal.rate or ZERO) * {"day": 30, "trading_day": 21, "month": 1}.get(deal.rate_period or "", 0)
            if deal.rate_period == "year":
                monthly = (deal.rate or ZERO) / 12
            self.withheld = cents(deal.financing * monthly)
            amount -= self.withheld
            remark = f"放款净额,已扣收首期利息{self.withheld:,.2f}元"
            self.book.find("INT-PREDEDUCT", self.drawn, self.withheld, ZERO)
        if "PRIN-MISMATCH" in self.codes:
            amount = cents(deal.financing * Decimal(self.random.choice(("0.9", "0.95", "0.96"))))
            self.book.find("PRIN-MISMATCH", self.drawn, amount, deal.financing)
        self.book.simple(self.drawn, "drawdown", amount, remark)
        self.gross_principal = deal.financing if self.withheld else amount

    def move_end(self, close: date) -> None:
        """Close the account earlier than planned, after a forced sale."""
        self.end = close
        for day in [d for d in self.agenda if d >= close]:
            del self.agenda[day]
        self.periods = periods(self.deal, self.drawn, close)
        for index, period in enumerate(self.periods):
            if period.due == close:
                self.agenda[close].append(partial(self._interest, index, period))
        self.agenda[close].append(self._repay)

    def _schedule(self) -> None:
        for index, period in enumerate(self.periods):
            if period.due > self.end:
                continue
            due = period.due
            if index == self.late_index:
                due += timedelta(days=self.deal.late_grace + self.random.randint(3, 6))
            self.agenda[due].append(partial(self._interest, index, period))
        self._schedule_fees()
        if self.plan.repay_part or self.plan.second_tranche:
            usable = [p for p in self.periods if p.start > self.drawn and p.due <= self.end]
            if not usable:
                raise Reject("too short for a change of principal")
            self.change = trading_from(usable[0].start + timedelta(days=self.random.randint(2, 5)))
            self.agenda[self.change].insert(0, self._change_principal)
        self._schedule_events()
        if self.plan.ending == "closed":
            self.agenda[self.end].append(self._repay)

    def _schedule_fees(self) -> None:
        deal = self.deal
        if deal.management_fee is None:
            return
        index = 0
        while add_months(self.drawn, index, self.drawn.day) < self.end:
            self.agenda[add_months(self.drawn, index, self.drawn.day)].append(partial(self._management, index))
            index += 1

    def _middle(self, low: float = 0.2, high: float = 0.75) -> date:
        span = (self.end - self.drawn).days
        return trading_from(self.drawn + timedelta(days=int(span * self.random.uniform(low, high))))

    def _schedule_events(self) -> None:
        events: dict[str, Callable[[date], None]] = {
            "FEE-UNLISTED": self._unlisted,
            "PEN-BREACH": self._penalty,
            "PEN-EXCESS": self._excess,
            "ROW-DUP": self._double_row,
        }
        for code, task in events.items():
            if code in self.codes:
                self.agenda[self._middle()].append(task)
        if "INT-DUP" in self.codes:
            usable = [p for p in self.periods if p.due + timedelta(days=6) < min(self.end, p.due + timedelta(days=7))]
            usable = [p for p in usable if p.due < self.end - timedelta(days=8)]
            if not usable:
                raise Reject("nothing to charge twice")
            self.agenda[self.random.choice(usable).due + timedelta(days=self.random.randint(2, 5))].append(
                self._double_interest
            )
        if self.random.random() < 0.25:
            self.agenda[self._middle()].append(self.client.dividend)
        if self.random.random() < 0.3 and not self.plan.forced:
            self.agenda[self._middle()].append(self._top_up)
        if "FEE-MIN" in self.codes or self.random.random() < 0.15:
            for _ in range(3):
                self.agenda[self._middle()].append(self._small)

    # ------------------------------------------------------------ one session
    def _session(self, day: date) -> None:
        if self.forced and self.forced.session(day):
            return
        self.market.step(day)
        if day == self.end and self.plan.ending == "closed":
            self.client.sell_out(day, part=False)
        elif self.plan.ending == "closed" and day == trading_shift(self.end, -1):
            self.client.sell_out(day, part=True)
        else:
            self.client.act(day, invest=day == self.drawn)
        self._maybe_break()

    def _maybe_break(self) -> None:
        row = self.book.rows[-1]
        if not self.break_left or len(self.book.rows) < 8 or row.kind not in {"buy", "sell"}:
            return
        right = row.balance
        row.balance = right - Decimal(self.random.randint(2_000, 90_000)) / 100
        self.book.cash = row.balance
        self.book.find("BAL-BREAK", row.date, row.balance, right)
        self.break_left = False

    def _small(self, day: date) -> None:
        self.client.small_trade(day)

    def _top_up(self, day: date) -> None:
        amount = Decimal(self.random.choice((10_000, 20_000, 30_000)))
        self.book.simple(day, "margin_in", amount, "追加")
        self.messenger.deposit(day, f"{amount:,.2f}")

    def _afford(self, day: date, amount: Decimal) -> None:
        if self.book.cash < amount:
            if self.forced and self.forced.started:
                raise Reject("cannot pay while falling")
            need = (amount - self.book.cash) // 10_000 + 1
            self.book.simple(day, "margin_in", need * 10_000, "追加")

    # ------------------------------------------------------------ interest
    def _charged_days(self, period: Period) -> int:
        if self.deal.day_count == "TRADING":
            return sessions(period.start, period.end)
        if self.deal.day_count == "30/360":
            return days_360(period.start, period.end)
        return (period.end - period.start).days

    def _spoil(self, charging: Charging, index: int) -> tuple[str, Wrong] | None:
        if index == self.late_index:
            return None
        for code in self.plan.codes:
            formulas = FORMULAS.get(code)
            if not formulas or (code in {"INT-RATE", "INT-DAYS"} and self._sparing(code)):
                continue
            wrong = self.random.choice(formulas)(charging)
            if wrong is not None:
                return code.removesuffix("-REPAID"), wrong
        if self.withheld and self.charge_gross:
            wrong = FORMULAS["INT-PRINCIPAL-REPAID"][0](charging)
            if wrong:
                return "INT-PRINCIPAL", wrong
        return None

    def _sparing(self, code: str) -> bool:
        """Leave some postings right, but not the last chance to plant the mistake."""
        found = any(f.code == code for f in self.book.findings)
        return found and self.random.random() < 0.4

    @property
    def charge_gross(self) -> bool:
        """Whether interest runs on the money that never arrived."""
        return self.withheld % 2 == 0

    def _interest(self, index: int, period: Period, day: date) -> None:
        right = cents(expected_interest(self.deal, self.book.principal_on, period.start, period.end, self.drawn))
        days = self._charged_days(period)
        charging = Charging(self.deal, self.book, self.drawn, period, days, self.gross_principal)
        spoiled = self._spoil(charging, index)
        amount, shown = right, period
        if spoiled and abs(spoiled[1].amount - right) > Decimal("0.05"):
            code, wrong = spoiled
            amount, shown, days = wrong.amount, wrong.period, wrong.days
            self.book.find(code, day, amount, right, *wrong.families)
        if amount <= 0:
            raise Reject("no interest in a period")
        self._afford(day, amount)
        self.book.simple(day, "interest", amount, period_remark(self.style, self.prefix, self.shape, shown, days))
        if index == self.late_index:
            self._late_fee(day, period, amount)

    def _late_fee(self, day: date, period: Period, overdue: Decimal) -> None:
        rate = self.deal.late_rate or ZERO
        late = (day - period.due).days - self.deal.late_grace
        right = cents(overdue * rate * late)
        amount, printed, code = right, late, None
        if "LATE-RATE" in self.codes:
            amount, code = cents(overdue * rate * Decimal("1.6") * late), "LATE-RATE"
        elif "LATE-BASE" in self.codes:
            amount, code = cents((overdue + self.book.principal_on(day)) * rate * late), "LATE-BASE"
        elif "LATE-DAYS" in self.codes:
            printed, code = late + self.deal.late_grace, "LATE-DAYS"
            amount = cents(overdue * rate * printed)
        if code:
            self.book.find(code, day, amount, right, {"LATE-RATE": "rate", "LATE-BASE": "base"}.get(code, "day"))
        self._afford(day, amount)
        due = period.due
        text = f"逾期付息 应付日{due.strftime(self.shape)} 实付日{day.strftime(self.shape)} 逾期{printed}天"
        self.book.simple(day, "late_fee", amount, text)

    def _double_interest(self, day: date) -> None:
        rows = [r for r in self.book.rows if r.kind == "interest"]
        if not rows:
            raise Reject("no interest yet")
        amount = -rows[-1].net
        self._afford(day, amount)
        self.book.simple(day, "interest", amount, rows[-1].remark)
        self.book.find("INT-DUP", day, amount, ZERO, "dup")

    # ------------------------------------------------------------ fees and penalties
    def management_amount(self) -> Decimal:
        """The contract's recurring management fee in yuan."""
        fee = self.deal.management_fee or ZERO
        return cents(fee if self.deal.management_unit == "yuan" else fee * self.deal.financing)

    def _management(self, index: int, day: date) -> None:
        right = amount = self.management_amount()
        if "FEE-MGMT" in self.codes and index == 1:
            amount = cents(right * Decimal("1.5"))
            self.book.find("FEE-MGMT", day, amount, right, "rate", "mgmt", "management")
        self._afford(day, amount)
        self.book.simple(day, "management_fee", amount, f"第{index + 1}期")
        if "FEE-DUP" in self.codes and index == 1:
            self.agenda[day + timedelta(days=self.random.randint(2, 6))].append(partial(self._double_fee, index))

    def _double_fee(self, index: int, day: date) -> None:
        if day >= self.end or (self.forced and self.forced.done):
            raise Reject("the doubled fee came after the close")
        amount = self.management_amount()
        self._afford(day, amount)
        self.book.simple(day, "management_fee", amount, f"第{index + 1}期")
        self.book.find("FEE-DUP", day, amount, ZERO, "dup")

    def _unlisted(self, day: date) -> None:
        amount = Decimal(self.random.choice((98, 200, 300, 500, 880)))
        self._afford(day, amount)
        self.book.simple(day, "other_fee", amount).operation = self.random.choice(UNLISTED)
        self.book.find("FEE-UNLISTED", day, amount, ZERO)

    def _penalty_amount(self) -> Decimal:
        base = self.deal.margin if self.deal.breach_base == "margin" else self.deal.financing
        return cents((self.deal.breach_penalty or ZERO) * base)

    def _penalty(self, day: date) -> None:
        amount = self._penalty_amount()
        self._afford(day, amount)
        self.book.simple(day, "breach_penalty", amount)
        self.book.find("PEN-BREACH", day, amount, ZERO)

    def _excess(self, day: date) -> None:
        row = self.book.make_trade(day, "buy", RISKY[0], 1000, self.market.fill(RISKY[0]))
        self._afford(day, -row.net)
        self.book.trade(row)
        right = self._penalty_amount()
        amount = cents(right * Decimal("1.5"))
        self._afford(day, amount)
        self.book.simple(day, "breach_penalty", amount, f"违规买入{RISKY[1]}")
        self.book.find("PEN-EXCESS", day, amount, right, "rate")

    def _double_row(self, day: date) -> None:
        row = next((r for r in reversed(self.book.rows) if r.kind == "buy"), None)
        if row is None or row is not self.book.rows[-1]:
            self.agenda[trading_shift(day, 1)].append(self._double_row)
            return
        if day >= trading_shift(self.end, -2):
            raise Reject("no purchase to double")
        again = Posting(**{name: getattr(row, name) for name in Posting.__slots__})
        self.book.post(again)
        self.book.find("ROW-DUP", row.date, -row.net, ZERO)

    def _change_principal(self, day: date) -> None:
        if self.plan.second_tranche:
            self.book.simple(day, "drawdown", self.deal.financing - self.gross_principal, "第二笔")
            self.deal.tranches = ((self.drawn, self.gross_principal), (day, self.deal.financing - self.gross_principal))
            self.gross_principal = self.deal.financing
            return
        share = Decimal(self.random.choice(("0.1", "0.15", "0.2")))
        amount = cents(self.book.principal() * share)
        if self.book.cash < amount:
            self.book.simple(day, "margin_in", (amount // 10_000 + 1) * 10_000, "追加")
        self.book.simple(day, "principal_repaid", amount, "部分还本")

    # ------------------------------------------------------------ the end
    def _repay(self, day: date) -> None:
        self._share(day)
        owed = self.book.principal() + (self.withheld if self.withheld and self.charge_gross else 0)
        if self.book.cash >= owed:
            self.book.simple(day, "principal_repaid", owed, "结清本金")
        else:
            self.book.simple(day, "principal_repaid", self.book.cash, "平仓款还本" if self.forced else "还本")

    def _share(self, day: date) -> None:
        if self.deal.profit_share is None:
            return
        profit = sum((r.net for r in self.book.rows if r.kind in {"buy", "sell"}), ZERO)
        if profit <= 3000:
            raise Reject("no profit to share")
        right = amount = cents(profit * self.deal.profit_share)
        if "FEE-SHARE" in self.codes:
            amount = cents(profit * (self.deal.profit_share + Decimal("0.1")))
            self.book.find("FEE-SHARE", day, amount, right, "rate", "share")
        self.book.simple(day, "profit_share", amount, "结算分成")

    def _aftermath(self) -> None:
        day = self.end
        if "INT-AFTER" in self.codes:
            period = Period(day, day + timedelta(days=self.random.randint(3, 8)), day)
            while self.deal.day_count == "TRADING" and not sessions(period.start, period.end):
                period = Period(day, period.end + DAY, day)
            before = self.book.principal_on(day - DAY)
            amount = cents(expected_interest(self.deal, lambda _: before, period.start, period.end, self.drawn))
            day = period.end
            self.book.simple(
                day,
                "interest",
                amount,
                period_remark(self.style, self.prefix, self.shape, period, self._charged_days(period)),
            )
            self.book.find("INT-AFTER", day, amount, ZERO, "after")
        if "LIQ-AFTER" in self.codes:
            day += timedelta(days=self.random.randint(2, 5))
            amount = self.management_amount()
            self.book.simple(day, "management_fee", amount)
            self.book.find("LIQ-AFTER", day, amount, ZERO)
        if "LIQ-RESIDUAL" in self.codes:
            if self.book.cash < 1000:
                raise Reject("nothing left to keep")
            self.book.find("LIQ-RESIDUAL", None)
        elif self.book.cash > 0:
            self.book.simple(
                trading_from(day + timedelta(days=self.random.randint(0, 3))), "margin_out", self.book.cash, "结清退还"
            )

    def _case(self) -> SimCase:
        missing = {c.removesuffix("-REPAID") for c in self.codes} - {f.code for f in self.book.findings}
        missing -= {"CON-MATH", "BAL-OPEN", "ROW-GAP", "QTY-BREAK"}
        if missing or len(self.book.rows) < 12:
            raise Reject(f"not planted: {sorted(missing)}")
        case = SimCase("", self.deal, self.book.rows, self.book.findings, bars=self.market.history)
        case.withheld = self.withheld
        case.positions = {c: n for c, n in self.book.held.items() if n}
        case.messages = sorted(self.messenger.sent, key=lambda m: m.at)
        return case
