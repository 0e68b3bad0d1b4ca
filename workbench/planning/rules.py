"""Rules for next time, each a figure with its formula and the fact of the case it rests on.

A rule only ever tightens: the leverage cap is never above what the case itself had, and where the law forbids the
financing it says so first. Source: seeds 001 (alert at 160 %, single security 30 %), 002 (safety cushion), 003
(position cap C x R / (L x S), reserve), 004 (own stop above the platform's line); product.md (review).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from itertools import pairwise

from workbench.domain.audit import Audit
from workbench.domain.case import CaseKind
from workbench.domain.margin import MarginDay
from workbench.domain.market import Bar
from workbench.domain.money import ONE, ZERO, cents, grouped, percent, plain
from workbench.engine.conventions import Position, assets_at_line, solvable
from workbench.engine.risk_calculators import position_cap
from workbench.planning.events import paid_in
from workbench.planning.exposure import Exposure
from workbench.planning.market_series import Drawdown, largest_drawdown

SINGLE = Decimal("0.3")
"""Most of total assets in one security (seeds 001 and 002)."""
ALERT = Decimal("1.6")
"""Assets / debt at which to be alerted (seed 001)."""
RISK = Decimal("0.01")
"""Part of the own money one position may lose (seed 003: 1 % to 2 %; the careful end)."""
CAREFUL = Decimal(2)
"""Most total / own money for the careful (seed 003), and what licensed accounts run at (seed 001)."""
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule for next time."""

    code: str
    """``leverage``, ``position``, ``stop_line``, ``single``, ``alert`` or ``reserve``."""
    figure: Decimal | None
    """None: cannot tell, ``needs`` says what is missing."""
    unit: str
    """``times``, ``yuan`` or ``fraction``."""
    formula: str
    """With its numbers; empty where there is no figure."""
    fact_zh: str
    fact_en: str
    """The fact of the case it rests on."""
    needs_zh: str = ""
    needs_en: str = ""


def build_rules(
    audit: Audit, bars: Sequence[Bar], exposures: Sequence[Exposure], stop_loss: Decimal | None = None
) -> tuple[Rule, ...]:
    """Return the six rules.

    Args:
        audit: the recomputed case.
        bars: daily bars of the securities held; index bars must not be among them.
        exposures: leverage and concentration by day.
        stop_loss: the person's stop, a fraction below cost, for the position cap; None: that cap cannot be told.
    """
    leverage = leverage_rule(audit, worst_fall(audit, bars), exposures)
    return (
        leverage,
        position_rule(audit, leverage, stop_loss),
        stop_rule(audit, bars),
        single_rule(exposures),
        alert_rule(audit),
        reserve_rule(audit),
    )


def worst_fall(audit: Audit, bars: Sequence[Bar]) -> tuple[str, Drawdown] | None:
    """Return the security traded in the case with the largest fall between first and last line, and that fall."""
    found = [(code, fall) for code, own in _by_code(audit, bars).items() if (fall := largest_drawdown(own))]
    return max(found, key=lambda item: item[1].fall, default=None)


def _by_code(audit: Audit, bars: Sequence[Bar]) -> dict[str, list[Bar]]:
    """Return the daily bars with trading of every security of the ledger, from its first to its last line."""
    traded = {entry.line.code for entry in audit.lines if entry.line.code}
    days = [entry.line.date for entry in audit.lines]
    found: dict[str, list[Bar]] = {}
    for bar in sorted(bars, key=lambda one: one.date):
        inside = bool(days) and min(days) <= bar.date <= max(days)
        if bar.code in traded and bar.time is None and bar.volume and inside:
            found.setdefault(bar.code, []).append(bar)
    return found


def leverage_cap(convention: str, line: Decimal, fall: Decimal) -> Decimal | None:
    """Return the largest total / own money whose fall by ``fall`` stops at the line, rounded down; at least 1.

    With own money 1 and total L the distance ``L (1 - fall) - A*(L)`` is a straight line in L under every convention.
    None where the line is an amount in yuan, which says nothing of another account, or where no fall reaches it.

    Args:
        convention: how the line is measured.
        line: the liquidation line.
        fall: fall of all holdings, a fraction; the account is fully invested and interest is left out.
    """
    if convention == "absolute" or not solvable(convention, line):
        return None

    def distance(total: Decimal) -> Decimal:
        borrowed = total - ONE
        return total * (ONE - fall) - assets_at_line(convention, line, Position(total, borrowed, borrowed, ONE))

    at_one, slope = distance(ONE), distance(Decimal(2)) - distance(ONE)
    if slope >= ZERO:
        return ONE if at_one < ZERO else None
    return max(ONE, (ONE - at_one / slope).quantize(HUNDREDTH, rounding=ROUND_DOWN))


def leverage_rule(audit: Audit, worst: tuple[str, Drawdown] | None, exposures: Sequence[Exposure]) -> Rule:
    """Cap the leverage so that the case's largest fall stops at the line; never above 2, nor above the case's start."""
    convention, line = audit.margin.convention, audit.terms.number("liquidation_line")
    if worst is None or not worst[1].fall or convention is None or line is None:
        return Rule("leverage", None, "times", "", *_law(audit.kind), *_LEVERAGE_NEEDS)
    code, fall = worst
    computed = leverage_cap(convention, line, fall.fall)
    start = next((one.leverage for one in exposures if one.leverage is not None), None)
    law_zh, law_en = _law(audit.kind)
    fact_zh = f"{law_zh}{code} 自 {fall.peak} 至 {fall.low} 下跌 {_points(fall.fall)}；平仓线 {plain(line)}。"
    fact_en = (
        f"{law_en}{code} fell {_points(fall.fall)} from {fall.peak} to {fall.low}; liquidation line {plain(line)}."
    )
    if convention == "absolute":
        needs = (
            "平仓线是固定金额，无法推算另一账户。",
            "The line is an amount in yuan and says nothing of another account.",
        )
        return Rule("leverage", None, "times", "", fact_zh, fact_en, *needs)
    bounds = [CAREFUL, *([] if start is None else [start.quantize(HUNDREDTH, rounding=ROUND_DOWN)])]
    formula = ", ".join(plain(one) for one in bounds)
    if computed is not None:
        bounds.append(computed)
        formula = f"L × (1 − {_points(fall.fall)}) = A*(L) → {plain(computed)}, {formula}"
    return Rule("leverage", max(ONE, min(bounds)), "times", f"min({formula})", fact_zh, fact_en)


_LEVERAGE_NEEDS = (
    "需要合同的平仓线、其口径，以及持仓股票有过下跌的日线。",
    "The contract's liquidation line, its convention and daily bars of the holdings with a fall in them are needed.",
)


def _law(kind: CaseKind) -> tuple[str, str]:
    """Return what the law says first: off-exchange financing is forbidden at any leverage."""
    if kind is CaseKind.OFF_EXCHANGE:
        return (
            "场外配资违法，任何倍数都不应再用；此上限只供衡量持牌券商账户。",
            "Off-exchange financing is illegal at any leverage; the cap only measures a licensed broker's account. ",
        )
    return "", ""


def position_rule(audit: Audit, leverage: Rule, stop_loss: Decimal | None) -> Rule:
    """Cap one position at C x R / (L x S) with the money paid in, 1 % at risk and the person's own stop."""
    basis = audit.bases["as_stated"]
    capital = basis.money_in
    fact = (f"本案共投入自有资金 {grouped(capital)} 元。", f"The case took {grouped(capital)} of own money.")
    if stop_loss is None or leverage.figure is None or capital <= ZERO:
        needs = (
            "需要止损比例（--stop-loss）和杠杆上限。",
            "A stop-loss (--stop-loss) and the leverage cap are needed.",
        )
        return Rule("position", None, "yuan", "", *fact, *needs)
    cap = position_cap(capital, RISK, leverage.figure, stop_loss)
    formula = f"{grouped(capital)} × {percent(RISK)} ÷ ({plain(leverage.figure)} × {percent(stop_loss)})"
    return Rule("position", cap, "yuan", f"{formula} = {grouped(cap)}", *fact)


def stop_rule(audit: Audit, bars: Sequence[Bar]) -> Rule:
    """Put the own stop above the platform's: at its warning line, and one worst day above its liquidation line."""
    day = next((one for one in audit.margin.days if "liquidation" in one.lines), None)
    if day is None:
        needs = ("需要合同的平仓线。", "The contract's liquidation line is needed.")
        return Rule("stop_line", None, "yuan", "", "", "", *needs)
    line, warning = day.lines["liquidation"], day.lines.get("warning")
    worst = worst_day(audit, bars)
    fact_zh = f"{day.date} 平台平仓线为总资产 {grouped(line)} 元"
    fact_en = f"On {day.date} the platform's line was total assets of {grouped(line)}"
    if worst is None and warning is None:
        needs = ("需要预警线或持仓股票的日线。", "A warning line or daily bars of the holdings are needed.")
        return Rule("stop_line", None, "yuan", "", f"{fact_zh}。", f"{fact_en}.", *needs)
    parts, found = [], []
    if worst is not None:
        code, when, fall = worst
        found.append(cents(line / (ONE - fall)))
        parts.append(f"{grouped(line)} ÷ (1 − {_points(fall)}) = {grouped(found[-1])}")
        fact_zh += f"；{code} 在 {when} 单日下跌 {_points(fall)}"
        fact_en += f"; {code} fell {_points(fall)} on {when} alone"
    if warning is not None:
        found.append(warning)
        parts.append(grouped(warning))
    formula = parts[0] if len(parts) == 1 else f"max({', '.join(parts)})"
    return Rule("stop_line", max(found), "yuan", formula, f"{fact_zh}。", f"{fact_en}.")


def worst_day(audit: Audit, bars: Sequence[Bar]) -> tuple[str, date, Decimal] | None:
    """Return the security, day and size of the largest fall from one close to the next, None without two bars."""
    falls = [
        (ONE - bar.close / before.close, code, bar.date)
        for code, own in _by_code(audit, bars).items()
        for before, bar in pairwise(own)
    ]
    worst = max(falls, default=None)
    return None if worst is None or worst[0] <= ZERO else (worst[1], worst[2], worst[0])


def single_rule(exposures: Sequence[Exposure]) -> Rule:
    """Hold no more than 30 % of total assets in one security."""
    known = [(one.largest_part, one.largest, one.day) for one in exposures if one.largest_part is not None]
    formula = f"V ÷ A ≤ {percent(SINGLE)}"
    if not known:
        return Rule(
            "single", SINGLE, "fraction", formula, "本案各日持仓占比未知。", "The case's daily parts are unknown."
        )
    part, code, day = max(known, key=lambda item: item[0])
    over = sum(one[0] > SINGLE for one in known)
    return Rule(
        "single",
        SINGLE,
        "fraction",
        formula,
        f"本案最高为 {day} 的 {code}，占 {_points(part)}；{len(known)} 个交易日中有 {over} 日超过。",
        f"The case's highest was {_points(part)} in {code} on {day}; {over} of {len(known)} days were above.",
    )


def alert_rule(audit: Audit) -> Rule:
    """Be alerted at assets / debt of 160 %, above any platform's warning."""
    days = [day for day in audit.margin.days if not day.missing and day.debt > ZERO]
    below = next((day for day in days if day.assets < ALERT * day.debt), None)
    fact_zh, fact_en = _alert_fact(audit, days, below)
    return Rule("alert", ALERT, "fraction", f"A ÷ D < {percent(ALERT)}", fact_zh, fact_en)


def _alert_fact(audit: Audit, days: Sequence[MarginDay], below: MarginDay | None) -> tuple[str, str]:
    if below is None:
        return "本案从未低于此线或各日资产未知。", "The case never fell below it, or its assets are unknown."
    ratio = _points(below.assets / below.debt)
    sold = audit.liquidation.started or audit.margin.first_liquidation
    zh, en = f"本案 {below.date} 首次低于此线（{ratio}）", f"The case first fell below it on {below.date} ({ratio})"
    if sold is None:
        return f"{zh}。", f"{en}."
    ahead = sum(below.date <= day.date < sold for day in days)
    return f"{zh}，早于强平或触线 {ahead} 个交易日。", f"{en}, {ahead} trading days before the sale or the crossing."


def reserve_rule(audit: Audit) -> Rule:
    """Keep aside the largest cash that would have restored the warning line, plus one month of interest."""
    sold = audit.liquidation.started
    valued = [day for day in audit.margin.days if not day.missing and _line(day)]
    days = [day for day in valued if sold is None or day.date < sold]
    if not days:
        needs = ("需要合同的预警线或平仓线和每日市值。", "The contract's lines and daily values are needed.")
        return Rule("reserve", None, "yuan", "", "", "", *needs)
    when, gap = max(((day.date, _line(day) - day.assets) for day in days), key=lambda item: item[1])
    months = Decimal((days[-1].date - days[0].date).days + 1) / 30
    monthly = cents(audit.stated.interest / max(ONE, months))
    add = cents(max(ZERO, gap))
    zh = f"平均每月利息 {grouped(monthly)} 元；"
    en = f"Interest was {grouped(monthly)} a month on average; "
    if add:
        own = grouped(paid_in(audit, when))
        zh += f"强平前 {when} 离预警线（无预警线则平仓线）最多差 {grouped(add)} 元，当时净投入 {own} 元。"
        en += (
            f"before the sale {grouped(add)} were missing at most to the warning line (else the liquidation line), on"
            f" {when}, with {own} paid in net."
        )
    else:
        zh += "强平前从未低于预警线。"
        en += "the account never fell below the warning line before a sale."
    formula = f"{grouped(add)} + {grouped(monthly)} = {grouped(add + monthly)}"
    return Rule("reserve", add + monthly, "yuan", formula, zh, en)


def _line(day: MarginDay) -> Decimal:
    return day.lines.get("warning", day.lines.get("liquidation", ZERO))


def _points(part: Decimal) -> str:
    return f"{part * 100:.2f}%"
