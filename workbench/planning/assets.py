"""Own assets outside the financed account: what they are, what they fetch, when the money is there.

Source: seed 000 (资产流动: shares, funds, exchange reverse repo, goods; cost and tax of turning them into money).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from workbench.domain.money import ONE, ZERO
from workbench.domain.reference import TradingCalendar
from workbench.engine.instruments import board_of
from workbench.errors import UsageError

_CODE_LENGTH = 6
_SHARE_LOT, _STAR_LOT = Decimal(100), Decimal(200)


class AssetKind(StrEnum):
    """What an asset is; decides its lot, how its days count and which statutory charges it bears."""

    SHARE = "share"
    FUND = "fund"
    REVERSE_REPO = "reverse_repo"
    DEPOSIT = "deposit"
    GOODS = "goods"
    OTHER = "other"


CERTAIN = frozenset({AssetKind.REVERSE_REPO, AssetKind.DEPOSIT})
"""Kinds that pay a fixed amount: a fall of the market does not touch them."""
COMMISSION_CAP = Decimal("0.003")
"""Highest commission on shares, a fraction of turnover (证监发〔2002〕21号); no broker's own rate is ever guessed."""
COMMISSION_MIN = Decimal(5)
"""Yuan an order under the same notice."""
_FEE_KNOWN = CERTAIN | {AssetKind.SHARE}
_EXCHANGE = frozenset({AssetKind.SHARE, AssetKind.FUND})
_LOTS = {
    AssetKind.FUND: Decimal("0.01"),
    AssetKind.REVERSE_REPO: Decimal("0.01"),
    AssetKind.DEPOSIT: Decimal("0.01"),
    AssetKind.GOODS: ONE,
    AssetKind.OTHER: ONE,
}


@dataclass(frozen=True, slots=True)
class Asset:
    """One asset the person owns outside the financed account.

    Raises:
        UsageError: a figure out of its range, or a share without a six-digit code.
    """

    name: str
    kind: AssetKind
    quantity: Decimal
    """Shares, units or pieces; yuan for deposits and reverse repo (price 1)."""
    price: Decimal
    """Yuan a unit today."""
    haircut: Decimal
    """Part of the price (0-1) given up to sell in time."""
    days: int
    """Days until the money can be used: trading days after the sale (T+n) for shares and funds, else calendar days."""
    code: str = ""
    """Six digits; needed for shares, whose statutory charges depend on the market."""
    fee_rate: Decimal | None = None
    """Commission, redemption or dealer's fee as a fraction of the proceeds; None: not known. Unknown, it is the most a
    broker may take on shares, nothing on deposits and reverse repo, and refused for anything else."""
    fee_min: Decimal = ZERO
    """Least fee in yuan for one sale."""
    tax_rate: Decimal = ZERO
    """Tax as a fraction of the proceeds, besides the statutory charges on shares."""
    keep: Decimal = ZERO
    """Quantity marked as core: not sold."""
    lot: Decimal | None = None
    """Smallest step of a sale; None: the usual one of the kind. A rest below a lot is sold in one piece."""

    def __post_init__(self) -> None:
        for name in ("quantity", "price", "fee_min"):
            self._require(getattr(self, name) >= ZERO, name)
        self._require(self.fee_rate is not None or self.kind in _FEE_KNOWN, "fee_rate")
        for name, part in (("haircut", self.haircut), ("fee_rate", self.fee[0]), ("tax_rate", self.tax_rate)):
            self._require(ZERO <= part < ONE, name)
        self._require(self.fee[0] + self.tax_rate < ONE, "tax_rate")
        self._require(self.days >= 0, "days")
        self._require(ZERO <= self.keep <= self.quantity, "keep")
        self._require(self.lot is None or self.lot > ZERO, "lot")
        self._require(self.kind is not AssetKind.SHARE or _is_code(self.code), "code")

    def _require(self, holds: bool, field: str) -> None:
        if not holds:
            raise UsageError(
                f"`{field}` of {self.name} is out of range",
                next_step=_HINTS[field][1],
                what_zh=f"“{self.name}”的 {field} 超出范围",
                next_step_zh=_HINTS[field][0],
            )

    @property
    def fee(self) -> tuple[Decimal, Decimal]:
        """Rate and minimum that are counted: those given, else the most a broker may take (shares) or nothing."""
        if self.fee_rate is not None:
            return self.fee_rate, self.fee_min
        if self.kind is AssetKind.SHARE:
            return COMMISSION_CAP, max(COMMISSION_MIN, self.fee_min)
        return ZERO, self.fee_min

    @property
    def fee_assumed(self) -> bool:
        """Tell whether the commission is not known and the legal maximum is counted."""
        return self.fee_rate is None and self.kind is AssetKind.SHARE

    @property
    def step(self) -> Decimal:
        """Smallest step of a sale: shares 100 (STAR 200), funds and money 0.01, anything else 1, unless given."""
        if self.lot is not None:
            return self.lot
        if self.kind is AssetKind.SHARE:
            return _STAR_LOT if board_of(self.code) == "STAR" else _SHARE_LOT
        return _LOTS[self.kind]

    @property
    def odd(self) -> Decimal:
        """Rest below a lot, which exchange rules let go in one order only."""
        return self.quantity % self.step

    @property
    def most(self) -> Decimal:
        """Largest quantity that can be sold without touching the core, in whole lots and the odd rest."""
        free = self.quantity - self.keep
        whole = free // self.step * self.step
        return whole if free < self.odd else max(whole, self.odd + (free - self.odd) // self.step * self.step)


_FRACTION = ("请写 0 到 1 之间的比例，例如 5% 或 0.05。", "Write a fraction from 0 to below 1, for example 5% or 0.05.")
_POSITIVE = ("请写不小于 0 的数。", "Write a number that is not below 0.")
_HINTS = {
    "quantity": _POSITIVE,
    "price": _POSITIVE,
    "fee_min": _POSITIVE,
    "haircut": _FRACTION,
    "fee_rate": (
        "请写手续费占成交额的比例，没有则写 0；不知道请先问清。",
        "Write the fee as a fraction of the proceeds, 0 where there is none; ask where you do not know.",
    ),
    "tax_rate": ("费率与税率合计须小于 1。", "Fee and tax together must stay below 1."),
    "days": ("请写不小于 0 的整数。", "Write a whole number that is not below 0."),
    "keep": ("保留数量应在 0 与持有数量之间。", "What you keep lies between 0 and what you hold."),
    "lot": ("最小单位须大于 0。", "The smallest step must be above 0."),
    "code": ("股票请写六位代码，例如 600519。", "Give a share its six-digit code, for example 600519."),
}


def _is_code(text: str) -> bool:
    return len(text) == _CODE_LENGTH and text.isascii() and text.isdigit()


def sale_day(kind: AssetKind, today: date, calendar: TradingCalendar) -> date:
    """Return the day a sale can be made: the first trading day from ``today`` for shares and funds, else ``today``.

    Raises:
        ReferenceGapError: a day outside the trading calendar.
    """
    if kind not in _EXCHANGE or calendar.is_open(today):
        return today
    return calendar.after(today, 1)


def cash_day(asset: Asset, today: date, calendar: TradingCalendar) -> date:
    """Return the day from which the proceeds can be used.

    Shares and funds: T+n trading days after the sale. Reverse repo: its remaining calendar days, then the next trading
    day. Anything else: calendar days.

    Raises:
        ReferenceGapError: a day outside the trading calendar.
    """
    if asset.kind in _EXCHANGE:
        return calendar.after(sale_day(asset.kind, today, calendar), asset.days)
    due = today + timedelta(days=asset.days)
    if asset.kind is AssetKind.REVERSE_REPO and not calendar.is_open(due):
        return calendar.after(due, 1)
    return due
