"""Draw a picture in a terminal's own pixels: rows of cells that carry sixels, or the places of a picture kitty keeps.

With sixels every row of cells carries its own part, so that rows which scroll away or are written anew take nothing
with them; a row that was covered in part is drawn again by the widget that shows it. Kitty is sent the picture once and
keeps it until it needs the room; the rows name its places. The drawing is textual-image's; it happens in a worker.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import Lock
from types import ModuleType
from typing import Any

from PIL import Image
from rich.console import Console
from rich.segment import ControlType, Segment
from rich.style import Style
from textual.strip import Strip

from workbench.tui.graphics import Graphics

COLOURS = 32
"""Enough for print with a stamp; sixels of many colours are slow to send."""
WHITE = 248
"""Lightness from which paper is white, so that it looks the same in all rows."""
SIXELS = "\x1bP"
BEGIN, OPAQUE = re.compile(r"^\x1bP[\d;]*q"), "\x1bP0;1q"
"""Sixels come in sixes; what of the last six lies below the row must leave the next row as it is."""
DEFINED = re.compile(r"#(\d+);2;\d+;\d+;\d+")
"""A colour that is being defined; not all terminals (WezTerm) then draw in it unless it is also chosen."""
SAVE, RESTORE = "\x1b7", "\x1b8"
PAPER = Style(bgcolor="#ffffff")
_ONCE = Lock()


def sharp_strips(picture: Image.Image, columns: int, rows: int, graphics: Graphics) -> tuple[Strip, ...]:
    """Return a picture that fills ``columns`` x ``rows`` cells exactly."""
    width, height = graphics.cell
    canvas = picture.convert("RGB").resize((columns * width, rows * height), Image.Resampling.LANCZOS)
    draw = _library(graphics.kind)
    if graphics.kind == "kitty":
        lines = Segment.split_lines(_segments(draw.Image(canvas, columns, rows), columns, rows))
        return tuple(Strip(line, columns) for line in lines)
    plain = canvas.quantize(COLOURS, dither=Image.Dither.NONE)
    plain.putpalette([255 if value >= WHITE else value for value in plain.getpalette() or ()])
    parts = (plain.crop((0, row * height, plain.width, (row + 1) * height)) for row in range(rows))
    return tuple(_sixel_row(draw.Image(part, columns, 1), columns) for part in parts)


def _sixel_row(part: object, columns: int) -> Strip:
    """Write paper first, so that the row counts its cells, then go back and draw over it."""
    data = next(one.text for one in _segments(part, columns, 1) if one.text.startswith(SIXELS))
    data = DEFINED.sub(r"\g<0>#\1", BEGIN.sub(OPAQUE, data))
    drawn = f"{SAVE}\x1b[{columns}D{data}{RESTORE}"
    return Strip([Segment(" " * columns, PAPER), Segment(drawn, None, [(ControlType.CURSOR_FORWARD, 0)])], columns)


def _segments(part: object, columns: int, rows: int) -> list[Segment]:
    console = Console(file=io.StringIO(), width=columns, height=rows, color_system="truecolor", force_terminal=True)
    return list(console.render(part))  # type: ignore[arg-type]  # the library's renderables


def _library(kind: str) -> ModuleType:
    with _ONCE:
        return _imported(kind)


@cache
def _imported(kind: str) -> ModuleType:
    with _nobody_to_ask():
        from textual_image import widget  # noqa: F401, PLC0415  # looks up the size of a cell and keeps it
        from textual_image.renderable import sixel, tgp  # noqa: PLC0415
    return tgp if kind == "kitty" else sixel


@contextmanager
def _nobody_to_ask() -> Iterator[None]:
    """Hide the terminal from the library while it is imported: Textual would read the answers as keys."""
    hidden: Any = sys
    terminal, hidden.__stdout__ = sys.__stdout__, io.StringIO()
    try:
        yield
    finally:
        hidden.__stdout__ = terminal
