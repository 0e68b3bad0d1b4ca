"""What stands on a page before anything is understood: glyphs and rules in one upright frame.

The reading frame is the page turned so that its text runs from left to right; ``Page.shown`` takes a rectangle of
that frame back to the page as a viewer shows it, which is what pictures and sources need.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from workbench.domain.source import Box


@dataclass(slots=True)
class Glyph:
    """One character with its advance box in the reading frame."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    breaks: bool = False
    """True where the file itself separates this glyph from the one before (blank, new line, other text object)."""
    owner: int = 0
    """Identity of the text object it belongs to; 0 where that is not known."""
    blank: bool = False
    """True where the file has a blank or new line before this glyph."""

    @property
    def size(self) -> float:
        """Height of the box in points."""
        return self.bottom - self.top


@dataclass(slots=True)
class Rule:
    """A straight horizontal or vertical stroke or the edge of a filled rectangle."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def upright(self) -> bool:
        """True for a vertical rule."""
        return self.bottom - self.top > self.x1 - self.x0


@dataclass(slots=True)
class Frame:
    """Turns user space (origin bottom left) into an upright frame (origin top left) and back."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int
    """Degrees the page is turned clockwise: 0, 90, 180 or 270."""

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return a user-space point in this frame."""
        if self.turn == 90:  # noqa: PLR2004 - quarter turns
            return y - self.bottom, x - self.left
        if self.turn == 180:  # noqa: PLR2004 - quarter turns
            return self.right - x, y - self.bottom
        if self.turn == 270:  # noqa: PLR2004 - quarter turns
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def user(self, x: float, y: float) -> tuple[float, float]:
        """Return a point of this frame in user space."""
        if self.turn == 90:  # noqa: PLR2004 - quarter turns
            return y + self.left, x + self.bottom
        if self.turn == 180:  # noqa: PLR2004 - quarter turns
            return self.right - x, y + self.bottom
        if self.turn == 270:  # noqa: PLR2004 - quarter turns
            return self.right - y, self.top - x
        return x + self.left, self.top - y

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """Return a user-space rectangle in this frame as (x0, top, x1, bottom)."""
        ax, ay = self.point(x0, y0)
        bx, by = self.point(x1, y1)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


@dataclass(slots=True)
class Page:
    """One page in its reading frame."""

    number: int
    """1-based."""
    reading: Frame
    display: Frame
    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictures: int = 0
    """Number of images on the page."""

    def shown(self, box: Box) -> Box:
        """Return a rectangle of the reading frame on the page as displayed."""
        if self.reading.turn == self.display.turn:
            return box
        ax, ay = self.display.point(*self.reading.user(box.x0, box.top))
        bx, by = self.display.point(*self.reading.user(box.x1, box.bottom))
        return Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
