"""The plans of the backend in memory: assets, offers and settings are kept; figures come from the planning itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from workbench.domain.audit import Audit
from workbench.errors import UsageError
from workbench.planning.liquidity import plan_sales, sensitivity
from workbench.planning.market import MarketReview
from workbench.planning.negotiation import Suit, alternatives
from workbench.planning.offers import summarise
from workbench.reference.loader import load_tables
from workbench.services.assess_risk import RiskReview
from workbench.services.negotiate import OFFER_NAMES, Negotiation
from workbench.services.plan_fields import Fields
from workbench.services.plan_files import ASSET_NAMES, asset_from, offer_from
from workbench.services.raise_cash import CashPlan
from workbench.services.remember_plan import goal_of
from workbench.services.review_case import Review
from workbench.tui.state import CaseView


class FakePlans:
    """Verbs of ``PlanBackend`` on the views of ``FakeBackend``."""

    views: dict[str, CaseView]

    def _change(self, case: str, **changes: object) -> None:
        view = self.views[case]
        self.views[case] = replace(view, version=view.version + 1, **changes)  # type: ignore[arg-type]

    def add_asset(self, case: str, values: Mapping[str, str]) -> None:
        assets = self.views[case].assets
        added = asset_from(Fields(values, "", ASSET_NAMES))
        self._change(case, assets={**assets, len(assets) + 1: added})

    def import_assets(self, case: str, path: Path) -> int:
        raise UsageError(f"no file {path}", what_zh=f"没有文件 {path}")

    def remove_asset(self, case: str, number: int) -> None:
        self._change(case, assets={key: one for key, one in self.views[case].assets.items() if key != number})

    def add_offer(self, case: str, values: Mapping[str, str]) -> None:
        offers = self.views[case].offers
        self._change(case, offers={**offers, len(offers) + 1: offer_from(Fields(values, "", OFFER_NAMES))})

    def remove_offer(self, case: str, number: int) -> None:
        self._change(case, offers={key: one for key, one in self.views[case].offers.items() if key != number})

    def add_proposal(self, case: str, values: Mapping[str, str]) -> None:
        raise UsageError("not here", what_zh="此处不支持")

    def remove_proposal(self, case: str, number: int) -> None:
        raise UsageError("not here", what_zh="此处不支持")

    def set_plan(self, case: str, values: Mapping[str, str]) -> None:
        kept = {key: text for key, text in {**self.views[case].plan, **values}.items() if text}
        self._change(case, plan=kept)

    def confirm_residual(self, case: str) -> None:
        self._change(case, plan={**self.views[case].plan, "reviewed": "1"})

    def cash_plan(self, case: str) -> CashPlan:
        view, tables = self.views[case], load_tables()
        goal = goal_of(view.plan)
        assert goal is not None
        plan = plan_sales(tuple(view.assets.values()), *goal, view.today, tables)
        return CashPlan(plan, sensitivity(plan, tables))

    def negotiation(self, case: str, audit: Audit) -> Negotiation:
        settlements = {name: basis.settlement for name, basis in audit.bases.items()}
        options = alternatives(settlements, Suit(), self.views[case].today, Decimal(0), load_tables())
        return Negotiation(options, None, (), summarise(tuple(self.views[case].offers.values())))

    def risk(self, case: str, audit: Audit) -> RiskReview:
        return RiskReview(audit.liquidation.after, None, (), None, (), (), None, ())

    def market(self, case: str, audit: Audit) -> tuple[MarketReview, ...]:
        raise UsageError("no bars", what_zh="没有行情")

    def review(self, case: str, audit: Audit) -> Review:
        raise UsageError("no bars", what_zh="没有行情")
