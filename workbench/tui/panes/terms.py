"""Terms beside the words of the contract; confirm or edit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from workbench.domain.terms import SPEC_BY_KEY, Term, TermStatus
from workbench.tui.actions import bindings
from workbench.tui.modals.form import FormField, FormModal
from workbench.tui.panes.base import CasePane
from workbench.tui.presenters.base import Column, Detail, label
from workbench.tui.presenters.sources import quote
from workbench.tui.presenters.terms import COLUMNS, in_contract, term_detail, term_rows
from workbench.tui.presenters.values import term_form, term_text
from workbench.tui.work import shell


class TermsPane(CasePane):
    """Terms with status, value and quotation."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("terms")
    scope = "terms"
    columns: ClassVar[Sequence[Column]] = COLUMNS

    def update_rows(self) -> None:
        """Fill the table; count what nobody has confirmed."""
        if self.view is None or not self.view.documents:
            self.table.show(())
            self.summarise("")
            return
        self.table.show(term_rows(self.view.terms, self.view.audit, self.words))
        terms = list(self.view.terms)
        unconfirmed = sum(term.status is TermStatus.EXTRACTED for term in terms)
        self.summarise(self.words("terms.summary", all=len(terms), unconfirmed=unconfirmed))

    def _term(self) -> Term | None:
        row = self.table.row
        if row is None or self.view is None:
            return None
        return next((term for term in self.view.terms.with_defaults() if term.key == row.key), None)

    def detail(self) -> Detail | None:
        """Quote the selected term's clause."""
        term = self._term()
        return term_detail(term, self.view.audit, self.words) if term and self.view else None

    def action_confirm(self) -> None:
        """Confirm the selected term and go to the next."""
        term, backend = self._term(), shell(self).backend
        if term is None or self.view is None or term.status is TermStatus.DEFAULT:
            return
        case = self.view.name
        self.save(lambda: backend.confirm_terms(case, (term.key,)))
        self.table.action_move(1)

    def action_confirm_all(self) -> None:
        """Confirm every term that was read from the contract."""
        backend, view = shell(self).backend, self.view
        if view is None:
            return
        keys = tuple(term.key for term in view.terms if term.status is TermStatus.EXTRACTED)
        if keys:
            self.save(lambda: backend.confirm_terms(view.name, keys))

    def open_row(self) -> None:
        """Edit the selected term."""
        self.action_edit()

    def action_edit(self) -> None:
        """Ask for the term's value; choices are offered, anything else is typed."""
        term, backend = self._term(), shell(self).backend
        if term is None or self.view is None:
            return
        words, case, spec = self.words, self.view.name, SPEC_BY_KEY[term.key]
        group = "convention" if term.key == "line_convention" else "choice"
        choices = tuple((choice, label(words, group, choice)) for choice in spec.choices)
        if isinstance(term.value, bool):
            choices = (("true", words("value.yes")), ("false", words("value.no")))
        field = FormField("value", label(words, "term", term.key), term_text(term, words), choices=choices)

        def write(values: dict[str, str] | None) -> None:
            if values is not None and values["value"] != term_text(term, words):
                self.save(lambda: backend.set_term(case, term.key, values["value"]))

        self.app.push_screen(FormModal(words("terms.edit_title"), (field,), self._edit_hint(term)), write)

    def _edit_hint(self, term: Term) -> str:
        """Quote the clause to compare with, and say how a value is typed."""
        form = term_form(term)
        said = f"{self.words(form)}{self.words('terms.form_empty')}" if form else ""
        source = in_contract(term, self.view.audit if self.view else None).source
        clause = quote(source, self.words) if source else ""
        return "\n".join(part for part in (clause, said) if part)
