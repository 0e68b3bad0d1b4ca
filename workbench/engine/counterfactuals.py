"""What the forced sale would have brought had it waited, stopped in time, or not happened.

Every row is an estimate from the imported bars: it states day, price and formula, and where a price is missing it
says which instead of filling it in. Nothing here says that a theory holds; the test it rests on does.

Source: domain specification, section 7.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from workbench.domain.counterfactual import Counterfactual
from workbench.domain.findings import Verdict
from workbench.domain.liquidation import LiquidationTest
from workbench.domain.market import Bar
from workbench.domain.money import ZERO, cents, grouped, plain
from workbench.engine.conventions import Position, repayment_to_restore
from workbench.engine.margin import contract_margin, debt_on
from workbench.engine.notice_tests import top_up_deadline
from workbench.engine.prices import market_value
from workbench.engine.scene import Scene

PICKS: Mapping[str, Callable[[Bar], Decimal | None]] = {
    "open": lambda bar: bar.open,
    "vwap": lambda bar: bar.vwap,
    "close": lambda bar: bar.close,
}

SUPPORT: Mapping[str, tuple[str, ...]] = {
    "waited": ("LIQ-GRACE", "LIQ-NOTICE", "LIQ-EARLY"),
    "only_needed": ("LIQ-OVERSELL",),
    "kept": ("LIQ-EARLY", "LIQ-LINE", "LIQ-CONTROL", "LIQ-NOTICE"),
}
"""Theory -> tests any of which would support it, the usual one first."""
STRENGTH: Mapping[Verdict | None, int] = {Verdict.PROVEN: 0, Verdict.POSSIBLE: 1, Verdict.CANNOT_TELL: 2}


def counterfactuals(
    scene: Scene, tests: tuple[LiquidationTest, ...], keep_to: date | None = None
) -> tuple[Counterfactual, ...]:
    """Return every other course that the prices allow.

    Args:
        scene: the forced sale.
        tests: its tests, for the verdict each theory rests on.
        keep_to: day to which the holdings would have been kept; None: the last day with bars of all of them.
    """
    sold = _sold(scene)
    if not sold:
        return ()
    verdicts = {test.code: test.verdict for test in tests}
    found = []
    for theory, rest in (
        *_waited(scene, sold),
        *_only_needed(scene, sold, keep_to),
        *_kept(scene, sold, keep_to),
    ):
        codes = SUPPORT[theory]
        best = min(codes, key=lambda code: STRENGTH.get(verdicts.get(code), len(STRENGTH)))
        found.append(Counterfactual(theory, best, verdicts.get(best), *rest, supported_by=codes))
    return tuple(found)


Rest = tuple[str, date | None, Decimal, Decimal | None, str, tuple[str, ...]]
Row = tuple[str, Rest]


def _sold(scene: Scene) -> dict[str, tuple[Decimal, Decimal]]:
    """Return code -> (shares, turnover in yuan) of the forced fills."""
    found: dict[str, tuple[Decimal, Decimal]] = {}
    for fill in scene.fills:
        if fill.code and fill.quantity and fill.price:
            count, gross = found.get(fill.code, (ZERO, ZERO))
            found[fill.code] = count + fill.quantity, gross + fill.quantity * fill.price
    return found


def _actual(sold: Mapping[str, tuple[Decimal, Decimal]]) -> Decimal:
    return cents(sum((gross for _, gross in sold.values()), ZERO))


def _valued(
    scene: Scene, sold: Mapping[str, tuple[Decimal, Decimal]], day: date, pick: Callable[[Bar], Decimal | None]
) -> tuple[Decimal | None, str, tuple[str, ...]]:
    """Return the value in yuan of what was sold at one price of a day, the formula, and codes without a price."""
    value, parts, missing = ZERO, [], []
    for code, (count, _) in sold.items():
        bar = scene.prices.bar(code, day)
        price = pick(bar) if bar is not None and bar.volume else None
        if price is None:
            missing.append(code)
            continue
        value += count * price
        parts.append(f"{code} {plain(count)} × {plain(round(price, 4))}")
    formula = " + ".join(parts)
    if missing:
        return None, formula, tuple(missing)
    return cents(value), f"{formula} = {grouped(value)}", ()


def _waited(scene: Scene, sold: Mapping[str, tuple[Decimal, Decimal]]) -> Iterator[Row]:
    """The sale on the day the deadline ran out, at that day's open, mean and close."""
    deadline = top_up_deadline(scene)
    if deadline is None or deadline.date() < scene.day:
        return
    day = deadline.date()
    for name, pick in PICKS.items():
        value, formula, missing = _valued(scene, sold, day, pick)
        yield "waited", (name, day, _actual(sold), value, formula, missing)


def _only_needed(scene: Scene, sold: Mapping[str, tuple[Decimal, Decimal]], keep_to: date | None) -> Iterator[Row]:
    """What was sold beyond the need, at the closes of the day and of the day it would have been kept to."""
    need = _need(scene)
    actual = _actual(sold)
    if need is None or need >= actual:
        return
    beyond = actual - cents(need)
    part = beyond / actual
    for day in dict.fromkeys((scene.day, keep_to or _last_day(scene, sold))):
        if day is None:
            continue
        value, formula, missing = _valued(scene, sold, day, PICKS["close"])
        otherwise = None if value is None else cents(value * part)
        text = f"({grouped(actual)} − {grouped(need)}) ÷ {grouped(actual)} × ({formula})"
        yield "only_needed", ("close", day, beyond, otherwise, text, missing)


def _need(scene: Scene) -> Decimal | None:
    """Return the repayment in yuan that restored the line at the prices of the sale; None where none does."""
    terms = scene.account.terms
    convention, line = terms.text("line_convention"), terms.number("liquidation_line")
    value = market_value(scene.before.shares, scene.prices, scene.day)
    if convention is None or line is None or value is None:
        return None
    debt = debt_on(scene.account, scene.book, scene.day, scene.before.principal)
    assets = scene.before.cash + value
    return repayment_to_restore(
        convention, line, Position(assets, debt, scene.before.principal, contract_margin(scene.account))
    )


def _kept(scene: Scene, sold: Mapping[str, tuple[Decimal, Decimal]], keep_to: date | None) -> Iterator[Row]:
    """The holdings kept: their value at the close of a day, and the lowest and highest closes on the way."""
    last = keep_to or _last_day(scene, sold)
    if last is None or last <= scene.day:
        return
    value, formula, missing = _valued(scene, sold, last, PICKS["close"])
    actual = _actual(sold)
    yield "kept", ("close", last, actual, value, formula, missing)
    days = []
    for day in scene.account.tables.calendar.between(scene.day, last):
        worth, text, lacking = _valued(scene, sold, day, PICKS["close"])
        if worth is not None and not lacking:
            days.append((worth, day, text))
    if len(days) > 1:
        for name, (worth, day, text) in (("lowest", min(days)), ("highest", max(days))):
            yield "kept", (name, day, actual, worth, text, ())


def _last_day(scene: Scene, sold: Mapping[str, tuple[Decimal, Decimal]]) -> date | None:
    """Return the last day on which bars of everything sold were imported."""
    ends = [scene.prices.closes[code][-1][0] for code in sold if scene.prices.closes.get(code)]
    return min(ends) if len(ends) == len(sold) else None
