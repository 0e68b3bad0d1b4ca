"""What recognition reports: runs of text with their corners, and place and confidence of every character."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass, replace
from itertools import pairwise

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Seen:
    """One run of recognised text, in pixels of the picture, origin at the top left."""

    text: str
    corners: tuple[Point, Point, Point, Point]
    """Clockwise from the top left of the text."""
    spans: tuple[tuple[float, float], ...]
    """Left and right edge of every character."""
    scores: tuple[float, ...]
    """Confidence of every character, 0 to 1."""

    @property
    def height(self) -> float:
        """Height of the run across its direction."""
        return math.dist(self.corners[0], self.corners[3])

    @property
    def width(self) -> float:
        """Length of the run along its direction."""
        return math.dist(self.corners[0], self.corners[1])

    @property
    def middle(self) -> Point:
        """Centre of the run."""
        return sum(x for x, _ in self.corners) / 4, sum(y for _, y in self.corners) / 4

    def level_at(self, x: float) -> float:
        """Return the height of the run's middle line at a horizontal place."""
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = self.corners
        left, right = ((ax + dx) / 2, (ay + dy) / 2), ((bx + cx) / 2, (by + cy) / 2)
        wide = right[0] - left[0]
        return left[1] + (right[1] - left[1]) * (x - left[0]) / wide if wide else left[1]


def seen(
    text: str,
    corners: tuple[Point, Point, Point, Point],
    score: float,
    spans: tuple[tuple[float, float], ...] = (),
    scores: tuple[float, ...] = (),
) -> Seen:
    """Return a run of text; characters without a place of their own are spread by their usual widths."""
    if len(spans) != len(text):
        spans = _spread(text, min(corners[0][0], corners[3][0]), max(corners[1][0], corners[2][0]))
    return Seen(text, corners, spans, scores if len(scores) == len(text) else (score,) * len(text))


def moved(word: Seen, down: float) -> Seen:
    """Return a run moved down by some pixels: from a piece of a picture to the whole."""
    a, b, c, d = ((x, y + down) for x, y in word.corners)
    return replace(word, corners=(a, b, c, d)) if down else word


def _spread(text: str, left: float, right: float) -> tuple[tuple[float, float], ...]:
    widths = [2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text]
    step = (right - left) / max(sum(widths), 1)
    edges = [left + step * sum(widths[:at]) for at in range(len(widths) + 1)]
    return tuple(pairwise(edges))
