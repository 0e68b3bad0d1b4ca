"""Step 4: own assets, what to sell for an amount by a day, what stays and why, what other haircuts would do."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from workbench.domain.money import percent, plain
from workbench.tui.presenters.base import Cell, Column, Row, Words, day, label, money, one_line
from workbench.tui.presenters.parts import Part, not_advice
from workbench.tui.state import CaseView

if TYPE_CHECKING:
    from workbench.planning.assets import Asset
    from workbench.planning.liquidity import Plan
    from workbench.services.raise_cash import CashPlan

ASSETS = Part(
    "assets",
    (
        Column("liquidity.number", 3, right=True),
        Column("liquidity.name", 12, flex=2),
        Column("liquidity.kind", 8, needs=66),
        Column("liquidity.quantity", 10, right=True),
        Column("liquidity.price", 10, right=True, needs=84),
        Column("liquidity.value", 13, right=True),
        Column("liquidity.haircut", 6, right=True),
        Column("liquidity.days", 4, right=True),
        Column("liquidity.keep", 10, right=True, needs=96),
    ),
)
PLAN = Part(
    "plan",
    (
        Column("liquidity.order", 4, right=True),
        Column("liquidity.name", 16, flex=2),
        Column("liquidity.quantity", 9, right=True),
        Column("liquidity.gross", 13, right=True, needs=110),
        Column("liquidity.fees", 10, right=True, needs=110),
        Column("liquidity.tax", 10, right=True, needs=110),
        Column("liquidity.net", 13, right=True),
        Column("liquidity.cost", 10, right=True, needs=84),
        Column("liquidity.available", 10),
    ),
)
PARTS = (ASSETS, PLAN)
SALE, KEPT, SHIFT, TOTAL = "sale:", "kept:", "shift:", "total"
"""Beginnings of the keys of the plan's rows; assets are numbered."""


def rows(part: Part, view: CaseView, found: CashPlan | None, words: Words) -> tuple[Row, ...]:
    """Return the rows of a part."""
    if part is ASSETS:
        return tuple(_asset_row(number, asset, words) for number, asset in view.assets.items())
    return () if found is None else (*_sales(found.plan, words), *_kept(found.plan, words), *_shifts(found, words))


def _asset_row(number: int, asset: Asset, words: Words) -> Row:
    cells = (
        Cell(str(number), "muted"),
        Cell(one_line(asset.name), "strong"),
        Cell(label(words, "asset_kind", asset.kind.value)),
        Cell(plain(asset.quantity)),
        Cell(plain(asset.price)),
        Cell(money(asset.quantity * asset.price)),
        Cell(percent(asset.haircut)),
        Cell(str(asset.days)),
        Cell(plain(asset.keep) if asset.keep else "", "muted"),
    )
    return Row(str(number), cells)


def _sales(plan: Plan, words: Words) -> Iterator[Row]:
    yield Row("head:sales", (Cell(words("liquidity.sales")), Cell(str(len(plan.sales)))), heading=True)
    places = {id(row): at for at, row in enumerate(plan.rows)}
    for row in plan.sales:
        got = row.proceeds
        amounts = (got.gross, got.fees, got.tax, got.net, got.cost)
        cells = (
            Cell(str(row.order)),
            Cell(one_line(row.asset.name), "strong"),
            Cell(plain(row.sold)),
            *(Cell(money(amount)) for amount in amounts),
            Cell(day(row.available)),
        )
        yield Row(f"{SALE}{places[id(row)]}", cells)
    got = plan.total
    sums = tuple(Cell(money(amount), "strong") for amount in (got.gross, got.fees, got.tax, got.net, got.cost))
    yield Row(TOTAL, (Cell("="), Cell(words("liquidity.total"), "strong"), Cell(""), *sums, Cell("")))


def _kept(plan: Plan, words: Words) -> Iterator[Row]:
    left = [(at, row, reason, count) for at, row in enumerate(plan.rows) for reason, count in row.kept]
    if not left:
        return
    yield Row("head:kept", (Cell(words("liquidity.kept")), Cell(str(len(left)))), heading=True)
    for at, row, reason, count in left:
        why = label(words, "calc_plan.reason", reason.value)
        empty = tuple(Cell("") for _ in range(5))
        name = Cell(f"{one_line(row.asset.name)} · {why}")
        yield Row(
            f"{KEPT}{at}:{reason.value}",
            (Cell(""), name, Cell(plain(count)), *empty, Cell(day(row.available), "muted")),
        )


def _shifts(found: CashPlan, words: Words) -> Iterator[Row]:
    yield Row("head:shifts", (Cell(words("liquidity.shifts")), Cell("")), heading=True)
    for at, case in enumerate(found.cases):
        lacking = case.shortfall
        verdict = words("liquidity.short", sum=money(lacking)) if lacking else words("liquidity.enough")
        name = Cell(f"{points(case.shift, words)} · {verdict}", "warn" if lacking else "")
        empty = tuple(Cell("") for _ in range(3))
        cells = (
            Cell("!" if lacking else "", "warn"),
            name,
            Cell(""),
            *empty,
            Cell(money(case.net)),
            Cell(""),
            Cell(""),
        )
        yield Row(f"{SHIFT}{at}", cells)


def points(shift: Decimal, words: Words) -> str:
    """Write by how many points haircuts are moved."""
    return words("liquidity.shift", points=f"{shift * 100:+.0f}".replace("-", "−"))


def summary(part: Part, view: CaseView, found: CashPlan | None, words: Words) -> str:
    """Say what there is, or what the plan brings."""
    if part is ASSETS:
        total = sum((asset.quantity * asset.price for asset in view.assets.values()), Decimal(0))
        return words("liquidity.assets.summary", count=len(view.assets), sum=money(total)) if view.assets else ""
    if found is None:
        return ""
    plan = found.plan
    return words(
        "liquidity.plan.summary",
        target=money(plan.target),
        by=plan.by,
        net=money(plan.total.net),
        cost=money(plan.total.cost),
    )


def notes(part: Part, view: CaseView, found: CashPlan | None, words: Words) -> tuple[Cell, ...]:
    """Say what is missing, until when it could be had, what was assumed, and what this is not."""
    lines: list[Cell] = []
    if part is ASSETS:
        goal = view.plan.get("target"), view.plan.get("by")
        lines.append(
            Cell(words("liquidity.goal", target=goal[0], by=goal[1]))
            if all(goal)
            else Cell(words("liquidity.no_goal"), "accent")
        )
    elif found is not None:
        lines += verdict_of(found.plan, words)
        assumed = [one_line(row.asset.name) for row in found.plan.rows if row.asset.fee_assumed]
        if assumed:
            lines.append(Cell(words("liquidity.assumed", names="、".join(assumed)), "warn"))
    return (*lines, not_advice(words))


def verdict_of(plan: Plan, words: Words) -> Iterator[Cell]:
    """Say whether the amount is reached, else what lacks and when it could be had."""
    if not plan.shortfall:
        yield Cell(f"✓ {words('liquidity.reached')}", "good")
        return
    when = words("liquidity.never") if plan.reachable is None else words("liquidity.earliest", day=plan.reachable)
    yield Cell(f"‼ {words('liquidity.lacks', sum=money(plan.shortfall))} {when}", "bad")
