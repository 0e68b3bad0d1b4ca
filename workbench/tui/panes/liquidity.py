"""Step 4: own assets, the amount to raise by a day, and the cheapest sales for it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import BindingType

from workbench.planning.assets import AssetKind
from workbench.tui.actions import bindings
from workbench.tui.modals.form import FormField
from workbench.tui.panes.step_view import StepPane
from workbench.tui.paths import parse_paths
from workbench.tui.presenters import liquidity
from workbench.tui.presenters.base import Cell, Detail, Row, label
from workbench.tui.presenters.liquidity_detail import detail
from workbench.tui.state import CaseView
from workbench.tui.work import Noticed, shell

if TYPE_CHECKING:
    from workbench.services.raise_cash import CashPlan

TYPED = ("name", "code", "quantity", "price", "haircut", "days", "fee_rate", "tax_rate", "keep")
"""Fields of an asset that are typed; its kind is chosen."""


class LiquidityPane(StepPane):
    """Assets and the plan to sell them."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("liquidity")
    scope = "liquidity"
    step = 4
    parts = liquidity.PARTS

    @property
    def found(self) -> CashPlan | None:
        """The plan, once it is there."""
        return cast("CashPlan | None", self._result)

    def needs(self) -> Hashable:
        """Return assets, amount and day; None where one is missing."""
        view = self.view
        if view is None or not view.assets or not view.plan.get("target") or not view.plan.get("by"):
            return None
        return tuple(view.assets.items()), view.plan["target"], view.plan["by"], view.today

    def work(self) -> Callable[[], object]:
        """Plan the sales."""
        backend, case = shell(self).backend, self.view.name if self.view else ""
        return lambda: backend.cash_plan(case)

    def rows(self, view: CaseView) -> Sequence[Row]:
        """Return the rows of the part in front."""
        return liquidity.rows(self.part, view, self.found, self.words)

    def say(self, view: CaseView) -> tuple[str, tuple[Cell, ...]]:
        """Return what the plan brings and what it lacks."""
        parts = self.part, view, self.found, self.words
        return liquidity.summary(*parts), liquidity.notes(*parts)

    def explained(self, view: CaseView, key: str) -> Detail | None:
        """Explain a row."""
        return detail(self.part, key, view, self.found, self.words)

    def action_add_asset(self) -> None:
        """Ask for an asset."""
        view, words, backend = self.view, self.words, shell(self).backend
        if view is None:
            return
        kinds = tuple((kind.value, label(words, "asset_kind", kind.value)) for kind in AssetKind)
        typed = {key: FormField(key, words(f"liquidity.ask.{key}")) for key in TYPED}
        kind = FormField("kind", words("column.liquidity.kind"), AssetKind.SHARE.value, kinds, required=True)
        fields = (typed.pop("name"), kind, *typed.values())
        self.ask(words("liquidity.add"), fields, words("liquidity.add_hint"), lambda v: backend.add_asset(view.name, v))

    def action_import_assets(self) -> None:
        """Ask for a file with assets."""
        view, words, backend = self.view, self.words, shell(self).backend
        if view is None:
            return

        def job(values: dict[str, str]) -> None:
            (path, *_) = parse_paths(values["path"])
            count = backend.import_assets(view.name, path)
            self.post_message(Noticed(words("liquidity.imported", count=count)))

        field = FormField("path", words("liquidity.file"), required=True)
        self.ask(words("liquidity.import"), (field,), words("liquidity.import_hint"), job)

    def action_remove(self) -> None:
        """Take the selected asset away; undo brings it back."""
        row, view, backend, words = self.table.row, self.view, shell(self).backend, self.words
        if self.part is not liquidity.ASSETS or row is None or view is None or not row.key.isdigit():
            self.notify(words("plans.nothing_to_remove"), markup=False)
            return
        case, number = view.name, int(row.key)
        self.save(lambda: backend.remove_asset(case, number))
        self.notify(words("plans.removed", what=view.assets[number].name), markup=False)

    def action_goal(self) -> None:
        """Ask for the amount and the day."""
        view, words, backend = self.view, self.words, shell(self).backend
        if view is None:
            return
        fields = tuple(
            FormField(key, words(f"liquidity.ask.{key}"), view.plan.get(key, "")) for key in ("target", "by")
        )
        self.ask(
            words("liquidity.set_goal"), fields, words("liquidity.goal_hint"), lambda v: backend.set_plan(view.name, v)
        )
