"""Evidence: the catalogue, a search over every page, checks, copies, the evidence book and the custody log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Input

from workbench.domain.case import Document
from workbench.domain.evidence import Exhibit
from workbench.tui.actions import bindings
from workbench.tui.modals.form import FormField, FormModal
from workbench.tui.modals.report import ReportModal
from workbench.tui.panes.exhibit_form import changed_only, describe_fields
from workbench.tui.panes.letter_pane import BOOK, LetterPane, Written
from workbench.tui.panes.page_view import PageShown, show_page, show_pages_of
from workbench.tui.presenters.base import Column, Detail, one_line
from workbench.tui.presenters.evidence import (
    COLUMNS,
    EXHIBIT,
    HIT,
    HIT_COLUMNS,
    catalogue_summary,
    exhibit_detail,
    exhibit_rows,
    hit_detail,
    hit_rows,
    hits_summary,
)
from workbench.tui.presenters.reports import verification_lines
from workbench.tui.screens.custody import CustodyLog, custody_note_form
from workbench.tui.state import CaseView
from workbench.tui.work import Noticed, compute, shell

if TYPE_CHECKING:
    from workbench.services.evidence_pages import EvidencePage
    from workbench.services.manage_evidence import Verification
    from workbench.services.search_evidence import Hit, SearchResult


@dataclass
class PagesCounted(Message):
    """The pages of files are known."""

    pages: Mapping[str, int]


@dataclass
class Searching(Message):
    """A file is read for the first time."""

    done: int
    total: int
    file: str


@dataclass
class Searched(Message):
    """A search came to an end."""

    query: str
    result: SearchResult


@dataclass
class Verified(Message):
    """Files and log were held against each other."""

    result: Verification


@dataclass
class CopyAsked(Message):
    """The proposed folder for a copy arrived."""

    document: Document
    folder: Path


@dataclass
class PageRead(Message):
    """A page of a hit arrived."""

    page: EvidencePage


class EvidencePane(LetterPane):
    """The files of the case as evidence; while a search is open, the pages it found."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("evidence")
    scope = "evidence"
    columns: ClassVar[Sequence[Column]] = COLUMNS
    filterable = True

    def __init__(self, *, id: str) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._pages: dict[str, int] = {}
        self._found: Searched | None = None
        self._search_stop = Event()

    def retext(self) -> None:
        """Write everything again; titles follow what is shown."""
        super().retext()
        self._show_columns()

    def _show_columns(self) -> None:
        columns = COLUMNS if self._found is None else HIT_COLUMNS
        self.table.set_columns(columns)
        empty = self.empty_text() if self._found is None else self.words("evidence.no_hit")
        self.table.set_titles([self.words(f"column.{column.key}") for column in columns], empty)

    def update_rows(self) -> None:
        """Fill the table with the catalogue, or with what the open search found."""
        if self.view is None:
            self.table.show(())
            return
        if self._found is not None:
            self.table.show(hit_rows(self._found.result, self.words))
            self.summarise(hits_summary(self._found.result, self._found.query, self.words))
            return
        self.table.show(exhibit_rows(self.view.exhibits, self._pages, self.words))
        self.summarise(catalogue_summary(self.view.exhibits, self.words))
        self._count_pages(self.view)

    def announce(self) -> None:
        """Offer the detail; a tab that comes to the front also counts the pages of files that are new."""
        super().announce()
        if self.view is not None:
            self._count_pages(self.view)

    def _count_pages(self, view: CaseView) -> None:
        fresh = [one.document for one in view.exhibits if one.document.sha256 not in self._pages]
        if self.display and fresh:
            backend = shell(self).backend
            compute(self, lambda: PagesCounted(backend.page_counts(fresh)), "pages")

    @on(PagesCounted)
    def pages_counted(self, event: PagesCounted) -> None:
        """Keep the numbers: a file never changes."""
        event.stop()
        self._pages.update(event.pages)
        self.update_rows()

    def exhibit(self) -> Exhibit | None:
        """Return the selected item of the catalogue."""
        row, found = self.table.row, self.view.exhibits if self.view else ()
        return next((one for one in found if row and row.key == f"{EXHIBIT}{one.document.number}"), None)

    def hit(self) -> Hit | None:
        """Return the selected page of a search."""
        row = self.table.row
        if self._found is None or row is None or not row.key.startswith(HIT):
            return None
        return self._found.result.hits[int(row.key.removeprefix(HIT))]

    def document(self) -> Document | None:
        """Return the file of the selected item or page."""
        if (hit := self.hit()) is not None:
            return hit.document
        exhibit = self.exhibit()
        return exhibit.document if exhibit else None

    def detail(self) -> Detail | None:
        """Show what is said about an item, or a hit in its surroundings."""
        if (hit := self.hit()) is not None:
            return hit_detail(hit, self.words)
        exhibit = self.exhibit()
        return exhibit_detail(exhibit, self._pages, self.words) if exhibit else None

    def open_row(self) -> None:
        """Describe an item, or open the page of a hit."""
        self.action_describe()

    def action_describe(self) -> None:
        """Ask what the file proves and how it was obtained; on a hit show its page."""
        view, words, backend = self.view, self.words, shell(self).backend
        if (hit := self.hit()) is not None:
            self._open_page(hit)
            return
        exhibit = self.exhibit()
        if view is None or exhibit is None:
            return
        number, fields = exhibit.document.number, describe_fields(exhibit, words)

        def write(values: dict[str, str] | None) -> None:
            said = changed_only(fields, values or {})
            if said:
                self.save(lambda: backend.describe_exhibit(view.name, number, said))

        title = f"S{number}  {one_line(exhibit.document.file)}"
        self.app.push_screen(FormModal(title, fields, words("evidence.form_hint")), write)

    @on(Input.Submitted, "#evidence-filter")
    def search_entered(self, event: Input.Submitted) -> None:
        """Search in a worker; empty words return to the catalogue."""
        query, view = event.value.strip(), self.view
        if not query or view is None:
            self._leave_search()
            return
        backend, case = shell(self).backend, view.name

        self._search_stop.set()
        stop = self._search_stop = Event()

        def progress(done: int, total: int, file: str) -> bool:
            self.post_message(Searching(done, total, file))
            return not stop.is_set()

        self.summarise(self.words("evidence.searching", query=query))
        compute(self, lambda: Searched(query, backend.search_evidence(case, query, progress)), "search")

    def on_unmount(self) -> None:
        """Read no further for a case that was left."""
        self._search_stop.set()

    @on(Searching)
    def searching(self, event: Searching) -> None:
        """Say which file is read, unless the search was left meanwhile."""
        event.stop()
        if self._search_stop.is_set():
            return
        self.summarise(
            self.words("evidence.reading", done=event.done + 1, total=event.total, file=one_line(event.file))
        )

    @on(Searched)
    def searched(self, event: Searched) -> None:
        """Show the pages in place of the catalogue, unless the search was left meanwhile."""
        event.stop()
        if self.query_one("#evidence-filter", Input).value.strip() != event.query:
            return
        self._found = event
        self._show_columns()
        self.table.show((), keep=False)
        self.update_rows()
        self.announce()

    def _leave_search(self) -> None:
        self._search_stop.set()
        self._found = None
        self._show_columns()
        self.update_rows()
        self.announce()

    def leave_filter(self) -> bool:
        """Return from the search to the catalogue."""
        left = super().leave_filter()
        if left:
            self._leave_search()
        return left

    def _open_page(self, hit: Hit) -> None:
        view, backend = self.view, shell(self).backend
        if view is not None:
            case, number = view.name, hit.document.number
            compute(self, lambda: PageRead(backend.evidence_page(case, number, hit.page)), "page")

    @on(PageRead)
    def page_read(self, event: PageRead) -> None:
        """Show the page of the original."""
        event.stop()
        show_page(self, PageShown(event.page, self._found.query if self._found else ""))

    def action_pages(self) -> None:
        """Show the selected file page by page, from the page of a hit."""
        hit, document = self.hit(), self.document()
        if document is not None:
            show_pages_of(self, document, hit.page if hit else 1)

    def action_verify(self) -> None:
        """Hold every file against its hash and the log against its chain."""
        if self.view is not None:
            backend, case = shell(self).backend, self.view.name
            self.notify(self.words("evidence.verifying"), markup=False, timeout=2)
            compute(self, lambda: Verified(backend.verify_evidence(case)), "verify")

    @on(Verified)
    def verified(self, event: Verified) -> None:
        """Show every file and fault."""
        event.stop()
        lines = verification_lines(event.result, self.words)
        self.app.push_screen(ReportModal(self.words("evidence.verified"), lines))

    def action_copy(self) -> None:
        """Hand out a copy of the original."""
        document, backend = self.document(), shell(self).backend
        if document is not None:
            compute(self, lambda: CopyAsked(document, backend.out_folder()), "copy")

    @on(CopyAsked)
    def copy_asked(self, event: CopyAsked) -> None:
        """Ask where to; then copy in a worker."""
        event.stop()
        view, words, backend, document = self.view, self.words, shell(self).backend, event.document
        if view is None:
            return
        name = str(event.folder / Path(document.file).name)

        def write(values: dict[str, str] | None) -> None:
            if values is None:
                return
            out = Path(values["out_name"]).expanduser()

            def work() -> Written:
                return Written(backend.copy_out(view.name, document.number, out), words("evidence.copied_note"))

            compute(self, work, "write", exclusive=False)

        field = FormField("out_name", words("documents.path"), name, required=True)
        self.app.push_screen(FormModal(words("evidence.copy"), (field,), words("evidence.copy_hint")), write)

    def action_book(self) -> None:
        """Write the evidence book: cover, catalogue and every file under one running page number."""
        self.ask_letter(BOOK)

    def action_custody(self) -> None:
        """Open the custody log."""
        if self.view is not None:
            self.app.push_screen(CustodyLog(self.view))

    def action_add_note(self) -> None:
        """Add a note to the custody log, about the selected file or the whole case."""
        view, words, backend = self.view, self.words, shell(self).backend
        if view is None:
            return

        def write(values: dict[str, str] | None) -> None:
            if values is None:
                return
            number = int(values["about"]) if values["about"] else None

            def job() -> None:
                backend.add_custody_note(view.name, values["text"], number)
                self.post_message(Noticed(words("custody.noted")))

            self.save(job)

        self.app.push_screen(custody_note_form(self.document(), words), write)
