"""Where the figures of step 5 come from: offers with their proof, the suit's formula, a proposal's payments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.tui.presenters import negotiation
from workbench.tui.presenters.base import DASH, Cell, Detail, Section, Words, day, label, money, one_line, signed
from workbench.tui.presenters.parts import UNKNOWN, Part, figures, share, text
from workbench.tui.state import CaseView

if TYPE_CHECKING:
    from workbench.planning.negotiation import Alternative, Comparison
    from workbench.planning.offers import Offer
    from workbench.services.negotiate import Negotiation


def detail(part: Part, key: str, view: CaseView, found: Negotiation | None, words: Words) -> Detail | None:
    """Explain the selected row."""
    if part is negotiation.OFFERS:
        offer = view.offers.get(int(key)) if key.isdigit() else None
        return None if offer is None else _offer_detail(offer, view, words)
    if found is None:
        return None
    if part is negotiation.SUIT:
        chosen = next((one for one in found.options if one.basis == key), None)
        return None if chosen is None else _suit_detail(chosen, view, words)
    number, _, basis = key.removeprefix(negotiation.PROPOSAL).partition(":")
    pairs = zip(found.numbers, found.rows, strict=True)
    one = next((row for at, row in pairs if str(at) == number), None)
    if one is None:
        return None
    return _basis_detail(one, basis, found, words) if basis else _schedule_detail(int(number), one, words)


def _offer_detail(offer: Offer, view: CaseView, words: Words) -> Detail:
    document = next((item for item in view.documents if item.number == offer.evidence), None)
    proof = f"S{document.number} {one_line(document.file)}" if document else words("negotiation.unproven")
    sections = (
        text(
            words(
                "negotiation.to_client" if offer.amount >= 0 else "negotiation.by_client", sum=money(abs(offer.amount))
            )
        ),
        text(offer.terms, heading=words("column.negotiation.terms")),
        text(offer.note, heading=words("negotiation.note")),
        text(proof, heading=words("column.negotiation.evidence"), tone="" if document else "warn"),
        text(words("negotiation.admits_nothing"), tone="muted"),
    )
    return Detail(f"{day(offer.date)} {label(words, 'calc_plan.side', offer.by.value)}", signed(offer.amount), sections)


def _suit_detail(one: Alternative, view: CaseView, words: Words) -> Detail:
    sues = one.settlement > 0
    discount = view.plan.get("discount") or UNKNOWN
    amounts = (
        ("", signed(one.settlement), words("column.negotiation.settlement")),
        ("", money(one.fees), words("column.negotiation.court")),
        ("", negotiation.told(one.if_won), words("column.negotiation.if_won")),
        ("", share(one.probability), words("column.negotiation.chance")),
        ("=", negotiation.told(one.value), words("column.negotiation.value")),
        ("", negotiation.told(one.ceiling), words("column.negotiation.ceiling")),
    )
    formula = words("negotiation.formula_sues" if sues else "negotiation.formula_sued")
    sections = (
        text(words("negotiation.sues" if sues else "negotiation.sued")),
        figures(amounts),
        text(formula, heading=words("detail.working")),
        text(words("negotiation.used", discount=discount, rate=view.plan.get("rate") or "0%"), tone="muted"),
        text(words("negotiation.value_unknown") if one.value is None else "", tone="warn"),
        text(words("negotiation.between") if one.value is not None else ""),
        text(words("negotiation.fees_source"), tone="muted"),
    )
    return Detail(words(f"basis.{one.basis}"), words("negotiation.suit.title"), sections)


def _basis_detail(one: Comparison, basis: str, found: Negotiation, words: Words) -> Detail:
    option = next(item for item in found.options if item.basis == basis)
    sign, verdict, tone = negotiation.VERDICT[one.better[basis]]
    sections = (
        figures(
            (
                ("", signed(one.present_value), words("negotiation.present_value")),
                ("−", signed(option.settlement), words("column.negotiation.settlement")),
                ("=", signed(one.differences[basis]), words("column.negotiation.difference")),
            )
        ),
        Section("", (Cell(f"{sign} {words(f'negotiation.{verdict}')}", tone),)),
        text(words("negotiation.suit_worth", sum=negotiation.told(option.value))),
        text(
            words("negotiation.break_even_means", chance=negotiation.chance_text(one.break_even[basis], words)),
            tone="muted",
        ),
    )
    return Detail(words(f"basis.{basis}"), one_line(one.proposal.name), sections)


def _schedule_detail(number: int, one: Comparison, words: Words) -> Detail:
    plan = one.proposal.schedule
    rate = plan.effective_rate
    amounts = [
        ("", money(plan.debt), words("negotiation.debt")),
        *([("−", money(plan.waived), words("negotiation.waived"))] if plan.waived else []),
        ("", money(plan.interest), words("negotiation.interest")),
        ("", money(plan.paid), words("negotiation.paid")),
        ("", signed(one.present_value), words("negotiation.present_value")),
    ]
    width = max((len(money(row.payment)) for row in plan.rows), default=0)
    payments = tuple(
        Cell(
            f"{day(row.date)}  {money(row.payment):>{width}}  "
            + words(
                "negotiation.parts",
                principal=money(row.principal),
                interest=money(row.interest),
                left=money(row.balance),
            )
        )
        for row in plan.rows
    )
    sections = (
        figures(amounts),
        text(words("negotiation.effective", rate=DASH if rate is None else share(rate))),
        Section(words("negotiation.schedule", count=len(plan.rows)), payments),
        text(words("negotiation.present_means"), words("negotiation.admits_nothing"), tone="muted"),
    )
    return Detail(
        negotiation.name_of(number, one, words), words(f"negotiation.pays.{one.proposal.payer.value}"), sections
    )
