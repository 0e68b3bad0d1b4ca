"""Columns kept by blanks: fixed-width reports, where a Chinese character is two columns wide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from workbench.readers.model import Cell, Row

_WIDE = re.compile("[ᄀ-ᅟ⺀-꓏가-힣豈-﫿︰-﹯！-｠￠-￦]")
_LEAST_WORDS = 4
_CROSSED = 0.5
_WHOLE_TITLES = frozenset("借贷收支买卖增减")
_WIDEST_INNER = 8
"""Most blanks inside one title."""
_BOX = str.maketrans(dict.fromkeys("│┃║|┆┊", " "))
_RULED = re.compile(r"^[\s─━═┄┈┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝+\-=_*│┃║|]+$")
_WORD = re.compile(r"[^\s\u3000]+(?:[ ][^\s\u3000]+)*")
_LONE = re.compile(r"[^\s\u3000]+")


def fixed_rows(lines: Sequence[str]) -> tuple[Row, ...]:
    """Return rows whose cells stand under the words of the heading above them; other lines as single cells."""
    heading: list[tuple[int, int]] = []
    bounds: list[int] = []
    rows: list[Row] = []
    for number, raw in enumerate(lines, 1):
        line = raw.expandtabs(8).translate(_BOX)
        if not line.strip() or _RULED.match(raw):
            continue
        words = [(match.group(), *_span(line, match.start(), match.end())) for match in _LONE.finditer(line)]
        if _is_heading([word for word, _, _ in words]):
            heading = _heading_spans(words)
            bounds = _bounds(heading, _block(lines, number))
            rows.append(_row(words, bounds, number))
        elif bounds and len(words) > 1:
            rows.append(_row(words, bounds, number))
        else:
            rows.append(Row(tuple(Cell(part.strip()) for part in re.split(r"\s{2,}|\u3000{2,}", line.strip())), number))
    return tuple(rows)


def display_width(text: str) -> int:
    """Return how many columns a text takes where a Chinese character takes two."""
    return len(text) + len(_WIDE.findall(text))


def _span(line: str, start: int, end: int) -> tuple[int, int]:
    left = display_width(line[:start])
    return left, left + display_width(line[start:end])


def _is_heading(words: Sequence[str]) -> bool:
    return len(words) >= _LEAST_WORDS and not any(
        re.search(r"\d", word) or word.endswith((":", "：")) for word in words
    )


def _heading_spans(words: Sequence[tuple[str, int, int]]) -> list[tuple[int, int]]:
    """Return the titles' spans; two lone characters (``价    格``) are one title printed wide."""
    spans: list[tuple[int, int]] = []
    open_half = False
    for word, left, right in words:
        half = len(word) == 1 and bool(_WIDE.match(word)) and word not in _WHOLE_TITLES
        if half and open_half and left - spans[-1][1] <= _WIDEST_INNER:
            spans[-1] = (spans[-1][0], right)
            open_half = False
        else:
            spans.append((left, right))
            open_half = half
    return spans


def _block(lines: Sequence[str], start: int) -> list[list[tuple[int, int]]]:
    """Return the word spans of the data lines below a heading up to the next one."""
    found = []
    for raw in lines[start : start + 3000]:
        line = raw.expandtabs(8).translate(_BOX)
        words = _LONE.findall(line)
        if _is_heading(words):
            break
        if len(words) >= _LEAST_WORDS:
            found.append([_span(line, match.start(), match.end()) for match in _LONE.finditer(line)])
    return found


def _bounds(heading: Sequence[tuple[int, int]], block: Sequence[Sequence[tuple[int, int]]]) -> list[int]:
    """Return the columns' left edges, put where the fewest words are cut; headings with an inner blank become one."""
    cuts = []
    for (left, right), (next_left, next_right) in pairwise(heading):
        places = range((left + right) // 2 + 1, (next_left + next_right) // 2 + 1)
        crossed = {at: sum(a < at < b for spans in block for a, b in spans) for at in places}
        least = min(crossed.values(), default=0)
        if block and least > _CROSSED * len(block):
            continue
        best = [at for at in places if crossed[at] == least]
        between = [at for at in best if right <= at <= next_left] or best
        cuts.append(between[len(between) // 2] if between else next_left)
    return cuts


def _row(words: Sequence[tuple[str, int, int]], cuts: Sequence[int], number: int) -> Row:
    cells: list[list[str]] = [[] for _ in range(len(cuts) + 1)]
    for word, left, right in words:
        middle = (left + right) / 2
        cells[sum(middle >= cut for cut in cuts)].append(word)
    return Row(tuple(Cell(" ".join(parts)) for parts in cells), number)
