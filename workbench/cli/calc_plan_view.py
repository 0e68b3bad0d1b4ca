"""Plans, schedules and comparisons as tables for people."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from workbench.cli.calc_output import fraction
from workbench.cli.output import per_cent, show, show_table, yuan
from workbench.domain.money import ONE, ZERO, plain
from workbench.locales.catalogue import Catalogue
from workbench.planning.liquidity import HaircutCase, Plan
from workbench.planning.negotiation import Comparison
from workbench.planning.offers import Movement, OfferSummary
from workbench.planning.repayment import Schedule
from workbench.services.negotiate import Negotiation


def liquidity(plan: Plan, cases: Sequence[HaircutCase], say: Catalogue) -> None:
    """Show what to sell in which order, what is kept and why, what is missing, and what other haircuts do."""
    total = plan.total
    parts = {"haircut": yuan(total.haircut_loss), "fees": yuan(total.fees), "tax": yuan(total.tax)}
    show(say("calc_plan.raise", target=yuan(plan.target), by=plan.by))
    show(say("calc_plan.total", net=yuan(total.net), cost=yuan(total.cost), **parts))
    if plan.shortfall:
        when = say("calc_plan.never") if plan.reachable is None else str(plan.reachable)
        show(say("calc_plan.shortfall", amount=yuan(plan.shortfall), when=when))
    _sales(plan, say)
    _kept(plan, say)
    _sensitivity(cases, say)
    for row in plan.rows:
        if row.asset.fee_assumed:
            show(say("calc_plan.assumed", name=row.asset.name))
    show(say("warning.not_advice"))


def instalments(found: Schedule, value: Decimal | None, say: Catalogue) -> None:
    """Show every payment and what the agreement costs."""
    keys = ("date", "principal", "interest", "payment", "balance")
    show_table(
        _head(say, keys),
        [
            [str(row.date), yuan(row.principal), yuan(row.interest), yuan(row.payment), yuan(row.balance)]
            for row in found.rows
        ],
        right=(1, 2, 3, 4),
    )
    show(say("calc_plan.paid", paid=yuan(found.paid), interest=yuan(found.interest)))
    if found.waived:
        show(say("calc_plan.waived", amount=yuan(found.waived)))
    show(say("calc_plan.effective", rate=fraction(found.effective_rate) or say("calc_plan.unknown")))
    if value is not None:
        show(say("calc_plan.present", amount=yuan(value)))


def proposals(found: Negotiation, say: Catalogue) -> None:
    """Show each basis with its suit, each proposal beside them, and the log of offers."""
    show(say("calc_plan.sign"))
    _bases(found, say)
    for row in found.rows:
        show()
        _proposal(row, say)
    if found.log.offers:
        show()
        _offers(found.log, say)
    show()
    show(say("warning.not_advice"))


def _sales(plan: Plan, say: Catalogue) -> None:
    keys = ("order", "asset", "sell", "value", "gross", "fees", "tax", "net", "available")
    rows = []
    for row in plan.sales:
        part = row.proceeds
        amounts = [yuan(amount) for amount in (part.value, part.gross, part.fees, part.tax, part.net)]
        rows.append([str(row.order), row.asset.name, plain(row.sold), *amounts, str(row.available)])
    if rows:
        show()
        show_table(_head(say, keys), rows, right=(0, 2, 3, 4, 5, 6, 7))


def _kept(plan: Plan, say: Catalogue) -> None:
    rows = [
        [row.asset.name, plain(quantity), say(f"calc_plan.reason.{reason}"), str(row.available)]
        for row in plan.rows
        for reason, quantity in row.kept
    ]
    if rows:
        show()
        show_table(_head(say, ("asset", "kept", "why", "earliest")), rows, right=(1,))


def _sensitivity(cases: Sequence[HaircutCase], say: Catalogue) -> None:
    show()
    show_table(
        _head(say, ("shift", "net", "missing", "again_cost", "again_missing")),
        [
            [
                f"{case.shift * 100:+.0f}",
                yuan(case.net),
                yuan(case.shortfall or None),
                yuan(case.again.total.cost),
                yuan(case.again.shortfall or None),
            ]
            for case in cases
        ],
        right=(0, 1, 2, 3, 4),
    )


def _bases(found: Negotiation, say: Catalogue) -> None:
    unknown = say("calc_plan.unknown")
    show_table(
        _head(say, ("basis", "settlement", "court", "if_won", "probability", "suit", "ceiling")),
        [
            [
                say.name("basis", one.basis),
                yuan(one.settlement),
                yuan(one.fees),
                yuan(one.if_won) or unknown,
                unknown if one.probability is None else per_cent(one.probability),
                yuan(one.value) or unknown,
                yuan(one.ceiling) or unknown,
            ]
            for one in found.options
        ],
        right=(1, 2, 3, 4, 5, 6),
    )
    if found.best is not None:
        name = say.name("basis", found.best.basis)
        show(say("calc_plan.best", basis=name, low=yuan(found.best.value), high=yuan(found.best.ceiling)))


def _proposal(row: Comparison, say: Catalogue) -> None:
    total, value = yuan(row.total), yuan(row.present_value)
    show(say("calc_plan.proposal", name=row.proposal.name, total=total, value=value))
    secured = row.proposal.cover
    if secured is not None:
        show(say("calc_plan.cover", value=yuan(secured.value), ratio=per_cent(secured.ratio)))
    verdicts = {True: "better", False: "worse", None: "unknown"}
    show_table(
        _head(say, ("basis", "difference", "against_suit", "break_even")),
        [
            [
                say.name("basis", name),
                yuan(row.differences[name]),
                say(f"calc_plan.{verdicts[row.better[name]]}"),
                _break_even(row.break_even[name], say),
            ]
            for name in row.differences
        ],
        right=(1, 3),
        indent="  ",
    )


def _break_even(chance: Decimal | None, say: Catalogue) -> str:
    if chance is None:
        return say("calc_plan.unknown")
    return per_cent(chance) if ZERO <= chance <= ONE else say("calc_plan.no_chance")


def _offers(log: OfferSummary, say: Catalogue) -> None:
    show_table(
        _head(say, ("date", "by", "amount", "terms", "evidence")),
        [
            [
                str(offer.date),
                say(f"calc_plan.side.{offer.by}"),
                yuan(offer.amount),
                " ".join(part for part in (offer.terms, offer.note) if part),
                say("calc_plan.no_proof") if offer.evidence is None else str(offer.evidence),
            ]
            for offer in log.offers
        ],
        right=(2,),
    )
    for side, one in (("client", log.client), ("financier", log.financier)):
        _moved(side, one, say)
    show(say("calc_plan.no_gap") if log.gap is None else say("calc_plan.gap", amount=yuan(log.gap)))


def _moved(side: str, one: Movement | None, say: Catalogue) -> None:
    if one is not None:
        words = {"first": yuan(one.first.amount), "last": yuan(one.last.amount), "moved": yuan(one.conceded)}
        show(say("calc_plan.movement", side=say(f"calc_plan.side.{side}"), **words))


def _head(say: Catalogue, keys: Sequence[str]) -> list[str]:
    return [say(f"calc_plan.head.{key}") for key in keys]
