"""Tables without vertical rules: columns are found under the heading's words, where blanks run down the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from workbench.readers.headings import are_titles, extends, leaves
from workbench.readers.pdf.cells import RawRow, placed, settled_tokens
from workbench.readers.pdf.geometry import Rule
from workbench.readers.pdf.words import PrintedLine, Token
from workbench.readers.pdf.wrapping import has_figures, is_wrapped, row_numbers

_LONGEST_WORD = 14
_DIGIT = re.compile(r"\d")
_AHEAD = 4
_CLOSE, _CLOSER = 1.5, 0.6
"""Widest gap, in heights, to a line that belongs to a heading: with several words, with few."""
_SEVERAL = 3
_PAGE_NUMBER = re.compile(
    r"^[-—\s]*(?:第\s*\d+\s*(?:/\s*\d+\s*)?页|共\s*\d+\s*页|page\s*\d+|\d+\s*/\s*\d+\s*页?$|页码|\d{1,4}[-—\s]*$)",
    re.IGNORECASE,
)
_NAMED_PAGE = re.compile(r"页|page", re.IGNORECASE)
_FAR = 3.0
_FEW_RUNS = 3
_SHIFT = 3.0
_CROSSED = 0.5
_RARE = 0.01
_SAMPLE = 3000
_OVERLAP = 0.12
_WIDE_RULE = 0.35
_INK = 4
_BLANK = 1
_BIN = 2
"""Bins per point when blanks are counted."""


@dataclass(slots=True)
class Segment:
    """A heading with all lines below it, over all pages that repeat it or go on without one."""

    heading: list[PrintedLine]
    body: list[PrintedLine] = field(default_factory=list)
    cuts: list[float] = field(default_factory=list)


def is_heading(lines: Sequence[PrintedLine], at: int) -> bool:
    """Tell whether a line looks like column titles: several short words without digits above lines with digits.

    Part of a wrapped row looks like that, too, but overlaps the row or is closer to it than to what follows.
    """
    line, below = lines[at], lines[at + 1 :]
    words = [token.text for token in line.tokens]
    if not are_titles(words) or any(len(word) > _LONGEST_WORD or word.endswith("。") for word in words):
        return False
    if _is_part_of_row(line, lines[at - 1] if at else None, below[0] if below else None):
        return False
    return any(sum(bool(_DIGIT.search(token.text)) for token in other.tokens) > 1 for other in below[:_AHEAD])


def _is_part_of_row(line: PrintedLine, above: PrintedLine | None, below: PrintedLine | None) -> bool:
    height = line.bottom - line.top
    under = below.top - line.bottom if below else 0.0
    if below is not None and under < -_OVERLAP * height and has_figures(below):
        return True
    return above is not None and has_figures(above) and line.top - above.bottom < under - _CLOSER * height


def is_furniture(lines: Sequence[PrintedLine], at: int) -> bool:
    """Tell whether a line is a page number or stands alone far below or above the table."""
    line = lines[at]
    if _PAGE_NUMBER.match(line.text) and (_NAMED_PAGE.search(line.text) or at in {0, len(lines) - 1}):
        return True
    height = line.bottom - line.top
    above = line.top - lines[at - 1].bottom if at else 0.0
    last = at + 1 == len(lines)
    return last and above > _FAR * height and len({token.run for token in line.tokens}) <= _FEW_RUNS


def heading_block(lines: Sequence[PrintedLine], at: int) -> tuple[int, int]:
    """Return the range of lines that belong to the heading at ``at``: group titles above, wrapped words below."""
    first, last = at, at
    height = lines[at].bottom - lines[at].top
    while first > 0 and _extends(lines[first - 1], lines[first].top - lines[first - 1].bottom, height, lines[at]):
        first -= 1
    while last + 1 < len(lines):
        line, following = lines[last + 1], lines[last + 2] if last + 2 < len(lines) else None
        if not _extends(line, line.top - lines[last].bottom, height, lines[at]) or _is_part_of_row(
            line, None, following
        ):
            break
        last += 1
    return first, last + 1


def same_heading(one: Sequence[PrintedLine], other: Sequence[PrintedLine]) -> bool:
    """Tell whether two headings have the same words at the same places."""
    first = [token for line in one for token in line.tokens]
    second = [token for line in other for token in line.tokens]
    return len(first) == len(second) and all(
        a.text == b.text and abs(a.x0 - b.x0) <= _SHIFT for a, b in zip(first, second, strict=True)
    )


def _extends(line: PrintedLine, gap: float, height: float, heading: PrintedLine) -> bool:
    words, titles = [token.text for token in line.tokens], [token.text for token in heading.tokens]
    box, main = line.box, heading.box
    inside = box.x0 >= main.x0 - height and box.x1 <= main.x1 + height
    close = _CLOSE if len(words) >= _SEVERAL else _CLOSER
    return inside and gap <= close * height and not any(":" in word for word in words) and extends(words, titles)


def find_cuts(heading: Sequence[PrintedLine], body: Sequence[PrintedLine]) -> list[float]:
    """Return the inner edges of the columns."""
    step = max(1, len(body) // _SAMPLE)
    sample = [settled_tokens(line) for line in body[::step]]
    if not heading:
        return _plain_cuts(_coverage(sample, _INK, 0), len(sample) * _INK)
    cover = _coverage(sample, _INK, _BLANK)
    leaves = _leaves(heading)
    for left, right in leaves:
        for at in range(int(left * _BIN) + 1, int(right * _BIN)):
            cover[at] = cover.get(at, 0) + len(sample) * _INK
    cuts = []
    for (left, right), (next_left, next_right) in pairwise(leaves):
        low, high = int((left + right) / 2 * _BIN) + 1, int((next_left + next_right) / 2 * _BIN)
        zone = range(low, max(high, low + 1))
        least = min(_at(cover, at) for at in zone)
        if sample and least > _CROSSED * len(sample) * _INK:
            continue
        cuts.append(_widest(zone, cover, least, right * _BIN, next_left * _BIN) / _BIN)
    return cuts


def _coverage(lines: Iterable[Sequence[Token]], ink: int, blank: int) -> dict[int, int]:
    """Return how much stands at each place: ``ink`` for a word, ``blank`` between two words of one stretch."""
    cover: dict[int, int] = {}
    for tokens in lines:
        last: Token | None = None
        for token in tokens:
            if blank and last is not None and last.run == token.run:
                for at in range(int(last.x1 * _BIN), int(token.x0 * _BIN) + 1):
                    cover[at] = cover.get(at, 0) + blank
            for at in range(int(token.x0 * _BIN) + 1, int(token.x1 * _BIN)):
                cover[at] = cover.get(at, 0) + ink
            last = token
    return cover


def _at(cover: dict[int, int], at: int) -> int:
    return cover.get(at, 0)


def _widest(zone: range, cover: dict[int, int], least: int, right: float, next_left: float) -> float:
    """Return the middle of the widest blank in a zone; among equal ones the one between the two titles."""
    runs: list[tuple[int, int]] = []
    for at in zone:
        if _at(cover, at) != least:
            continue
        if runs and runs[-1][1] == at - 1:
            runs[-1] = (runs[-1][0], at)
        else:
            runs.append((at, at))
    best = max(runs, key=lambda run: (run[1] - run[0], min(run[1], next_left) - max(run[0], right)))
    low, high = max(best[0], min(right, best[1])), min(best[1], max(next_left, best[0]))
    return (low + high) / 2 if low <= high else (best[0] + best[1]) / 2


def _plain_cuts(cover: dict[int, int], lines: int) -> list[float]:
    """Return edges at blanks that run down all lines, where there is no heading to follow."""
    if not cover:
        return []
    cuts, start = [], None
    for at in range(min(cover), max(cover) + 1):
        if cover.get(at, 0) <= lines * _RARE:
            start = at if start is None else start
        elif start is not None:
            if at - start >= 2 * _BIN:
                cuts.append((start + at) / 2 / _BIN)
            start = None
    return cuts


def _leaves(heading: Sequence[PrintedLine]) -> list[tuple[float, float]]:
    tokens = [token for line in heading for token in line.tokens]
    return leaves(tokens, median(token.bottom - token.top for token in tokens))


def body_rows(lines: Sequence[PrintedLine], cuts: Sequence[float], rules: Sequence[Rule]) -> list[RawRow]:
    """Return one page's lines as rows; lines between the same two rules, or half a line apart, are one row."""
    bands = _bands(lines, cuts, rules)
    numbers = None if bands[0] >= 0 else row_numbers(lines)
    bands = numbers or bands
    rows: list[RawRow] = []
    last: tuple[PrintedLine, int] | None = None
    for line, band in zip(lines, bands, strict=True):
        cells = placed(line, cuts)
        same_band = band >= 0 and last is not None and last[1] == band
        if rows and last is not None and (same_band or _interleaved(line, last[0], cells, rows[-1].cells)):
            for mine, new in zip(rows[-1].cells, cells, strict=True):
                mine.extend(new)
        else:
            rows.append(RawRow(cells))
        last = (line, band)
    return rows


def _interleaved(line: PrintedLine, last: PrintedLine, cells: list[list[Token]], before: list[list[Token]]) -> bool:
    """Tell whether two lines overlap in height, as the halves of a wrapped cell beside a single line do."""
    shared = last.bottom - line.top
    if shared < _OVERLAP * (line.bottom - line.top):
        return False
    both = sum(bool(new) and bool(old) for new, old in zip(cells, before, strict=True))
    fewer = min(sum(map(bool, cells)), sum(map(bool, before)))
    return both * 2 <= fewer


def _bands(lines: Sequence[PrintedLine], cuts: Sequence[float], rules: Sequence[Rule]) -> list[int]:
    """Return the number of the ruled band each line stands in, or -1 where rules do not separate single rows."""
    width = max((line.box.x1 for line in lines), default=0) - min((line.box.x0 for line in lines), default=0)
    levels = sorted(
        {round(rule.top, 1) for rule in rules if not rule.upright and rule.x1 - rule.x0 >= _WIDE_RULE * width}
    )
    if not levels:
        return [-1] * len(lines)
    bands = [sum(level <= (line.top + line.bottom) / 2 for level in levels) for line in lines]
    rows = [[line for line, own in zip(lines, bands, strict=True) if own == band] for band in sorted(set(bands))]
    alone = sum(len(row) for row in rows if _is_row(row, cuts))
    return bands if alone * 2 >= len(lines) else [-1] * len(lines)


def _is_row(lines: Sequence[PrintedLine], cuts: Sequence[float]) -> bool:
    """Tell whether the lines between two rules are one row: a single line, or the lines of wrapped cells."""
    if len(lines) == 1 or sum(has_figures(line) for line in lines) == 1:
        return True
    cells: list[list[Token]] = [[] for _ in range(len(cuts) + 1)]
    for line in lines:
        for cell, new in zip(cells, placed(line, cuts), strict=True):
            cell.extend(new)
    return is_wrapped(cells)
