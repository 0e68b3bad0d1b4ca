"""Draw a PNG of printed text in terminal cells: each shows 2 x 2 pixels by a quadrant block in two colours.

Where the terminal shows pictures, a cell shows all the pixels it has.

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

from workbench.tui.graphics import Graphics

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
EDGE = 2
"""Pixels of paper left of each piece."""
TEXT_PIXELS = 12
"""Height of a character at which its digits can still be told apart."""
SHARP_TEXT = 16
"""Blocks per character that are worth a whole cell where the terminal shows pictures."""
LEAST_TEXT = 5
"""Least height of text in pixels; what is lower is dirt or a rule."""
LARGEST = 1.2
"""A picture is hardly ever drawn larger than it is."""
LARGEST_SHARP = 2.0
"""In the terminal's own pixels it may be, for it would else be small."""
MAX_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture in cells."""

    strips: tuple[Strip, ...]
    wrapped: bool
    """True where the picture was cut into several rows of pieces."""
    cut_off: bool
    """True where not all of it found room."""
    sharp: bool = False
    """True where the terminal draws it itself."""


def draw(
    png: bytes,
    width: int,
    *,
    max_rows: int = 200,
    text_pixels: int = TEXT_PIXELS,
    graphics: Graphics | None = None,
) -> Drawn:
    """Draw a picture in at most ``width`` cells, its text as high as ``text_pixels``.

    Args:
        png: a line cut from a page with some margin, in which the neighbouring lines may look in.
        width: cells of the pane.
        max_rows: most rows of cells; the rest is left out.
        text_pixels: pixels from the top of a character to its bottom; a cell is two pixels high.
        graphics: how the terminal shows pictures; its text is then as high as that of the terminal, or higher.

    Raises:
        OSError: the bytes are not a picture.
    """
    if len(png) > MAX_BYTES:
        raise OSError("picture too large")
    with Image.open(io.BytesIO(png)) as opened:
        line, height = frame(opened.convert("L"))
    if graphics is not None and graphics.fits(width, max_rows):
        return _sharp(
            line, min(LARGEST_SHARP, graphics.cell[1] * text_pixels / SHARP_TEXT / height), width, graphics, max_rows
        )
    scale = min(LARGEST, text_pixels / height)
    pieces = cut(line, scale, max(2, width) * 2)
    strips = [strip for piece in pieces for strip in cells(piece, width)]
    return Drawn(tuple(strips[:max_rows]), len(pieces) > 1, len(strips) > max_rows)


def _sharp(line: Image.Image, scale: float, width: int, graphics: Graphics, max_rows: int) -> Drawn:
    """Draw the pieces under each other in the terminal's own pixels."""
    from workbench.tui.widgets.sharp import sharp_strips  # noqa: PLC0415  # loads the library

    across, down = graphics.cell
    pieces = cut(line, scale, width * across)
    needed = -(-sum(piece.height + EDGE for piece in pieces) // down)
    rows = min(needed, max_rows)
    canvas, top = Image.new("L", (width * across, rows * down), 255), EDGE
    for piece in pieces:
        canvas.paste(piece, (0, top))
        top += piece.height + EDGE
    return Drawn(sharp_strips(canvas, width, rows, graphics), len(pieces) > 1, needed > max_rows, sharp=True)


def frame(picture: Image.Image) -> tuple[Image.Image, int]:
    """Cut away what looks in from the lines above and below; return the line and the height of its text in pixels."""
    kinds = column_kinds(picture)
    text = [x for x, kind in enumerate(kinds) if kind == TEXT]
    data, width, height = picture.tobytes(), picture.width, picture.height
    inked = [sum(1 for x in text if data[y * width + x] < INK) for y in range(height)]
    bands = runs([TEXT if 0 < count < len(text) * FULL else PAPER for count in inked], gap=2)
    whole = [band for band in bands if band[0] > 0 and band[1] < height] or bands
    letters = [band for band in whole if band[1] - band[0] >= LEAST_TEXT]
    if not letters:
        return picture, height
    top, bottom = max(0, letters[0][0] - EDGE), min(height, letters[-1][1] + EDGE)
    return picture.crop((0, top, width, bottom)), max(end - start for start, end in letters)


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


def runs(kinds: Sequence[int], gap: int = GAP) -> list[tuple[int, int]]:
    """Return the [start, end) stretches of text; narrow gaps do not part them, a rule ends the one before it."""
    found: list[tuple[int, int]] = []
    fresh = True
    for x, kind in enumerate(kinds):
        if kind == PAPER:
            continue
        if found and x - found[-1][1] < gap and not (fresh and kind == TEXT):
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


def cut(picture: Image.Image, scale: float, width: int) -> list[Image.Image]:
    """Scale a picture and cut it at its gaps into pieces of at most ``width`` pixels, gaps shortened."""
    kinds = column_kinds(picture)
    most = max(1, int((width - EDGE) / scale))
    stretches = [
        part
        for start, end in runs(kinds, round(GAP / scale))
        if TEXT in kinds[start:end]
        for part in split(start, end, most, kinds)
    ]
    height = max(2, round(picture.height * scale))
    scaled = picture.resize((max(2, round(picture.width * scale)), height), Image.Resampling.LANCZOS)
    pieces: list[Image.Image] = []
    piece, used = Image.new("L", (width, height), 255), EDGE
    for start, end in stretches:
        left, right = int(start * scale), min(scaled.width, int(end * scale) + 1)
        gap = GAP if used > EDGE else 0
        if used > EDGE and used + gap + right - left > width:
            pieces.append(piece)
            piece, used, gap = Image.new("L", (width, height), 255), EDGE, 0
        piece.paste(scaled.crop((left, 0, right, height)), (used + gap, 0))
        used += gap + right - left
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
