"""The catalogue of evidence and the hits of a search: rows, details, and the form that describes a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from workbench.domain.evidence import Exhibit
from workbench.tui.presenters.base import DASH, Cell, Column, Detail, Row, Section, Words, day, label, one_line

if TYPE_CHECKING:
    from workbench.services.evidence_pages import EvidencePage
    from workbench.services.search_evidence import Hit, SearchResult

COLUMNS = (
    Column("evidence.no", 3, right=True),
    Column("evidence.name", 16, flex=2),
    Column("evidence.proves", 16, flex=3, needs=44),
    Column("evidence.acquired", 12, flex=1, needs=58),
    Column("evidence.pages", 4, right=True),
)
HIT_COLUMNS = (
    Column("evidence.file", 14, flex=1),
    Column("evidence.page", 6, right=True),
    Column("evidence.words", 24, flex=3),
)
EXHIBIT = "exhibit:"
HIT = "hit:"


def exhibit_rows(exhibits: Sequence[Exhibit], pages: Mapping[str, int], words: Words) -> tuple[Row, ...]:
    """Return the items of the catalogue under the headings of their groups."""
    rows: list[Row] = []
    for group, found in groupby(exhibits, key=lambda one: one.group):
        items = tuple(found)
        title = Cell(label(words, "evidence_group", group.name.lower()))
        rows.append(Row(f"group:{group}", (title, Cell(str(len(items)))), heading=True))
        rows += [exhibit_row(one, pages, words) for one in items]
    return tuple(rows)


def exhibit_row(one: Exhibit, pages: Mapping[str, int], words: Words) -> Row:
    """Return one item; what nobody said yet is told in words."""
    unsaid = Cell(words("evidence.unsaid"), "warn")
    note = one.note
    acquired = " ".join(part for part in (str(note.acquired_on or ""), note.acquired_by, note.acquired_how) if part)
    return Row(
        f"{EXHIBIT}{one.document.number}",
        (
            Cell(str(one.no)),
            Cell(one_line(one.title), "strong"),
            Cell(one_line(note.purpose)) if note.purpose else unsaid,
            Cell(one_line(acquired), "muted") if acquired else unsaid,
            Cell(page_count(pages.get(one.document.sha256)), "muted"),
        ),
    )


def page_count(count: int | None) -> str:
    """Write the number of pages; a dash for files without pages, nothing while it is not known yet."""
    return "" if count is None else str(count) if count else DASH


def catalogue_summary(exhibits: Sequence[Exhibit], words: Words) -> str:
    """Say how many items there are and how many still lack what they prove or how they were obtained."""
    unsaid = sum(1 for one in exhibits if not one.note.purpose or not (one.note.acquired_how or one.note.acquired_by))
    return words("evidence.summary", count=len(exhibits), unsaid=unsaid)


def exhibit_detail(one: Exhibit, pages: Mapping[str, int], words: Words) -> Detail:
    """Show everything said about an item, what is missing, and its hash."""
    note, document = one.note, one.document
    unsaid = words("evidence.unsaid")
    said = (
        ("evidence.field.purpose", note.purpose, True),
        ("evidence.field.acquired_on", day(note.acquired_on) if note.acquired_on else "", True),
        ("evidence.field.acquired_by", note.acquired_by, True),
        ("evidence.field.acquired_how", note.acquired_how, True),
        ("evidence.field.carrier", note.carrier, True),
        ("evidence.field.source", note.source, False),
        ("evidence.field.form", words(f"evidence.form.{one.form.value}"), False),
        ("evidence.field.copies", str(note.copies), False),
    )
    lines = tuple(
        Cell(f"{words(key)}  {one_line(text) or unsaid}", "" if text else "warn")
        for key, text, wanted in said
        if text or wanted
    )
    count = pages.get(document.sha256)
    facts = [words("evidence.number", number=document.number, day=document.imported.date().isoformat())]
    if count:
        facts.append(words("evidence.page_count", count=count))
    facts.append(words("documents.size", size=f"{document.size:,}"))
    sections = (
        Section("", lines),
        Section("", (Cell(" · ".join(facts), "muted"),)),
        Section("SHA-256", (Cell(document.sha256),)),
        Section("", (Cell(words("evidence.hint"), "muted"),)),
    )
    return Detail(f"{one.no}  {one_line(one.title)}", one_line(document.file), sections)


def hit_rows(result: SearchResult, words: Words) -> tuple[Row, ...]:
    """Return one row for each page that holds the words."""
    return tuple(
        Row(
            f"{HIT}{index}",
            (
                Cell(one_line(hit.document.file), "strong"),
                Cell(f"{hit.page}{words('evidence.recognised_mark') if hit.recognised else ''}"),
                Cell(f"…{hit.before}【{hit.found}】{hit.after}…"),
            ),
        )
        for index, hit in enumerate(result.hits)
    )


def hits_summary(result: SearchResult, query: str, words: Words) -> str:
    """Say how many pages were found and what could not be looked into."""
    count = len(result.hits)
    text = words("evidence.hits", count=count, query=query) if count else words("evidence.no_hit")
    if result.unread:
        names = words("source.join").join(one_line(one.file) for one in result.unread)
        text += " " + words("evidence.unread_files", files=names)
    return text


def hit_detail(hit: Hit, words: Words) -> Detail:
    """Show a hit in its surroundings."""
    around = Section("", (Cell(f"…{hit.before}【{hit.found}】{hit.after}…"),))
    notes = [Cell(words("evidence.hit_hint"), "muted")]
    if hit.recognised:
        notes.insert(0, Cell(words("evidence.recognised"), "warn"))
    subtitle = words("source.page", page=hit.page)
    return Detail(one_line(hit.document.file), subtitle, (around, Section("", tuple(notes))))


def page_lines(page: EvidencePage, query: str, words: Words) -> tuple[Cell, ...]:
    """Return a page's text; lines that hold one of the words looked for are marked by a sign."""
    from workbench.services.search_evidence import fold  # noqa: PLC0415  the interface starts without the services

    wanted = [folded for word in query.split() if (folded := fold(word))]

    def cell(line: str) -> Cell:
        found = any(word in fold(line) for word in wanted)
        return Cell(f"▶ {one_line(line)}", "accent") if found else Cell(f"  {one_line(line)}")

    lines = tuple(cell(line) for line in page.text.splitlines())
    return lines or (Cell(words("evidence.no_text"), "muted"),)
