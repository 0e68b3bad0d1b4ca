"""What the interface asks of the rest of the program: one method a verb, so that tests can answer instead.

Every method may take long and may raise ``WorkbenchError``; none is called on the event loop.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from workbench.domain.audit import Audit
from workbench.domain.case import CaseKind, Document
from workbench.domain.deadlines import EventKind
from workbench.domain.evidence import CustodyEvent
from workbench.domain.findings import TriageState
from workbench.domain.steps import TaskState
from workbench.tui.plan_ports import PlanBackend
from workbench.tui.state import CaseView

if TYPE_CHECKING:
    from workbench.domain.lines import Line, Statement
    from workbench.intake.layouts import Layout
    from workbench.intake.mapping import LayoutDraft
    from workbench.services.bundle_case import BundleReport
    from workbench.services.channels import Channel
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

Progress = Callable[[int, int, str], bool]


@dataclass(frozen=True, slots=True)
class Reading:
    """How a person wants files to be read, where recognising them does not do."""

    profile: str | None = None
    """Layout of the statements; None: recognised."""
    kept: frozenset[str] = frozenset()
    """Items, by path, that are kept as evidence, unread."""


class Backend(PlanBackend, Protocol):
    """The services as the screens use them."""

    def today(self) -> date:
        """Return the present day."""
        ...

    def recall(self) -> dict[str, dict[str, object]]:
        """Return what earlier sessions remembered."""
        ...

    def remember(self, name: str, values: Mapping[str, object] | None) -> None:
        """Keep values for the next session."""
        ...

    def list_cases(self, *, shelf: str) -> tuple[CaseSummary, ...]:
        """Return the cases that are ``live``, ``archived`` or ``deleted``."""
        ...

    def cases_version(self) -> tuple[int, ...]:
        """Return numbers that change with anything the list shows."""
        ...

    def open_sample(self, lang: str) -> str:
        """Make the sample case ready, or find it; return its name."""
        ...

    def create_case(self, name: str, kind: CaseKind) -> None:
        """Create a case."""
        ...

    def delete_case(self, name: str) -> None:
        """Delete a case; can be restored."""
        ...

    def restore_case(self, name: str) -> None:
        """Bring a deleted case back."""
        ...

    def archive_case(self, name: str, *, archived: bool) -> None:
        """Move a case to the archive or back."""
        ...

    def rename_case(self, name: str, new: str) -> None:
        """Give a case another name."""
        ...

    def based_on(self, seen: Seen) -> AbstractContextManager[None]:
        """Let the changes made inside refuse a case that is not as it was seen."""
        ...

    def version(self, case: str) -> int:
        """Return a number that grows with every change of the case."""
        ...

    def read(self, case: str) -> CaseView:
        """Return everything but the audit."""
        ...

    def first_lines(self, case: str) -> tuple[tuple[Line, ...], int]:
        """Return the first postings as imported, and how many there are."""
        ...

    def audit(self, case: str) -> Audit:
        """Recompute the case."""
        ...

    def preview(self, case: str, paths: Sequence[Path], progress: Progress, how: Reading) -> ImportReport:
        """Tell what an import would do."""
        ...

    def import_files(self, case: str, paths: Sequence[Path], progress: Progress, how: Reading) -> ImportReport:
        """Import files."""
        ...

    def draft_layout(self, path: Path) -> LayoutDraft:
        """Guess the columns of an unknown table."""
        ...

    def preview_layout(self, path: Path, layout: Layout) -> Statement:
        """Return what a layout would give."""
        ...

    def save_layout(self, layout: Layout, *, replace: bool) -> None:
        """Keep a layout for later imports."""
        ...

    def line_picture(self, case: str, line_id: str) -> bytes | None:
        """Return the picture of a line as PNG."""
        ...

    def document_bytes(self, sha256: str) -> bytes:
        """Return an imported file."""
        ...

    def set_term(self, case: str, key: str, text: str) -> None:
        """Set a term from typed text."""
        ...

    def confirm_terms(self, case: str, keys: Sequence[str]) -> None:
        """Confirm terms."""
        ...

    def set_task(self, case: str, task_id: str, state: TaskState | None, reason: str, due: date | None) -> None:
        """Set a task's state or due date."""
        ...

    def set_triage(self, case: str, keys: Sequence[str], state: TriageState, note: str, reviewer: str) -> None:
        """Decide on findings."""
        ...

    def set_in_letter(self, case: str, keys: Sequence[str], *, in_letter: bool) -> None:
        """Tick findings into the letter."""
        ...

    def tag_sales(self, case: str, lines: Sequence[str], *, forced: bool) -> None:
        """Call sales forced, or the client's own."""
        ...

    def add_event(self, case: str, kind: EventKind, on: str, days: str, note: str) -> None:
        """Note what happened on a day, from typed text."""
        ...

    def undo(self, case: str, lang: str) -> str | None:
        """Undo the last change; return what it was."""
        ...

    def fields(self, case: str, template: str) -> tuple[FieldInfo, ...]:
        """Return a letter's fields."""
        ...

    def letter_text(self, case: str, template: str, fields: Mapping[str, str], audit: Audit | None, lang: str) -> str:
        """Return a letter as text."""
        ...

    def letter_pages(
        self, case: str, template: str, fields: Mapping[str, str], audit: Audit | None, lang: str
    ) -> Pages:
        """Return a letter's pages."""
        ...

    def document_pages(self, document: Document) -> Pages:
        """Return an original's pages."""
        ...

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
        ...

    def export(self, case: str, out: Path, audit: Audit | None) -> Path:
        """Write the ledger."""
        ...

    def out_folder(self) -> Path:
        """Return the folder that is proposed for written documents."""
        ...

    def channels(self, case: str, audit: Audit | None) -> tuple[Channel, ...]:
        """Return where the case can be taken."""
        ...

    def written(self, case: str, audit: Audit | None) -> tuple[WrittenDocument, ...]:
        """Return the documents written so far, held against the case."""
        ...

    def describe_exhibit(self, case: str, number: int, typed: Mapping[str, str]) -> None:
        """Say what a file proves, from typed text."""
        ...

    def page_counts(self, documents: Sequence[Document]) -> Mapping[str, int]:
        """Return the pages of files by their hash."""
        ...

    def search_evidence(self, case: str, words: str, progress: Progress) -> SearchResult:
        """Find words in the files of a case."""
        ...

    def evidence_page(self, case: str, number: int, page: int) -> EvidencePage:
        """Return a page of a file."""
        ...

    def verify_evidence(self, case: str) -> Verification:
        """Hold the files against their hashes."""
        ...

    def copy_out(self, case: str, number: int, out: Path) -> Path:
        """Write a copy of an original."""
        ...

    def custody(self, case: str) -> tuple[CustodyEvent, ...]:
        """Return the custody log."""
        ...

    def add_custody_note(self, case: str, text: str, document: int | None) -> None:
        """Add a note to the custody log."""
        ...

    def bundle(self, case: str, out: Path, *, redact: bool) -> BundleReport:
        """Write the case as one file."""
        ...

    def verify_bundle(self, path: Path) -> BundleCheck:
        """Check a bundle."""
        ...

    def open_bundle(self, path: Path, name: str, *, read_only: bool) -> OpenedBundle:
        """Open a bundle as a case."""
        ...
