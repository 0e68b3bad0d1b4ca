"""The log of offers: who offered what when, how far each side has moved, what gap is left.

Source: seed 000, step 5 (谈判与临时处置); product.md (log of offers).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from workbench.domain.money import ZERO


class Side(StrEnum):
    """Who speaks or pays."""

    CLIENT = "client"
    FINANCIER = "financier"


@dataclass(frozen=True, slots=True)
class Offer:
    """One offer as made."""

    date: date
    by: Side
    amount: Decimal
    """Yuan, positive = to be paid to the client, negative = by the client; as for a settlement."""
    terms: str = ""
    """The rest of it: instalments, security, deadline."""
    note: str = ""
    evidence: int | None = None
    """Number of the document that proves it; None: not proven."""


@dataclass(frozen=True, slots=True)
class Movement:
    """One side's way from its first offer to its last."""

    first: Offer
    last: Offer
    conceded: Decimal
    """Yuan moved towards the other side; negative: away from it."""


@dataclass(frozen=True, slots=True)
class OfferSummary:
    """All offers in order and what has become of them."""

    offers: tuple[Offer, ...]
    client: Movement | None
    """None where the client has offered nothing."""
    financier: Movement | None
    gap: Decimal | None
    """Client's last figure - financier's last, in yuan; zero or below: they meet; None: one side has not spoken."""
    unproven: tuple[Offer, ...]
    """Offers without a document."""


def summarise(offers: Sequence[Offer]) -> OfferSummary:
    """Return the offers by date (those of one day in the order given), each side's movement and the gap left."""
    ordered = tuple(sorted(offers, key=lambda offer: offer.date))
    client, financier = _movement(ordered, Side.CLIENT), _movement(ordered, Side.FINANCIER)
    gap = client.last.amount - financier.last.amount if client and financier else None
    return OfferSummary(ordered, client, financier, gap, tuple(one for one in ordered if one.evidence is None))


def _movement(offers: Sequence[Offer], side: Side) -> Movement | None:
    own = [offer for offer in offers if offer.by is side]
    if not own:
        return None
    rise = own[-1].amount - own[0].amount
    return Movement(own[0], own[-1], (-rise if side is Side.CLIENT else rise) + ZERO)
