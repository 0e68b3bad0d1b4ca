"""A recognised picture as a page of glyphs: levelled for reading, with the way back to the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from workbench.domain.source import Box
from workbench.readers.pdf.geometry import Frame, Glyph, Page
from workbench.readers.scan.level import turned
from workbench.readers.scan.seen import Point, Seen

_BODY = 0.8
"""Height of the letters in a recognised run, which is framed with some air."""
_SPECK = 0.6
"""Confidence below which a lone Latin letter is a stain."""
_INSIDE = 0.6
"""Part of a run inside another one from which it is the same ink seen twice."""


@dataclass(slots=True)
class ScannedPage(Page):
    """A page read from a picture."""

    tilt: float = 0.0
    """Degrees by which the text falls to the right."""
    middle: Point = (0.0, 0.0)
    turn: int = 0
    """Degrees counter-clockwise by which the picture was turned to be upright, before it was levelled."""
    marks: list[tuple[float, float, float]] = field(default_factory=list)
    """(x, y, confidence) of every glyph's middle on the picture."""
    sides: list[tuple[float, str]] = field(default_factory=list)
    """(middle height, side) of every line of a screenshot."""

    @property
    def width(self) -> float:
        """Width of the upright page."""
        return self.reading.right

    def shown(self, box: Box) -> Box:
        """Return a rectangle of the levelled page as the smallest one around it on the picture."""
        corners = ((box.x0, box.top), (box.x1, box.top), (box.x1, box.bottom), (box.x0, box.bottom))
        points = [self.on_picture(corner) for corner in corners]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return Box(round(min(xs), 1), round(min(ys), 1), round(max(xs), 1), round(max(ys), 1))

    def on_picture(self, point: Point) -> Point:
        """Return a place of the levelled page on the picture as it is in the file."""
        x, y = turned(point, self.tilt, self.middle)
        wide, high = self.reading.right, self.reading.top
        return {90: (high - y, x), 180: (wide - x, high - y), 270: (y, wide - x)}.get(self.turn, (x, y))

    def sureness(self, box: Box | None) -> float | None:
        """Return the least confidence of the glyphs in a rectangle of the picture."""
        if box is None:
            return None
        inside = (score for x, y, score in self.marks if box.top <= y <= box.bottom and box.x0 <= x <= box.x1)
        return min(inside, default=None)

    def side(self, box: Box) -> str:
        """Return on which side of a screenshot the line nearest to a rectangle of the levelled page stands."""
        level = (box.top + box.bottom) / 2
        near = min(self.sides, key=lambda one: abs(one[0] - level), default=(0.0, ""))
        return near[1] if abs(near[0] - level) <= box.bottom - box.top else ""


def levelled(words: Sequence[Seen], tilt: float, middle: Point) -> list[Seen]:
    """Return runs of text as they stand once the picture is turned back by its tilt around its middle."""
    return [_levelled(word, tilt, middle) for word in words]


def _levelled(word: Seen, tilt: float, middle: Point) -> Seen:
    a, b, c, d = (turned(corner, -tilt, middle) for corner in word.corners)
    centres = [(left + right) / 2 for left, right in word.spans]
    moved = [turned((x, word.level_at(x)), -tilt, middle)[0] for x in centres]
    spans = tuple(
        (x - (right - left) / 2, x + (right - left) / 2) for x, (left, right) in zip(moved, word.spans, strict=True)
    )
    return replace(word, corners=(a, b, c, d), spans=spans)


def scanned_page(
    number: int, words: Sequence[Seen], size: Point, tilt: float, scale: float = 1.0, turn: int = 0
) -> ScannedPage:
    """Return a page of what was recognised.

    Args:
        number: page, counted from 1.
        words: what was recognised, in pixels of the levelled picture.
        size: width and height of the upright picture in pixels.
        tilt: degrees by which the text falls to the right in the picture.
        scale: points to a pixel.
        turn: degrees counter-clockwise by which the picture was turned to be upright.
    """
    frame = Frame(0, 0, size[0] * scale, size[1] * scale, 0)
    middle = (size[0] * scale / 2, size[1] * scale / 2)
    page = ScannedPage(number, frame, frame, pictures=1, tilt=tilt, middle=middle, turn=turn)
    for owner, word in enumerate(once(words), 1):
        _add(page, word, scale, owner)
    return page


def once(words: Sequence[Seen]) -> list[Seen]:
    """Return the runs without specks, and without those that lie inside a longer one: the same ink seen twice."""
    kept: list[Seen] = []
    words = [word for word in words if not _is_speck(word)]
    for word in sorted(words, key=lambda one: -one.width):
        wide = max(word.spans[-1][1] - word.spans[0][0], 1.0)
        if not any(_shared(word, other) > _INSIDE * wide * word.height for other in kept):
            kept.append(word)
    return sorted(kept, key=lambda one: (one.middle[1], one.middle[0]))


def _is_speck(word: Seen) -> bool:
    """Tell whether a run is a single doubtful Latin letter or mark: the corner of a rule, a stain."""
    text = word.text.strip()
    return len(text) == 1 and text.isascii() and not text.isdigit() and word.scores[0] < _SPECK


def _shared(one: Seen, other: Seen) -> float:
    wide = min(one.spans[-1][1], other.spans[-1][1]) - max(one.spans[0][0], other.spans[0][0])
    if wide <= 0:
        return 0.0
    x = one.middle[0]
    top = max(one.level_at(x) - one.height / 2, other.level_at(x) - other.height / 2)
    bottom = min(one.level_at(x) + one.height / 2, other.level_at(x) + other.height / 2)
    return wide * max(0.0, bottom - top)


def _add(page: ScannedPage, word: Seen, scale: float, owner: int) -> None:
    half = word.height * scale * _BODY / 2
    level = word.middle[1] * scale
    breaks = True
    for char, (left, right), score in zip(word.text, word.spans, word.scores, strict=True):
        if char.isspace():
            breaks = True
            continue
        glyph = Glyph(char, left * scale, level - half, right * scale, level + half, breaks, owner)
        page.glyphs.append(glyph)
        page.marks.append((*page.on_picture(((glyph.x0 + glyph.x1) / 2, level)), score))
        breaks = False
