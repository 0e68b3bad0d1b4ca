"""Step 5: the log of offers, and proposals beside every legal basis of the case and beside a suit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.domain.audit import Audit
from workbench.domain.money import cents
from workbench.errors import NotFoundError, UsageError
from workbench.services.desk import Desk
from workbench.services.plan_fields import Fields

if TYPE_CHECKING:
    from workbench.planning.negotiation import Alternative, Comparison
    from workbench.planning.offers import Offer, OfferSummary
    from workbench.services.plan_files import ProposalFile

OFFER_NAMES = {"date": "日期", "by": "提出方", "amount": "金额", "evidence": "证据编号"}
"""Chinese names of an offer's fields."""


@dataclass(frozen=True, slots=True)
class Negotiation:
    """Where a negotiation stands."""

    options: tuple[Alternative, ...]
    """The suit on each basis."""
    best: Alternative | None
    """The claim worth most; None where nothing can be claimed or no value is known."""
    rows: tuple[Comparison, ...]
    """Proposals, the best for the client first."""
    log: OfferSummary
    numbers: tuple[int | None, ...] = ()
    """For each of ``rows`` the number under which it is remembered; None: it stands in a file."""


def list_offers(desk: Desk, case: str) -> dict[int, Offer]:
    """Return the offers by number.

    Raises:
        NotFoundError: no such case.
    """
    with desk.store.read() as unit:
        return unit.plans.offers(unit.cases.key(case))


def add_offer(desk: Desk, case: str, offer: Offer) -> int:
    """Note an offer, as one undoable change; return its number.

    Raises:
        NotFoundError: no such case, or no such document as its evidence.
        UsageError: an offer of the future.
    """
    now = desk.now()
    if offer.date > desk.today:
        raise UsageError(
            f"{offer.date} lies in the future",
            next_step="Note an offer on the day it was made.",
            what_zh=f"{offer.date} 是将来的日期",
            next_step_zh="请填写提出方案的日期。",
        )
    with desk.store.write() as unit:
        key = unit.cases.key(case)
        if offer.evidence is not None:
            unit.documents.get(key, offer.evidence)
        number, image = unit.plans.add_offer(key, offer, now)
        unit.changed(key, now, f"记录报价 {offer.amount}", f"noted an offer of {offer.amount}", [image])
        unit.commit()
    return number


def add_typed_offer(desk: Desk, case: str, values: Mapping[str, str]) -> int:
    """Note an offer from typed text (``date``, ``by``, ``amount``, ``terms``, ``note``, ``evidence``).

    Raises:
        NotFoundError: no such case, or no such document as its evidence.
        UsageError: a field that does not fit, or an offer of the future.
    """
    from workbench.services.plan_files import offer_from  # noqa: PLC0415  start fast

    offer = offer_from(Fields(values, "", OFFER_NAMES))
    return add_offer(desk, case, replace(offer, amount=cents(offer.amount)))


def remove_offer(desk: Desk, case: str, number: int) -> None:
    """Take an offer out of the log, as one undoable change.

    Raises:
        NotFoundError: no such case or offer.
    """
    now = desk.now()
    with desk.store.write() as unit:
        key = unit.cases.key(case)
        image = unit.plans.remove_offer(key, number)
        if image is None:
            raise NotFoundError(f"there is no offer {number}", what_zh=f"没有第 {number} 条报价")
        unit.changed(key, now, f"删去第 {number} 条报价", f"removed offer {number}", [image])
        unit.commit()


def compare_proposals(desk: Desk, case: str, path: Path | None = None, *, audit: Audit | None = None) -> Negotiation:
    """Return the log of offers, and proposals beside the case's own settlements.

    What is said of a suit (probabilities, discounts) is the person's own view; what is left out stays unknown.
    Settlements come from the audit, so neither a file nor a person need, or can, state them.

    Args:
        desk: the desk.
        case: name of the case.
        path: proposals and view of a suit as TOML; None: those remembered with the case.
        audit: the audit at hand; None computes it.

    Raises:
        NotFoundError: no such case.
        UsageError: no statement yet, or a field that does not fit.
    """
    from workbench.planning.negotiation import alternatives, best_alternative, compare  # noqa: PLC0415
    from workbench.planning.offers import summarise  # noqa: PLC0415
    from workbench.services.plan_files import read_proposals  # noqa: PLC0415
    from workbench.services.run_audit import compute_audit  # noqa: PLC0415

    found = audit or compute_audit(desk, case)
    settlements = {name: basis.settlement for name, basis in found.bases.items()}
    given, numbers = _remembered(desk, case, settlements) if path is None else (read_proposals(path, settlements), {})
    options = alternatives(settlements, given.suit, desk.today, given.discount_rate, desk.tables())
    rows = compare(given.proposals, options, desk.today, given.discount_rate)
    log = summarise((*list_offers(desk, case).values(), *given.offers))
    known = tuple(numbers.get(id(row.proposal)) for row in rows)
    return Negotiation(options, best_alternative(options), rows, log, known)


def _remembered(desk: Desk, case: str, settlements: Mapping[str, Decimal]) -> tuple[ProposalFile, dict[int, int]]:
    """Return what is remembered with the case, and the number of each proposal by its identity."""
    from workbench.services.plan_files import ProposalFile  # noqa: PLC0415  start fast
    from workbench.services.remember_plan import plan_values, proposals_of, suit_of  # noqa: PLC0415

    values = plan_values(desk, case)
    rate, suit = suit_of(values, settlements)
    proposals = proposals_of(values)
    numbers = {id(proposal): number for number, proposal in proposals.items()}
    return ProposalFile(rate, settlements, suit, tuple(proposals.values()), ()), numbers
