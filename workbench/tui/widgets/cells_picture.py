"""Draw a PNG of printed text in terminal cells: each cell shows 2 x 2 pixels by a quadrant block in two colours.

A statement line is far wider than a pane, and shrunk to fit it could not be read. So the picture is cut where its
columns have gaps and the pieces are stacked, like wrapped text; nothing is left out but empty paper.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

QUADRANTS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
"""Block for a 2 x 2 mask: bit 0 top left, 1 top right, 2 bottom left, 3 bottom right."""
INK = 170
"""Grey value below which a pixel counts as ink when gaps are looked for."""
GAP = 6
"""Least width in pixels of a gap at which a piece may end; wider gaps are shortened to this."""
RULED = 0.35
"""Most of the height that horizontal rules may cover in a column that still counts as empty."""
FULL = 0.8
"""Least part of the height that a vertical rule covers."""
MARGIN = 10
"""Pixels above and below a line that belong to its neighbours: a little less than the margin it was cut with."""
EDGE = 2
"""Pixels of paper left of each piece."""
SCALES = (0.5, 0.44, 0.38)
MAX_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture in cells."""

    strips: tuple[Strip, ...]
    wrapped: bool
    """True where the picture was cut into several rows of pieces."""
    cut_off: bool
    """True where not all of it found room."""


def draw(png: bytes, width: int, *, max_rows: int = 200, scales: Sequence[float] = SCALES) -> Drawn:
    """Draw a picture in at most ``width`` cells, as large as fits into ``max_rows``, else small and cut off.

    Args:
        png: the picture, cut with the usual margin at the usual resolution (see ``readers.picture.crop_png``).
        width: cells of the pane.
        max_rows: most rows of cells.
        scales: sizes to try, largest first.

    Raises:
        OSError: the bytes are not a picture.
    """
    if len(png) > MAX_BYTES:
        raise OSError("picture too large")
    with Image.open(io.BytesIO(png)) as opened:
        grey = trim(opened.convert("L"))
    strips: list[Strip] = []
    pieces: list[Image.Image] = []
    for scale in scales:
        size = (max(2, round(grey.width * scale)), max(2, round(grey.height * scale)))
        pieces = cut(grey.resize(size, Image.Resampling.LANCZOS), max(2, width) * 2)
        strips = [strip for piece in pieces for strip in cells(piece, width)]
        if len(strips) <= max_rows:
            break
    return Drawn(tuple(strips[:max_rows]), len(pieces) > 1, len(strips) > max_rows)


def trim(picture: Image.Image) -> Image.Image:
    """Take away most of the margin above and below, where the neighbouring lines look in."""
    if picture.height < MARGIN * 4:
        return picture
    return picture.crop((0, MARGIN, picture.width, picture.height - MARGIN))


PAPER, TEXT, RULE = 0, 1, 2


def column_kinds(picture: Image.Image) -> list[int]:
    """Tell for each column whether it is paper (horizontal rules that run all through included), text or a rule."""
    dark = picture.point([1 if value < INK else 0 for value in range(256)])
    width, height = dark.size
    data = dark.tobytes()
    columns = [data[x::width] for x in range(width)]
    common, _ = Counter(columns).most_common(1)[0]
    paper = {bytes(height)} | ({common} if sum(common) < height * RULED else set())
    return [PAPER if column in paper else RULE if sum(column) > height * FULL else TEXT for column in columns]


def runs(kinds: Sequence[int]) -> list[tuple[int, int]]:
    """Return the [start, end) stretches of text; narrow gaps do not part them, a rule ends the one before it."""
    found: list[tuple[int, int]] = []
    fresh = True
    for x, kind in enumerate(kinds):
        if kind == PAPER:
            continue
        if found and x - found[-1][1] < GAP and not (fresh and kind == TEXT):
            found[-1] = (found[-1][0], x + 1)
        else:
            found.append((x, x + 1))
        fresh = kind == RULE
    return found


def split(start: int, end: int, width: int, kinds: Sequence[int]) -> list[tuple[int, int]]:
    """Split a stretch wider than a piece, between letters where it can."""
    parts = []
    while end - start > width:
        stop = next((x for x in range(start + width, start + width // 2, -1) if kinds[x] == PAPER), start + width)
        parts.append((start, stop))
        start = stop
    return [*parts, (start, end)]


def cut(picture: Image.Image, width: int) -> list[Image.Image]:
    """Cut a picture at its gaps into pieces of at most ``width`` pixels, gaps shortened."""
    height = picture.height
    kinds = column_kinds(picture)
    stretches = [
        part
        for start, end in runs(kinds)
        if TEXT in kinds[start:end]
        for part in split(start, end, width - EDGE, kinds)
    ]
    pieces: list[Image.Image] = []
    piece, used = Image.new("L", (width, height), 255), EDGE
    for start, end in stretches:
        gap = GAP if used > EDGE else 0
        if used > EDGE and used + gap + end - start > width:
            pieces.append(piece)
            piece, used, gap = Image.new("L", (width, height), 255), EDGE, 0
        piece.paste(picture.crop((start, 0, end, height)), (used + gap, 0))
        used += gap + end - start
    pieces.append(piece)
    return pieces


def cells(piece: Image.Image, width: int) -> list[Strip]:
    """Draw one piece, 2 x 2 pixels a cell; its two colours are the means of its light and of its dark pixels."""
    height = piece.height + piece.height % 2
    canvas = Image.new("L", (width * 2, height), 255)
    canvas.paste(piece, (0, 0))
    data = canvas.tobytes()
    span = width * 2
    strips = []
    for top in range(0, height, 2):
        segments = []
        for x in range(0, span, 2):
            corners = [data[(top + dy) * span + x + dx] for dy in (0, 1) for dx in (0, 1)]
            segments.append(_cell(corners))
        strips.append(Strip(segments, width).simplify())
    return strips


def _cell(corners: Sequence[int]) -> Segment:
    middle = (min(corners) + max(corners)) / 2
    if max(corners) - min(corners) < 24:  # noqa: PLR2004  # nearly one colour
        middle = -1 if sum(corners) / 4 > INK else 256
    mask = sum(1 << index for index, value in enumerate(corners) if value < middle)
    dark = [value for value in corners if value < middle]
    light = [value for value in corners if value >= middle]
    ink = sum(dark) // len(dark) if dark else 0
    paper = sum(light) // len(light) if light else 255
    return Segment(QUADRANTS[mask], Style(color=_grey(ink), bgcolor=_grey(paper)))


def _grey(value: int) -> Color:
    step = min(255, value // 16 * 17)  # sixteen greys keep runs of cells together
    return Color.from_rgb(step, step, step)
