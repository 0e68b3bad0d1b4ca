"""A plan that raises an amount by a day at least cost, and what it leaves alone and why.

Source: seed 000, step 4 (流动性评估：清点可售资产并估算变现时间与成本); domain specification, section 11.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from workbench.domain.money import ZERO
from workbench.domain.reference import ReferenceTables
from workbench.errors import UsageError
from workbench.planning.assets import CERTAIN, Asset, cash_day, sale_day
from workbench.planning.sale import Proceeds, Sellable, proceeds

SHIFTS = (Decimal("-0.1"), Decimal("0.1"), Decimal("0.2"))
"""By how much haircuts are moved to see what the plan stands."""
_DEEPEST = Decimal("0.99")
_ROUNDS = 20
"""Attempts to find again the cents that rounding takes; each asks for more than the last, a few are enough."""


class Reason(StrEnum):
    """Why a quantity was left alone."""

    CORE = "core"
    TOO_LATE = "too_late"
    NOT_NEEDED = "not_needed"
    BELOW_LOT = "below_lot"
    COSTS_ALL = "costs_all"
    """Fees and tax would eat what it fetches."""


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One asset in the plan."""

    asset: Asset
    sold: Decimal
    proceeds: Proceeds
    """All zero where nothing is sold."""
    available: date
    """Day from which the money of a sale begun today can be used."""
    order: int | None
    """Place in the order of selling; None where nothing is sold."""
    kept: tuple[tuple[Reason, Decimal], ...]
    """Quantities left alone, with the reason."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to sell to have the target on the day; all figures in yuan."""

    target: Decimal
    by: date
    today: date
    rows: tuple[PlanRow, ...]
    """In the order the assets were given."""
    reachable: date | None
    """First day on which everything outside the core would bring the target; None: it never does."""

    @property
    def total(self) -> Proceeds:
        """Sums over all sales."""
        parts = [row.proceeds for row in self.rows]
        return Proceeds(
            value=sum((part.value for part in parts), ZERO),
            gross=sum((part.gross for part in parts), ZERO),
            fees=sum((part.fees for part in parts), ZERO),
            tax=sum((part.tax for part in parts), ZERO),
        )

    @property
    def shortfall(self) -> Decimal:
        """What is missing on the day; zero where the plan meets the target."""
        return max(ZERO, self.target - self.total.net)

    @property
    def sales(self) -> tuple[PlanRow, ...]:
        """The rows that sell something, in the order of selling."""
        return tuple(sorted((row for row in self.rows if row.order is not None), key=lambda row: row.order or 0))


@dataclass(frozen=True, slots=True)
class HaircutCase:
    """The plan where haircuts turn out otherwise."""

    shift: Decimal
    """Points added to each haircut of an asset with a market price, as a fraction."""
    net: Decimal
    """Yuan the same sales then bring."""
    shortfall: Decimal
    """What the same sales then miss of the target, in yuan."""
    again: Plan
    """The cheapest plan at these haircuts."""


def plan_sales(assets: Sequence[Asset], target: Decimal, by: date, today: date, tables: ReferenceTables) -> Plan:
    """Return the cheapest sales whose net cash reaches the target by a day.

    cost = haircut loss + fees + tax, least over all quantities in whole lots, to a ten-thousandth of it and the few
    cents by which charges are rounded. Where the target is out of reach everything in time is sold and the shortfall
    said.
    The order of selling: the slowest money first, for its sale must begin today; among equals the cheapest first.

    Args:
        assets: own assets outside the financed account.
        target: net cash in yuan, above zero.
        by: last day on which the money may arrive, included.
        today: day the sales begin.
        tables: trading calendar and statutory charges.

    Raises:
        UsageError: a target that is not above zero, a day in the past, or no assets.
        ReferenceGapError: a day outside the calendar.
    """
    _check(assets, target, by, today)
    days = [cash_day(asset, today, tables.calendar) for asset in assets]
    whole = [_proceeds(asset, asset.most, today, tables) for asset in assets]
    usable = [at for at, day in enumerate(days) if day <= by and whole[at].net > ZERO]
    quantities = _choice(assets, whole, usable, target, today, tables)
    done = [_proceeds(asset, sold, today, tables) for asset, sold in zip(assets, quantities, strict=True)]
    places = sorted(
        (at for at, sold in enumerate(quantities) if sold),
        key=lambda at: (-days[at].toordinal(), done[at].cost / done[at].value, at),
    )
    rows = tuple(
        PlanRow(
            asset,
            quantities[at],
            done[at],
            days[at],
            places.index(at) + 1 if quantities[at] else None,
            _kept(asset, quantities[at], late=days[at] > by, worthless=whole[at].net <= ZERO),
        )
        for at, asset in enumerate(assets)
    )
    return Plan(target, by, today, rows, _reachable(target, days, whole))


def attainable(assets: Sequence[Asset], by: date, today: date, tables: ReferenceTables) -> Decimal:
    """Return the net cash in yuan that everything outside the core brings by a day: what a plan can reach at most.

    Args:
        assets: own assets outside the financed account.
        by: last day on which the money may arrive, included.
        today: day the sales begin.
        tables: trading calendar and statutory charges.

    Raises:
        ReferenceGapError: a day outside the calendar.
    """
    in_time = [asset for asset in assets if cash_day(asset, today, tables.calendar) <= by]
    return sum((max(ZERO, _proceeds(asset, asset.most, today, tables).net) for asset in in_time), ZERO)


def sensitivity(plan: Plan, tables: ReferenceTables, shifts: Sequence[Decimal] = SHIFTS) -> tuple[HaircutCase, ...]:
    """Return what the plan brings, and what the cheapest plan would be, at other haircuts.

    Deposits and reverse repo pay a fixed amount and are left as they are; a haircut stays between 0 and 99 %.

    Args:
        plan: the plan.
        tables: as for the plan.
        shifts: points added to the haircuts, as fractions.
    """
    found = []
    for shift in shifts:
        moved = [_moved(row.asset, shift) for row in plan.rows]
        pairs = zip(moved, plan.rows, strict=True)
        net = sum((_proceeds(asset, row.sold, plan.today, tables).net for asset, row in pairs), ZERO)
        again = plan_sales(moved, plan.target, plan.by, plan.today, tables)
        found.append(HaircutCase(shift, net, max(ZERO, plan.target - net), again))
    return tuple(found)


def _check(assets: Sequence[Asset], target: Decimal, by: date, today: date) -> None:
    if not assets:
        raise UsageError("there are no assets", next_step="List one.", what_zh="没有资产", next_step_zh="请列出资产。")
    if target <= ZERO:
        raise UsageError(
            "the target must be above 0",
            next_step="Write what has to be raised, for example 200000.",
            what_zh="目标金额必须大于 0",
            next_step_zh="请写需要筹到的金额，例如 200000。",
        )
    if by < today:
        raise UsageError(
            f"{by} is before {today}",
            next_step="Name a day from today on.",
            what_zh=f"{by} 早于 {today}",
            next_step_zh="请写今天或以后的日期。",
        )


def _proceeds(asset: Asset, quantity: Decimal, today: date, tables: ReferenceTables) -> Proceeds:
    return proceeds(asset, quantity, sale_day(asset.kind, today, tables.calendar), tables)


def _choice(
    assets: Sequence[Asset],
    whole: Sequence[Proceeds],
    usable: Sequence[int],
    target: Decimal,
    today: date,
    tables: ReferenceTables,
) -> list[Decimal]:
    """Return the quantities to sell: the solver's, until they reach the target to the cent; else everything in time."""
    from workbench.planning.choice import choose  # noqa: PLC0415  SciPy loads only when there is something to choose

    items = [_sellable(assets[at], whole[at]) for at in usable]
    everything = sum((whole[at].net for at in usable), ZERO)
    sold = [ZERO] * len(assets)
    aim = target
    for attempt in range(1, _ROUNDS if everything > target else 1):
        chosen = choose(items, aim)
        if chosen is None:
            break
        pairs = list(zip(usable, chosen, strict=True))
        missing = target - sum((_proceeds(assets[at], units, today, tables).net for at, units in pairs), ZERO)
        if missing <= ZERO:
            for at, units in pairs:
                sold[at] = units
            return sold
        aim += missing * attempt
    for at in usable:
        sold[at] = assets[at].most
    return sold


def _sellable(asset: Asset, whole: Proceeds) -> Sellable:
    rate, least = asset.fee
    most = asset.most
    return Sellable(
        step=asset.step,
        odd=asset.odd,
        most=most,
        price=whole.value / most,
        gross=whole.gross / most,
        tax=whole.tax / most,
        fee=whole.gross / most * rate,
        fee_min=least,
    )


def _kept(asset: Asset, sold: Decimal, *, late: bool, worthless: bool) -> tuple[tuple[Reason, Decimal], ...]:
    free = asset.quantity - asset.keep
    found = [(Reason.CORE, asset.keep), (Reason.BELOW_LOT, free - asset.most)]
    if late:
        found.append((Reason.TOO_LATE, asset.most))
    else:
        found.append((Reason.COSTS_ALL if worthless else Reason.NOT_NEEDED, asset.most - sold))
    return tuple((reason, quantity) for reason, quantity in found if quantity)


def _reachable(target: Decimal, days: Sequence[date], whole: Sequence[Proceeds]) -> date | None:
    got = ZERO
    for day, part in sorted(zip(days, whole, strict=True), key=lambda pair: pair[0]):
        got += max(ZERO, part.net)
        if got >= target:
            return day
    return None


def _moved(asset: Asset, shift: Decimal) -> Asset:
    if asset.kind in CERTAIN:
        return asset
    return replace(asset, haircut=min(_DEEPEST, max(ZERO, asset.haircut + shift)))
