"""Where the figures of step 8 come from: what a part of the loss is made of, what a rule rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.domain.money import plain, price_text
from workbench.tui.presenters import retrospect
from workbench.tui.presenters.base import Cell, Detail, Section, Words, day, label, money, pick, signed
from workbench.tui.presenters.parts import UNKNOWN, Part, figures, known, share, text

if TYPE_CHECKING:
    from workbench.planning.rhythm import AddOn, Rhythm
    from workbench.planning.rules import Rule
    from workbench.services.review_case import Review
    from workbench.tui.state import CaseView


def detail(part: Part, key: str, view: CaseView, found: Review | None, words: Words) -> Detail | None:  # noqa: ARG001
    """Explain the selected row."""
    if found is None:
        return None
    if part is retrospect.LOSS:
        return _part_detail(found, key, words)
    if part is retrospect.RULES:
        rule = next((one for one in found.rules if one.code == key), None)
        return None if rule is None else _rule_detail(rule, words)
    return _rhythm_detail(found.rhythm, key, words)


def _part_detail(found: Review, key: str, words: Words) -> Detail | None:
    one = found.attribution
    if key == retrospect.TOTAL:
        rows_ = (
            ("", money(one.left), words("retrospect.left")),
            ("+", money(one.taken_out), words("retrospect.taken_out")),
            ("−", money(one.paid_in), words("retrospect.paid_in")),
            ("=", signed(one.change), words("retrospect.change")),
        )
        return Detail(words("liquidity.total"), "", (figures(rows_), text(words("retrospect.adds_up"), tone="muted")))
    part = next((item for item in one.parts if item.code == key), None)
    if part is None:
        return None
    amount = words("verdict.cannot_tell") if part.amount is None else signed(part.amount)
    sections = [text(amount), text(words(f"retrospect.means.{part.code}"))]
    if part.disputed:
        sections.append(text(words("retrospect.disputed", sum=signed(part.disputed)), tone="warn"))
    other = one.otherwise
    if part.code == "forced_sale" and other is not None and other.verdict is not None:
        values = {"theory": label(words, "theory", other.theory), "price": label(words, "price", other.price)}
        verdict = label(words, "verdict", other.verdict.value)
        sections.append(
            text(words("retrospect.estimate", date=other.day, test=other.rests_on, verdict=verdict, **values))
        )
    if part.code == "later_trades" and one.warned is not None:
        sections.append(text(words("retrospect.warned", day=one.warned)))
    return Detail(label(words, "review_part", part.code), "", tuple(sections))


def _rule_detail(rule: Rule, words: Words) -> Detail:
    needs = pick(words, rule.needs_zh, rule.needs_en)
    sections = (
        text(retrospect.rule_figure(rule, words)),
        text(rule.formula, heading=words("detail.working")),
        text(pick(words, rule.fact_zh, rule.fact_en).strip(), heading=words("retrospect.fact")),
        text(needs, heading=words("liquidation.needs"), tone="accent"),
        text(words("retrospect.tightens"), tone="muted"),
    )
    return Detail(label(words, "review_rule", rule.code), "", sections)


def _rhythm_detail(found: Rhythm, key: str, words: Words) -> Detail | None:
    name, _, rest = key.partition(":")
    if name == "phase":
        one = found.phases[int(rest)]
        title = f"{retrospect.turn(one.start, words)} → {retrospect.turn(one.end, words)}"
        return Detail(title, "", (text(signed(one.change)), text(words("retrospect.phase_means"), tone="muted")))
    if name == "stop" and found.stops is not None:
        stop = found.stops.stops[int(rest)]
        price = UNKNOWN if stop.stop_price is None else price_text(stop.stop_price)
        values = {
            "price": price,
            "breached": day(stop.breached),
            "closed": day(stop.closed),
            "beyond": known(stop.beyond),
        }
        return Detail(stop.code, day(stop.opened), (text(words("retrospect.stop_means", **values)),))
    if name == "add_ons":
        lines = tuple(Cell(_add_on(one)) for one in found.add_ons)
        sections = (text(words("retrospect.add_ons_means")), Section("", lines))
        return Detail(words("retrospect.add_ons"), "", sections)
    means = f"retrospect.{name}_means"
    return Detail(words("retrospect.habits"), "", (text(words(means)),)) if means in words else None


def _add_on(one: AddOn) -> str:
    bought = f"{plain(one.quantity)} × {price_text(one.price)}"
    return f"{day(one.day)}  {one.code}  {bought}  {share(one.against_cost)}"
