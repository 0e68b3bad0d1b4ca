"""The part of the backend in memory that answers for evidence, channels and bundles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.tui import world
from workbench.domain.audit import Audit
from workbench.domain.case import Document
from workbench.domain.evidence import CustodyEvent
from workbench.errors import NotFoundError
from workbench.services.bundle_case import BundleReport
from workbench.services.channels import Channel
from workbench.services.draw_pages import Pages
from workbench.services.evidence_pages import EvidencePage
from workbench.services.manage_evidence import Verification, VerifiedFile
from workbench.services.open_bundle import OpenedBundle
from workbench.services.search_evidence import Hit, SearchResult
from workbench.services.verify_bundle import BundleCheck
from workbench.services.written_documents import ChangedAmount, WrittenDocument
from workbench.tui.ports import Progress

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
CHANNELS = (
    Channel(
        id="demand",
        name_zh="书面[b]催告[/b]",
        name_en="Written demand",
        fits=True,
        why_zh="先固定主张。",
        why_en="Fixes the claim.",
        template="complaint_platform",
        statutes=("民法典/一百九十五",),
        notes_zh=("留好回执。",),
        notes_en=("Keep the receipt.",),
    ),
    Channel(
        id="hotline",
        name_zh="12386",
        name_en="12386",
        fits=False,
        why_zh="只受理持牌机构。",
        why_en="Licensed firms only.",
        template="",
        statutes=(),
        notes_zh=(),
        notes_en=(),
    ),
)
WRITTEN = (
    WrittenDocument(
        "evidence_summary", "摘要.pdf", world.SHA, AT, 3, (ChangedAmount("audit overcharged", "1,700.00", "1,800.00"),)
    ),
)
LOG = (CustodyEvent(1, AT, "imported", world.STATEMENT, world.SHA, "statement", "0" * 64, "d1" * 32),)


class FakeEvidence:
    """Answers at once; what is written is only recorded."""

    calls: list[tuple[object, ...]]

    def channels(self, case: str, audit: Audit | None) -> tuple[Channel, ...]:
        return CHANNELS

    def written(self, case: str, audit: Audit | None) -> tuple[WrittenDocument, ...]:
        return WRITTEN

    def describe_exhibit(self, case: str, number: int, typed: Mapping[str, str]) -> None:
        self.calls.append(("describe", number, dict(typed)))

    def page_counts(self, documents: Sequence[Document]) -> Mapping[str, int]:
        return {document.sha256: 2 for document in documents}

    def search_evidence(self, case: str, words: str, progress: Progress) -> SearchResult:
        return SearchResult((Hit(world.DOCUMENTS[0], 1, "3月", words, "6,200.00", recognised=True),), ())

    def evidence_page(self, case: str, number: int, page: int) -> EvidencePage:
        return EvidencePage(world.DOCUMENTS[0], page, "第一行\n3月利息 6,200.00[red]", None)

    def document_pages(self, document: Document) -> Pages:
        raise NotFoundError("no pages", what_zh="没有页面")

    def verify_evidence(self, case: str) -> Verification:
        return Verification(tuple(VerifiedFile(one, ok=True) for one in world.DOCUMENTS), (), (), "d1" * 32)

    def copy_out(self, case: str, number: int, out: Path) -> Path:
        self.calls.append(("copy", number, out))
        return out

    def custody(self, case: str) -> tuple[CustodyEvent, ...]:
        return LOG

    def add_custody_note(self, case: str, text: str, document: int | None) -> None:
        self.calls.append(("custody_note", text, document))

    def bundle(self, case: str, out: Path, *, redact: bool) -> BundleReport:
        return BundleReport(out, 0 if redact else 2, {"name": 3} if redact else {}, "d1" * 32)

    def verify_bundle(self, path: Path) -> BundleCheck:
        return BundleCheck(
            path=path,
            name="某案",
            kind="off_exchange",
            redacted=False,
            files=2,
            entries=1,
            head="d1" * 32,
            faults=(),
            custody=(),
            unlike=(),
            recomputed=True,
        )

    def open_bundle(self, path: Path, name: str, *, read_only: bool) -> OpenedBundle:
        return OpenedBundle(name or "某案", self.verify_bundle(path), read_only)
