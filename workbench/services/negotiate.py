"""Step 5: the log of offers, and proposals beside every legal basis of the case and beside a suit."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.domain.audit import Audit
from workbench.domain.money import ZERO
from workbench.errors import NotFoundError, UsageError
from workbench.services.desk import Desk

if TYPE_CHECKING:
    from workbench.planning.negotiation import Alternative, Comparison
    from workbench.planning.offers import Offer, OfferSummary


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
    """Return the log of offers, and the proposals of a file beside the case's own settlements.

    What the file says of a suit (probabilities, discount) is the person's own view; what it leaves out stays unknown.
    Settlements come from the audit, so a file need not, and cannot, state them.

    Args:
        desk: the desk.
        case: name of the case.
        path: proposals as TOML; None: the log and the bases alone.
        audit: the audit at hand; None computes it.

    Raises:
        NotFoundError: no such case.
        UsageError: no statement yet, or a field of the file that does not fit.
    """
    from workbench.planning.negotiation import Suit, alternatives, best_alternative, compare  # noqa: PLC0415
    from workbench.planning.offers import summarise  # noqa: PLC0415
    from workbench.services.plan_files import read_proposals  # noqa: PLC0415
    from workbench.services.run_audit import compute_audit  # noqa: PLC0415

    found = audit or compute_audit(desk, case)
    settlements = {name: basis.settlement for name, basis in found.bases.items()}
    given = None if path is None else read_proposals(path, settlements)
    rate, suit = (given.discount_rate, given.suit) if given else (ZERO, Suit())
    options = alternatives(settlements, suit, desk.today, rate, desk.tables())
    rows = compare(given.proposals, options, desk.today, rate) if given else ()
    offers = (*list_offers(desk, case).values(), *(given.offers if given else ()))
    return Negotiation(options, best_alternative(options), rows, summarise(offers))
