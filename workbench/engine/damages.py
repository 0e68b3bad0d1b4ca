"""What each theory of a wrongful sale is worth: the range of the estimates that rest on it.

Theories overlap (the same shares are sold early, without notice and below the market at once), so nothing here adds
them up, and a range says nothing about whether its test stands. Source: domain specification, section 7.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from workbench.domain.counterfactual import Counterfactual
from workbench.domain.findings import Verdict
from workbench.domain.liquidation import Damage, LiquidationTest
from workbench.domain.money import ZERO, cents, grouped, plain
from workbench.engine.scene import Scene

WORDS = {
    "waited": ("等到补仓期限当日再卖", "sold on the day the deadline ran out"),
    "only_needed": ("只卖恢复到线上所需的部分", "only what restored the line sold"),
    "kept": ("继续持有", "kept"),
}


def build_damages(
    scene: Scene, tests: Sequence[LiquidationTest], otherwise: Sequence[Counterfactual]
) -> tuple[Damage, ...]:
    """Return one row per test that is proven or possible and can be valued, in the order of the tests."""
    found = []
    for test in tests:
        if test.verdict not in (Verdict.PROVEN, Verdict.POSSIBLE):
            continue
        own = OWN.get(test.code)
        if own is not None:
            found.append(own(scene, test))
        else:
            found.append(_by_estimates(test, otherwise))
    return tuple(damage for damage in found if damage is not None)


def _by_estimates(test: LiquidationTest, otherwise: Sequence[Counterfactual]) -> Damage | None:
    rows = [row for row in otherwise if test.code in row.supported_by]
    if not rows:
        return None
    known = [row.difference for row in rows if row.difference is not None]
    zh, en = "；".join(_row_words(rows, at=0)), "; ".join(_row_words(rows, at=1))
    missing = tuple(dict.fromkeys(code for row in rows for code in row.missing))
    return Damage(test.code, test.verdict, min(known, default=None), max(known, default=None), zh, en, missing)


def _row_words(rows: Sequence[Counterfactual], *, at: int) -> Iterator[str]:
    """Yield each course once, with the days of its prices."""
    for theory in dict.fromkeys(row.theory for row in rows):
        days = sorted({row.day for row in rows if row.theory == theory and row.day is not None})
        span = " ~ ".join(str(day) for day in dict.fromkeys((days[0], days[-1]))) if days else ""
        yield f"{WORDS[theory][at]} ({span})" if span else WORDS[theory][at]


def _worse_than_market(scene: Scene, test: LiquidationTest) -> Damage | None:
    """``LIQ-PRICE``: every forced fill below the day's low, or below its mean, lifted to it."""
    low, mean, parts, missing = ZERO, ZERO, [], []
    for fill in scene.fills:
        bar = scene.prices.bar(fill.code or "", fill.date)
        if bar is None or not bar.volume or fill.price is None or fill.quantity is None:
            missing.append(fill.code or "")
            continue
        low += fill.quantity * max(ZERO, bar.low - fill.price)
        better = bar.vwap or bar.close
        if better > fill.price:
            mean += fill.quantity * (better - fill.price)
            parts.append(f"{fill.code} {plain(fill.quantity)} × ({plain(round(better, 4))} − {plain(fill.price)})")
    if not parts:
        return None
    text = " + ".join(parts)
    return Damage(
        test.code,
        test.verdict,
        cents(low),
        cents(mean),
        f"按当日最低价至均价补足：{text}",
        f"lifted to the day's low, at most to its mean: {text}",
        tuple(dict.fromkeys(missing)),
    )


def _kept_back(scene: Scene, test: LiquidationTest) -> Damage | None:
    """``LIQ-RESIDUAL``: the cash that was not returned."""
    cash = scene.account.replay.closing_cash
    if cash <= ZERO:
        return None
    return Damage(
        test.code,
        test.verdict,
        cents(cash),
        cents(cash),
        f"账户末行现金 {grouped(cash)} 元",
        f"cash after the last row {grouped(cash)}",
    )


OWN: Mapping[str, Callable[[Scene, LiquidationTest], Damage | None]] = {
    "LIQ-PRICE": _worse_than_market,
    "LIQ-RESIDUAL": _kept_back,
}
"""Tests that are valued from their own fills or postings rather than from counterfactuals."""
