"""What the automatic checks of steps 4 to 6 look at: assets, the amount to raise, offers, the look at what is left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from workbench.errors import UsageError, WorkbenchError
from workbench.services.remember_plan import REVIEWED, goal_of, own_values

if TYPE_CHECKING:
    from workbench.domain.reference import ReferenceTables
    from workbench.planning.assets import Asset
    from workbench.planning.offers import Offer
    from workbench.store.unit import Unit


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A person's plans in one case."""

    assets: tuple[Asset, ...] = ()
    offers: tuple[Offer, ...] = ()
    goal: tuple[Decimal, date] | None = None
    """Cash to be raised in yuan and the last day for it; None: not set."""
    reviewed: str = ""
    """Number of the facts at which a person looked at what is left; empty: never."""

    def attainable(self, today: date, tables: ReferenceTables) -> Decimal | None:
        """Return the cash that everything outside the core brings in time, in yuan; None where it cannot be told."""
        from workbench.planning.liquidity import attainable  # noqa: PLC0415  start fast

        if self.goal is None or not self.assets:
            return None
        try:
            return attainable(self.assets, self.goal[1], today, tables)
        except WorkbenchError:  # a day beyond the calendar: the view of step 4 says so in full
            return None


def gather_plan_facts(unit: Unit, keys: Sequence[int]) -> dict[int, PlanFacts]:
    """Return the plans of several cases with one query a table, for a firm has hundreds of cases."""
    fields = unit.decisions.fields_many(keys)
    assets, offers = unit.plans.assets_many(keys), unit.plans.offers_many(keys)
    found = {}
    for key in keys:
        values = own_values(fields[key])
        try:
            goal = goal_of(values)
        except UsageError:  # written past the services: as good as not set
            goal = None
        found[key] = PlanFacts(tuple(assets[key].values()), tuple(offers[key].values()), goal, values.get(REVIEWED, ""))
    return found


Tables = Callable[[], "ReferenceTables"]
"""Gives the dated tables; called only where a check needs them."""
