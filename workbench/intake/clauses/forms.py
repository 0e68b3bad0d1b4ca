"""Forms without bars: labels and values that only stand in columns become rows ``label | value``.

A value column is a place where, on at least three lines, text begins after a wide gap. A line that begins there
has no label of its own: it is the wrapped part of the nearer row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from workbench.readers.model import TextLine, Word

_LEAST_ROWS = 3
_WIDE = 1.1
"""A gap wider than this many line heights parts two columns."""
_NEAR = 4.0
"""Points within which two lines begin in the same place."""
_TEXT_ROW = re.compile(
    r"^\s*(?P<label>(?!第\S{1,4}[条章节款]|[一二三四五六七八九十]{1,3}$)[^\s\d:,。;|%]{2,16})"
    r"(?P<gap>[ \u3000]{2,}|\t+)(?P<value>[^\s|].*)$"
)
_NUMBER = re.compile(r"^(?:第\S{1,4}[条章节款]|[(（]?[\d一二三四五六七八九十.]{1,5}[)）]?[、.]?)$")


@dataclass(frozen=True, slots=True)
class _Split:
    """A line's words and where a new column begins among them."""

    line: TextLine
    at: tuple[int, ...]


def with_forms(lines: Sequence[TextLine]) -> tuple[TextLine, ...]:
    """Return the lines with aligned columns joined into rows; other lines stay as they are."""
    result: list[TextLine] = []
    page: list[TextLine] = []
    for line in lines:
        if page and page[-1].page != line.page:
            result.extend(_page(page))
            page = []
        page.append(line)
    result.extend(_page(page))
    return tuple(result)


def _page(lines: Sequence[TextLine]) -> Iterator[TextLine]:
    if any(line.words for line in lines):
        yield from _by_geometry(lines)
    else:
        yield from _by_blanks(lines)


def _by_blanks(lines: Sequence[TextLine]) -> Iterator[TextLine]:
    """Turn ``label   value`` of a text file into a row where several lines do so."""
    rows = {at: match for at, line in enumerate(lines) if (match := _TEXT_ROW.match(line.text))}
    for at, line in enumerate(lines):
        match = rows.get(at)
        if match is None or len(rows) < _LEAST_ROWS or len(match["gap"]) + len(match["label"]) < len(" | "):
            yield line
            continue
        start, end = match.span("gap")
        bar = "|".center(end - start) if end - start > 1 else "|"
        yield replace(line, text=line.text[:start] + bar + line.text[end:])


def _by_geometry(lines: Sequence[TextLine]) -> Iterator[TextLine]:
    starts = Counter(round(line.words[at].box.x0 / _NEAR) for line in lines for at in _gaps(line))
    columns = [
        place * _NEAR for place in starts if sum(starts[near] for near in (place - 1, place, place + 1)) >= _LEAST_ROWS
    ]
    splits = [_Split(line, tuple(at for at in _gaps(line) if _in(columns, line.words[at].box.x0))) for line in lines]
    owners = {at: _owner(splits, at, columns) for at in range(len(splits))}
    for at, split in enumerate(splits):
        if split.at:
            before = [splits[other].line for other, owner in owners.items() if owner == at and other < at]
            after = [splits[other].line for other, owner in owners.items() if owner == at and other > at]
            yield _row(split, before, after)
        elif owners[at] is None:
            yield split.line


def _gaps(line: TextLine) -> Iterator[int]:
    """Yield the positions of words that stand after a wide gap."""
    for at in range(1, len(line.words)):
        left, right = line.words[at - 1].box, line.words[at].box
        if at == 1 and _NUMBER.match(line.words[0].text):
            continue
        if right.x0 - left.x1 > _WIDE * (right.bottom - right.top):
            yield at


def _in(columns: Sequence[float], place: float) -> bool:
    return any(abs(place - column) <= _NEAR for column in columns)


def _owner(splits: Sequence[_Split], at: int, columns: Sequence[float]) -> int | None:
    """Return the row that a line without label continues: the nearer of its neighbours; None for other lines."""
    line = splits[at].line
    if splits[at].at or not line.words or not _in(columns, line.words[0].box.x0):
        return None
    above = _reach(splits, at, -1, columns)
    below = _reach(splits, at, 1, columns)
    if above is None or below is None:
        return above[0] if above else below[0] if below else None
    return above[0] if above[1] <= below[1] else below[0]


def _reach(splits: Sequence[_Split], at: int, step: int, columns: Sequence[float]) -> tuple[int, float] | None:
    """Return the next row in one direction, and the widest step between lines on the way to it."""
    widest = 0.0
    while 0 <= at + step < len(splits):
        here, there = splits[at].line.box, splits[at + step].line.box
        if here is None or there is None:
            return None
        widest = max(widest, abs(there.top - here.top))
        at += step
        if splits[at].at:
            return at, widest
        if not splits[at].line.words or not _in(columns, splits[at].line.words[0].box.x0):
            return None
    return None


def _row(split: _Split, before: Sequence[TextLine], after: Sequence[TextLine]) -> TextLine:
    """Join a row's cells with bars; its wrapped lines go before and after the last cell's words."""
    bounds = (0, *split.at, len(split.line.words))
    cells = [list(split.line.words[start:stop]) for start, stop in pairwise(bounds)]
    cells[-1] = [*_words(before), *cells[-1], *_words(after)]
    text = " | ".join(_joined(cell) for cell in cells)
    box = split.line.box
    for line in (*before, *after):
        box = box.union(line.box) if box and line.box else box
    return replace(split.line, text=text, words=tuple(word for cell in cells for word in cell), box=box)


def _words(lines: Sequence[TextLine]) -> Iterator[Word]:
    for line in lines:
        yield from line.words


def _joined(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)
