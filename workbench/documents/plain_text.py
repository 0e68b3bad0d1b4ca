"""Write a document as Markdown or as plain text; both from the same blocks as PDF and Word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from workbench.documents.blocks import (
    Block,
    Box,
    Heading,
    Items,
    PageBreak,
    Paper,
    Paragraph,
    Run,
    Runs,
    Table,
    text_of,
)

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$&^])")
_LINE_START = re.compile(r"^(\s*)([-+=]|\d{1,9}[.)])", re.MULTILINE)
_BAR = "—" * 20


def escape(text: str) -> str:
    """Return text that Markdown shows as it is."""
    return _LINE_START.sub(_escape_start, _SPECIAL.sub(r"\\\1", text))


def _escape_start(match: re.Match[str]) -> str:
    mark = match.group(2)
    return match.group(1) + (f"\\{mark}" if len(mark) == 1 else f"{mark[:-1]}\\{mark[-1]}")


def to_markdown(paper: Paper) -> str:
    """Return the document as CommonMark with tables."""
    return "\n\n".join(part for block in paper.blocks for part in _markdown(block)) + "\n"


def _markdown(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, runs):
            yield f"{'#' * level} {_spans(runs).replace(chr(10), ' ')}"
        case Paragraph(runs):
            yield _spans(runs).replace("\n", "\\\n")
        case Items(items, start):
            yield "\n".join(_item(item, _label(start, index)) for index, item in enumerate(items))
        case Box("quote" | "note" | "sheet", blocks):
            inner = "\n\n".join(part for inner_block in blocks for part in _markdown(inner_block))
            yield "\n".join(f"> {line}".rstrip() for line in inner.split("\n"))
        case Box(_, blocks):
            for inner_block in blocks:
                yield from _markdown(inner_block)
        case Table():
            yield _markdown_table(block)
        case PageBreak():
            yield "---"
        case picture:
            yield f"（{escape(picture.alt)}）"


def _label(start: int | None, index: int) -> str:
    return "- " if start is None else f"{start + index}. "


def _item(blocks: Sequence[Block], label: str) -> str:
    text = "\n\n".join(part for block in blocks for part in _markdown(block))
    return label + text.replace("\n", "\n" + " " * len(label))


def _spans(runs: Runs) -> str:
    return "".join(_span(run) for run in runs)


def _span(run: Run) -> str:
    text = escape(run.text)
    bare = text.strip()
    if not bare or not (run.bold or run.italic):
        return text
    mark = "**" if run.bold else "*"
    lead, trail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{lead}{mark}{bare}{mark}{trail}"


def _markdown_table(table: Table) -> str:
    columns = len(table.head) or (len(table.rows[0]) if table.rows else 1)
    head = table.head or ((Run(""),),) * columns
    align = table.align or ("left",) * columns
    rule = {"right": "---:", "center": ":---:"}
    lines = [[_spans(cell) for cell in head], [rule.get(side, "---") for side in align]]
    lines += [[_spans(cell) for cell in row] for row in table.rows]
    return "\n".join("| " + " | ".join(cell.replace("\n", " ") for cell in line) + " |" for line in lines)


def to_text(paper: Paper) -> str:
    """Return the document as plain text for mail and web forms."""
    return "\n\n".join(part for block in paper.blocks for part in _text(block)) + "\n"


def _text(block: Block) -> Iterator[str]:
    match block:
        case Heading(1, runs):
            yield f"{text_of(runs)}\n{'=' * _width(text_of(runs))}"
        case Heading(_, runs) | Paragraph(runs):
            yield text_of(runs)
        case Items(items, start):
            for index, item in enumerate(items):
                label = _label(start, index)
                text = "\n".join(part for inner in item for part in _text(inner))
                yield label + text.replace("\n", "\n" + " " * len(label))
        case Box(_, blocks):
            for inner in blocks:
                yield from _text(inner)
        case Table():
            yield _text_table(block)
        case PageBreak():
            yield _BAR
        case picture:
            yield f"（{picture.alt}）"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _pad(text: str, width: int, side: str) -> str:
    gap = " " * max(0, width - _width(text))
    return gap + text if side == "right" else text + gap


def _text_table(table: Table) -> str:
    rows = ([table.head] if table.head else []) + list(table.rows)
    texts = [[text_of(cell).replace("\n", " ") for cell in row] for row in rows]
    if not texts:
        return ""
    align = table.align or ("left",) * len(texts[0])
    widths = [max(_width(row[column]) for row in texts) for column in range(len(texts[0]))]
    return "\n".join(
        "  ".join(_pad(text, width, side) for text, width, side in zip(row, widths, align, strict=True)).rstrip()
        for row in texts
    )
