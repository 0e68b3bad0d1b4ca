"""Columns kept by blanks: fixed-width reports, where a Chinese character is two columns wide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from workbench.readers.headings import are_titles, extends, leaves
from workbench.readers.model import Cell, Row

_WIDE = re.compile("[ᄀ-ᅟ⺀-꓏가-힣豈-﫿︰-﹯！-｠￠-￦]")
_LEAST_WORDS = 4
_CROSSED = 0.5
_COLUMNS = 2
"""Display columns of a Chinese character."""
_HEADING_LINES = 3
_SAMPLE = 3000
_BOX = str.maketrans(dict.fromkeys("│┃║|┆┊", " "))
_RULED = re.compile(r"^[\s─━═┄┈┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝+\-=_*│┃║|]+$")
_LONE = re.compile(r"[^\s\u3000]+")


@dataclass(frozen=True, slots=True)
class _Word:
    """A word between two display columns."""

    text: str
    x0: float
    x1: float


def fixed_rows(lines: Sequence[str]) -> tuple[Row, ...]:
    """Return rows whose cells stand under the words of the heading above them; other lines as single cells."""
    cuts: list[int] = []
    rows: list[Row] = []
    headed = 0
    printed = [(number, line, _words(line)) for number, line in enumerate(map(_plain, lines), 1) if line]
    for at, (number, line, words) in enumerate(printed):
        if at >= headed and are_titles([word.text for word in words]):
            headed = _heading_end(printed, at)
            titles = [word for _, _, some in printed[at:headed] for word in some]
            cuts = _bounds(leaves(titles, _COLUMNS), _block(printed[headed : headed + _SAMPLE]))
        if cuts and (len(words) > 1 or at < headed):
            rows.append(_row(words, cuts, number))
        else:
            rows.append(Row(tuple(Cell(part.strip()) for part in re.split(r"\s{2,}|\u3000{2,}", line.strip())), number))
    return tuple(rows)


def display_width(text: str) -> int:
    """Return how many columns a text takes where a Chinese character takes two."""
    return len(text) + len(_WIDE.findall(text))


def _plain(raw: str) -> str:
    """Return a line without drawn boxes; blank where it is nothing but ruling."""
    return "" if not raw.strip() or _RULED.match(raw) else raw.expandtabs(8).translate(_BOX)


def _words(line: str) -> list[_Word]:
    found = []
    for match in _LONE.finditer(line):
        left = display_width(line[: match.start()])
        found.append(_Word(match.group(), left, left + display_width(match.group())))
    return found


def _heading_end(printed: Sequence[tuple[int, str, list[_Word]]], at: int) -> int:
    """Return where the heading that starts at a line ends: its wrapped words and the titles under groups included."""
    heading = printed[at][2]
    end = at + 1
    while end < min(len(printed), at + _HEADING_LINES):
        words = printed[end][2]
        inside = all(heading[0].x0 - 1 <= word.x0 and word.x1 <= heading[-1].x1 + 1 for word in words)
        if not inside or not extends([word.text for word in words], [word.text for word in heading]):
            break
        end += 1
    return end


def _block(printed: Sequence[tuple[int, str, list[_Word]]]) -> list[list[tuple[float, float]]]:
    """Return the word spans of the data lines below a heading up to the next one."""
    found = []
    for _, _, words in printed:
        if are_titles([word.text for word in words]):
            break
        if len(words) >= _LEAST_WORDS:
            found.append([(word.x0, word.x1) for word in words])
    return found


def _bounds(heading: Sequence[tuple[float, float]], block: Sequence[Sequence[tuple[float, float]]]) -> list[int]:
    """Return the columns' left edges, put where the fewest words are cut; headings with an inner blank become one."""
    cuts = []
    for (left, right), (next_left, next_right) in pairwise(heading):
        places = range(int(left + right) // 2 + 1, int(next_left + next_right) // 2 + 1)
        crossed = {at: sum(a < at < b for spans in block for a, b in spans) for at in places}
        least = min(crossed.values(), default=0)
        if block and least > _CROSSED * len(block):
            continue
        best = [at for at in places if crossed[at] == least]
        between = [at for at in best if right <= at <= next_left] or best
        cuts.append(between[len(between) // 2] if between else int(next_left))
    return cuts


def _row(words: Sequence[_Word], cuts: Sequence[int], number: int) -> Row:
    cells: list[list[str]] = [[] for _ in range(len(cuts) + 1)]
    for word in words:
        middle = (word.x0 + word.x1) / 2
        cells[sum(middle >= cut for cut in cuts)].append(word.text)
    return Row(tuple(Cell(" ".join(parts)) for parts in cells), number)
