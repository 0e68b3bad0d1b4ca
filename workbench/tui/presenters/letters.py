"""Letters and exports that can be written for a case, their channels, what was written before, and the case's files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.domain.case import Document
from workbench.domain.source import article_name
from workbench.tui.presenters.base import Cell, Column, Detail, Row, Section, Words, one_line, pick

if TYPE_CHECKING:
    from workbench.services.channels import Channel
    from workbench.services.render_document import TemplateInfo
    from workbench.services.written_documents import WrittenDocument

COLUMNS = (
    Column("step", 4),
    Column("letter_title", 20, flex=2),
    Column("papers.channel", 14, flex=1, needs=44),
    Column("recipient", 12, flex=1, needs=90),
    Column("papers.written", 10, needs=34),
)
EXPORTS = (".xlsx", ".csv", ".json", ".beancount")
BUNDLE = "bundle"
LETTER_FORMATS = (".pdf", ".docx", ".md", ".txt")
TEMPLATE = "template:"
EXPORT = "export:"
CHANNEL = "channel:"
FILE = "file:"


@dataclass(frozen=True, slots=True)
class Papers:
    """What rests on the case's figures: where it can be taken, and whether what was written still agrees."""

    channels: tuple[Channel, ...] = ()
    written: tuple[WrittenDocument, ...] = ()

    def channels_of(self, template: str) -> tuple[Channel, ...]:
        """Return the channels that a letter is for, those that fit first."""
        return tuple(one for one in self.channels if one.template == template)

    def written_as(self, template: str) -> tuple[WrittenDocument, ...]:
        """Return the documents written from a template, last first."""
        return tuple(one for one in self.written if one.template == template)

    @property
    def without_letter(self) -> tuple[Channel, ...]:
        """Channels that have no letter of their own."""
        return tuple(one for one in self.channels if not one.template)

    @property
    def changed(self) -> int:
        """How many written documents no longer agree."""
        return sum(1 for one in self.written if not one.holds)


def letter_rows(
    templates: Sequence[TemplateInfo], documents: Sequence[Document], papers: Papers, words: Words
) -> tuple[Row, ...]:
    """Return letters, channels without a letter, exports and the case's own files, each under its heading."""
    rows = [_heading("letters", len(templates), words)]
    rows += [_letter_row(info, papers, words) for info in templates]
    if papers.without_letter:
        rows.append(_heading("channels", len(papers.without_letter), words))
        rows += [
            Row(f"{CHANNEL}{one.id}", (Cell(""), channel_cell(one, words), Cell(""), Cell(""), Cell("")))
            for one in papers.without_letter
        ]
    rows.append(Row("head:exports", (Cell(words("documents.exports")), Cell("")), heading=True))
    rows += [
        Row(f"{EXPORT}{suffix}", (Cell(""), Cell(words(f"export.{suffix[1:]}")), Cell(suffix, "muted")))
        for suffix in EXPORTS
    ]
    rows.append(Row(BUNDLE, (Cell(""), Cell(words("bundles.title")), Cell(".zip", "muted"))))
    rows.append(_heading("files", len(documents), words))
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


def _heading(name: str, count: int, words: Words) -> Row:
    return Row(f"head:{name}", (Cell(words(f"documents.{name}")), Cell(str(count))), heading=True)


def _letter_row(info: TemplateInfo, papers: Papers, words: Words) -> Row:
    channels = papers.channels_of(info.id)
    return Row(
        f"{TEMPLATE}{info.id}",
        (
            Cell(str(info.step) if info.step else "", "muted"),
            Cell(pick(words, info.title_zh, info.title_en), "strong"),
            channel_cell(channels[0], words) if channels else Cell(""),
            Cell(pick(words, info.recipient_zh, info.recipient_en), "muted"),
            written_cell(papers.written_as(info.id), words),
        ),
    )


def channel_cell(channel: Channel, words: Words) -> Cell:
    """Name a channel with a sign that says whether it fits."""
    name = pick(words, channel.name_zh, channel.name_en)
    return Cell(f"✓ {name}", "good") if channel.fits else Cell(f"✗ {name}", "muted")


def written_cell(written: Sequence[WrittenDocument], words: Words) -> Cell:
    """Say that a letter was written, or that one written before no longer agrees with the case."""
    if not written:
        return Cell("")
    if all(one.holds for one in written):
        return Cell(f"✓ {written[0].at:%m-%d}", "good")
    return Cell(f"‼ {words('papers.changed')}", "bad")


def papers_summary(papers: Papers, words: Words) -> Cell:
    """Return the line over the list: a warning where a written document no longer agrees, else what the keys do."""
    if papers.changed:
        return Cell(f"‼ {words('written.again')}", "bad")
    return Cell(words("documents.summary"))


def template_detail(info: TemplateInfo, preview: str, papers: Papers, words: Words) -> Detail:
    """Show a letter's channels, what was written from it before, and its text as it stands now."""
    title = pick(words, info.title_zh, info.title_en)
    sections = [Section("", (Cell(words("documents.hint"), "muted"),))]
    written = tuple(cell for one in papers.written_as(info.id) for cell in written_lines(one, words))
    if written:
        sections.append(Section(words("papers.written"), written))
    sections += [Section("", tuple(channel_lines(one, words))) for one in papers.channels_of(info.id)]
    sections.append(Section(words("papers.text"), tuple(Cell(line) for line in preview.splitlines())))
    return Detail(title, pick(words, info.recipient_zh, info.recipient_en), tuple(sections))


def channel_detail(channel: Channel, words: Words) -> Detail:
    """Show a channel that has no letter of its own."""
    return Detail(
        pick(words, channel.name_zh, channel.name_en), "", (Section("", tuple(channel_lines(channel, words))),)
    )


def channel_lines(channel: Channel, words: Words) -> Iterator[Cell]:
    """Yield a channel, why it fits or does not, what to beware of, and the articles."""
    yield channel_cell(channel, words)
    yield Cell(pick(words, channel.why_zh, channel.why_en), "" if channel.fits else "warn")
    for note in channel.notes_zh if words.lang == "zh" else channel.notes_en:
        yield Cell(f"▲ {note}", "warn")
    if channel.fits and channel.statutes:
        yield Cell(words("source.join").join(map(article_name, channel.statutes)), "muted")


def written_lines(one: WrittenDocument, words: Words) -> Iterator[Cell]:
    """Yield a written document and the amounts in it that the case no longer gives."""
    name = f"{one.at:%Y-%m-%d %H:%M}  {one_line(one.file)}"
    if one.holds:
        yield Cell(f"✓ {name}  {words('written.holds')}", "good")
        return
    yield Cell(f"‼ {name}  {words('written.changed', count=len(one.changed))}", "bad")
    for change in one.changed:
        yield Cell(f"    {change.then} → {change.now or words('written.gone')}", "bad")
    yield Cell(words("written.again"), "warn")


def export_detail(suffix: str, words: Words) -> Detail:
    """Say what an export holds."""
    text = Section("", (Cell(words(f"export_about.{suffix[1:]}")),))
    return Detail(words(f"export.{suffix[1:]}"), suffix, (text, Section("", (Cell(words("documents.hint"), "muted"),))))


def bundle_detail(words: Words) -> Detail:
    """Say what a bundle is for."""
    text = Section("", (Cell(words("bundles.about")),))
    return Detail(words("bundles.title"), ".zip", (text, Section("", (Cell(words("documents.hint"), "muted"),))))


def file_detail(document: Document, words: Words) -> Detail:
    """Show a file's hash and what was recognised in it."""
    sections = (
        Section("", (Cell(one_line(pick(words, document.summary, document.summary_en))),)),
        Section("SHA-256", (Cell(document.sha256),)),
        Section("", (Cell(words("documents.size", size=f"{document.size:,}")),)),
        Section("", (Cell(words("documents.open_hint"), "muted"),)),
    )
    return Detail(one_line(document.file), words(f"document_kind.{document.kind.value}"), sections)
