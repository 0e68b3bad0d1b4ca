"""A random market, grown day by day so that the account can be driven to its lines."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from tests.simulator.model import Bar
from tests.simulator.tables import CENT, cents

STOCKS: tuple[tuple[str, str, str], ...] = (
    ("600036", "招商银行", "34.20"),
    ("601318", "中国平安", "44.10"),
    ("600276", "恒瑞医药", "42.60"),
    ("601899", "紫金矿业", "13.20"),
    ("600030", "中信证券", "21.80"),
    ("600887", "伊利股份", "27.40"),
    ("601012", "隆基绿能", "18.90"),
    ("600585", "海螺水泥", "24.30"),
    ("601888", "中国中免", "68.50"),
    ("000001", "平安银行", "11.40"),
    ("000858", "五粮液", "141.50"),
    ("000333", "美的集团", "63.20"),
    ("000651", "格力电器", "39.80"),
    ("002415", "海康威视", "31.60"),
    ("002475", "立讯精密", "33.70"),
    ("002230", "科大讯飞", "45.90"),
    ("300750", "宁德时代", "192.00"),
    ("300124", "汇川技术", "58.30"),
    ("300015", "爱尔眼科", "14.90"),
    ("300059", "东方财富", "16.20"),
)
RISKY = ("600234", "*ST华岭", "4.80")
"""An invented stock under risk warning, for breaches of the buying ban."""


class Market:
    """Daily bars of a few stocks; one ``step`` a trading day."""

    def __init__(self, random: Random, stocks: list[tuple[str, str, str]]) -> None:
        self.random = random
        self.names = {code: name for code, name, _ in stocks}
        self.close = {code: cents(Decimal(price) * Decimal(random.randint(85, 115)) / 100) for code, _, price in stocks}
        self.today: dict[str, Bar] = {}
        self.history: list[Bar] = []

    def step(
        self, day: date, drift: float = 0.0002, spread: float = 0.016, halted: frozenset[str] = frozenset()
    ) -> None:
        """Trade one day: ``drift`` is the mean return, ``halted`` codes do not trade."""
        for code in self.names:
            before = self.close[code]
            if code in halted:
                bar = Bar(day, code, before, before, before, before, 0, Decimal(0))
            else:
                bar = self._bar(day, code, before, max(-0.09, min(0.09, self.random.gauss(drift, spread))))
            self.close[code] = bar.close
            self.today[code] = bar
            self.history.append(bar)

    def _bar(self, day: date, code: str, before: Decimal, move: float) -> Bar:
        step = Decimal("0.0001")
        cap, floor = ((before * factor).quantize(CENT, ROUND_HALF_UP) for factor in (Decimal("1.10"), Decimal("0.90")))

        def fenced(price: Decimal) -> Decimal:
            return max(floor, min(cap, max(CENT, cents(price))))

        close = fenced(before * (1 + Decimal(move).quantize(step)))
        opened = fenced(before * (1 + Decimal(self.random.gauss(move / 3, 0.004)).quantize(step)))
        reach = [Decimal(abs(self.random.gauss(0, 0.006))).quantize(step) for _ in range(2)]
        high = fenced(max(opened, close) * (1 + reach[0]))
        low = fenced(min(opened, close) * (1 - reach[1]))
        volume = self.random.randint(30_000, 400_000) * 100
        amount = cents((opened + close + high + low) / 4 * volume)
        return Bar(day, code, opened, high, low, close, volume, amount)

    def fill(self, code: str) -> Decimal:
        """Return a price inside the day's range."""
        bar = self.today[code]
        share = Decimal(self.random.randint(5, 95)) / 100
        return min(bar.high, max(bar.low, cents(bar.low + (bar.high - bar.low) * share)))
