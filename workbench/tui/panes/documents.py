"""Letters with their channels, exports, the bundle and the case's own files: look, fill in, write, open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.message import Message

from workbench.domain.case import Document
from workbench.tui.actions import bindings
from workbench.tui.modals.form import FormField, FormModal
from workbench.tui.modals.pages import PagesModal
from workbench.tui.modals.report import ReportModal
from workbench.tui.panes.letter_pane import LetterPane, Written, file_name, with_suffix
from workbench.tui.panes.page_view import show_pages_of
from workbench.tui.presenters.base import Column, Detail, pick
from workbench.tui.presenters.letters import (
    BUNDLE,
    CHANNEL,
    COLUMNS,
    EXPORT,
    FILE,
    TEMPLATE,
    Papers,
    bundle_detail,
    channel_detail,
    export_detail,
    file_detail,
    letter_rows,
    papers_summary,
    template_detail,
)
from workbench.tui.presenters.reports import bundle_lines
from workbench.tui.state import CaseView
from workbench.tui.widgets.prose import Prose
from workbench.tui.work import Failed, compute, shell

if TYPE_CHECKING:
    from workbench.services.bundle_case import BundleReport


@dataclass
class PreviewRead(Message):
    """A letter's text arrived."""

    template: str
    text: str


@dataclass
class PapersRead(Message):
    """Channels and written documents arrived, for one state of the case."""

    state: object
    papers: Papers


@dataclass
class FolderRead(Message):
    """The proposed folder for an export or bundle arrived."""

    key: str
    folder: Path


@dataclass
class Bundled(Message):
    """The case was written as one file."""

    report: BundleReport
    redacted: bool


class OpenWanted(Message):
    """A person wants to see the selected file in the system's viewer."""


class DocumentsPane(LetterPane):
    """What can be written for the case, and what came in."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("documents")
    scope = "documents"
    columns: ClassVar[Sequence[Column]] = COLUMNS

    def __init__(self, *, id: str) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._previews: dict[str, str] = {}
        self._papers = Papers()
        self._papers_of: object = None

    def update_rows(self) -> None:
        """Fill the table; letters' texts are read anew."""
        self._previews = {}
        if self.view is None:
            self.table.show(())
            return
        self.table.show(letter_rows(self.view.templates, self.view.documents, self._papers, self.words))
        self.query_one(".summary", Prose).show((papers_summary(self._papers, self.words),))
        self._read_papers(self.view)

    def announce(self) -> None:
        """Offer the detail; a tab that comes to the front also looks whether what was written still agrees."""
        super().announce()
        if self.view is not None:
            self._read_papers(self.view)

    def _read_papers(self, view: CaseView) -> None:
        """Hold what was written against the case, only while the tab is seen: every letter is composed anew."""
        waiting = view.audit is None and view.audit_error is None and view.has_statement
        state = (view.version, id(view.audit))
        if not self.display or waiting or self._papers_of == state:
            return
        self._papers_of = state
        backend, case, audit = shell(self).backend, view.name, view.audit

        def work() -> PapersRead:
            written = () if audit is None else backend.written(case, audit)
            return PapersRead(state, Papers(backend.channels(case, audit), written))

        compute(self, work, "papers")

    @on(PapersRead)
    def papers_read(self, event: PapersRead) -> None:
        """Show signs and warning, unless the case changed meanwhile."""
        event.stop()
        if event.state == self._papers_of and event.papers != self._papers:
            self._papers = event.papers
            self.update_rows()

    def document(self) -> Document | None:
        """Return the selected file of the case, if one is selected."""
        row, documents = self.table.row, self.view.documents if self.view else ()
        return next((item for item in documents if row and f"{FILE}{item.number}" == row.key), None)

    def detail(self) -> Detail | None:
        """Show a letter's channels and text, a channel, an export's contents or a file's hash."""
        row = self.table.row
        if row is None:
            return None
        if (info := self.template(row.key.removeprefix(TEMPLATE))) is not None:
            if info.id not in self._previews:
                self._read_preview(info.id)
            text = self._previews.get(info.id, self.words("documents.reading"))
            return template_detail(info, text, self._papers, self.words)
        if row.key.startswith(CHANNEL):
            channels = {f"{CHANNEL}{one.id}": one for one in self._papers.channels}
            return channel_detail(channels[row.key], self.words) if row.key in channels else None
        if row.key.startswith(EXPORT):
            return export_detail(row.key.removeprefix(EXPORT), self.words)
        if row.key == BUNDLE:
            return bundle_detail(self.words)
        document = self.document()
        return file_detail(document, self.words) if document else None

    def _read_preview(self, template: str) -> None:
        view, backend, lang = self.view, shell(self).backend, self.words.lang
        if view is None or view.audit is None:
            return
        case, audit = view.name, view.audit
        compute(self, lambda: PreviewRead(template, backend.letter_text(case, template, {}, audit, lang)), "preview")

    @on(PreviewRead)
    def preview_read(self, event: PreviewRead) -> None:
        """Keep the text; show it if its letter is still selected."""
        event.stop()
        self._previews[event.template] = event.text
        row = self.table.row
        if row is not None and row.key == f"{TEMPLATE}{event.template}":
            self.announce()

    def open_row(self) -> None:
        """Write what is selected."""
        self.action_write()

    def action_write(self) -> None:
        """Ask for missing facts, format and folder; files of the case are opened, channels explained instead."""
        row = self.table.row
        if row is None or self.view is None:
            return
        if row.key.startswith(TEMPLATE):
            self.ask_letter(row.key.removeprefix(TEMPLATE))
        elif row.key.startswith(EXPORT) or row.key == BUNDLE:
            self._ask_folder(row.key)
        elif row.key.startswith(FILE):
            self.post_message(OpenWanted())
        elif row.key.startswith(CHANNEL):
            self.action_explain()

    def write_template(self, template: str) -> None:
        """Select a letter and ask for what it needs."""
        if self.table.go_to_key(f"{TEMPLATE}{template}"):
            self.action_write()

    def action_pages(self) -> None:
        """Show the selected letter as it would be printed, or the selected file."""
        row, view, document = self.table.row, self.view, self.document()
        info = self.template(row.key.removeprefix(TEMPLATE)) if row else None
        if document is not None:
            show_pages_of(self, document)
        elif view is None or info is None:
            self.notify(self.words("pages.none"), markup=False)
        else:
            backend, lang, title = shell(self).backend, self.words.lang, pick(self.words, info.title_zh, info.title_en)
            read = partial(backend.letter_pages, view.name, info.id, {}, view.audit, lang)
            self.app.push_screen(PagesModal(title, read))

    def action_fields(self) -> None:
        """Fill in a letter's facts; same form as for writing."""
        self.action_write()

    def action_bundle(self) -> None:
        """Write the case as one file."""
        self.table.go_to_key(BUNDLE)
        self._ask_folder(BUNDLE)

    def _ask_folder(self, key: str) -> None:
        backend = shell(self).backend
        compute(self, lambda: FolderRead(key, backend.out_folder()), "fields")

    @on(FolderRead)
    def folder_read(self, event: FolderRead) -> None:
        """Ask for the path of an export or bundle; then write in a worker."""
        event.stop()
        if self.view is not None:
            (self._ask_bundle if event.key == BUNDLE else self._ask_export)(self.view, event)

    def _ask_export(self, view: CaseView, event: FolderRead) -> None:
        words, backend, case, audit = self.words, shell(self).backend, view.name, view.audit
        suffix = event.key.removeprefix(EXPORT)
        name = file_name(f"{case}-{words('documents.ledger_name')}")
        field = FormField("out_name", words("documents.path"), str(event.folder / f"{name}{suffix}"), required=True)

        def write(values: dict[str, str] | None) -> None:
            if values is None:
                return
            out = with_suffix(values["out_name"], suffix)
            compute(self, lambda: Written(backend.export(case, out, audit)), "write", exclusive=False)
            self.notify(words("documents.writing", path=str(out)), markup=False)

        self.app.push_screen(FormModal(words(f"export.{suffix[1:]}"), (field,)), write)

    def _ask_bundle(self, view: CaseView, event: FolderRead) -> None:
        words, backend, case = self.words, shell(self).backend, view.name
        kinds = tuple((value, words(f"bundles.{value}")) for value in ("whole", "redacted"))
        name = str(event.folder / f"{file_name(case)}.zip")
        fields = (
            FormField("kind", words("bundles.kind"), "whole", kinds),
            FormField("out_name", words("documents.path"), name, required=True),
        )

        def write(values: dict[str, str] | None) -> None:
            if values is None:
                return
            out, redact = with_suffix(values["out_name"], ".zip"), values["kind"] == "redacted"
            compute(self, lambda: Bundled(backend.bundle(case, out, redact=redact), redact), "write", exclusive=False)
            self.notify(words("documents.writing", path=str(out)), markup=False)

        self.app.push_screen(FormModal(words("bundles.title"), fields, words("bundles.hint")), write)

    @on(Bundled)
    def bundled(self, event: Bundled) -> None:
        """Say what is in it and what was masked."""
        event.stop()
        lines = bundle_lines(event.report, self.words, redacted=event.redacted)
        self.app.push_screen(ReportModal(self.words("bundles.title"), lines))

    @on(Failed)
    def preview_failed(self, event: Failed) -> None:
        """A letter that cannot be shown yet says why in its own place instead of a notice."""
        row = self.table.row
        if event.group != "preview" or row is None or (info := self.template(row.key.removeprefix(TEMPLATE))) is None:
            return
        event.stop()
        self._previews[info.id] = event.error.text(self.words.lang)
        self.announce()
