"""``LIQ-EARLY``: was the line reached before the first forced fill.

Which prices count is the contract's choice: closes only, or any moment. Where it is silent, a line that only the lows
crossed leaves the question open. Minute bars of that day decide it up to the fill's own minute.
Source: domain specification, sections 6 and 7.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from workbench.domain.findings import Verdict
from workbench.domain.liquidation import Figure, LiquidationTest
from workbench.domain.margin import MarginDay, MarginMinute
from workbench.domain.money import ZERO, grouped
from workbench.engine.conventions import Position, assets_at_line, breached
from workbench.engine.holiday import uplifted_line
from workbench.engine.margin import SOLD, contract_margin
from workbench.engine.scene import Scene, at_sale, verdict_of

CODE = "LIQ-EARLY"
NEED_DAY = ("导入强平当日全部持仓的日线或分钟行情。", "Import daily or minute bars of all holdings for that day.")
NEED_MINUTES = (
    "导入强平当日的分钟行情，并向对方索要带时间的委托和成交记录。",
    "Import minute bars of that day and ask for orders and fills with their times.",
)
NEED_TIMES = ("向对方索要带时间的委托和成交记录。", "Ask for orders and fills with their times.")
NEED_CLAUSE = (
    "查明合同对盘中或收盘触线、对长假线起止日的约定，或向对方索要其风控记录。",
    "Find out whether closes only count and from when a holiday line applies, or ask for the risk records.",
)


@dataclass(frozen=True, slots=True)
class Sight:
    """What is known of the account around the sale."""

    scene: Scene
    history: Sequence[MarginDay]
    """Days before the sale."""
    minutes: Sequence[MarginMinute]
    """Minutes of the day of the sale up to the first fill; empty without minute bars or a printed time."""
    at_line: Decimal
    close: Decimal | None
    low: Decimal | None

    @property
    def closes_only(self) -> bool:
        """True where the contract counts closes only."""
        return self.scene.account.terms.text("line_measured") == "close"

    def below(self, assets: Decimal | None, at_line: Decimal | None = None) -> bool:
        """Tell whether known assets in yuan breach the line of the day of the sale, or another one."""
        comparator = self.scene.account.terms.text("line_comparator") or "lt"
        return assets is not None and breached(assets, self.at_line if at_line is None else at_line, comparator)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures every verdict rests on."""
        before = self.history[-1]
        known = [
            Figure("assets_before", before.assets, day=before.date),
            Figure("assets_at_line", self.at_line, day=self.scene.day),
        ]
        known += [Figure("assets_at_lows", self.low, day=self.scene.day)] if self.low is not None else []
        known += [Figure("assets_last_minute", self.minutes[-1].assets, day=self.scene.day)] if self.minutes else []
        return tuple(known)


def early_sale(scene: Scene) -> LiquidationTest:
    """Tell whether assets reached the line before the sale, as far as prices and times show."""
    account = scene.account
    if "liquidation_line" not in account.terms or "line_convention" not in account.terms:
        return verdict_of(
            CODE,
            Verdict.CANNOT_TELL,
            "合同没有平仓线条款。",
            "The contract states no liquidation line.",
            ("导入写有平仓线的合同或风控规则。", "Import the contract or the risk rules that state the line."),
        )
    history = [entry for entry in scene.margin.days if entry.date < scene.day]
    if not history or any(not scene.prices.covers(symbol) for symbol in scene.before.shares):
        return verdict_of(
            CODE, Verdict.CANNOT_TELL, "缺少持仓证券的日线行情。", "Daily prices of the holdings are missing.", NEED_DAY
        )
    at_line, close, low = at_sale(scene)
    sight = Sight(scene, history, _minutes_before(scene), at_line, close, low)
    verdict, zh, en, needs = _judge(sight)
    before = history[-1].assets
    head_zh = f"平仓前一日总资产 {grouped(before)} 元，强平当日平仓线 {grouped(at_line)} 元"
    head_en = f"assets {grouped(before)} the day before, line {grouped(at_line)} on the day"
    return verdict_of(CODE, verdict, f"{head_zh}{zh}", f"{head_en}{en}", needs, sight.figures)


def _minutes_before(scene: Scene) -> tuple[MarginMinute, ...]:
    """Return the minutes of that day that ended before the first fill."""
    sold_at = scene.sold_at
    if sold_at is None:
        return ()
    return tuple(one for one in scene.margin.minutes if one.at.date() == scene.day and one.at <= sold_at)


Judgment = tuple[Verdict, str, str, tuple[str, str]]
NOTHING = ("", "")


def _judge(sight: Sight) -> Judgment:
    if sight.history[-1].state in SOLD:
        return Verdict.NOT_FOUND, "，已触及。", ": breached.", NOTHING
    on_the_day = _by_minutes(sight) if sight.minutes else _by_day(sight)
    if on_the_day is not None:
        return on_the_day
    return _by_uplift(sight) or _by_history(sight)


def _by_minutes(sight: Sight) -> Judgment | None:
    """Judge by the minutes before the fill: a close below the line settles it, a low leaves it open."""
    if sight.closes_only:
        return None
    crossed = next((one for one in sight.minutes if sight.below(one.assets)), None)
    if crossed is not None:
        at = f"{crossed.at:%H:%M}"
        zh = f"，{at} 总资产 {grouped(crossed.assets)} 元，已触及。"
        return Verdict.NOT_FOUND, zh, f": breached at {at} with {grouped(crossed.assets)}.", NOTHING
    dipped = next((one for one in sight.minutes if sight.below(one.low_assets)), None)
    if dipped is not None:
        at = f"{dipped.at:%H:%M}"
        zh, en = f"；只有按 {at} 的最低价才触及。", f"; only at the lows of {at} was it touched."
        return Verdict.POSSIBLE, zh, en, NEED_TIMES
    return None


def _by_day(sight: Sight) -> Judgment | None:
    """Judge by the day's bars: an open below the line settles it, a low leaves it open."""
    if not sight.closes_only and _open_breach(sight):
        return Verdict.NOT_FOUND, "，当日开盘已触及。", ": breached at the open.", NOTHING
    if sight.low is None:
        return Verdict.CANNOT_TELL, "，缺少强平当日的行情。", "; prices of that day are missing.", NEED_DAY
    if not sight.below(sight.low):
        return None
    low = grouped(sight.low)
    if sight.closes_only:
        zh = f"；合同按收盘价计算，当日盘中最低曾到 {low} 元，卖出时尚未收盘。"
        en = f"; the contract counts closes, the day's lows reached {low} and the sale came before the close."
        return Verdict.POSSIBLE, zh, en, NEED_CLAUSE
    zh, en = f"；只有按当日最低价（{low} 元）才触及。", f"; only at the day's lows ({low}) was it touched."
    return Verdict.POSSIBLE, zh, en, NEED_MINUTES


def _by_uplift(sight: Sight) -> Judgment | None:
    """A holiday line that may or may not have applied yet leaves the question open."""
    account, scene = sight.scene.account, sight.scene
    uplift = uplifted_line(account, scene.day)
    convention = account.terms.text("line_convention")
    if uplift is None or uplift[1] or convention is None:
        return None
    debt = sight.history[-1].debt
    position = Position(ZERO, debt, scene.before.principal, contract_margin(account))
    at_line = assets_at_line(convention, uplift[0], position)
    lowest = min((value for value in (sight.low, sight.history[-1].assets) if value is not None), default=None)
    if not sight.below(lowest, at_line):
        return None
    zh = f"；长假前平仓线提高后为 {grouped(at_line)} 元，若已适用则已触及。"
    en = f"; the higher line before a long holiday stood at {grouped(at_line)} and was reached if it already applied."
    return Verdict.POSSIBLE, zh, en, NEED_CLAUSE


def _by_history(sight: Sight) -> Judgment:
    """Nothing that day: an earlier touch leaves the question open, none at all proves the sale early."""
    crossed = [entry for entry in sight.history if entry.state in SOLD]
    if crossed:
        last = crossed[-1].date
        zh, en = f"；{last} 曾触及，此后已回到线上。", f"; touched on {last} and above the line since."
        return Verdict.POSSIBLE, zh, en, NEED_CLAUSE
    dipped = [] if sight.closes_only else [entry for entry in sight.history if _dipped(sight, entry)]
    if dipped:
        last = dipped[-1].date
        zh, en = f"；只有 {last} 的最低价曾触及。", f"; touched only at the lows of {last}."
        return Verdict.POSSIBLE, zh, en, NEED_CLAUSE
    return Verdict.PROVEN, "，从未触及。", ": never touched.", NOTHING


def _dipped(sight: Sight, entry: MarginDay) -> bool:
    line = entry.lines.get("liquidation")
    return line is not None and sight.below(entry.low_assets, line)


def _open_breach(sight: Sight) -> bool:
    """Tell whether the day of the sale already opened below the line."""
    scene = sight.scene
    value = ZERO
    for code, count in scene.before.shares.items():
        bar = scene.prices.bar(code, scene.day)
        if bar is None:
            return False
        value += count * bar.open
    return sight.below(scene.before.cash + value)
