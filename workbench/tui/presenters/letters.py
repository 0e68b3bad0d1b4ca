"""Letters and exports that can be written for a case, and the case's files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.domain.case import Document
from workbench.tui.presenters.base import Cell, Column, Detail, Row, Section, Words, one_line, pick

if TYPE_CHECKING:
    from workbench.services.render_document import TemplateInfo

COLUMNS = (
    Column("step", 4),
    Column("letter_title", 20, flex=2),
    Column("recipient", 12, flex=1, needs=60),
)
EXPORTS = (".xlsx", ".csv", ".json", ".beancount")
LETTER_FORMATS = (".pdf", ".docx", ".md", ".txt")
TEMPLATE = "template:"
EXPORT = "export:"
FILE = "file:"


def letter_rows(templates: Sequence[TemplateInfo], documents: Sequence[Document], words: Words) -> tuple[Row, ...]:
    """Return letters, ledger exports and the case's own files, each under its heading."""
    rows = [Row("head:letters", (Cell(words("documents.letters")), Cell(str(len(templates)))), heading=True)]
    rows += [
        Row(
            f"{TEMPLATE}{info.id}",
            (
                Cell(str(info.step) if info.step else "", "muted"),
                Cell(pick(words, info.title_zh, info.title_en), "strong"),
                Cell(pick(words, info.recipient_zh, info.recipient_en), "muted"),
            ),
        )
        for info in templates
    ]
    rows.append(Row("head:exports", (Cell(words("documents.exports")), Cell("")), heading=True))
    rows += [
        Row(f"{EXPORT}{suffix}", (Cell(""), Cell(words(f"export.{suffix[1:]}")), Cell(suffix, "muted")))
        for suffix in EXPORTS
    ]
    rows.append(Row("head:files", (Cell(words("documents.files")), Cell(str(len(documents)))), heading=True))
    rows += [
        Row(
            f"{FILE}{document.number}",
            (
                Cell(f"S{document.number}", "muted"),
                Cell(one_line(document.file)),
                Cell(words(f"document_kind.{document.kind.value}"), "muted"),
            ),
        )
        for document in documents
    ]
    return tuple(rows)


def template_detail(info: TemplateInfo, preview: str, words: Words) -> Detail:
    """Show a letter's text as it stands now."""
    title = pick(words, info.title_zh, info.title_en)
    lines = tuple(Cell(line) for line in preview.splitlines())
    hint = Section("", (Cell(words("documents.hint"), "muted"),))
    return Detail(title, pick(words, info.recipient_zh, info.recipient_en), (hint, Section("", lines)))


def export_detail(suffix: str, words: Words) -> Detail:
    """Say what an export holds."""
    text = Section("", (Cell(words(f"export_about.{suffix[1:]}")),))
    return Detail(words(f"export.{suffix[1:]}"), suffix, (text, Section("", (Cell(words("documents.hint"), "muted"),))))


def file_detail(document: Document, words: Words) -> Detail:
    """Show a file's hash and what was recognised in it."""
    sections = (
        Section("", (Cell(one_line(document.summary)),)),
        Section("SHA-256", (Cell(document.sha256),)),
        Section("", (Cell(words("documents.size", size=f"{document.size:,}")),)),
        Section("", (Cell(words("documents.open_hint"), "muted"),)),
    )
    return Detail(one_line(document.file), words(f"document_kind.{document.kind.value}"), sections)
