"""Draw as much of a page as finds room, at one of a few sizes: in the terminal's own pixels, or in blocks.

In blocks a cell holds 2 x 2 pixels and is twice as high as wide. A page shown whole, or as wide as the room, keeps
its shape; enlarged beyond that it is drawn twice as high as printed, because letters are then read at half the size.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image

from workbench.tui.graphics import Graphics
from workbench.tui.widgets.cells_picture import INK, Drawn, cells

ZOOMS = (0.0, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0)
"""Widths of the page in widths of the room; 0 shows all of it."""
WIDTH = 1
"""The size to begin with: as wide as the room."""
BLOCK = (2, 2)
TALL = 2
"""Height of a cell in its widths, where the terminal does not say."""
AROUND = 0.01
"""Part of the page left before print."""
GREY = 238
"""The desk that the page lies on."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one looks; left and top are parts of the page from 0 to 1."""

    page: int = 1
    zoom: int = WIDTH
    left: float | None = 0
    """None: from where the print begins, below ``top``."""
    top: float = 0


@dataclass(frozen=True, slots=True)
class Part:
    """What is seen of a page."""

    drawn: Drawn
    place: Place
    """Where it is, kept within the page."""
    across: float
    """How much of the page's width is seen, from 0 to 1."""
    down: float
    """How much of its height."""


def opened(png: bytes) -> Image.Image:
    """Return a page's picture.

    Raises:
        OSError: not a picture.
    """
    with Image.open(io.BytesIO(png)) as image:
        return image.convert("RGB")


def draw_part(page: Image.Image, place: Place, columns: int, rows: int, graphics: Graphics | None) -> Part:
    """Draw what is seen of a page through ``columns`` x ``rows`` cells."""
    sharp = graphics if graphics is not None and graphics.fits(columns, rows) else None
    pixel = sharp.cell if sharp else BLOCK
    room = columns * pixel[0], rows * pixel[1]
    size = _size(page, place.zoom, room, 1.0 if sharp or ZOOMS[place.zoom] > 1 else 1 / TALL)
    across, down = min(1.0, room[0] / size[0]), min(1.0, room[1] / size[1])
    wanted = _print_begins(page, place.top) if place.left is None else (place.left, place.top)
    left, top = max(0.0, min(wanted[0], 1 - across)), max(0.0, min(wanted[1], 1 - down))
    box = (left * page.width, top * page.height, (left + across) * page.width, (top + down) * page.height)
    seen = min(size[0], room[0]), min(size[1], room[1])
    part = page.resize(seen, Image.Resampling.LANCZOS, box=box)
    desk = Image.new("RGB", room, (GREY, GREY, GREY))
    desk.paste(part, ((room[0] - seen[0]) // 2, 0))
    if sharp:
        from workbench.tui.widgets.sharp import sharp_strips  # noqa: PLC0415  # loads the library

        strips = sharp_strips(desk, columns, rows, sharp)
    else:
        strips = tuple(cells(desk.convert("L"), columns))
    drawn = Drawn(strips, wrapped=False, cut_off=across < 1 or down < 1, sharp=sharp is not None)
    return Part(drawn, Place(place.page, place.zoom, left, top), across, down)


def _print_begins(page: Image.Image, top: float) -> tuple[float, float]:
    """Return left and top of the print below a height of the page, with some paper around it."""
    below = page.crop((0, round(top * page.height), page.width, page.height)).convert("L")
    box = below.point([255 if value < INK else 0 for value in range(256)]).getbbox() or (0, 0, 0, 0)
    return box[0] / page.width - AROUND, top + box[1] / page.height - AROUND


def _size(page: Image.Image, zoom: int, room: tuple[int, int], shape: float) -> tuple[int, int]:
    """Return the page's size in pixels; ``shape`` is a pixel's width over its height."""
    wide = ZOOMS[zoom] * room[0] or min(room[0], room[1] * page.width / (page.height * shape))
    return max(1, round(wide)), max(1, round(wide * page.height / page.width * shape))
