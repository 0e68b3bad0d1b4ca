"""What the review report shows beyond the audit: attribution, rhythm, rules, market, risk, offers, cash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.domain.audit import Audit
from workbench.errors import WorkbenchError
from workbench.services.assess_risk import assess_risk
from workbench.services.desk import Desk
from workbench.services.negotiate import list_offers
from workbench.services.raise_cash import planned_cash
from workbench.services.review_case import review_case

if TYPE_CHECKING:
    from workbench.documents.review import ReviewFacts
    from workbench.planning.liquidity import Plan


def gather_review(desk: Desk, case: str, audit: Audit) -> ReviewFacts | None:
    """Return the facts of the report, None where the case cannot be reviewed.

    What the person chose (own stop-loss, index, amount to raise) is taken from the remembered fields; a choice that no
    longer fits is left out rather than guessed.

    Raises:
        NotFoundError: no such case.
    """
    from workbench.documents.review import ReviewFacts  # noqa: PLC0415  start fast
    from workbench.planning.offers import summarise  # noqa: PLC0415

    try:
        found = review_case(desk, case, audit=audit)
    except WorkbenchError:
        found = review_case(desk, case, audit=audit, remembered=False)
    risk = assess_risk(desk, case, audit=audit)
    offers = tuple(list_offers(desk, case).values())
    return ReviewFacts(
        attribution=found.attribution,
        rhythm=found.rhythm,
        rules=found.rules,
        market=found.market,
        measures=risk.measures,
        stress=risk.stress,
        offers=summarise(offers) if offers else None,
        plan=_plan(desk, case),
    )


def _plan(desk: Desk, case: str) -> Plan | None:
    """Return the plan of sales for the amount and day that the person named, None where that cannot be planned."""
    try:
        return planned_cash(desk, case).plan
    except WorkbenchError:
        return None
