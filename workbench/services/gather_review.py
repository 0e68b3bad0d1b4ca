"""What the review report shows beyond the audit: attribution, rhythm, rules, market, risk, offers, cash."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from workbench.domain.audit import Audit
from workbench.errors import WorkbenchError
from workbench.services.assess_risk import assess_risk
from workbench.services.desk import Desk
from workbench.services.negotiate import list_offers
from workbench.services.raise_cash import plan_cash
from workbench.services.review_case import review_case

if TYPE_CHECKING:
    from workbench.documents.review import ReviewFacts
    from workbench.planning.liquidity import Plan

STOP_LOSS, INDEX, SECTOR, TARGET, BY = "plan.stop_loss", "plan.index", "plan.sector", "plan.target", "plan.by"
"""Letter fields that keep what a person chose for the plans."""


def gather_review(desk: Desk, case: str, audit: Audit) -> ReviewFacts | None:
    """Return the facts of the report, None where the case cannot be reviewed.

    What the person chose (own stop-loss, index, amount to raise) is taken from the remembered fields; a choice that no
    longer fits is left out rather than guessed.

    Raises:
        NotFoundError: no such case.
    """
    from workbench.documents.review import ReviewFacts  # noqa: PLC0415  start fast
    from workbench.planning.offers import summarise  # noqa: PLC0415

    with desk.store.read() as unit:
        chosen = unit.decisions.fields(unit.cases.key(case))
    try:
        found = review_case(
            desk, case, stop_loss=_number(chosen.get(STOP_LOSS)), index=chosen.get(INDEX), sector=chosen.get(SECTOR)
        )
    except WorkbenchError:
        found = review_case(desk, case)
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
        plan=_plan(desk, case, _number(chosen.get(TARGET)), chosen.get(BY)),
    )


def _plan(desk: Desk, case: str, target: Decimal | None, by: str | None) -> Plan | None:
    """Return the plan of sales for the amount and day that the person named, None without them."""
    if target is None or not by:
        return None
    try:
        return plan_cash(desk, case, target, date.fromisoformat(by)).plan
    except (WorkbenchError, ValueError):
        return None


def _number(text: str | None) -> Decimal | None:
    if not text:
        return None
    said = text.strip().replace(",", "")
    try:
        return Decimal(said[:-1]) / 100 if said.endswith("%") else Decimal(said)
    except InvalidOperation:
        return None
