"""The day loop: from the first deposit to the close-out, with the planned mistakes on the way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from random import Random

from tests.simulator.accrual import add_months
from tests.simulator.book import Book, Reject
from tests.simulator.client import Client
from tests.simulator.dues import Dues
from tests.simulator.ending import Ending
from tests.simulator.events import Events
from tests.simulator.forced import Forced
from tests.simulator.interest_faults import shift_term
from tests.simulator.market import RISKY, STOCKS, Market
from tests.simulator.messages import Messenger
from tests.simulator.model import SimCase
from tests.simulator.plan import Plan
from tests.simulator.schedule import period_style, periods
from tests.simulator.tables import DAY, ZERO, cents, is_trading, trading_from, trading_shift
from tests.simulator.trade_faults import TradeFaults


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
        self.dues, self.events, self.ending = Dues(self), Events(self), Ending(self)
        self.withheld = ZERO
        self.charge_gross = random.random() < 0.6
        """Whether interest runs on withheld money that never arrived."""
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
        self.cut_day = self.drawn + timedelta(days=int((self.end - self.drawn).days * random.uniform(0.3, 0.7)))
        self.late_index = self._late_index() if plan.late else None
        self.break_left = "BAL-BREAK" in self.codes
        self.cuts: tuple[int, ...] = ()
        self.changed = False
        """Whether the planned second tranche or part repayment took place."""
        self.cut_left = bool(self.codes & {"BAL-OPEN", "ROW-GAP"}) or plan.split

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
            if self.cut_left and day > self.cut_day and len(self.book.rows) > 6:
                self._cut()
            if is_trading(day):
                self._session(day)
            for task in self.agenda.pop(day, []):
                task(day)
            day += DAY
        if self.plan.ending == "closed":
            self.ending.aftermath()
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
                self.agenda[close].append(partial(self.dues.charge, index, period))
        self.agenda[close].append(self.ending.repay)

    def _schedule(self) -> None:
        for index, period in enumerate(self.periods):
            if period.due > self.end:
                continue
            due = period.due
            if index == self.late_index:
                due += timedelta(days=self.deal.late_grace + self.random.randint(3, 6))
            self.agenda[due].append(partial(self.dues.charge, index, period))
        self._schedule_fees()
        if self.plan.repay_part or self.plan.second_tranche:
            usable = [p for p in self.periods if p.start > self.drawn and p.due <= self.end]
            if not usable:
                raise Reject("too short for a change of principal")
            self.change = trading_from(usable[0].start + timedelta(days=self.random.randint(2, 5)))
            self.agenda[self.change].insert(0, self.events.change_principal)
        self._schedule_events()
        if self.plan.ending == "closed":
            self.agenda[self.end].append(self.ending.repay)

    def _schedule_fees(self) -> None:
        deal = self.deal
        if deal.management_fee is None:
            return
        index = 0
        while add_months(self.drawn, index, self.drawn.day) < self.end:
            self.agenda[add_months(self.drawn, index, self.drawn.day)].append(partial(self.events.management, index))
            index += 1

    def _middle(self, low: float = 0.2, high: float = 0.75) -> date:
        span = (self.end - self.drawn).days
        return trading_from(self.drawn + timedelta(days=int(span * self.random.uniform(low, high))))

    def _schedule_events(self) -> None:
        events: dict[str, Callable[[date], None]] = {
            "FEE-UNLISTED": self.events.unlisted,
            "PEN-BREACH": self.events.penalty,
            "PEN-EXCESS": self.events.excess,
            "ROW-DUP": self.events.double_row,
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
                self.dues.double
            )
        if self.random.random() < 0.25:
            self.agenda[self._middle()].append(self._dividend)
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

    def _cut(self) -> None:
        """End a statement file before this day; with BAL-OPEN the next one opens lower than the last closed."""
        self.cut_left = False
        self.cuts = (len(self.book.rows),)
        if "BAL-OPEN" in self.codes:
            right = self.book.cash
            self.book.cash -= Decimal(self.random.randint(5_000, 90_000)) / 100
            if self.book.cash < 0:
                raise Reject("no cash to lose")
            self.book.find("BAL-OPEN", None, self.book.cash, right)

    def _dividend(self, day: date) -> None:
        if not (self.forced and self.forced.started):
            self.client.dividend(day)

    def _small(self, day: date) -> None:
        if not (self.forced and self.forced.started):
            self.client.small_trade(day)

    def _top_up(self, day: date) -> None:
        amount = Decimal(self.random.choice((10_000, 20_000, 30_000)))
        self.book.simple(day, "margin_in", amount, "追加")
        self.messenger.deposit(day, f"{amount:,.2f}")

    def afford(self, day: date, amount: Decimal) -> None:
        """Let the client pay in what a charge needs."""
        if self.book.cash < amount:
            if self.forced and self.forced.started:
                raise Reject("cannot pay while falling")
            need = (amount - self.book.cash) // 10_000 + 1
            self.book.simple(day, "margin_in", need * 10_000, "追加")

    def _case(self) -> SimCase:
        missing = {c.removesuffix("-REPAID") for c in self.codes} - {f.code for f in self.book.findings}
        missing -= {"CON-MATH", "ROW-GAP", "QTY-BREAK"}
        unchanged = (self.plan.repay_part or self.plan.second_tranche) and not self.changed
        unsold = self.forced is not None and not self.forced.done
        if missing or unchanged or unsold or len(self.book.rows) < 12:
            raise Reject(f"not planted: {sorted(missing)}")
        case = SimCase("", self.deal, self.book.rows, self.book.findings, bars=self.market.history)
        case.cuts = self.cuts
        case.withheld = self.withheld
        case.positions = {c: n for c, n in self.book.held.items() if n}
        case.messages = sorted(self.messenger.sent, key=lambda m: m.at)
        return case
