"""The client's own dealings: buys, sells, top-ups, dividends, a partial repayment, the orderly close."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from tests.simulator.book import Book, Reject
from tests.simulator.model import Posting
from tests.simulator.tables import cents

TradeFault = Callable[[Posting], None]


class Client:
    """Trades at random; keeps a cash reserve for the charges to come."""

    def __init__(self, book: Book, busy: float, fault: TradeFault) -> None:
        self.book = book
        self.busy = busy
        self.fault = fault
        self.bought_today: set[str] = set()

    def _reserve(self) -> Decimal:
        return self.book.principal() * Decimal("0.09") + 3000

    def act(self, day: date, *, invest: bool = False) -> None:
        """Trade or not, as the day's luck has it; ``invest`` forces buying."""
        self.bought_today = set()
        if invest:
            for _ in range(3):
                self._buy(day, Decimal("0.6"))
            return
        for _ in range(2):
            if self.book.random.random() < self.busy:
                self._buy(day, Decimal(self.book.random.randint(10, 45)) / 100)
            if self.book.random.random() < self.busy:
                self._sell(day)

    def _buy(self, day: date, share: Decimal) -> None:
        book = self.book
        free = book.cash - self._reserve()
        code = book.random.choice(sorted(book.market.names))
        price = book.market.fill(code)
        lots = int(free * share / price / 100)
        if lots < 1:
            return
        self.execute(book.make_trade(day, "buy", code, lots * 100, price))
        self.bought_today.add(code)

    def _sell(self, day: date) -> None:
        book = self.book
        codes = sorted(c for c, n in book.held.items() if n >= 200 and c not in self.bought_today)
        if not codes:
            return
        code = book.random.choice(codes)
        lots = max(1, int(book.held[code] / 100 * book.random.uniform(0.15, 0.8)))
        self.execute(book.make_trade(day, "sell", code, lots * 100, book.market.fill(code)))

    def execute(self, row: Posting) -> None:
        """Let the planted mistake touch the row, then post it.

        Two equal trades on one day would read as a doubled row where no serial tells them apart.
        """
        same = (row.date, row.kind, row.code, row.quantity, row.price)
        if any((r.date, r.kind, r.code, r.quantity, r.price) == same for r in self.book.rows[-12:]):
            raise Reject("the same trade twice")
        self.fault(row)
        self.book.trade(row)

    def small_trade(self, day: date) -> None:
        """Buy one lot of the cheapest stock, so that the minimum commission bites."""
        book = self.book
        code = min(book.market.names, key=lambda c: book.market.close[c])
        row = book.make_trade(day, "buy", code, 100, book.market.fill(code))
        if book.cash - self._reserve() > -row.net:
            self.execute(row)
            self.bought_today.add(code)

    def sell_out(self, day: date, *, part: bool) -> None:
        """Sell half of everything, or all that is left."""
        for code in sorted(c for c, n in self.book.held.items() if n):
            quantity = self.book.held[code]
            if part:
                quantity = max(100, quantity // 200 * 100)
            row = self.book.make_trade(day, "sell", code, quantity, self.book.market.fill(code))
            self.execute(row)

    def dividend(self, day: date) -> None:
        """Receive cash on the largest holding."""
        code = max(self.book.held, key=lambda c: self.book.held[c], default=None)
        if code is None or not self.book.held[code]:
            return
        per_ten = Decimal(self.book.random.choice(("1.2", "2.5", "3.8")))
        amount = cents(per_ten / 10 * self.book.held[code])
        self.book.post(
            Posting(day, "dividend", amount, code, self.book.market.names[code], remark=f"每10股派{per_ten}元")
        )
