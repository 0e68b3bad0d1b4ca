"""The fall to the line and the forced sale, lawful or with one of the planted wrongs."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from tests.simulator.accrual import expected_interest
from tests.simulator.book import Reject
from tests.simulator.lines import assets_at, ratio_words
from tests.simulator.tables import DAY, ZERO, cents, trading_shift

if TYPE_CHECKING:
    from tests.simulator.simulation import Simulation

SAFE = Decimal("1.012")
CLEAR = Decimal("0.988")


class Forced:
    """Drives the market down once the account is invested, then sells by force."""

    def __init__(self, sim: Simulation) -> None:
        self.sim = sim
        self.started = False
        self.warned: date | None = None
        self.breach: date | None = None
        self.sale: date | None = None
        self.done = False
        days = (sim.deal.term_end - sim.drawn).days
        self.crash = trading_shift(sim.drawn + timedelta(days=int(days * sim.random.uniform(0.3, 0.55))), 0)

    def _debt(self, day: date) -> Decimal:
        sim = self.sim
        owed = sim.book.principal()
        last = max((p.start for p in sim.periods if p.start <= day), default=sim.drawn)
        paid_ahead = sim.deal.settlement == "prepaid_monthly"
        accrued = ZERO if paid_ahead else expected_interest(sim.deal, lambda _: owed, last, day + DAY, sim.drawn)
        return owed + cents(accrued)

    def _line(self, day: date, line: Decimal) -> Decimal:
        return assets_at(self.sim.deal, line, self.sim.book.principal(), self._debt(day))

    def session(self, day: date) -> bool:
        """Run one session; False leaves it to the ordinary course of things."""
        if self.done:
            self.sim.market.step(day)
            return True
        if day < self.crash:
            self._stay_above(day)
            return False
        self.started = True
        if self.sale == day:
            self._sell(day)
            return True
        early = "LIQ-EARLY" in self.sim.codes
        self.sim.market.step(day, *self._pace(early=early))
        if day == self.crash:
            self.sim.client.act(day, invest=True)
        self._watch(day, early=early)
        return True

    def _stay_above(self, day: date) -> None:
        """An early sale is proven only where the account never touched the line before."""
        book = self.sim.book
        if "LIQ-EARLY" not in self.sim.codes or not book.market.today:
            return
        before = trading_shift(day, -1)
        if book.cash + book.market_value("low") < self._line(before, self.sim.deal.liquidation_line) * SAFE:
            raise Reject("touched the line before")

    def _pace(self, *, early: bool) -> tuple[float, float]:
        if early:
            return (0.0, 0.004) if self.breach else (-0.012, 0.006)
        return (-0.012, 0.006) if self.breach else (-0.045, 0.012)

    def _watch(self, day: date, *, early: bool) -> None:
        sim, book = self.sim, self.sim.book
        assets, lows = book.cash + book.market_value(), book.cash + book.market_value("low")
        warning, floor = self._line(day, sim.deal.warning_line), self._line(day, sim.deal.liquidation_line)
        if early and lows < floor * SAFE:
            raise Reject("fell through the line")
        if not self.warned and assets < warning * CLEAR:
            self.warned = day
            sim.messenger.warning(day, ratio_words(sim.deal, assets, book.principal(), self._debt(day)))
        if self.breach is None:
            reached = self.warned is not None if early else assets < floor * CLEAR
            if reached:
                self._breach(day, assets)
        elif not early and assets > floor * CLEAR:
            raise Reject("recovered before the sale")

    def _breach(self, day: date, assets: Decimal) -> None:
        sim = self.sim
        self.breach = day
        ahead = int(sim.deal.topup[2])
        deadline = trading_shift(day, ahead)
        moment = datetime.combine(deadline, time.fromisoformat(sim.deal.topup.split()[1]))
        if sim.deal.notice_required and "LIQ-NOTICE" not in sim.codes:
            words = (
                "" if "LIQ-EARLY" in sim.codes else ratio_words(sim.deal, assets, sim.book.principal(), self._debt(day))
            )
            sim.messenger.call(day, words, moment)
        if "LIQ-GRACE" in sim.codes or not sim.deal.notice_required:
            self.sale = trading_shift(day, 1)
        else:
            self.sale = trading_shift(deadline, 1)
        close = trading_shift(self.sale, 1)
        if close >= sim.end:
            raise Reject("the fall came too late")
        sim.move_end(close)

    def _sell(self, day: date) -> None:
        sim, book = self.sim, self.sim.book
        codes = self._in_order(sorted(c for c, n in book.held.items() if n))
        if len(codes) < 2:
            raise Reject("too few holdings for a sale")
        halted = frozenset(codes[:1]) if "LIQ-HALT" in sim.codes else frozenset()
        sim.market.step(day, 0.0 if "LIQ-EARLY" in sim.codes else -0.012, 0.006, halted)
        if "LIQ-T1" in sim.codes:
            row = book.make_trade(day, "buy", codes[-1], 200, sim.market.fill(codes[-1]))
            if book.cash + row.net < 0:
                raise Reject("no cash to buy")
            book.trade(row)
            book.find("LIQ-T1", day)
        self._check_day(day)
        price_left = "LIQ-PRICE" in sim.codes
        sold = 0
        word = sim.random.choice(("触及平仓线强制卖出", "低于平仓线,系统强平", "强制平仓"))
        for code in codes:
            for quantity in self._chunks(book.held[code]):
                price = sim.market.fill(code)
                if price_left:
                    price, price_left = cents(sim.market.today[code].low * Decimal("0.96")), False
                    book.find("LIQ-PRICE", day)
                row = book.make_trade(day, "forced_sell", code, quantity, price)
                row.remark = word
                row.at = time(9, 31 + len(codes) + sold)
                sold += 1
                book.trade(row)
        for code in ("LIQ-EARLY", "LIQ-NOTICE", "LIQ-GRACE", "LIQ-OVERSELL", "LIQ-HALT", "LIQ-ORDER"):
            if code in sim.codes:
                book.find(code, day)
        sim.messenger.liquidated(day)
        self.done = True

    def _check_day(self, day: date) -> None:
        book = self.sim.book
        floor = self._line(day, self.sim.deal.liquidation_line)
        lows, closes = book.cash + book.market_value("low"), book.cash + book.market_value()
        if "LIQ-OVERSELL" in self.sim.codes:
            over_debt = book.deal.line_convention == "assets_over_debt"
            ratio = self.sim.deal.liquidation_line + (0 if over_debt else 1)
            needed = (ratio * self._debt(day) - lows) / (ratio - 1)
            if needed > book.market_value("low") * Decimal("0.8"):
                raise Reject("nearly everything had to be sold")
        if "LIQ-EARLY" in self.sim.codes:
            if lows < floor * SAFE:
                raise Reject("fell through the line on the day")
        elif closes > floor * CLEAR:
            raise Reject("recovered on the day")

    def _in_order(self, codes: list[str]) -> list[str]:
        """Put the holdings in the agreed order, the largest loss at yesterday's close first, or in the opposite one."""
        sim, book = self.sim, self.sim.book
        if not sim.deal.sell_order:
            return codes
        losses = {code: book.cost(code) - book.held[code] * book.market.close[code] for code in codes}
        if len(set(losses.values())) < len(codes):
            raise Reject("two losses are equal")
        wrong = "LIQ-ORDER" in sim.codes
        ordered = sorted(codes, key=lambda code: losses[code], reverse=not wrong)
        parts = [losses[code] / book.cost(code) for code in ordered]
        if wrong and parts == sorted(parts, reverse=True):
            raise Reject("in order by per cent")
        return ordered

    def _chunks(self, quantity: int) -> list[int]:
        random = self.sim.random
        if quantity < 600 or random.random() < 0.5:
            return [quantity]
        first = int(quantity * random.uniform(0.2, 0.7)) // 100 * 100
        return [first, quantity - first] if 0 < first < quantity else [quantity]
