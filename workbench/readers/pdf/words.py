"""Glyphs become tokens and lines. Order in the file counts before place: overlapping cells stay apart."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from workbench.domain.source import Box
from workbench.readers.pdf.geometry import Glyph

_GAP = 0.28
"""Blank between two glyphs of one word, in glyph heights."""
_OBJECT_GAP = 0.16
"""The same where the file starts a new text object."""
_BLANK_GAP = 0.08
"""The same where the file has a blank there."""
_BACK = 0.3
"""How far a glyph may start left of the previous one's end and still belong to its word, in heights."""
_SAME_LINE = 0.45
"""Vertical overlap, in heights of the smaller, from which two tokens stand on one line."""
_RUN_GAP = 0.9
"""Widest blank, in heights, between two words of one stretch of text."""
_DOUBLE = 0.12
"""Offset, in heights, within which an equal glyph is the same one printed twice to look bold."""


_LEAST_FIGURE = 3
_FIGURE_ENDS = frozenset("0123456789)")
_FIGURE_STARTS = frozenset("0123456789-(−+")
_AROUND = (-1, 0, 1)


@dataclass(slots=True)
class Token:
    """A run of glyphs without a blank, in the reading frame."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    edges: array[float] = field(default_factory=lambda: array("d"))
    """Left edge of every glyph, packed: a long file has millions."""
    run: int = 0
    """Number of the stretch of text, in file order, that the token belongs to: words of one sentence or cell."""

    @property
    def middle(self) -> float:
        """Horizontal middle."""
        return (self.x0 + self.x1) / 2

    @property
    def level(self) -> float:
        """Vertical middle."""
        return (self.top + self.bottom) / 2

    @property
    def box(self) -> Box:
        """The token's rectangle in the reading frame."""
        return Box(self.x0, self.top, self.x1, self.bottom)


@dataclass(slots=True)
class PrintedLine:
    """Tokens that stand on one line, from left to right."""

    tokens: list[Token]
    top: float
    bottom: float

    @property
    def text(self) -> str:
        """The tokens with single blanks between them."""
        return " ".join(token.text for token in self.tokens)

    @property
    def box(self) -> Box:
        """The line's rectangle in the reading frame."""
        return Box(
            min(token.x0 for token in self.tokens),
            min(token.top for token in self.tokens),
            max(token.x1 for token in self.tokens),
            max(token.bottom for token in self.tokens),
        )


def tokens_of(glyphs: Iterable[Glyph]) -> list[Token]:
    """Group glyphs into tokens in file order; what is printed twice at one place to look bold counts once."""
    all_glyphs = list(glyphs)
    sizes = Counter(glyph.owner for glyph in all_glyphs)
    found: list[Token] = []
    last: Glyph | None = None
    run = 0
    for glyph in all_glyphs:
        if last is not None and _doubled(glyph, last):
            continue
        apart = last is None or _figures_meet(glyph, last, sizes)
        if last is None or not found or apart or _starts_token(glyph, last):
            run += last is None or apart or _starts_run(glyph, last)
            found.append(Token(glyph.text, glyph.x0, glyph.top, glyph.x1, glyph.bottom, array("d", [glyph.x0]), run))
        else:
            token = found[-1]
            token.text += glyph.text
            token.edges.append(glyph.x0)
            token.x1 = max(token.x1, glyph.x1)
            token.top, token.bottom = min(token.top, glyph.top), max(token.bottom, glyph.bottom)
        last = glyph
    return _single(found)


def _figures_meet(glyph: Glyph, last: Glyph, sizes: Counter[int]) -> bool:
    """Tell whether two figures of different text objects touch: they are two cells, not one number."""
    if glyph.owner == last.owner or min(sizes[glyph.owner], sizes[last.owner]) < _LEAST_FIGURE:
        return False
    return last.text in _FIGURE_ENDS and glyph.text in _FIGURE_STARTS


def _doubled(glyph: Glyph, last: Glyph) -> bool:
    reach = _DOUBLE * max(glyph.size, 1.0)
    same = glyph.text == last.text and abs(last.top - glyph.top) <= reach
    return same and abs(last.x0 - glyph.x0) <= reach


def _single(tokens: list[Token]) -> list[Token]:
    """Drop tokens that repeat an equal one at the same place."""
    seen: dict[tuple[str, int, int], Token] = {}
    kept = []
    for token in tokens:
        reach = _DOUBLE * max(token.bottom - token.top, 1.0)
        places = [(token.text, round(token.x0 / 4) + dx, round(token.top / 4) + dy) for dx in _AROUND for dy in _AROUND]
        twins = (seen[place] for place in places if place in seen)
        if any(abs(twin.x0 - token.x0) <= reach and abs(twin.top - token.top) <= reach for twin in twins):
            continue
        seen[token.text, round(token.x0 / 4), round(token.top / 4)] = token
        kept.append(token)
    return kept


def _starts_run(glyph: Glyph, last: Glyph) -> bool:
    size = max(min(glyph.size, last.size), 1.0)
    off_line = abs((glyph.top + glyph.bottom) - (last.top + last.bottom)) > size
    return off_line or not -_BACK * size <= glyph.x0 - last.x1 <= _RUN_GAP * size


def _starts_token(glyph: Glyph, last: Glyph) -> bool:
    size = max(min(glyph.size, last.size), 1.0)
    gap = glyph.x0 - last.x1
    if abs((glyph.top + glyph.bottom) - (last.top + last.bottom)) > size:
        return True
    least = _BLANK_GAP if glyph.blank else _OBJECT_GAP if glyph.breaks else _GAP
    return gap > least * size or gap < -_BACK * size


def lines_of(tokens: Iterable[Token]) -> list[PrintedLine]:
    """Group tokens into lines from top to bottom, each from left to right."""
    lines: list[PrintedLine] = []
    for token in sorted(tokens, key=lambda one: (one.level, one.x0)):
        for line in reversed(lines[-3:]):
            shared = min(line.bottom, token.bottom) - max(line.top, token.top)
            if shared >= _SAME_LINE * min(line.bottom - line.top, token.bottom - token.top):
                line.tokens.append(token)
                break
        else:
            lines.append(PrintedLine([token], token.top, token.bottom))
    for line in lines:
        starts: dict[int, float] = {}
        for token in line.tokens:
            starts[token.run] = min(token.x0, starts.get(token.run, token.x0))
        line.tokens.sort(key=lambda one: (starts[one.run], one.run, one.x0))
    return sorted(lines, key=lambda line: line.top)


def split_at(token: Token, cuts: Sequence[float]) -> list[Token]:
    """Cut a token at vertical places that fall between its glyphs."""
    inner = [cut for cut in cuts if token.x0 + 0.5 < cut < token.x1 - 0.5]
    if not inner:
        return [token]
    marks = [0]
    for cut in inner:
        at = next((index for index, edge in enumerate(token.edges) if edge >= cut - 0.8), len(token.edges))
        if marks[-1] < at < len(token.text):
            marks.append(at)
    marks.append(len(token.text))
    parts = []
    for start, end in pairwise(marks):
        right = token.edges[end] if end < len(token.edges) else token.x1
        parts.append(
            Token(
                token.text[start:end],
                token.edges[start],
                token.top,
                right,
                token.bottom,
                token.edges[start:end],
                token.run,
            )
        )
    return parts


def spaced(tokens: Sequence[Token]) -> str:
    """Join tokens of one cell and line: a visible blank becomes one blank."""
    return " ".join(token.text for token in tokens)
