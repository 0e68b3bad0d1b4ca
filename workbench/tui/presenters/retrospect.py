"""Step 8: where the loss came from as bars that add up to the cent, phases and rhythm, rules for next time."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from workbench.domain.case import CaseKind
from workbench.domain.money import plain
from workbench.tui.presenters.base import (
    Cell,
    Column,
    Row,
    Words,
    day,
    label,
    money,
    signed,
)
from workbench.tui.presenters.parts import UNKNOWN, Part, known, share

if TYPE_CHECKING:
    from workbench.planning.attribution import Attribution
    from workbench.planning.rhythm import Rhythm
    from workbench.planning.rules import Rule
    from workbench.services.review_case import Review
    from workbench.tui.state import CaseView

BAR = 14
"""Cells of the longest bar."""
LOSS = Part(
    "loss",
    (
        Column("retrospect.part", 16, flex=1),
        Column("retrospect.amount", 13, right=True),
        Column("retrospect.bar", BAR),
        Column("retrospect.disputed", 11, right=True, needs=68),
    ),
)
RHYTHM = Part(
    "rhythm",
    (
        Column("retrospect.what", 24, flex=1),
        Column("retrospect.figure", 13, right=True),
        Column("retrospect.when", 18),
    ),
)
RULES = Part(
    "rules",
    (
        Column("retrospect.rule", 24, flex=1),
        Column("retrospect.figure", 16, right=True),
        Column("retrospect.formula", 24, flex=2, needs=90),
    ),
)
PARTS = (LOSS, RHYTHM, RULES)
ALWAYS = frozenset({"realised", "forced_sale", "interest"})
"""Parts shown even where they are nothing."""
LOST, GAINED = "█", "░"
TOTAL = "total"


def rows(part: Part, view: CaseView, found: Review | None, words: Words) -> tuple[Row, ...]:  # noqa: ARG001  one signature for all views
    """Return the rows of a part."""
    if found is None:
        return ()
    if part is LOSS:
        return tuple(_parts(found.attribution, words))
    if part is RHYTHM:
        return (*_phases(found.rhythm, words), *_habits(found.rhythm, words), *_stops(found.rhythm, words))
    return tuple(_rule_row(rule, words) for rule in found.rules)


def bar(amount: Decimal, largest: Decimal) -> str:
    """Draw an amount as a bar whose fill, not only its colour, tells loss from gain; the largest fills all cells."""
    if not amount or not largest:
        return ""
    cells = max(1, int((abs(amount) / largest * BAR).to_integral_value()))
    return (LOST if amount < 0 else GAINED) * cells


def _parts(found: Attribution, words: Words) -> Iterator[Row]:
    shown = [part for part in found.parts if part.amount or part.code in ALWAYS]
    largest = max((abs(part.amount) for part in shown if part.amount is not None), default=Decimal(0))
    for part in shown:
        amount = part.amount
        tone = "" if not amount else "bad" if amount < 0 else "good"
        cells = (
            Cell(label(words, "review_part", part.code), "strong"),
            Cell(words("verdict.cannot_tell") if amount is None else signed(amount), "muted" if amount is None else ""),
            Cell("" if amount is None else bar(amount, largest), tone),
            Cell(signed(part.disputed) if part.disputed else "", "warn"),
        )
        yield Row(part.code, cells)
    total = Cell(f"= {signed(found.change)}", "strong")
    disputed = Cell(signed(found.disputed) if found.disputed else "", "strong")
    yield Row(TOTAL, (Cell(words("liquidity.total"), "strong"), total, Cell(""), disputed))


def turn(name: str, words: Words) -> str:
    """Name an event that divides the case."""
    return label(words, "review_turn", name)


def _phases(found: Rhythm, words: Words) -> Iterator[Row]:
    yield Row("head:phases", (Cell(words("retrospect.phases")), Cell("")), heading=True)
    for at, one in enumerate(found.phases):
        name = f"{turn(one.start, words)} → {turn(one.end, words)}"
        until = words("retrospect.until", day=one.until) if one.until else ""
        yield Row(f"phase:{at}", (Cell(name), Cell(signed(one.change)), Cell(until, "muted")))


def _habits(found: Rhythm, words: Words) -> Iterator[Row]:
    often, held, peak, dense = found.frequency, found.holding, found.peak, found.densest
    yield Row("head:habits", (Cell(words("retrospect.habits")), Cell("")), heading=True)

    def row(name: str, figure: str, when: str = "", **values: object) -> Row:
        return Row(name, (Cell(words(f"retrospect.{name}", **values)), Cell(figure), Cell(when, "muted")))

    active = words("retrospect.active", active=often.active, days=often.days)
    yield row("orders", _short(often.per_week), active, orders=often.orders, fills=often.fills)
    if held.pieces:
        sides = words("retrospect.sides", winners=_short(held.winners), losers=_short(held.losers))
        yield row("held", _short(held.mean), sides)
    yield row("add_ons", str(len(found.add_ons)), words("retrospect.below", count=len(found.below_cost)))
    if peak is not None:
        yield row("peak", _short(peak.leverage), day(peak.day))
    if dense is not None and dense.largest_part is not None:
        yield row("densest", share(dense.largest_part), day(dense.day), code=dense.largest)
    for one in found.later:
        name = words("retrospect.later", event=turn(one.turn.name, words), count=len(one.lines))
        yield Row(f"later:{one.turn.name}", (Cell(name), Cell(money(one.amount)), Cell(day(one.turn.day), "muted")))


def _stops(found: Rhythm, words: Words) -> Iterator[Row]:
    stops = found.stops
    if stops is None:
        yield Row("head:stops", (Cell(words("retrospect.no_stop")), Cell("")), heading=True)
        return
    counts = {verdict: stops.count(verdict) for verdict in ("kept", "broken", "cannot_tell")}
    title = words("retrospect.stops", rule=share(stops.rule), **counts)
    yield Row("head:stops", (Cell(title), Cell(money(stops.beyond))), heading=True)
    for at, one in enumerate(stops.stops):
        if one.verdict == "broken":
            name = Cell(f"✗ {one.code}  {words('retrospect.opened', day=one.opened)}", "bad")
            yield Row(
                f"stop:{at}",
                (name, Cell(known(one.beyond)), Cell(words("retrospect.breached", day=one.breached), "muted")),
            )


def _short(value: Decimal | None) -> str:
    return UNKNOWN if value is None else f"{value:.2f}"


def _rule_row(rule: Rule, words: Words) -> Row:
    tone = "muted" if rule.figure is None else "strong"
    name = Cell(label(words, "review_rule", rule.code), "strong")
    return Row(rule.code, (name, Cell(rule_figure(rule, words), tone), Cell(rule.formula)))


def rule_figure(rule: Rule, words: Words) -> str:
    """Write a rule's figure with its unit."""
    if rule.figure is None:
        return words("verdict.cannot_tell")
    figure = rule.figure
    written = {"yuan": money(figure), "fraction": share(figure), "times": plain(figure)}[rule.unit]
    return words(f"review.unit.{rule.unit}", figure=written)


def summary(part: Part, view: CaseView, found: Review | None, words: Words) -> str:
    """Say what became of the money, or what was set."""
    if found is None:
        return ""
    if part is LOSS:
        one = found.attribution
        values = {name: money(getattr(one, name)) for name in ("paid_in", "taken_out", "left")}
        return words("retrospect.identity", change=signed(one.change), **values)
    if part is RHYTHM:
        return words("retrospect.rhythm.summary", stop=view.plan.get("stop_loss") or words("plans.unset"))
    return words("retrospect.rules.summary")


def notes(part: Part, view: CaseView, found: Review | None, words: Words) -> tuple[Cell, ...]:
    """Say what a bar means, what is estimated, and what must never be drawn from it."""
    lines: list[Cell] = []
    if found is not None and part is LOSS:
        lines.append(Cell(words("retrospect.legend", lost=LOST, gained=GAINED), "muted"))
        leverage = found.attribution.leverage
        if leverage is not None:
            values = {"own": signed(leverage.own_money), "borrowed": signed(leverage.borrowed)}
            lines.append(Cell(words("retrospect.leverage", **values)))
    if part is RULES and view.audit is not None and view.audit.kind is CaseKind.OFF_EXCHANGE:
        lines.append(Cell(words("warning.off_exchange"), "muted"))
    return (*lines, Cell(words("retrospect.never"), "warn"))
