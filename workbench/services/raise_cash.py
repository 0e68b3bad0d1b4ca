"""Step 4: own assets outside the financed account, and the cheapest way to raise cash from them by a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import NotFoundError, UsageError
from workbench.services.desk import Desk
from workbench.services.plan_fields import Fields

if TYPE_CHECKING:
    from workbench.planning.assets import Asset
    from workbench.planning.liquidity import HaircutCase, Plan


@dataclass(frozen=True, slots=True)
class CashPlan:
    """A plan with what other haircuts would do to it."""

    plan: Plan
    cases: tuple[HaircutCase, ...]


def list_assets(desk: Desk, case: str) -> dict[int, Asset]:
    """Return the case's own assets by number.

    Raises:
        NotFoundError: no such case.
    """
    with desk.store.read() as unit:
        return unit.plans.assets(unit.cases.key(case))


def add_assets(desk: Desk, case: str, assets: Sequence[Asset]) -> tuple[int, ...]:
    """Add assets, as one undoable change; return their numbers.

    Raises:
        NotFoundError: no such case.
        ConflictError: the case was opened for reading only.
    """
    now = desk.now()
    with desk.store.write() as unit:
        key = unit.cases.key(case)
        added = [unit.plans.add_asset(key, asset, now) for asset in assets]
        if added:
            names = "、".join(asset.name for asset in assets)
            unit.changed(key, now, f"登记资产：{names}", f"own assets: {names}", [image for _, image in added])
        unit.commit()
    return tuple(number for number, _ in added)


def import_assets(desk: Desk, case: str, path: Path) -> tuple[int, ...]:
    """Add the assets of a file (CSV, XLSX or TOML).

    Raises:
        NotFoundError: no such case.
        UsageError: a field that is missing, unknown or out of range, with its row; nothing is added.
        UnreadableFileError: no readable table.
    """
    from workbench.services.plan_files import read_assets  # noqa: PLC0415  start fast

    return add_assets(desk, case, read_assets(path))


def add_typed_asset(desk: Desk, case: str, values: Mapping[str, str]) -> int:
    """Add an asset from typed text, by the column titles of an asset file; return its number.

    Raises:
        NotFoundError: no such case.
        UsageError: a field that is missing or out of range.
    """
    from workbench.services.plan_files import ASSET_NAMES, asset_from  # noqa: PLC0415  start fast

    (number,) = add_assets(desk, case, (asset_from(Fields(values, "", ASSET_NAMES)),))
    return number


def remove_asset(desk: Desk, case: str, number: int) -> None:
    """Take an asset away, as one undoable change.

    Raises:
        NotFoundError: no such case or asset.
    """
    now = desk.now()
    with desk.store.write() as unit:
        key = unit.cases.key(case)
        image = unit.plans.remove_asset(key, number)
        if image is None:
            raise NotFoundError(f"there is no asset {number}", what_zh=f"没有第 {number} 项资产")
        unit.changed(key, now, f"删去第 {number} 项资产", f"removed asset {number}", [image])
        unit.commit()


def plan_cash(desk: Desk, case: str, target: Decimal, by: date) -> CashPlan:
    """Return what to sell to have an amount on a day at least cost; nothing is saved.

    Raises:
        NotFoundError: no such case.
        UsageError: no assets, a target that is not above zero, or a day in the past.
        ReferenceGapError: a day beyond the trading calendar.
    """
    from workbench.planning.liquidity import plan_sales, sensitivity  # noqa: PLC0415  start fast

    tables = desk.tables()
    plan = plan_sales(tuple(list_assets(desk, case).values()), target, by, desk.today, tables)
    return CashPlan(plan, sensitivity(plan, tables))


def planned_cash(desk: Desk, case: str) -> CashPlan:
    """Return the plan for the amount and day remembered with the case; nothing is saved.

    Raises:
        NotFoundError: no such case.
        UsageError: no amount or day was set, no assets, or a day in the past.
        ReferenceGapError: a day beyond the trading calendar.
    """
    from workbench.services.remember_plan import goal_of, plan_values  # noqa: PLC0415  start fast

    goal = goal_of(plan_values(desk, case))
    if goal is None:
        raise UsageError(
            "the amount to raise and its day were not set",
            next_step="Set both first.",
            what_zh="还没有填写要筹的金额和期限",
            next_step_zh="请先填写这两项。",
        )
    return plan_cash(desk, case, *goal)
