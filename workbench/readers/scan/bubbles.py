"""On which side of a screenshot a line stands: chats put the other side's words left, one's own right, times between.

A chat draws a bubble around its words, so the colour around a line is followed to the bubble's edges; where there is
no bubble, the place of the words alone tells what is centred.
"""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image, ImageStat

from workbench.domain.source import Box

_ALIKE = 9
"""Levels of each colour within which two pixels are the same ground, JPEG noise included."""
_GRAIN = 24
"""Levels of brightness that grain and compression move a pixel."""
_WHOLE = 0.97
"""Share of the width from which the ground is the page and no bubble."""
_EVEN = 0.05
"""Difference of both margins, in widths, within which something is centred."""
_LEAST_MARGIN = 0.18
"""Margin, in widths, that a centred line without bubble has on both sides."""


def side_of(box: Box, image: Image.Image) -> str:
    """Return ``left``, ``right`` or ``centre`` for a line in a picture in colours; empty where nothing tells."""
    width = image.width
    fill = _fill(box, image)
    left, right = (0, width) if _alike(fill, _page_ground(box, image)) else _ground(box, image, fill)
    if right - left >= _WHOLE * width:
        margins = box.x0, width - box.x1
        even = abs(margins[0] - margins[1]) <= _EVEN * width
        return "centre" if even and min(margins) >= _LEAST_MARGIN * width else ""
    if abs(left - (width - right)) <= _EVEN * width / 2:
        return "centre"
    return "left" if left < width - right else "right"


def _fill(box: Box, image: Image.Image) -> tuple[int, ...]:
    """Return the colour of the ground of a line."""
    x0, x1 = max(0, int(box.x0)), max(int(box.x0) + 1, min(image.width, int(box.x1) + 1))
    top, bottom = max(0, int(box.top)), max(int(box.top) + 1, min(image.height, int(box.bottom) + 1))
    return _most(image.crop((x0, top, x1, bottom)))


def _page_ground(box: Box, image: Image.Image) -> tuple[int, ...]:
    """Return the colour of the page beside a line: the mean of its outermost strips, which grain does not move."""
    strip = max(2, image.width // 80)
    top, bottom = max(0, int(box.top)), max(int(box.top) + 1, min(image.height, int(box.bottom) + 1))
    left = image.crop((0, top, strip, bottom)).resize((1, 1), Image.Resampling.BOX).tobytes()
    right = image.crop((image.width - strip, top, image.width, bottom)).resize((1, 1), Image.Resampling.BOX).tobytes()
    return tuple((a + b) // 2 for a, b in zip(left, right, strict=True))


def _alike(one: Sequence[int], other: Sequence[int]) -> bool:
    return all(abs(a - b) <= _ALIKE for a, b in zip(one, other, strict=True))


def _ground(box: Box, image: Image.Image, fill: tuple[int, ...]) -> tuple[int, int]:
    """Return how far left and right the ground of a line reaches."""
    x0, x1 = max(0, int(box.x0)), min(image.width, int(box.x1) + 1)
    top, bottom = int(box.top), int(box.bottom) + 1
    air = (bottom - top) // 4
    levels = (top - air, bottom + air)
    left = min(_reach(image, fill, x0, y, -1) for y in levels)
    return left, max(_reach(image, fill, x1 - 1, y, 1) for y in levels)


def _most(crop: Image.Image) -> tuple[int, ...]:
    """Return the mean colour of the ground: of the pixels near the middle brightness."""
    grey = crop.convert("L")
    counts = grey.histogram()
    total, seen, middle = sum(counts), 0, 0
    for level, count in enumerate(counts):
        seen += count
        if seen * 2 >= total:
            middle = level
            break
    near = grey.point([255 if abs(level - middle) <= _GRAIN else 0 for level in range(256)])
    return tuple(round(value) for value in ImageStat.Stat(crop, near).mean)


def _reach(image: Image.Image, fill: tuple[int, ...], x: int, y: int, step: int) -> int:
    y = min(max(y, 0), image.height - 1)
    row = image.crop((0, y, image.width, y + 1)).tobytes()
    at = x
    while 0 <= at < image.width:
        if not _alike(row[3 * at : 3 * at + 3], fill):
            return at
        at += step
    return 0 if step < 0 else image.width
