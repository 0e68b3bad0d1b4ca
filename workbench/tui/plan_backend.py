"""The services of steps 4, 5, 6 and 8, one thin method each; a part of ``backend.ServiceBackend``."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path

from workbench.domain.audit import Audit
from workbench.planning.market import MarketReview
from workbench.services import assess_risk, negotiate, raise_cash, remember_plan, review_case
from workbench.services.assess_risk import RiskReview
from workbench.services.desk import Desk
from workbench.services.negotiate import Negotiation
from workbench.services.raise_cash import CashPlan
from workbench.services.review_case import Review


class PlanServices(ABC):
    """Passes every verb on."""

    @property
    @abstractmethod
    def _desk(self) -> Desk:
        """Return the desk."""

    def add_asset(self, case: str, values: Mapping[str, str]) -> None:
        """Add an own asset from typed text."""
        raise_cash.add_typed_asset(self._desk, case, values)

    def import_assets(self, case: str, path: Path) -> int:
        """Add the assets of a file; return how many."""
        return len(raise_cash.import_assets(self._desk, case, path))

    def remove_asset(self, case: str, number: int) -> None:
        """Take an asset away."""
        raise_cash.remove_asset(self._desk, case, number)

    def add_offer(self, case: str, values: Mapping[str, str]) -> None:
        """Note an offer from typed text."""
        negotiate.add_typed_offer(self._desk, case, values)

    def remove_offer(self, case: str, number: int) -> None:
        """Take an offer out of the log."""
        negotiate.remove_offer(self._desk, case, number)

    def add_proposal(self, case: str, values: Mapping[str, str]) -> None:
        """Remember a proposal from typed text."""
        remember_plan.add_proposal(self._desk, case, values)

    def remove_proposal(self, case: str, number: int) -> None:
        """Forget a proposal."""
        remember_plan.remove_proposal(self._desk, case, number)

    def set_plan(self, case: str, values: Mapping[str, str]) -> None:
        """Remember figures of the plans from typed text; empty text forgets one."""
        remember_plan.set_plan(self._desk, case, values)

    def confirm_residual(self, case: str) -> None:
        """Remember that what is left was looked at."""
        remember_plan.confirm_residual(self._desk, case)

    def cash_plan(self, case: str) -> CashPlan:
        """Return what to sell for the amount and day that are remembered."""
        return raise_cash.planned_cash(self._desk, case)

    def negotiation(self, case: str, audit: Audit) -> Negotiation:
        """Return offers, suits and proposals."""
        return negotiate.compare_proposals(self._desk, case, audit=audit)

    def risk(self, case: str, audit: Audit) -> RiskReview:
        """Return the risk of what is left."""
        return assess_risk.assess_risk(self._desk, case, audit=audit)

    def market(self, case: str, audit: Audit) -> tuple[MarketReview, ...]:
        """Return the market around the event for each security."""
        return review_case.review_market(self._desk, case, audit=audit)

    def review(self, case: str, audit: Audit) -> Review:
        """Return parts of the loss, rhythm and rules."""
        return review_case.review_case(self._desk, case, audit=audit)
