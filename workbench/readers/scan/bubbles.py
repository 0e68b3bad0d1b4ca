"""On which side of a screenshot a line stands: chats put the other side's words left, one's own right, times between.

A chat draws a bubble around its words, so the colour around a line is followed to the bubble's edges; where there is
no bubble, the place of the words alone tells what is centred.
"""

from __future__ import annotations

from PIL import Image

from workbench.domain.source import Box

_ALIKE = 9
"""Levels of each colour within which two pixels are the same ground, JPEG noise included."""
_WHOLE = 0.97
"""Share of the width from which the ground is the page and no bubble."""
_EVEN = 0.05
"""Difference of both margins, in widths, within which something is centred."""
_LEAST_MARGIN = 0.18
"""Margin, in widths, that a centred line without bubble has on both sides."""


def side_of(box: Box, image: Image.Image) -> str:
    """Return ``left``, ``right`` or ``centre`` for a line in a picture in colours; empty where nothing tells."""
    width = image.width
    left, right = _ground(box, image)
    if right - left >= _WHOLE * width:
        margins = box.x0, width - box.x1
        even = abs(margins[0] - margins[1]) <= _EVEN * width
        return "centre" if even and min(margins) >= _LEAST_MARGIN * width else ""
    if abs(left - (width - right)) <= _EVEN * width / 2:
        return "centre"
    return "left" if left < width - right else "right"


def _ground(box: Box, image: Image.Image) -> tuple[int, int]:
    """Return how far left and right the ground of a line reaches."""
    x0, x1 = max(0, int(box.x0)), min(image.width, int(box.x1) + 1)
    top, bottom = max(0, int(box.top)), min(image.height, int(box.bottom) + 1)
    if x1 <= x0 or bottom <= top:
        return 0, image.width
    fill = _most(image.crop((x0, top, x1, bottom)))
    air = (bottom - top) // 4
    levels = (top - air, bottom + air)
    left = min(_reach(image, fill, x0, y, -1) for y in levels)
    return left, max(_reach(image, fill, x1 - 1, y, 1) for y in levels)


def _most(crop: Image.Image) -> tuple[int, ...]:
    """Return the commonest colour, roughly."""
    counts = crop.quantize(8).convert("RGB").getcolors(crop.width * crop.height) or [(1, (255, 255, 255))]
    colour = max(counts, key=lambda one: one[0])[1]
    return tuple(colour) if isinstance(colour, tuple) else (255, 255, 255)


def _reach(image: Image.Image, fill: tuple[int, ...], x: int, y: int, step: int) -> int:
    y = min(max(y, 0), image.height - 1)
    row = image.crop((0, y, image.width, y + 1)).tobytes()
    at = x
    while 0 <= at < image.width:
        if any(abs(row[3 * at + channel] - fill[channel]) > _ALIKE for channel in range(3)):
            return at
        at += step
    return 0 if step < 0 else image.width
