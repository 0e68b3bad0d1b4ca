"""How far a scanned page is turned: the angle under which its words fall onto the fewest, sharpest lines."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from statistics import fmean, median

from workbench.readers.scan.seen import Point, Seen

_COARSE = tuple(step / 4 for step in range(-16, 17))
"""Angles tried first, in degrees."""
_ROUNDS = 2
_SAME_LINE = 0.3
"""Step in height, in heights of the letters, up to which two places stand on one line."""
_LEAST = 6
"""Runs of text from which an angle can be told."""
_BINS = 4.0
"""Bins to a line's height."""


def tilt_of(words: Sequence[Seen]) -> float:
    """Return by how many degrees lines of text fall to the right (positive: clockwise); 0 where it cannot be told."""
    if len(words) < _LEAST:
        return 0.0
    ends = [point for word in words for point in _ends(word)]
    height = median(word.height for word in words)
    tilt = max(_COARSE, key=lambda angle: (_sharpness(ends, angle, height / _BINS), -abs(angle)))
    for _ in range(_ROUNDS):
        tilt += _rest(ends, tilt, height)
    return round(tilt, 3)


def _rest(points: Sequence[Point], degrees: float, height: float) -> float:
    """Return by how many degrees the points still fall, each line by itself, once turned back by an angle."""
    level = sorted((turned(point, -degrees, (0.0, 0.0)) for point in points), key=lambda one: one[1])
    rows: list[list[Point]] = []
    for x, y in level:
        if rows and y - rows[-1][-1][1] <= _SAME_LINE * height:
            rows[-1].append((x, y))
        else:
            rows.append([(x, y)])
    rise = run = 0.0
    for row in rows:
        if row[-1][1] - row[0][1] > height:
            continue  # two lines that cannot be told apart yet
        x, y = fmean(one[0] for one in row), fmean(one[1] for one in row)
        rise += sum((one[0] - x) * (one[1] - y) for one in row)
        run += sum((one[0] - x) ** 2 for one in row)
    return math.degrees(math.atan2(rise, run)) if run else 0.0


def _ends(word: Seen) -> tuple[Point, ...]:
    """Return places along a run's middle line, more for a longer run."""
    left, right = word.corners[0][0], word.corners[1][0]
    count = max(1, min(8, round(word.width / max(word.height, 1.0) / 3)))
    places = (left + (right - left) * (at + 0.5) / count for at in range(count))
    return tuple((x, word.level_at(x)) for x in places)


def _sharpness(points: Sequence[Point], degrees: float, size: float) -> int:
    turn = math.radians(degrees)
    sine, cosine = math.sin(turn), math.cos(turn)
    counts: Counter[int] = Counter()
    for x, y in points:
        place = int((y * cosine - x * sine) / size)
        counts[place] += 2
        counts[place + 1] += 1
        counts[place - 1] += 1
    return sum(count * count for count in counts.values())


def turned(point: Point, degrees: float, centre: Point) -> Point:
    """Return a point turned clockwise by an angle around a centre (y grows downwards)."""
    turn = math.radians(degrees)
    x, y = point[0] - centre[0], point[1] - centre[1]
    return (
        centre[0] + x * math.cos(turn) - y * math.sin(turn),
        centre[1] + x * math.sin(turn) + y * math.cos(turn),
    )
