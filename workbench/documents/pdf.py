"""Typeset a document: a fixed Typst program reads the blocks as data, so no text is ever read as markup."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import typst

from workbench.documents.blocks import Block, Box, Heading, Items, PageBreak, Paper, Paragraph, Picture, Runs, Table
from workbench.documents.book import SPAN_LABEL, embeds_pdf, item_data, spans_of, texts, without
from workbench.documents.glyphs import rare, require, shipped_fonts, uncovered, unshown
from workbench.documents.template_files import find
from workbench.errors import RenderError

STANDARD: Literal["a-2a"] = "a-2a"
"""PDF/A with tags: archivable and readable by machines."""
POINTS_PER_PIXEL = 72 / 160
"""Pictures are cut at 160 dots an inch and shown at their printed size."""
_PNG_HEADER = 24


def to_pdf(paper: Paper, folders: Sequence[Path], made: datetime) -> bytes:
    """Return the document as PDF/A; a book that holds pages of other PDFs is a plain PDF.

    Raises:
        RenderError: no font shows a character, the page layout is missing, or the typesetter refuses.
    """
    with _compiler(paper, folders) as compiler:
        data = compiler.compile(
            format="pdf", pdf_standards=None if embeds_pdf(paper.items) else STANDARD, timestamp=made.astimezone(UTC)
        )
    if not isinstance(data, bytes):
        raise _refused("no output")
    return data


def page_spans(paper: Paper, folders: Sequence[Path]) -> dict[int, tuple[int, int]]:
    """Return first and last stamped page of every bound item, by its number, without writing the book.

    Raises:
        RenderError: as for :func:`to_pdf`.
    """
    if not paper.items:
        return {}
    with _compiler(replace(paper, blocks=()), folders) as compiler:
        return spans_of(json.loads(compiler.query(SPAN_LABEL, field="value")))


@contextmanager
def _compiler(paper: Paper, folders: Sequence[Path]) -> Iterator[typst.Compiler]:
    """Yield the typesetter over the document's inputs; what it refuses becomes a plain error."""
    folder = shipped_fonts()
    strange = rare(paper, folder)
    foreign = uncovered("".join(texts(paper.items)), folder)
    system = bool(strange or foreign)
    fonts = typst.Fonts(include_system_fonts=system, include_embedded_fonts=False, font_paths=[str(folder)])
    require(strange, fonts)
    items = without(paper.items, unshown(foreign, fonts))
    with tempfile.TemporaryDirectory(prefix="workbench-") as name:
        root = Path(name)
        _write_inputs(replace(paper, items=items), folders, root)
        try:
            yield typst.Compiler(str(root / "main.typ"), root=str(root), font_paths=fonts)
        except typst.TypstError as error:
            raise _refused(error.message) from error


def _write_inputs(paper: Paper, folders: Sequence[Path], root: Path) -> None:
    for name in ("base.typ", f"{paper.style}.typ"):
        layout = next((found for folder in folders if (found := find([folder / "styles"], name))), None)
        if layout is None:
            raise _refused(f"page layout {name} is missing")
        (root / name).write_bytes(layout.read_bytes())
    (root / f"{paper.style}.typ").rename(root / "main.typ")
    pictures = _Pictures(root)
    data = {
        "title": paper.title,
        "case": paper.case,
        "lang": paper.lang,
        "blocks": [_block(block, pictures) for block in paper.blocks],
        "items": item_data(paper.items, root),
    }
    (root / "document.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


class _Pictures:
    """Writes pictures beside the document, each once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._names: dict[bytes, str] = {}

    def add(self, png: bytes) -> str:
        if png not in self._names:
            self._names[png] = f"picture-{len(self._names) + 1}.png"
            (self._root / self._names[png]).write_bytes(png)
        return self._names[png]


def _block(block: Block, pictures: _Pictures) -> dict[str, Any]:
    match block:
        case Heading(level, runs):
            return {"t": "heading", "level": level, "runs": _runs(runs)}
        case Paragraph(runs):
            return {"t": "paragraph", "runs": _runs(runs)}
        case Items(items, start):
            return {"t": "list", "start": start, "items": [[_block(b, pictures) for b in item] for item in items]}
        case Picture(png, alt):
            width = int.from_bytes(png[16:20], "big") * POINTS_PER_PIXEL if len(png) >= _PNG_HEADER else 0
            return {"t": "picture", "file": pictures.add(png), "alt": alt, "width": width}
        case Box(look, blocks):
            return {"t": "box", "look": look, "blocks": [_block(b, pictures) for b in blocks]}
        case PageBreak():
            return {"t": "break"}
        case Table():
            return _table(block)


def _table(table: Table) -> dict[str, Any]:
    columns = len(table.head) or (len(table.rows[0]) if table.rows else 1)
    return {
        "t": "table",
        "look": table.look,
        "columns": columns,
        "head": [_runs(cell) for cell in table.head],
        "cells": [_cell(cell) for row in table.rows for cell in row],
        "align": list(table.align) or ["left"] * columns,
        "widths": list(table.widths),
    }


def _cell(runs: Runs) -> str | list[list[str]]:
    """Return plain text as a string, which the typesetter sets fastest."""
    if len(runs) == 1 and not (runs[0].bold or runs[0].italic or runs[0].code):
        return runs[0].text
    return _runs(runs)


def _runs(runs: Runs) -> list[list[str]]:
    return [
        [run.text, ("b" if run.bold else "") + ("i" if run.italic else "") + ("c" if run.code else "")] for run in runs
    ]


def _refused(why: str) -> RenderError:
    return RenderError(
        f"the page could not be set: {why}",
        next_step="Delete your own page layout to get the packaged one back, or export to .docx.",
        what_zh=f"排版失败：{why}",
        next_step_zh="请删除自己的版式文件以恢复自带版式，或改为导出 .docx。",
    )
