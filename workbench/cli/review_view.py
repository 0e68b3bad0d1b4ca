"""The review as text: parts that add up, phases, rhythm, market, rules."""

from __future__ import annotations

from decimal import Decimal

from workbench.cli.audit_view import warnings
from workbench.cli.output import per_cent, show, show_table, yuan
from workbench.domain.money import plain, price_text
from workbench.locales.catalogue import Catalogue
from workbench.planning.attribution import Attribution
from workbench.planning.market import MarketReview
from workbench.planning.rhythm import Rhythm
from workbench.planning.rules import Rule
from workbench.planning.stops import StopReview
from workbench.services.review_case import Review

ALWAYS = frozenset({"realised", "forced_sale", "interest"})
"""Parts shown even where they are nothing."""


def show_review(found: Review, say: Catalogue) -> None:
    """Write the whole review."""
    show(say("review.title", case=found.audit.case_name))
    _show_attribution(found.attribution, say)
    _show_phases(found.rhythm, say)
    _show_rhythm(found.rhythm, say)
    if found.rhythm.stops is not None:
        _show_stops(found.rhythm.stops, say)
    _show_market(found.market, say)
    _show_rules(found.rules, say)
    show()
    for line in (*warnings(found.audit.kind, say), say("review.no_advice")):
        show(f"⚠ {line}")


def _show_attribution(found: Attribution, say: Catalogue) -> None:
    figures = {name: yuan(getattr(found, name)) for name in ("paid_in", "taken_out", "left", "change")}
    show(say("review.identity", **figures))
    show()
    rows = [
        [
            say(f"review_part.{part.code}"),
            say("review.cannot_tell") if part.amount is None else yuan(part.amount),
            yuan(part.disputed) if part.disputed else "",
        ]
        for part in found.parts
        if part.amount or part.code in ALWAYS
    ]
    rows.append([say("review.total"), yuan(found.change), yuan(found.disputed)])
    show_table([say(f"review.head.{key}") for key in ("part", "amount", "disputed")], rows, right=(1, 2))
    other = found.otherwise
    if other is not None and other.verdict is not None:
        show(
            say(
                "review.estimate",
                theory=say.name("theory", other.theory),
                price=say.name("price", other.price),
                date=other.day,
                test=other.rests_on,
                verdict=say.name("verdict", other.verdict),
            )
        )
    if found.warned is not None:
        show(say("review.warned", date=found.warned))
    if found.leverage is not None:
        show(say("review.leverage", own=yuan(found.leverage.own_money), borrowed=yuan(found.leverage.borrowed)))


def _show_phases(found: Rhythm, say: Catalogue) -> None:
    show()
    show(say("review.phases"))
    show_table(
        [say(f"review.head.{key}") for key in ("from", "to", "until", "change")],
        [
            [
                say(f"review_turn.{one.start}"),
                say(f"review_turn.{one.end}"),
                "" if one.until is None else one.until.isoformat(),
                yuan(one.change),
            ]
            for one in found.phases
        ],
        right=(3,),
        indent="  ",
    )


def _show_rhythm(found: Rhythm, say: Catalogue) -> None:
    often, held = found.frequency, found.holding
    show()
    show(say("review.rhythm"))
    figures = {"fills": often.fills, "orders": often.orders, "days": often.days, "active": often.active}
    show("  " + say("review.frequency", **figures, per_week=_short(often.per_week)))
    names = ("mean", "median", "winners", "losers")
    if held.pieces:
        show("  " + say("review.holding", **{name: _short(getattr(held, name)) for name in names}))
    show("  " + say("review.add_ons", count=len(found.add_ons), below=len(found.below_cost)))
    peak, dense = found.peak, found.densest
    if peak is not None:
        first = next(one for one in found.exposures if one.leverage is not None)
        show("  " + say("review.peak", first=_short(first.leverage), peak=_short(peak.leverage), date=peak.day))
    if dense is not None and dense.largest_part is not None:
        show("  " + say("review.densest", code=dense.largest, part=per_cent(dense.largest_part), date=dense.day))
    for one in found.later:
        event = say(f"review_turn.{one.turn.name}")
        show("  " + say("review.later", event=event, date=one.turn.day, count=len(one.lines), amount=yuan(one.amount)))


def _show_stops(found: StopReview, say: Catalogue) -> None:
    show()
    counts = {verdict: found.count(verdict) for verdict in ("kept", "broken", "cannot_tell")}
    show(say("review.stops", rule=per_cent(found.rule), **counts, beyond=yuan(found.beyond)))
    show_table(
        [say(f"review.head.{key}") for key in ("code", "opened", "breached", "closed", "stop", "beyond")],
        [
            [
                one.code,
                one.opened.isoformat(),
                "" if one.breached is None else one.breached.isoformat(),
                "" if one.closed is None else one.closed.isoformat(),
                "" if one.stop_price is None else price_text(one.stop_price),
                yuan(one.beyond),
            ]
            for one in found.stops
            if one.verdict == "broken"
        ],
        right=(4, 5),
        indent="  ",
    )


def _show_market(found: tuple[MarketReview, ...], say: Catalogue) -> None:
    if not found:
        return
    show()
    show(say("review.market"))
    show_table(
        [
            say(f"review.head.{key}")
            for key in ("code", "day", "week", "month", "atr", "volume", "limit_down", "verdict")
        ],
        [
            [
                one.code,
                *(say(f"market_trend.{trend.direction}") for trend in one.trends),
                "" if one.atr_part is None else per_cent(one.atr_part),
                say(f"market.divergence.{one.divergence}"),
                str(len(one.limits.down)),
                say(f"market_verdict.{one.conclusion.verdict}"),
            ]
            for one in found
        ],
        right=(4, 6),
        indent="  ",
    )
    for one in found:
        end = one.conclusion
        texts = (say.pick(end.why_zh, end.why_en), say.pick(end.weakness_zh, end.weakness_en))
        wanting = say.pick(end.needs_zh, end.needs_en)
        show(f"  {one.code}: {wanting or ' '.join(texts)}")


def _show_rules(rules: tuple[Rule, ...], say: Catalogue) -> None:
    show()
    show(say("review.rules"))
    for rule in rules:
        show(f"  {say(f'review_rule.{rule.code}')}: {_figure(rule, say)}")
        texts = (rule.formula, say.pick(rule.fact_zh, rule.fact_en), say.pick(rule.needs_zh, rule.needs_en))
        for text in filter(None, texts):
            show(f"    {text.strip()}")


def _figure(rule: Rule, say: Catalogue) -> str:
    if rule.figure is None:
        return say("review.cannot_tell")
    written = {"yuan": yuan, "fraction": per_cent, "times": plain}[rule.unit](rule.figure)
    return say(f"review.unit.{rule.unit}", figure=written)


def _short(value: Decimal | None) -> str:
    return "-" if value is None else f"{value:.2f}"
