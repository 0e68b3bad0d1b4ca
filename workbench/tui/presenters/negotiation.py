"""Step 5: the log of offers, what a suit is worth on each basis beside an agreement, proposals with their schedules."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from workbench.domain.money import ONE, ZERO
from workbench.tui.presenters.base import (
    Cell,
    Column,
    Row,
    Words,
    day,
    label,
    money,
    one_line,
    signed,
)
from workbench.tui.presenters.parts import UNKNOWN, Part, share
from workbench.tui.state import CaseView

if TYPE_CHECKING:
    from workbench.planning.negotiation import Alternative, Comparison
    from workbench.planning.offers import Movement, Offer
    from workbench.services.negotiate import Negotiation

OFFERS = Part(
    "offers",
    (
        Column("negotiation.number", 3, right=True),
        Column("negotiation.date", 10),
        Column("negotiation.by", 9),
        Column("negotiation.amount", 13, right=True),
        Column("negotiation.terms", 10, flex=1),
        Column("negotiation.evidence", 6),
    ),
)
SUIT = Part(
    "suit",
    (
        Column("negotiation.basis", 12, flex=1),
        Column("negotiation.settlement", 13, right=True),
        Column("negotiation.court", 9, right=True),
        Column("negotiation.if_won", 14, right=True, needs=92),
        Column("negotiation.chance", 6, right=True),
        Column("negotiation.value", 13, right=True),
        Column("negotiation.ceiling", 13, right=True, needs=78),
    ),
)
PROPOSALS = Part(
    "proposals",
    (
        Column("negotiation.basis", 12, flex=1),
        Column("negotiation.settlement", 13, right=True),
        Column("negotiation.difference", 13, right=True),
        Column("negotiation.against_suit", 10),
        Column("negotiation.break_even", 10, right=True, needs=68),
    ),
)
PARTS = (OFFERS, SUIT, PROPOSALS)
PROPOSAL = "proposal:"
"""Beginning of the key of a proposal's heading; the rows under it add the basis."""
VERDICT = {True: ("✓", "better", "good"), False: ("✗", "worse", "bad"), None: (UNKNOWN, "unknown", "muted")}


def told(amount: Decimal | None) -> str:
    """Write yuan with its sign, or a question mark where it is unknown."""
    return UNKNOWN if amount is None else signed(amount)


def rows(part: Part, view: CaseView, found: Negotiation | None, words: Words) -> tuple[Row, ...]:
    """Return the rows of a part."""
    if part is OFFERS:
        return tuple(_offer_row(number, offer, words) for number, offer in view.offers.items())
    if found is None:
        return ()
    if part is SUIT:
        return tuple(_suit_row(one, words) for one in found.options)
    return tuple(
        row
        for number, one in zip(found.numbers, found.rows, strict=True)
        for row in _proposal_rows(number or 0, one, found, words)
    )


def _offer_row(number: int, offer: Offer, words: Words) -> Row:
    proof = Cell(f"S{offer.evidence}") if offer.evidence is not None else Cell(words("negotiation.no_proof"), "warn")
    cells = (
        Cell(str(number), "muted"),
        Cell(day(offer.date)),
        Cell(label(words, "calc_plan.side", offer.by.value), "strong"),
        Cell(signed(offer.amount)),
        Cell(one_line(" ".join(part for part in (offer.terms, offer.note) if part))),
        proof,
    )
    return Row(str(number), cells)


def _suit_row(one: Alternative, words: Words) -> Row:
    cells = (
        Cell(words(f"basis.{one.basis}"), "strong"),
        Cell(signed(one.settlement)),
        Cell(money(one.fees)),
        Cell(told(one.if_won)),
        Cell(share(one.probability)),
        Cell(told(one.value), "" if one.value is not None else "muted"),
        Cell(told(one.ceiling), "" if one.ceiling is not None else "muted"),
    )
    return Row(one.basis, cells)


def name_of(number: int, one: Comparison, words: Words) -> str:
    """Name a proposal by its number and the person's own word for it."""
    return words("negotiation.proposal", number=number, name=one_line(one.proposal.name)).strip()


def _proposal_rows(number: int, one: Comparison, found: Negotiation, words: Words) -> Iterator[Row]:
    payer = words(f"negotiation.pays.{one.proposal.payer.value}")
    total = words("negotiation.total", sum=signed(one.total))
    worth = words("negotiation.present", sum=signed(one.present_value))
    head = (Cell(name_of(number, one, words)), Cell(payer), Cell(total), Cell(worth))
    yield Row(f"{PROPOSAL}{number}", head, heading=True)
    for option in found.options:
        basis = option.basis
        sign, verdict, tone = VERDICT[one.better[basis]]
        cells = (
            Cell(f"  {words(f'basis.{basis}')}"),
            Cell(signed(option.settlement)),
            Cell(signed(one.differences[basis])),
            Cell(f"{sign} {words(f'negotiation.{verdict}')}", tone),
            Cell(chance_text(one.break_even[basis], words)),
        )
        yield Row(f"{PROPOSAL}{number}:{basis}", cells)


def chance_text(chance: Decimal | None, words: Words) -> str:
    """Write a probability; outside 0 to 1 there is none."""
    if chance is None:
        return UNKNOWN
    return share(chance) if ZERO <= chance <= ONE else words("negotiation.no_chance")


def summary(part: Part, view: CaseView, found: Negotiation | None, words: Words) -> str:
    """Say how far apart the sides are, or what the person assumed."""
    if part is OFFERS:
        if not view.offers or found is None:
            return ""
        gap = found.log.gap
        return words("negotiation.no_gap") if gap is None else words("negotiation.gap", sum=money(gap))
    given = {key: view.plan.get(key) or words("plans.unset") for key in ("discount", "rate", "collected")}
    return words("negotiation.assumed", **given)


def notes(part: Part, view: CaseView, found: Negotiation | None, words: Words) -> tuple[Cell, ...]:
    """Say who moved how far, which basis is the alternative, how signs are read, and what this is not."""
    lines: list[Cell] = []
    if part is OFFERS and found is not None:
        for side, one in (("client", found.log.client), ("financier", found.log.financier)):
            lines += [_moved(side, one, words)] if one is not None else []
    elif part is not OFFERS and found is not None and found.best is not None:
        best = found.best
        values = {"basis": words(f"basis.{best.basis}"), "low": told(best.value), "high": told(best.ceiling)}
        lines.append(Cell(words("negotiation.best", **values), "strong"))
    elif part is not OFFERS and not any(key.startswith("chance.") for key in view.plan):
        lines.append(Cell(words("negotiation.no_chances"), "accent"))
    lines.append(Cell(words("negotiation.sign"), "muted"))
    lines += [Cell(words("warning.shortfall"), "muted")] if part is not OFFERS else []
    return (*lines, Cell(words("warning.not_advice"), "muted"))


def _moved(side: str, one: Movement, words: Words) -> Cell:
    amounts = {"first": signed(one.first.amount), "last": signed(one.last.amount), "moved": money(one.conceded)}
    return Cell(words("negotiation.moved", side=words(f"calc_plan.side.{side}"), **amounts))
