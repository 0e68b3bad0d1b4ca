"""One small true account: every kind of posting once or more, with figures that close, for printing in many forms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
NIL = Decimal(0)
COPPER, BANK, FUND, WINE = (
    ("000878", "云南铜业"), ("601939", "建设银行"), ("510310", "HS300ETF"), ("000858", "五 粮 液"),
)  # fmt: skip
REPO, NEW_SHARE, DESIGNATED = ("204001", "GC001"), ("730123", "某某发行"), ("799999", "指定登记")


@dataclass(frozen=True)
class Event:
    """One true posting; ``kind`` is what the importer must say where the form's words tell it."""

    day: date
    clock: time | None
    event: str
    kind: str
    net: Decimal
    balance: Decimal
    code: str = ""
    name: str = ""
    price: Decimal = NIL
    quantity: int = 0
    gross: Decimal = NIL
    fees: dict[str, Decimal] = field(default_factory=dict)
    position: int | None = None
    serial: str = ""

    @property
    def charged(self) -> Decimal:
        """Sum of the trade's fees."""
        return sum(self.fees.values(), NIL)


_FEES = ("commission", "stamp", "transfer", "handling", "regulatory", "settlement", "other")


@dataclass
class _Account:
    fee_names: Sequence[str]
    events: list[Event] = field(default_factory=list)
    balance: Decimal = NIL
    held: dict[str, int] = field(default_factory=dict)

    def cash(
        self, day: date, event: str, kind: str, net: str, share: tuple[str, str] = ("", ""), quantity: int = 0
    ) -> None:
        self.balance += Decimal(net)
        gross = abs(Decimal(net)) if share[0] else NIL
        self.held[share[0]] = self.held.get(share[0], 0) + (quantity if kind == "adjustment" else 0)
        self.events.append(
            Event(
                day, None, event, kind, Decimal(net), self.balance, *share, quantity=quantity, gross=gross,
                position=self.held[share[0]] if share[0] else None, serial=str(900100 + len(self.events)),
            )
        )  # fmt: skip

    def repo(self, day: date, event: str, net: str, price: str) -> None:
        self.balance += Decimal(net)
        gross, charged = Decimal(50000), NIL
        if event == "repo_out":
            charged = -Decimal(net) - gross
        else:
            gross = Decimal(net)
        fees = {"commission": charged} if charged else {}
        self.events.append(
            Event(
                day, time(14, 55, 1), event, "adjustment", Decimal(net), self.balance, *REPO, Decimal(price), 500,
                gross, fees, 0, str(900100 + len(self.events)),
            )
        )  # fmt: skip

    def trade(self, day: date, clock: str, event: str, share: tuple[str, str], price: str, quantity: int) -> None:
        gross = (Decimal(price) * quantity).quantize(CENT, ROUND_HALF_UP)
        sells = event not in {"buy", "financed_buy"}
        fees = {
            "commission": max(Decimal(5), (gross * Decimal("0.0003")).quantize(CENT, ROUND_HALF_UP)),
            "stamp": (gross * Decimal("0.0005")).quantize(CENT, ROUND_HALF_UP) if sells else NIL,
            "transfer": (gross * Decimal("0.00001")).quantize(CENT, ROUND_HALF_UP),
            "handling": (gross * Decimal("0.0000341")).quantize(CENT, ROUND_HALF_UP),
            "regulatory": (gross * Decimal("0.00002")).quantize(CENT, ROUND_HALF_UP),
        }
        fees = {name: value for name, value in fees.items() if name in self.fee_names}
        net = (gross if sells else -gross) - sum(fees.values(), NIL)
        self.balance += net
        self.held[share[0]] = self.held.get(share[0], 0) + (-quantity if sells else quantity)
        kind = {"financed_buy": "buy", "forced": "sell"}.get(event, event)
        self.events.append(
            Event(
                day, time.fromisoformat(clock), event, kind, net, self.balance, *share, Decimal(price), quantity, gross,
                fees, self.held[share[0]], str(900100 + len(self.events)),
            )
        )  # fmt: skip


def _ordinary(account: _Account) -> None:
    account.cash(date(2024, 3, 1), "deposit", "margin_in", "200000.00")
    account.cash(date(2024, 3, 1), "designated", "adjustment", "0.00", DESIGNATED)
    account.trade(date(2024, 3, 4), "09:31:05", "buy", COPPER, "11.32", 5000)
    account.trade(date(2024, 3, 4), "09:31:05", "buy", COPPER, "11.32", 5000)
    account.trade(date(2024, 3, 5), "10:02:47", "buy", BANK, "6.78", 3000)
    account.repo(date(2024, 3, 6), "repo_out", "-50000.50", "1.880")
    account.repo(date(2024, 3, 7), "repo_in", "50002.58", "1.880")
    account.trade(date(2024, 3, 8), "13:20:11", "buy", FUND, "3.945", 1000)
    account.trade(date(2024, 3, 11), "14:41:59", "buy", WINE, "135.50", 200)
    account.cash(date(2024, 3, 12), "subscription", "adjustment", "-10350.00", NEW_SHARE, 1000)
    account.cash(date(2024, 3, 14), "dividend", "dividend", "1167.00", BANK)
    account.trade(date(2024, 3, 15), "11:05:33", "sell", BANK, "6.95", 3000)
    account.cash(date(2024, 3, 18), "dividend_tax", "dividend_tax", "-233.40", BANK)
    account.cash(date(2024, 3, 21), "credit_interest", "adjustment", "18.42")
    account.cash(date(2024, 3, 22), "withdrawal", "margin_out", "-8000.00")
    account.trade(date(2024, 3, 25), "09:45:00", "sell", COPPER, "10.88", 10000)


def _financed(account: _Account) -> None:
    account.cash(date(2024, 4, 1), "deposit", "margin_in", "100000.00")
    account.cash(date(2024, 4, 2), "drawdown", "drawdown", "150000.00")
    account.trade(date(2024, 4, 2), "09:40:12", "financed_buy", COPPER, "12.10", 12000)
    account.trade(date(2024, 4, 3), "10:15:30", "buy", BANK, "7.02", 10000)
    account.cash(date(2024, 4, 10), "subscription", "adjustment", "-5000.00", NEW_SHARE, 500)
    account.cash(date(2024, 4, 20), "dividend", "dividend", "3890.00", BANK)
    account.cash(date(2024, 4, 22), "interest", "interest", "-700.00")
    account.cash(date(2024, 4, 23), "fee", "other_fee", "-88.50")
    account.trade(date(2024, 4, 25), "13:01:07", "sell", BANK, "7.11", 4000)
    account.cash(date(2024, 4, 26), "dividend_tax", "dividend_tax", "-77.80", BANK)
    account.cash(date(2024, 4, 28), "withdrawal", "margin_out", "-1000.00")
    account.trade(date(2024, 5, 6), "09:30:01", "forced", COPPER, "10.05", 7000)
    account.trade(date(2024, 5, 6), "09:30:02", "forced", COPPER, "10.03", 5000)
    account.cash(date(2024, 5, 6), "repay", "principal_repaid", "-120000.00")
    account.cash(date(2024, 5, 6), "interest", "interest", "-412.37")


def ordinary(fees: Sequence[str] = _FEES, without: Sequence[str] = ()) -> list[Event]:
    """Return an ordinary securities account in posting order; ``without`` leaves events out."""
    return _selected(_ordinary, fees, without)


def financed(fees: Sequence[str] = _FEES, without: Sequence[str] = ()) -> list[Event]:
    """Return a margin account from the loan to the forced sale, in posting order."""
    return _selected(_financed, fees, without)


def _selected(build: Callable[[_Account], None], fees: Sequence[str], without: Sequence[str]) -> list[Event]:
    account = _Account(fees)
    build(account)
    kept, balance = [], NIL
    for event in account.events:
        if event.event not in without:
            balance += event.net
            kept.append(replace(event, balance=balance))
    return kept
