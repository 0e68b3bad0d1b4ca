"""Plans, schedules and comparisons as JSON: money with two decimals, ratios as text, unknown as null."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from workbench.cli.calc_output import SHOWN
from workbench.domain.money import cents, plain
from workbench.planning.liquidity import HaircutCase, Plan, PlanRow
from workbench.planning.negotiation import Alternative, Comparison
from workbench.planning.offers import Movement, Offer
from workbench.planning.repayment import Schedule
from workbench.planning.sale import Proceeds

if TYPE_CHECKING:
    from workbench.planning.assets import Asset
    from workbench.services.negotiate import Negotiation

Json = dict[str, object]


def liquidity(plan: Plan, cases: Sequence[HaircutCase]) -> Json:
    """Return a plan of sales with its sensitivity."""
    return {
        "schema": 1,
        "target": _yuan(plan.target),
        "by": plan.by.isoformat(),
        "today": plan.today.isoformat(),
        "assets": [_row(row) for row in plan.rows],
        "totals": _proceeds(plan.total),
        "shortfall": _yuan(plan.shortfall),
        "reachable": plan.reachable.isoformat() if plan.reachable else None,
        "commission_assumed": [row.asset.name for row in plan.rows if row.asset.fee_assumed],
        "sensitivity": [
            {
                "shift": plain(case.shift),
                "net": _yuan(case.net),
                "shortfall": _yuan(case.shortfall),
                "again": {"cost": _yuan(case.again.total.cost), "shortfall": _yuan(case.again.shortfall)},
            }
            for case in cases
        ],
    }


def asset(one: Asset) -> Json:
    """Return an own asset."""
    return {
        "name": one.name,
        "kind": one.kind.value,
        "code": one.code or None,
        "quantity": plain(one.quantity),
        "price": plain(one.price),
        "haircut": plain(one.haircut),
        "days": one.days,
        "fee_rate": None if one.fee_rate is None else plain(one.fee_rate),
        "fee_min": _yuan(one.fee_min),
        "tax_rate": plain(one.tax_rate),
        "keep": plain(one.keep),
    }


def instalments(found: Schedule, value: Decimal | None) -> Json:
    """Return a schedule."""
    return {"schema": 1, **_schedule(found), "present_value": None if value is None else _yuan(value)}


def proposals(found: Negotiation) -> Json:
    """Return alternatives, comparisons and the log of offers."""
    log = found.log
    return {
        "schema": 1,
        "bases": {one.basis: _alternative(one) for one in found.options},
        "best": found.best.basis if found.best else None,
        "proposals": [_comparison(row) for row in found.rows],
        "offers": {
            "log": [_offer(offer) for offer in log.offers],
            "client": _movement(log.client),
            "financier": _movement(log.financier),
            "gap": _maybe(log.gap),
            "unproven": len(log.unproven),
        },
    }


def _row(row: PlanRow) -> Json:
    return {
        "name": row.asset.name,
        "kind": str(row.asset.kind),
        "sold": plain(row.sold),
        **_proceeds(row.proceeds),
        "available": row.available.isoformat(),
        "order": row.order,
        "kept": [{"reason": str(reason), "quantity": plain(quantity)} for reason, quantity in row.kept],
    }


def _proceeds(part: Proceeds) -> Json:
    names = ("value", "gross", "haircut_loss", "fees", "tax", "cost", "net")
    return {name: _yuan(getattr(part, name)) for name in names}


def _schedule(found: Schedule) -> Json:
    return {
        "debt": _yuan(found.debt),
        "waived": _yuan(found.waived),
        "rows": [
            {
                "date": row.date.isoformat(),
                "principal": _yuan(row.principal),
                "interest": _yuan(row.interest),
                "payment": _yuan(row.payment),
                "balance": _yuan(row.balance),
            }
            for row in found.rows
        ],
        "interest": _yuan(found.interest),
        "paid": _yuan(found.paid),
        "effective_rate": _ratio(found.effective_rate),
    }


def _alternative(one: Alternative) -> Json:
    return {
        "settlement": _yuan(one.settlement),
        "court_fees": _yuan(one.fees),
        "if_won": _maybe(one.if_won),
        "probability": _ratio(one.probability),
        "value": _maybe(one.value),
        "ceiling": _maybe(one.ceiling),
    }


def _comparison(row: Comparison) -> Json:
    secured = row.proposal.cover
    return {
        "name": row.proposal.name,
        "payer": str(row.proposal.payer),
        "total": _yuan(row.total),
        "present_value": _yuan(row.present_value),
        "differences": {name: _yuan(amount) for name, amount in row.differences.items()},
        "better_than_suit": dict(row.better),
        "break_even": _ratios(row.break_even),
        "cover": None
        if secured is None
        else {"value": _yuan(secured.value), "ratio": _ratio(secured.ratio), "uncovered": _yuan(secured.uncovered)},
        "schedule": _schedule(row.proposal.schedule),
    }


def _offer(offer: Offer) -> Json:
    return {
        "date": offer.date.isoformat(),
        "by": str(offer.by),
        "amount": _yuan(offer.amount),
        "terms": offer.terms,
        "note": offer.note,
        "evidence": offer.evidence,
    }


def _movement(one: Movement | None) -> Json | None:
    if one is None:
        return None
    return {"first": _yuan(one.first.amount), "last": _yuan(one.last.amount), "conceded": _yuan(one.conceded)}


def _yuan(amount: Decimal) -> str:
    return f"{cents(amount):.2f}"


def _maybe(amount: Decimal | None) -> str | None:
    return None if amount is None else _yuan(amount)


def _ratio(value: Decimal | None) -> str | None:
    return None if value is None else plain(value.quantize(SHOWN))


def _ratios(values: Mapping[str, Decimal | None]) -> dict[str, str | None]:
    return {name: _ratio(value) for name, value in values.items()}
