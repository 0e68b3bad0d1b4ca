"""A small invented ledger whose every figure closes, and the tables it is printed as."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
TITLES = {
    "date": "日期", "operation": "业务名称", "code": "证券代码", "name": "证券名称",
    "price": "成交价格", "quantity": "成交数量",
    "gross": "成交金额", "commission": "手续费", "stamp": "印花税", "transfer": "过户费",
    "net": "发生金额", "balance": "资金余额",
    "remark": "备注",
}  # fmt: skip
_SHARES = (("600036", "招商银行"), ("000001", "平安银行"), ("300274", "阳光电源"), ("002594", "比亚迪"))


@dataclass(frozen=True)
class Entry:
    """One posting."""

    day: date
    kind: str
    operation: str
    net: Decimal
    balance: Decimal
    code: str = ""
    name: str = ""
    price: Decimal = Decimal(0)
    quantity: int = 0
    gross: Decimal = Decimal(0)
    commission: Decimal = Decimal(0)
    stamp: Decimal = Decimal(0)
    transfer: Decimal = Decimal(0)
    remark: str = ""


@dataclass
class _Book:
    entries: list[Entry] = field(default_factory=list)
    balance: Decimal = Decimal(0)
    held: dict[str, int] = field(default_factory=dict)

    def cash(self, day: date, kind: str, operation: str, net: str, remark: str = "") -> None:
        self.balance += Decimal(net)
        self.entries.append(Entry(day, kind, operation, Decimal(net), self.balance, remark=remark))

    def trade(
        self, day: date, kind: str, share: tuple[str, str], price: Decimal, quantity: int, remark: str = ""
    ) -> None:
        gross = (price * quantity).quantize(CENT, ROUND_HALF_UP)
        sells = kind != "buy"
        commission = max(Decimal(5), (gross * Decimal("0.0003")).quantize(CENT, ROUND_HALF_UP))
        stamp = (gross * Decimal("0.0005")).quantize(CENT, ROUND_HALF_UP) if sells else Decimal("0.00")
        transfer = (gross * Decimal("0.00001")).quantize(CENT, ROUND_HALF_UP)
        net = gross - commission - stamp - transfer if sells else -(gross + commission + stamp + transfer)
        self.balance += net
        word = {"buy": "证券买入", "sell": "证券卖出", "forced_sell": "强制平仓"}[kind]
        self.held[share[0]] = self.held.get(share[0], 0) + (-quantity if sells else quantity)
        self.entries.append(
            Entry(
                day, kind, word, net, self.balance, *share, price, quantity, gross, commission, stamp, transfer, remark
            )
        )


def make_ledger(rows: int = 40, seed: int = 1) -> list[Entry]:
    """Return an account from deposit to forced sale with about ``rows`` postings."""
    pick = random.Random(seed)  # noqa: S311 - a reproducible fixture
    book, day = _Book(), date(2025, 1, 6)
    book.cash(day, "margin_in", "保证金转入", "100000.00", "初始保证金")
    book.cash(day, "drawdown", "配资放款", "400000.00")
    while len(book.entries) < rows:
        share = pick.choice(_SHARES)
        price = Decimal(pick.randint(800, 9000)) / 100
        if book.held.get(share[0], 0) > 0 and pick.random() < 0.4:
            book.trade(day, "sell", share, price, book.held[share[0]])
        elif book.balance > 60000:
            book.trade(day, "buy", share, price, 100 * pick.randint(1, 5))
        else:
            book.cash(day, "margin_in", "追加保证金", "50000.00", "追加")
        if len(book.entries) % 7 == 0:
            end = day + timedelta(days=6)
            book.cash(
                end, "interest", "配资利息", f"-{pick.randint(500, 4000)}.{pick.randint(10, 99)}", f"{day}至{end} 7天"
            )
            day = end
        day += timedelta(days=pick.choice((0, 0, 1, 3)))
    for share in _SHARES:
        if book.held.get(share[0], 0) > 0:
            book.trade(day, "forced_sell", share, Decimal("10.10"), book.held[share[0]], "触及平仓线强制卖出")
    book.cash(day, "principal_repaid", "归还配资本金", "-400000.00", "结清本金")
    return book.entries


def expected(entries: Sequence[Entry]) -> list[tuple[date, str, Decimal]]:
    """Return (date, kind, effect) of every posting."""
    return [(entry.day, entry.kind, entry.net) for entry in entries]


def money(value: Decimal, style: str = "plain") -> str:
    """Print an amount: ``plain``, ``grouped``, ``brackets``, ``minus`` (U+2212), ``trailing`` or ``wide``."""
    grouped = f"{abs(value):,.2f}"
    if style == "plain":
        return f"{value:.2f}"
    if style == "wide":
        return f"{value:.2f}".translate({ord(char): ord(char) + 0xFEE0 for char in "0123456789.-"})
    if value >= 0:
        return grouped
    return {"grouped": f"-{grouped}", "brackets": f"({grouped})", "minus": f"−{grouped}", "trailing": f"{grouped}-"}[
        style
    ]


def table(
    entries: Sequence[Entry],
    fields: Sequence[str] = tuple(TITLES),
    style: str = "plain",
    day: str = "%Y-%m-%d",
    nil: str = "",
) -> list[list[str]]:
    """Return the heading and one row of text for each posting."""
    rows = [[TITLES[name] for name in fields]]
    rows.extend([_cell(entry, name, style, day, nil) for name in fields] for entry in entries)
    return rows


def _cell(entry: Entry, name: str, style: str, day: str, nil: str) -> str:
    trading = bool(entry.quantity)
    if name == "date":
        return entry.day.strftime(day)
    if name in {"operation", "remark", "code", "name"}:
        return str(getattr(entry, name))
    if name in {"net", "balance"}:
        return money(getattr(entry, name), style)
    if not trading:
        return nil
    if name == "quantity":
        return f"{entry.quantity:,}" if style != "plain" else str(entry.quantity)
    return money(getattr(entry, name), style)


def without_day(entries: Sequence[Entry], year: int) -> list[Entry]:
    """Return the postings moved to another year."""
    return [replace(entry, day=entry.day.replace(year=year)) for entry in entries]
