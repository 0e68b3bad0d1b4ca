"""Tables with vertical rules: columns and rows come from the ruling, also where cells are merged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from workbench.readers.pdf.cells import RawRow, placed
from workbench.readers.pdf.geometry import Rule
from workbench.readers.pdf.words import PrintedLine, Token, lines_of
from workbench.readers.pdf.wrapping import is_wrapped, row_numbers

_NEAR = 2.5
_LEAST_RULES = 3
_LEAST_HEIGHT = 6.0
_SLACK = 1.5
_WRAPPED_LINES = 1.5


@dataclass(slots=True)
class Region:
    """A stretch of a page with vertical rules."""

    top: float
    bottom: float
    upright: list[Rule]
    levels: list[float]
    """Vertical places of the horizontal rules, region edges included."""
    across: list[Rule]


def regions(rules: Sequence[Rule]) -> list[Region]:
    """Return the ruled stretches of a page from top to bottom; empty with fewer than three vertical rules."""
    upright = sorted((rule for rule in rules if rule.upright and rule.bottom - rule.top >= _LEAST_HEIGHT), key=_top)
    across = [rule for rule in rules if not rule.upright]
    found: list[Region] = []
    for rule in upright:
        if found and rule.top <= found[-1].bottom + _NEAR:
            found[-1].upright.append(rule)
            found[-1].bottom = max(found[-1].bottom, rule.bottom)
        else:
            found.append(Region(rule.top, rule.bottom, [rule], [], []))
    kept = [one for one in found if len(_clusters(rule.x0 for rule in one.upright)) >= _LEAST_RULES]
    for one in kept:
        one.across = [rule for rule in across if one.top - _NEAR <= rule.top <= one.bottom + _NEAR]
        one.levels = _clusters([one.top, one.bottom, *(rule.top for rule in one.across)])
    return kept


def _top(rule: Rule) -> float:
    return rule.top


def _clusters(values: Iterable[float]) -> list[float]:
    found: list[list[float]] = []
    for value in sorted(values):
        if found and value - found[-1][-1] <= _NEAR:
            found[-1].append(value)
        else:
            found.append([value])
    return [sum(group) / len(group) for group in found]


def region_rows(region: Region, tokens: Sequence[Token]) -> list[RawRow]:
    """Return the rows of one ruled stretch, merged cells standing in their first row and column."""
    bands = list(pairwise(region.levels))
    edges = [_edges(region, top, bottom) for top, bottom in bands]
    columns = [_adopted(own, edges) for own in edges]
    inside: list[list[Token]] = [[] for _ in bands]
    for token in tokens:
        for at, (top, bottom) in enumerate(bands):
            if top <= token.level < bottom:
                inside[at].append(token)
                break
    grids = [_band_cells(mine, own, wide) for mine, own, wide in zip(inside, edges, columns, strict=True)]
    _lift_merged(region, bands, columns, grids)
    rows: list[RawRow] = []
    for cells in grids:
        rows.extend(_split_band(cells))
    return [row for row in rows if row.tokens]


def _edges(region: Region, top: float, bottom: float) -> tuple[float, ...]:
    """Return the vertical rules that run through a band."""
    middle = (top + bottom) / 2
    return tuple(_clusters(rule.x0 for rule in region.upright if rule.top - _SLACK <= middle <= rule.bottom + _SLACK))


def _adopted(own: tuple[float, ...], all_edges: Sequence[tuple[float, ...]]) -> tuple[float, ...]:
    """Return the finer ruling of other bands where this band only merges some of its columns."""
    best, times = own, 0
    for other in set(all_edges):
        finer = len(other) > len(own) and all(any(abs(x - y) <= _NEAR for y in other) for x in own)
        count = all_edges.count(other)
        if finer and count > max(times, all_edges.count(own) // 2):
            best, times = other, count
    return best


def _band_cells(tokens: Sequence[Token], own: tuple[float, ...], wide: tuple[float, ...]) -> list[list[Token]]:
    """Put a band's tokens into columns; a merged cell's tokens into the first column it covers."""
    cells: list[list[Token]] = [[] for _ in range(len(wide) + 1)]
    for line in lines_of(tokens):
        for at, found in enumerate(placed(line, own)):
            if not found:
                continue
            left = own[at - 1] if at else float("-inf")
            first = sum(edge <= left + _NEAR for edge in wide)
            spans = 1 if at == len(own) else sum(left + _NEAR < edge <= own[at] + _NEAR for edge in wide)
            if spans <= 1 or len({token.run for token in found}) == 1:
                cells[first].extend(found)
            else:
                for column, parts in enumerate(placed(PrintedLine(found, line.top, line.bottom), wide)):
                    cells[column].extend(parts)
    return cells


def _lift_merged(
    region: Region,
    bands: Sequence[tuple[float, float]],
    columns: Sequence[tuple[float, ...]],
    grids: list[list[list[Token]]],
) -> None:
    """Move the text of a cell merged over rows into its first row."""
    for at in range(len(bands) - 1):
        if columns[at] != columns[at + 1]:
            continue
        for column in range(1, len(columns[at])):
            middle = (columns[at][column - 1] + columns[at][column]) / 2
            level = bands[at][1]
            ruled = any(
                abs(rule.top - level) <= _NEAR and rule.x0 - _SLACK <= middle <= rule.x1 + _SLACK
                for rule in region.across
            )
            first = _first_merged(region, bands, at, middle)
            if not ruled and grids[at + 1][column] and not any(grids[row][column] for row in range(first, at + 1)):
                grids[first][column], grids[at + 1][column] = grids[at + 1][column], []


def _first_merged(region: Region, bands: Sequence[tuple[float, float]], at: int, middle: float) -> int:
    """Return the first band of the merged cell that reaches down over the lower edge of band ``at``."""
    while at > 0:
        level = bands[at][0]
        if any(
            abs(rule.top - level) <= _NEAR and rule.x0 - _SLACK <= middle <= rule.x1 + _SLACK for rule in region.across
        ):
            break
        at -= 1
    return at


def _split_band(cells: list[list[Token]]) -> list[RawRow]:
    """Return one row for a band, or its rows where most cells hold several lines that are no wrapped text."""
    counts = [len(lines_of(cell)) for cell in cells if cell]
    if not counts or median(counts) < _WRAPPED_LINES or is_wrapped(cells):
        return [RawRow(cells)]
    lines = lines_of(token for cell in cells for token in cell)
    home = {id(token): column for column, cell in enumerate(cells) for token in cell}
    numbers = row_numbers(lines) or list(range(len(lines)))
    rows = [RawRow([[] for _ in cells]) for _ in range(numbers[-1] + 1)]
    for line, number in zip(lines, numbers, strict=True):
        for token in line.tokens:
            rows[number].cells[home[id(token)]].append(token)
    return rows
