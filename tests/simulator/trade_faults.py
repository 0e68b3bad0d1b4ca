"""Mistakes in trade rows; each changes a row before it is posted and says what it did."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from tests.simulator.book import Book
from tests.simulator.model import Posting
from tests.simulator.tables import ZERO, cents, mult

TradeFault = Callable[[Book, Posting], bool]


def _rate(book: Book, row: Posting) -> bool:
    deal, right = book.deal, row.commission or ZERO
    gross = row.gross or ZERO
    if gross * deal.commission_rate < deal.commission_min * 2:
        return False
    row.commission = mult(gross, deal.commission_rate * Decimal("1.5"))
    book.find("FEE-RATE", row.date, row.commission, right, "rate", "commission")
    return True


def _minimum(book: Book, row: Posting) -> bool:
    gross = row.gross or ZERO
    if gross * book.deal.commission_rate >= book.deal.commission_min:
        return False
    right = row.commission or ZERO
    row.commission = cents(book.deal.commission_min * 2)
    book.find("FEE-MIN", row.date, row.commission, right, "min")
    return True


def _stamp(book: Book, row: Posting) -> bool:
    right = row.stamp or ZERO
    on_buy = row.kind == "buy"
    wrong = cents((row.gross or ZERO) * Decimal("0.0005")) if on_buy else right * 2
    row.stamp = wrong
    book.find("FEE-STAMP", row.date, wrong, right, "stamp", "side" if on_buy else "rate")
    return True


def _transfer(book: Book, row: Posting) -> bool:
    right = row.transfer or ZERO
    if right < Decimal("0.1"):
        return False
    row.transfer = right * 2
    book.find("FEE-TRANSFER", row.date, row.transfer, right, "transfer")
    return True


def _arithmetic(book: Book, row: Posting) -> bool:
    amount = Decimal(book.random.choice((10, 50, 100, 200, 1000)))
    right = abs(row.net)
    row.net -= amount
    stated = abs(row.net)
    book.find("AMT-ARITH", row.date, stated, right)
    return True


def _missing(book: Book, row: Posting) -> bool:
    if row.kind != "sell":
        return False
    book.find("CASH-MISSING", row.date, ZERO, row.net)
    row.net = ZERO
    return True


def _invented(book: Book, row: Posting) -> bool:
    """Print a price the market never saw that day, to the client's harm."""
    bar, quantity = book.market.today[row.code or ""], row.quantity or 0
    price = cents(bar.high * Decimal("1.02")) if row.kind == "buy" else cents(bar.low * Decimal("0.98"))
    fake = book.make_trade(row.date, row.kind, row.code or "", quantity, price)
    for name in ("price", "gross", "commission", "stamp", "transfer", "handling", "regulatory", "net"):
        setattr(row, name, getattr(fake, name))
    book.find("SIM-FILL", row.date)
    return True


TRADE_FAULTS: dict[str, tuple[TradeFault, int]] = {
    "FEE-RATE": (_rate, 3),
    "FEE-MIN": (_minimum, 2),
    "FEE-STAMP": (_stamp, 2),
    "FEE-TRANSFER": (_transfer, 2),
    "AMT-ARITH": (_arithmetic, 1),
    "CASH-MISSING": (_missing, 1),
    "SIM-FILL": (_invented, 3),
}
"""Code -> how to spoil a row, and how many rows at most."""


class TradeFaults:
    """Spoils one fit row out of a few, until each planted code has had its share."""

    def __init__(self, book: Book, codes: tuple[str, ...]) -> None:
        self.book = book
        self.left = {c: book.random.randint(1, TRADE_FAULTS[c][1]) for c in codes if c in TRADE_FAULTS}
        self.waiting = {c: 0 if c == "FEE-MIN" else book.random.randint(1, 4) for c in self.left}

    def __call__(self, row: Posting) -> None:
        """Spoil the row by at most one mistake."""
        for code in sorted(self.left):
            if self.left[code] <= 0:
                continue
            if self.waiting[code] > 0:
                self.waiting[code] -= 1
                continue
            if TRADE_FAULTS[code][0](self.book, row):
                if code not in {"AMT-ARITH", "CASH-MISSING", "SIM-FILL"}:
                    self.book.settle(row)
                self.left[code] -= 1
                self.waiting[code] = self.book.random.randint(1, 4)
                return
