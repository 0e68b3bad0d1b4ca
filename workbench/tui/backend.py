"""The real backend: one thin method per service. Imported after the first paint, in a worker."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from threading import Lock

from workbench.domain.audit import Audit
from workbench.domain.case import CaseKind
from workbench.domain.deadlines import EventKind
from workbench.domain.findings import TriageState
from workbench.domain.lines import Statement
from workbench.domain.steps import TaskState
from workbench.intake.layouts import Layout
from workbench.intake.mapping import LayoutDraft
from workbench.services import (
    create_case,
    deadlines,
    edit_terms,
    export_ledger,
    import_documents,
    line_picture,
    list_cases,
    manage_case,
    manage_steps,
    map_columns,
    read_case,
    render_document,
    run_audit,
    run_demo,
    tag_forced,
    triage_findings,
    undo,
)
from workbench.services.desk import Desk
from workbench.services.import_documents import ImportReport
from workbench.services.list_cases import CaseSummary
from workbench.services.render_document import FieldInfo
from workbench.tui.ports import Progress
from workbench.tui.state import CaseView


class ServiceBackend:
    """Opens the desk at the first call and passes every verb on."""

    def __init__(self, open_desk: Callable[[], Desk]) -> None:
        self._open_desk = open_desk
        self._opened: Desk | None = None
        self._lock = Lock()

    @property
    def _desk(self) -> Desk:
        with self._lock:
            if self._opened is None:
                self._opened = self._open_desk()
            return self._opened

    def today(self) -> date:
        """Return the desk's present day."""
        return self._desk.today

    def list_cases(self, *, archived: bool) -> tuple[CaseSummary, ...]:
        """Return the cases, last changed first."""
        return list_cases.list_cases(self._desk, archived=archived)

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
        )

    def audit(self, case: str) -> Audit:
        """Recompute the case and save the run."""
        return run_audit.run_audit(self._desk, case)

    def preview(self, case: str, paths: Sequence[Path], progress: Progress, profile: str | None) -> ImportReport:
        """Tell what an import would do; nothing is written."""
        return import_documents.preview_import(self._desk, case, paths, profile=profile, progress=progress)

    def import_files(self, case: str, paths: Sequence[Path], progress: Progress, profile: str | None) -> ImportReport:
        """Import files in one transaction."""
        return import_documents.import_documents(self._desk, case, paths, profile=profile, progress=progress)

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

    def letter_text(self, case: str, template: str, audit: Audit | None, lang: str) -> str:
        """Return a letter as Markdown with blanks where facts are missing."""
        return render_document.preview_markdown(self._desk, case, template, audit=audit, lang=lang)

    def render(
        self, case: str, template: str, out: Path, fields: Mapping[str, str], audit: Audit | None, lang: str
    ) -> Path:
        """Write a letter."""
        return render_document.render_document(self._desk, case, template, out, fields, audit=audit, lang=lang).path

    def export(self, case: str, out: Path, audit: Audit | None) -> Path:
        """Write the recomputed ledger."""
        return export_ledger.export_ledger(self._desk, case, out, audit=audit)

    def out_folder(self) -> Path:
        """Return the folder that is proposed for written documents: the present one, as the command line does."""
        return Path.cwd()
