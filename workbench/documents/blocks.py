"""A document as a tree of plain values: what every writer (PDF, Word, Markdown, text) receives.

Text in it is text: nothing in a run is ever read as markup again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from workbench.documents.amounts import Amount
from workbench.documents.book import BookItem


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style."""

    text: str
    """May hold a line feed: a line break within the paragraph."""
    bold: bool = False
    italic: bool = False
    code: bool = False
    amount: Amount | None = None
    """The amount this text states, for the annex that says where it comes from."""


Runs = tuple[Run, ...]


def plain_runs(text: str) -> Runs:
    """Return text as one run."""
    return (Run(text),)


def text_of(runs: Runs) -> str:
    """Return the words without their styles."""
    return "".join(run.text for run in runs)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the document's title."""

    level: int
    runs: Runs


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Items:
    """A list; each item is a sequence of blocks."""

    items: tuple[tuple[Block, ...], ...]
    start: int | None = None
    """First number of a numbered list; None for bullets."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; large ones reach the typesetter as data."""

    head: tuple[Runs, ...]
    """Column titles; empty for a table without a heading row."""
    rows: tuple[tuple[Runs, ...], ...]
    align: tuple[str, ...] = ()
    """``left``, ``center`` or ``right`` per column."""
    widths: tuple[float, ...] = ()
    """Relative widths; empty: as the content needs."""
    look: str = "grid"
    """``grid``, ``figures`` (one finding), ``cutout`` (original cells), ``annex`` or ``ledger`` (small print)."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture cut from an imported file."""

    png: bytes
    alt: str
    """What it shows, for readers who cannot see it and for the text outputs."""


@dataclass(frozen=True, slots=True)
class Box:
    """Blocks set apart: ``note`` (framed), ``right``, ``center``, ``keep`` (not split over pages), ``small``."""

    look: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A new page."""


Block = Heading | Paragraph | Items | Table | Picture | Box | PageBreak


@dataclass(frozen=True, slots=True)
class Paper:
    """A finished document before it is written in a format."""

    title: str
    case: str
    lang: str
    style: str
    """Name of the page layout in ``templates/styles``."""
    blocks: tuple[Block, ...]
    sheet: tuple[Block, ...] = field(default=())
    """The "before you send" sheet: for the sender alone, never part of the letter."""
    items: tuple[BookItem, ...] = ()
    """What is bound behind it; only an evidence book has any."""


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yield every block, outer before inner."""
    for block in blocks:
        yield block
        if isinstance(block, Box):
            yield from walk(block.blocks)
        elif isinstance(block, Items):
            for item in block.items:
                yield from walk(item)


def amounts_of(blocks: tuple[Block, ...]) -> tuple[Amount, ...]:
    """Return the amounts that a document states, each once, in the order of the page."""
    found: dict[tuple[str, str], Amount] = {}
    for block in walk(blocks):
        for runs in runs_of(block):
            for run in runs:
                if run.amount is not None:
                    found.setdefault((run.amount.origin, run.amount.text), run.amount)
    return tuple(found.values())


def runs_of(block: Block) -> Iterator[Runs]:
    """Yield the runs a block itself holds, without those of blocks inside it."""
    if isinstance(block, Heading | Paragraph):
        yield block.runs
    elif isinstance(block, Table):
        yield from block.head
        for row in block.rows:
            yield from row
    elif isinstance(block, Picture):
        yield plain_runs(block.alt)
