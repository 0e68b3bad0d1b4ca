"""Step 5: offers, what a suit is worth by the person's own view, proposals beside it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import BindingType

from workbench.planning.offers import Side
from workbench.planning.repayment import RepaymentKind
from workbench.tui.actions import bindings
from workbench.tui.modals.form import FormField
from workbench.tui.panes.step_view import StepPane
from workbench.tui.presenters import negotiation
from workbench.tui.presenters.base import Cell, Detail, Row, label
from workbench.tui.presenters.bases import ORDER
from workbench.tui.presenters.negotiation_detail import detail
from workbench.tui.state import CaseView
from workbench.tui.work import shell

if TYPE_CHECKING:
    from workbench.services.negotiate import Negotiation

OWN_VIEW = ("chance.", "discount", "rate", "collected", "proposal.")
"""Beginnings of the person's entries that the figures rest on."""


class NegotiationPane(StepPane):
    """Offers, suit and proposals."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("negotiation")
    scope = "negotiation"
    step = 5
    parts = negotiation.PARTS

    @property
    def found(self) -> Negotiation | None:
        """The comparison, once it is there."""
        return cast("Negotiation | None", self._result)

    def needs(self) -> Hashable:
        """Return audit, offers and the person's view; None without an audit."""
        view, audit = self.view, self.audit_key()
        if view is None or audit is None:
            return None
        own = tuple(sorted((key, value) for key, value in view.plan.items() if key.startswith(OWN_VIEW)))
        return audit, tuple(view.offers.items()), own, view.today

    def work(self) -> Callable[[], object]:
        """Compare."""
        backend, view = shell(self).backend, self.view
        if view is None or view.audit is None:
            return lambda: None
        case, audit = view.name, view.audit
        return lambda: backend.negotiation(case, audit)

    def rows(self, view: CaseView) -> Sequence[Row]:
        """Return the rows of the part in front."""
        return negotiation.rows(self.part, view, self.found, self.words)

    def say(self, view: CaseView) -> tuple[str, tuple[Cell, ...]]:
        """Return how far apart the sides are, and how signs are read."""
        parts = self.part, view, self.found, self.words
        return negotiation.summary(*parts), negotiation.notes(*parts)

    def explained(self, view: CaseView, key: str) -> Detail | None:
        """Explain a row."""
        return detail(self.part, key, view, self.found, self.words)

    def action_add_offer(self) -> None:
        """Ask for an offer."""
        view, words, backend = self.view, self.words, shell(self).backend
        if view is None:
            return
        sides = tuple((side.value, label(words, "calc_plan.side", side.value)) for side in Side)
        fields = (
            FormField("date", words("negotiation.ask.date"), view.today.isoformat(), required=True),
            FormField("by", words("column.negotiation.by"), Side.FINANCIER.value, sides, required=True),
            FormField("amount", words("negotiation.ask.amount"), required=True),
            FormField("terms", words("negotiation.ask.terms")),
            FormField("note", words("negotiation.note")),
            FormField("evidence", words("negotiation.ask.evidence")),
        )
        hint = words("negotiation.offer_hint")
        self.ask(words("negotiation.add_offer"), fields, hint, lambda v: backend.add_offer(view.name, _number(v)))

    def action_add_proposal(self) -> None:
        """Ask for a proposal, its debt and payer taken from the settlement by contract."""
        view, words, backend = self.view, self.words, shell(self).backend
        if view is None:
            return
        basis = view.audit.bases.get("as_contracted") if view.audit else None
        debt = f"{abs(basis.settlement):.2f}" if basis else ""
        payer = Side.CLIENT if basis and basis.settlement < 0 else Side.FINANCIER
        sides = tuple((side.value, words(f"negotiation.pays.{side.value}")) for side in Side)
        kinds = tuple((kind.value, words(f"negotiation.kind.{kind.value}")) for kind in RepaymentKind)

        def typed(key: str, value: str = "", *, required: bool = False) -> FormField:
            return FormField(key, words(f"negotiation.ask.{key}"), value, required=required)

        fields = (
            typed("name"),
            FormField("payer", words("negotiation.ask.payer"), payer.value, sides, required=True),
            typed("debt", debt, required=True),
            typed("waived"),
            typed("lump_sum"),
            typed("months"),
            typed("rate"),
            FormField("kind", words("negotiation.ask.kind"), RepaymentKind.EQUAL_PRINCIPAL.value, kinds),
            typed("start", view.today.isoformat(), required=True),
            typed("grace"),
        )
        hint = words("negotiation.proposal_hint")
        self.ask(words("negotiation.add_proposal"), fields, hint, lambda v: backend.add_proposal(view.name, v))

    def action_remove(self) -> None:
        """Take the selected offer or proposal away; undo brings it back."""
        row, view, backend, words = self.table.row, self.view, shell(self).backend, self.words
        number = row.key.removeprefix(negotiation.PROPOSAL).partition(":")[0] if row else ""
        if view is None or not number.isdigit() or self.part is negotiation.SUIT:
            self.notify(words("plans.nothing_to_remove"), markup=False)
            return
        offers = self.part is negotiation.OFFERS
        remove, case = backend.remove_offer if offers else backend.remove_proposal, view.name
        self.save(lambda: remove(case, int(number)))
        what = words("negotiation.offer" if offers else "negotiation.proposal", number=number, name="")
        self.notify(words("plans.removed", what=what.strip()), markup=False)

    def action_own_view(self) -> None:
        """Ask what the person thinks of a suit."""
        view, words, backend = self.view, self.words, shell(self).backend
        if view is None:
            return
        bases = [name for name in ORDER if view.audit is None or name in view.audit.bases]
        asked = [(f"chance.{name}", words("negotiation.ask.chance", basis=words(f"basis.{name}"))) for name in bases]
        asked += [(key, words(f"negotiation.ask.{key}")) for key in ("discount", "discount_rate", "collected")]
        names = {key: "rate" if key == "discount_rate" else key for key, _ in asked}
        fields = [FormField(_id(key), text, view.plan.get(names[key], "")) for key, text in asked]

        def job(values: dict[str, str]) -> None:
            backend.set_plan(view.name, {names[key]: values[_id(key)] for key, _ in asked})

        self.ask(words("negotiation.own_view"), fields, words("negotiation.own_view_hint"), job)


def _id(key: str) -> str:
    """Return a key as a widget's id may be written."""
    return key.replace(".", "-")


def _number(values: dict[str, str]) -> dict[str, str]:
    """Let evidence be named as it is shown, ``S3``, or by its number alone."""
    return {**values, "evidence": values["evidence"].strip().lstrip("Ss")}
