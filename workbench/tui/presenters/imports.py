"""What an import recognised, or would write: one row a file, and the rows that were not understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.domain.case import Document, DocumentKind
from workbench.domain.lines import Line, RowIssue
from workbench.tui.presenters.base import Cell, Column, Detail, Row, Section, Words, day, label, money, one_line, pick
from workbench.tui.presenters.sources import place
from workbench.tui.presenters.values import term_value

if TYPE_CHECKING:
    from workbench.services.import_documents import ImportItem, ImportReport

COLUMNS = (
    Column("import_status", 10),
    Column("file", 16, flex=2),
    Column("kind", 8),
    Column("layout", 12, flex=1, needs=84),
    Column("period", 23, needs=100),
    Column("rows", 12, right=True),
)
DOCUMENT_COLUMNS = (
    Column("number", 3, right=True),
    Column("kind", 8),
    Column("file", 16, flex=1),
    Column("summary", 16, flex=2, needs=60),
    Column("imported", 10, needs=90),
)
STATUS = {"new": ("+", "good"), "imported": ("✓", "good"), "already": ("=", "muted"), "failed": ("✗", "bad")}
SHOWN_ISSUES = 40
SHOWN_LINES = 6


def item_row(item: ImportItem, index: int, words: Words) -> Row:
    """Make the row of one file."""
    sign, tone = STATUS[item.status.value]
    doubts = len(item.issues)
    if item.status.value == "new" and doubts:
        sign, tone = "!", "warn"
    rows = Cell(f"{item.understood}/{item.rows}" if item.rows else "", "warn" if doubts else "")
    period = f"{day(item.start)} ~ {day(item.end)}" if item.start else ""
    return Row(
        str(index),
        (
            Cell(f"{sign} {words(f'import.{item.status.value}')}", tone),
            Cell(one_line(item.file), "strong"),
            Cell(words(f"document_kind.{item.kind.value}") if item.kind else ""),
            Cell(one_line(item.layout), "muted"),
            Cell(period, "muted"),
            rows,
        ),
    )


def import_rows(report: ImportReport, words: Words) -> tuple[Row, ...]:
    """Return one row for each file."""
    return tuple(item_row(item, index, words) for index, item in enumerate(report.items))


def issue_text(issue: RowIssue, words: Words) -> str:
    """Say which row was not understood and why."""
    reason = label(words, "issue", issue.reason)
    parts = [place(issue.source, words), reason, one_line(issue.detail)]
    if issue.difference is not None:
        parts.append(money(issue.difference))
    return "  ".join(part for part in parts if part)


def can_be_kept(item: ImportItem) -> bool:
    """Tell whether a file can be kept as evidence as it is, where it is not that already."""
    return bool(item.sha256) and item.status.value in ("new", "failed") and item.kind is not DocumentKind.EVIDENCE


def _sureness(line: Line) -> str:
    """Return the confidence of a line read from a picture."""
    return "" if line.confidence is None else f"  ({line.confidence})"


def item_detail(item: ImportItem, words: Words) -> Detail:
    """Show what was recognised in a file, its doubtful rows with reasons, and its first lines or terms."""
    sections = []
    summary = pick(words, item.summary_zh, item.summary_en)
    if summary:
        sections.append(Section("", (Cell(one_line(summary), "strong"),)))
    if item.recognised is not None:
        count, least = item.recognised
        text = pick(
            words, f"扫描识别 {count} 行，最低可信度 {least}", f"{count} rows from a scan, least confidence {least}"
        )
        sections.append(Section("", (Cell(text, "warn"),)))
    if item.error is not None:
        sections.append(Section("", (Cell(item.error.text(words.lang), "bad"),)))
        if can_be_kept(item):
            sections.append(Section("", (Cell(words("import.keep_hint"), "muted"),)))
    if item.issues:
        counts = Counter(label(words, "issue", issue.reason) for issue in item.issues)
        heading = words("import.issues", count=len(item.issues))
        total = Cell(" · ".join(f"{name} ×{count}" for name, count in counts.most_common()), "warn")
        listed = tuple(Cell(issue_text(issue, words)) for issue in item.issues[:SHOWN_ISSUES])
        more = len(item.issues) - SHOWN_ISSUES
        rest = (Cell(words("import.more", count=more), "muted"),) if more > 0 else ()
        sections.append(Section(heading, (total, *listed, *rest)))
    elif item.rows and item.error is None:
        sections.append(Section("", (Cell(words("import.all_understood"), "good"),)))
    if item.lines:
        lines = tuple(
            Cell(f"{line.date}  {label(words, 'kind', line.kind.value)}  {money(line.stated)}{_sureness(line)}")
            for line in item.lines[:SHOWN_LINES]
        )
        sections.append(Section(words("import.first_lines"), lines))
    if item.terms is not None:
        lines = tuple(Cell(f"{label(words, 'term', term.key)}  {term_value(term, words)}") for term in item.terms)
        sections.append(Section(words("import.terms", count=len(lines)), lines))
    return Detail(one_line(item.file), one_line(item.path), tuple(sections))


def import_summary(report: ImportReport, words: Words) -> str:
    """Say how many files would be imported, are there already, or cannot be used."""
    counts = Counter(item.status.value for item in report.items)
    return words(
        "import.summary_written" if counts["imported"] else "import.summary",
        new=counts["new"] + counts["imported"],
        already=counts["already"],
        failed=counts["failed"],
        doubts=sum(len(item.issues) for item in report.items),
    )


def document_rows(documents: Sequence[Document], words: Words) -> tuple[Row, ...]:
    """Return the imported files of a case."""
    return tuple(
        Row(
            str(document.number),
            (
                Cell(str(document.number), "muted"),
                Cell(words(f"document_kind.{document.kind.value}")),
                Cell(one_line(document.file), "strong"),
                Cell(one_line(document.summary), "muted"),
                Cell(document.imported.date().isoformat(), "muted"),
            ),
        )
        for document in documents
    )
