"""The real backend: one thin method per service. Imported after the first paint, in a worker."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Lock, local

from workbench.domain.audit import Audit
from workbench.domain.case import CaseKind, Document
from workbench.domain.deadlines import EventKind
from workbench.domain.evidence import CustodyEvent
from workbench.domain.findings import TriageState
from workbench.domain.lines import Line, Statement
from workbench.domain.steps import TaskState
from workbench.intake.layouts import Layout
from workbench.intake.mapping import LayoutDraft
from workbench.services import (
    bundle_case,
    channels,
    create_case,
    deadlines,
    draw_pages,
    edit_terms,
    evidence_pages,
    exhibits,
    export_ledger,
    import_documents,
    line_picture,
    list_cases,
    manage_case,
    manage_evidence,
    manage_steps,
    map_columns,
    negotiate,
    open_bundle,
    raise_cash,
    read_case,
    remember,
    remember_plan,
    render_document,
    run_audit,
    run_demo,
    search_evidence,
    tag_forced,
    triage_findings,
    undo,
    verify_bundle,
    written_documents,
)
from workbench.services.bundle_case import BundleReport
from workbench.services.channels import Channel
from workbench.services.desk import Desk
from workbench.services.draw_pages import Pages
from workbench.services.evidence_pages import EvidencePage
from workbench.services.import_documents import ImportReport
from workbench.services.list_cases import CaseSummary
from workbench.services.manage_evidence import Verification
from workbench.services.open_bundle import OpenedBundle
from workbench.services.render_document import FieldInfo, Letter
from workbench.services.search_evidence import SearchResult
from workbench.services.verify_bundle import BundleCheck
from workbench.services.written_documents import WrittenDocument
from workbench.store.store import Seen
from workbench.tui.plan_backend import PlanServices
from workbench.tui.ports import Progress, Reading
from workbench.tui.state import CaseView

FIRST_LINES = 2_000
"""Postings shown while a long ledger is recomputed."""


class _Basis(local):
    """The desk that checks what was seen, in the thread that writes; None in all others."""

    desk: Desk | None = None


class ServiceBackend(PlanServices):
    """Opens the desk at the first call and passes every verb on."""

    def __init__(self, open_desk: Callable[[], Desk]) -> None:
        self._open_desk = open_desk
        self._opened: Desk | None = None
        self._lock = Lock()
        self._basis = _Basis()

    @property
    def _desk(self) -> Desk:
        if self._basis.desk is not None:
            return self._basis.desk
        with self._lock:
            if self._opened is None:
                self._opened = self._open_desk()
            return self._opened

    def today(self) -> date:
        """Return the desk's present day."""
        return self._desk.today

    def recall(self) -> dict[str, dict[str, object]]:
        """Return what earlier sessions remembered."""
        return remember.recall(self._desk.home)

    def remember(self, name: str, values: Mapping[str, object] | None) -> None:
        """Keep values for the next session."""
        remember.remember(self._desk.home, name, values)

    def list_cases(self, *, shelf: str) -> tuple[CaseSummary, ...]:
        """Return the cases, last changed first."""
        return list_cases.list_cases(self._desk, archived=shelf == "archived", deleted=shelf == "deleted")

    def cases_version(self) -> tuple[int, ...]:
        """Return numbers that change with anything the list shows."""
        return list_cases.cases_version(self._desk)

    def open_sample(self, lang: str) -> str:
        """Make the sample case ready, or find it; return its name."""
        return run_demo.open_sample(self._desk, lang)[0].name

    def create_case(self, name: str, kind: CaseKind) -> None:
        """Create a case."""
        create_case.create_case(self._desk, name, kind)

    def delete_case(self, name: str) -> None:
        """Delete a case; can be restored."""
        manage_case.delete_case(self._desk, name)

    def restore_case(self, name: str) -> None:
        """Bring a deleted case back."""
        manage_case.restore_case(self._desk, name)

    def archive_case(self, name: str, *, archived: bool) -> None:
        """Move a case to the archive or back."""
        (manage_case.archive_case if archived else manage_case.unarchive_case)(self._desk, name)

    def rename_case(self, name: str, new: str) -> None:
        """Give a case another name."""
        manage_case.rename_case(self._desk, name, new)

    @contextmanager
    def based_on(self, seen: Seen) -> Iterator[None]:
        """Let the changes made inside, in this thread, refuse a case that is not as it was seen."""
        self._basis.desk = replace(self._desk, store=self._desk.store.based_on(seen))
        try:
            yield
        finally:
            self._basis.desk = None

    def version(self, case: str) -> int:
        """Return a number that grows with every change of the case."""
        return read_case.case_version(self._desk, case)

    def read(self, case: str) -> CaseView:
        """Return everything but the audit; the version is read first, so that a change meanwhile is seen later."""
        desk = self._desk
        return CaseView(
            name=case,
            version=read_case.case_version(desk, case),
            today=desk.today,
            documents=read_case.list_documents(desk, case),
            terms=edit_terms.list_terms(desk, case),
            steps=manage_steps.list_steps(desk, case),
            tasks_today=manage_steps.today(desk, case),
            triage=triage_findings.list_triage(desk, case),
            templates=render_document.list_templates(desk, case),
            deadlines=deadlines.list_deadlines(desk, case),
            tags=tag_forced.list_tags(desk, case),
            exhibits=exhibits.list_exhibits(desk, case),
            sealed=read_case.get_case(desk, case).sealed,
            assets=raise_cash.list_assets(desk, case),
            offers=negotiate.list_offers(desk, case),
            plan=remember_plan.plan_values(desk, case),
        )

    def first_lines(self, case: str) -> tuple[tuple[Line, ...], int]:
        """Return the first postings as imported, and how many there are."""
        return read_case.first_lines(self._desk, case, FIRST_LINES)

    def audit(self, case: str) -> Audit:
        """Recompute the case and save the run, unless the same one was saved last."""
        return run_audit.run_audit(self._desk, case, repeat=False)

    def preview(self, case: str, paths: Sequence[Path], progress: Progress, how: Reading) -> ImportReport:
        """Tell what an import would do; nothing is written."""
        return import_documents.preview_import(
            self._desk, case, paths, kept=how.kept, profile=how.profile, progress=progress
        )

    def import_files(self, case: str, paths: Sequence[Path], progress: Progress, how: Reading) -> ImportReport:
        """Import files in one transaction."""
        return import_documents.import_documents(
            self._desk, case, paths, kept=how.kept, profile=how.profile, progress=progress
        )

    def draft_layout(self, path: Path) -> LayoutDraft:
        """Guess the columns of an unknown table."""
        return map_columns.draft_layout(self._desk, path)

    def preview_layout(self, path: Path, layout: Layout) -> Statement:
        """Return what a layout would give; nothing is written."""
        return map_columns.preview_layout(self._desk, path, layout)

    def save_layout(self, layout: Layout, *, replace: bool) -> None:
        """Keep a layout for later imports."""
        map_columns.save_layout(self._desk, layout, replace=replace)

    def line_picture(self, case: str, line_id: str) -> bytes | None:
        """Return the picture of a line as PNG, None where the file has no pages."""
        return line_picture.line_picture(self._desk, case, line_id)

    def document_bytes(self, sha256: str) -> bytes:
        """Return an imported file, verified against its hash."""
        return read_case.document_bytes(self._desk, sha256)

    def set_term(self, case: str, key: str, text: str) -> None:
        """Set a term from typed text; empty text takes it away."""
        edit_terms.set_terms(self._desk, case, {key: text})

    def confirm_terms(self, case: str, keys: Sequence[str]) -> None:
        """Confirm terms; none named: all."""
        edit_terms.confirm_terms(self._desk, case, keys)

    def set_task(self, case: str, task_id: str, state: TaskState | None, reason: str, due: date | None) -> None:
        """Set a task's state or due date by hand."""
        manage_steps.set_task(self._desk, case, task_id, state, reason=reason, due=due)

    def set_triage(self, case: str, keys: Sequence[str], state: TriageState, note: str, reviewer: str) -> None:
        """Decide on findings in one undoable change."""
        triage_findings.set_triage(self._desk, case, keys, state, note=note, reviewer=reviewer)

    def set_in_letter(self, case: str, keys: Sequence[str], *, in_letter: bool) -> None:
        """Tick findings into the letter or out of it."""
        triage_findings.set_in_letter(self._desk, case, keys, in_letter=in_letter)

    def tag_sales(self, case: str, lines: Sequence[str], *, forced: bool) -> None:
        """Call sales forced, or the client's own, in one undoable change."""
        tag_forced.tag_forced(self._desk, case, lines, forced)

    def add_event(self, case: str, kind: EventKind, on: str, days: str, note: str) -> None:
        """Note what happened on a day, from typed text."""
        deadlines.add_typed_event(self._desk, case, kind, on, days, note)

    def undo(self, case: str, lang: str) -> str | None:
        """Undo the last change; return what it was, None where there was none."""
        return undo.undo(self._desk, case, lang)

    def fields(self, case: str, template: str) -> tuple[FieldInfo, ...]:
        """Return a letter's fields with what was entered before."""
        return render_document.list_fields(self._desk, case, template)

    def letter_text(self, case: str, template: str, fields: Mapping[str, str], audit: Audit | None, lang: str) -> str:
        """Return a letter as plain text with blanks where facts are missing."""
        return render_document.preview_text(self._desk, case, template, fields, audit, lang)

    def letter_pages(
        self, case: str, template: str, fields: Mapping[str, str], audit: Audit | None, lang: str
    ) -> Pages:
        """Return a letter's pages as they would be printed; nothing is written."""
        return draw_pages.letter_pages(self._desk, case, template, fields, audit, lang)

    def document_pages(self, document: Document) -> Pages:
        """Return an original's pages."""
        return draw_pages.document_pages(self._desk, document)

    def render(
        self,
        case: str,
        template: str,
        out: Path,
        fields: Mapping[str, str],
        audit: Audit | None,
        lang: str,
        *,
        as_pictures: bool = False,
    ) -> Letter:
        """Write a letter."""
        return render_document.render_document(
            self._desk, case, template, out, fields, audit=audit, lang=lang, as_pictures=as_pictures
        )

    def export(self, case: str, out: Path, audit: Audit | None) -> Path:
        """Write the recomputed ledger."""
        return export_ledger.export_ledger(self._desk, case, out, audit=audit)

    def out_folder(self) -> Path:
        """Return the folder that is proposed for written documents: the present one, as the command line does."""
        return Path.cwd()

    def channels(self, case: str, audit: Audit | None) -> tuple[Channel, ...]:
        """Return where the case can be taken, and why another way does not fit."""
        return channels.list_channels(self._desk, case, audit=audit)

    def written(self, case: str, audit: Audit | None) -> tuple[WrittenDocument, ...]:
        """Return the documents written so far, held against the case as it is now."""
        return written_documents.list_written(self._desk, case, audit=audit)

    def describe_exhibit(self, case: str, number: int, typed: Mapping[str, str]) -> None:
        """Say what a file proves and how it was obtained, from typed text."""
        exhibits.describe_typed_exhibit(self._desk, case, number, typed)

    def page_counts(self, documents: Sequence[Document]) -> Mapping[str, int]:
        """Return the pages of files by their hash; 0 for files without pages."""
        return {document.sha256: evidence_pages.count_pages(self._desk, document) for document in documents}

    def search_evidence(self, case: str, words: str, progress: Progress) -> SearchResult:
        """Find words in everything in the vault of a case."""
        return search_evidence.search_evidence(self._desk, case, words, progress)

    def evidence_page(self, case: str, number: int, page: int) -> EvidencePage:
        """Return a page of a file as text and picture."""
        return evidence_pages.read_page(self._desk, case, number, page)

    def verify_evidence(self, case: str) -> Verification:
        """Hold every file against its hash and the log against its chain; the log notes it."""
        return manage_evidence.verify_evidence(self._desk, case)

    def copy_out(self, case: str, number: int, out: Path) -> Path:
        """Write a copy of an original; the log notes it."""
        return manage_evidence.copy_out(self._desk, case, number, out)

    def custody(self, case: str) -> tuple[CustodyEvent, ...]:
        """Return the custody log, oldest first."""
        return read_case.list_custody(self._desk, case)

    def add_custody_note(self, case: str, text: str, document: int | None) -> None:
        """Add a note to the custody log."""
        manage_evidence.add_note(self._desk, case, text, document)

    def bundle(self, case: str, out: Path, *, redact: bool) -> BundleReport:
        """Write the case as one file."""
        return bundle_case.bundle_case(self._desk, case, out, redact=redact)

    def verify_bundle(self, path: Path) -> BundleCheck:
        """Check a bundle without storing anything."""
        return verify_bundle.verify_bundle(self._desk, path)

    def open_bundle(self, path: Path, name: str, *, read_only: bool) -> OpenedBundle:
        """Restore a case from a bundle that verifies; an empty name takes the bundle's."""
        return open_bundle.open_bundle(self._desk, path, name or None, read_only=read_only)
