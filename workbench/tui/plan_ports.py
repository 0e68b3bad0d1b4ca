"""What the views of steps 4, 5, 6 and 8 ask of the rest of the program; a part of ``ports.Backend``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from workbench.domain.audit import Audit

if TYPE_CHECKING:
    from workbench.planning.market import MarketReview
    from workbench.services.assess_risk import RiskReview
    from workbench.services.negotiate import Negotiation
    from workbench.services.raise_cash import CashPlan
    from workbench.services.review_case import Review


class PlanBackend(Protocol):
    """The services of the plans."""

    def add_asset(self, case: str, values: Mapping[str, str]) -> None:
        """Add an own asset from typed text."""
        ...

    def import_assets(self, case: str, path: Path) -> int:
        """Add the assets of a file; return how many."""
        ...

    def remove_asset(self, case: str, number: int) -> None:
        """Take an asset away."""
        ...

    def add_offer(self, case: str, values: Mapping[str, str]) -> None:
        """Note an offer from typed text."""
        ...

    def remove_offer(self, case: str, number: int) -> None:
        """Take an offer out of the log."""
        ...

    def add_proposal(self, case: str, values: Mapping[str, str]) -> None:
        """Remember a proposal from typed text."""
        ...

    def remove_proposal(self, case: str, number: int) -> None:
        """Forget a proposal."""
        ...

    def set_plan(self, case: str, values: Mapping[str, str]) -> None:
        """Remember figures of the plans from typed text; empty text forgets one."""
        ...

    def confirm_residual(self, case: str) -> None:
        """Remember that what is left was looked at."""
        ...

    def cash_plan(self, case: str) -> CashPlan:
        """Return what to sell for the amount and day that are remembered."""
        ...

    def negotiation(self, case: str, audit: Audit) -> Negotiation:
        """Return offers, suits and proposals."""
        ...

    def risk(self, case: str, audit: Audit) -> RiskReview:
        """Return the risk of what is left."""
        ...

    def market(self, case: str, audit: Audit) -> tuple[MarketReview, ...]:
        """Return the market around the event for each security."""
        ...

    def review(self, case: str, audit: Audit) -> Review:
        """Return parts of the loss, rhythm and rules."""
        ...
