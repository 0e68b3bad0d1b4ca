"""The custody log of a case: every import, check, copy and document, chained; notes are added, nothing is changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.screen import Screen

from workbench.domain.case import Document
from workbench.domain.evidence import CustodyEvent
from workbench.tui.actions import bindings
from workbench.tui.modals.form import FormField, FormModal
from workbench.tui.presenters.base import Words, one_line
from workbench.tui.presenters.custody import COLUMNS, custody_detail, custody_rows
from workbench.tui.state import CaseView
from workbench.tui.widgets.detail_pane import DetailPane
from workbench.tui.widgets.key_bar import KeyBar
from workbench.tui.widgets.prose import Prose
from workbench.tui.widgets.row_table import RowTable
from workbench.tui.widgets.title_bar import TitleBar
from workbench.tui.work import Noticed, compute, shell


@dataclass
class LogRead(Message):
    """The log arrived."""

    log: tuple[CustodyEvent, ...]


def custody_note_form(about: Document | None, words: Words) -> FormModal:
    """Return the form for a note, about the selected file or the whole case."""
    choices = [("", words("custody.case"))]
    if about is not None:
        choices.insert(0, (str(about.number), f"S{about.number} {one_line(about.file)}"))
    fields = (
        FormField("text", words("custody.text"), required=True, example=words("custody.example")),
        FormField("about", words("custody.about"), choices[0][0], tuple(choices)),
    )
    return FormModal(words("custody.note_title"), fields, words("custody.note_hint"))


class CustodyLog(Screen[None]):
    """Entries, last first, with the digests that tie each to the one before."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("custody")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-normal")]  # noqa: RUF012  # Textual's own declaration
    scope = "custody"

    def __init__(self, view: CaseView) -> None:
        super().__init__()
        self._view = view
        self._log: tuple[CustodyEvent, ...] | None = None

    def compose(self) -> ComposeResult:
        """Lay out summary, entries and the selected entry."""
        yield TitleBar()
        yield Prose(classes="summary")
        with Horizontal(id="case"):
            yield RowTable(COLUMNS, id="custody")
            yield DetailPane(id="detail")
        yield KeyBar()

    def on_mount(self) -> None:
        """Read the log in a worker."""
        self.retext()
        self.query_one("#custody").focus()
        self.load()

    def load(self) -> None:
        """Read the log."""
        backend, case = shell(self).backend, self._view.name
        compute(self, lambda: LogRead(backend.custody(case)), "custody")

    def retext(self) -> None:
        """Write everything again in the language in use."""
        words = shell(self).words
        self.query_one(TitleBar).show(words("custody.title", case=self._view.name))
        titles = [words(f"column.{column.key}") for column in COLUMNS]
        empty = "custody.loading" if self._log is None else "custody.empty"
        table = self.query_one("#custody", RowTable)
        table.set_titles(titles, words(empty))
        if self._log is not None:
            head = self._log[-1].digest if self._log else ""
            self.query_one(".summary", Prose).say(words("custody.summary", count=len(self._log), head=head))
            table.show(custody_rows(self._log, words))

    @on(LogRead)
    def log_read(self, event: LogRead) -> None:
        """Show the log."""
        event.stop()
        self._log = event.log
        self.retext()

    @on(RowTable.Highlighted)
    def entry_highlighted(self, event: RowTable.Highlighted) -> None:
        """Show the entry whole."""
        event.stop()
        if (entry := self._entry()) is not None:
            self.query_one(DetailPane).show(custody_detail(entry, shell(self).words))

    def _entry(self) -> CustodyEvent | None:
        row = self.query_one("#custody", RowTable).row
        return next((one for one in self._log or () if row and str(one.number) == row.key), None)

    @on(RowTable.Chosen)
    def action_explain(self) -> None:
        """Bring the entry to the front where it is hidden."""
        self.add_class("-detail")
        self.query_one(DetailPane).focus()

    def action_add_note(self) -> None:
        """Ask for a note and add it; it cannot be taken back."""
        words, backend, case, entry = shell(self).words, shell(self).backend, self._view.name, self._entry()
        about = next((one for one in self._view.documents if entry and one.sha256 == entry.sha256), None)

        def write(values: dict[str, str] | None) -> None:
            if values is None:
                return
            text, number = values["text"], int(values["about"]) if values["about"] else None

            def work() -> LogRead:
                backend.add_custody_note(case, text, number)
                self.post_message(Noticed(words("custody.noted")))
                return LogRead(backend.custody(case))

            compute(self, work, "save", exclusive=False)

        self.app.push_screen(custody_note_form(about, words), write)

    def action_back(self) -> None:
        """Close the entry, then the log."""
        if self.has_class("-detail"):
            self.remove_class("-detail")
            self.query_one("#custody").focus()
        else:
            self.dismiss(None)
