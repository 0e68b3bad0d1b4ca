"""Where the ink of recognised words really stands: recognition knows a character's place only roughly.

Blanks in the picture take apart cells that were recognised as one run, and the words in between get true edges.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from PIL import Image, ImageOps

from workbench.readers.scan.seen import Seen

_BLANK = 0.56
"""Narrowest blank between two words, in heights of the letters."""
_LETTERS = 0.72
"""Height of the letters in a recognised run, which is framed with some air."""
_FAINT = 0.05
"""Share of a column's height that must be ink."""
_PAPER = 92
"""Percentage of the columns that are darker than the paper's own brightness."""
_INNER = 0.12
"""Part of a run's height left out above and below, where rules and neighbours stand."""
_PUNCTUATED = 1.1
"""Widest blank, in heights, beside a full-width mark, which fills only a part of its square."""
_WIDE_MARKS = frozenset("：，。；、（）《》【】“”！？")


def by_ink(words: Sequence[Seen], image: Image.Image) -> list[Seen]:
    """Return the runs cut into words at the blanks of a levelled grey picture, each with the edges of its ink."""
    found: list[Seen] = []
    for word in words:
        found.extend(_words(word, _segments(word, image)))
    return found


def _segments(word: Seen, image: Image.Image) -> list[tuple[float, float]]:
    """Return (left, right) of every stretch of ink that is parted from the next by a blank as wide as a space."""
    xs, ys = [x for x, _ in word.corners], [y for _, y in word.corners]
    left, right = max(0, int(min(xs))), min(image.width, int(max(xs)) + 1)
    air = (max(ys) - min(ys)) * _INNER
    top, bottom = max(0, int(min(ys) + air)), min(image.height, int(max(ys) - air) + 1)
    if right - left < 2 or bottom - top < 2:  # noqa: PLR2004 - nothing to look at
        return []
    crop = image.crop((left, top, right, bottom))
    if _is_dark(crop):
        crop = ImageOps.invert(crop)
    columns = crop.resize((right - left, 1), Image.Resampling.BOX).tobytes()
    # A column's mean hardly feels the grain of a scan, so the lightest columns are the paper.
    paper = sorted(columns)[len(columns) * _PAPER // 100]
    counts = crop.histogram()[:256]
    depth = max(paper - _share_at(counts, sum(counts) // 50), 1)
    dark = [max(0, paper - level) / depth for level in columns]
    marks = [share >= _FAINT for share in dark]
    widest = _BLANK * _LETTERS * word.height
    found: list[list[int]] = []
    for at, mark in enumerate(marks):
        if not mark:
            continue
        if found and at - found[-1][1] - 1 < widest:
            found[-1][1] = at
        else:
            found.append([at, at])
    least = 0.06 * word.height
    return [(left + first, left + last + 1) for first, last in found if last - first + 1 >= least]


def _is_dark(crop: Image.Image) -> bool:
    """Tell whether light letters stand on a dark ground."""
    counts = crop.histogram()[:256]
    total = sum(counts)
    dark, middle, light = (_share_at(counts, total * share // 100) for share in (2, 50, 98))
    return light - middle > middle - dark


def _share_at(counts: Sequence[int], wanted: int) -> int:
    """Return the brightness up to which so many pixels lie."""
    seen = 0
    for level, count in enumerate(counts):
        seen += count
        if seen > wanted:
            return level
    return 255


def _words(word: Seen, segments: Sequence[tuple[float, float]]) -> list[Seen]:
    if not segments:
        return [word]
    middles = [(left + right) / 2 for left, right in word.spans]
    joined = [segments[0]]
    for last, segment in pairwise(segments):
        cut = (last[1] + segment[0]) / 2
        beside = [word.text[at] for at in (_before(middles, cut), _before(middles, cut) + 1) if at < len(middles)]
        if segment[0] - last[1] < _PUNCTUATED * word.height and any(char in _WIDE_MARKS for char in beside):
            joined[-1] = (joined[-1][0], segment[1])
        else:
            joined.append(segment)
    segments = joined
    cuts = [(a[1] + b[0]) / 2 for a, b in pairwise(segments)]
    homes = [sum(middle > cut for cut in cuts) for middle in middles]
    found: list[Seen] = []
    for number, (left, right) in enumerate(segments):
        mine = [at for at, home in enumerate(homes) if home == number and not word.text[at].isspace()]
        if mine:
            found.append(_placed(word, mine, left, right))
    return found


def _before(middles: Sequence[float], cut: float) -> int:
    """Return the index of the last character left of a place; the first one where there is none."""
    return max(sum(middle <= cut for middle in middles) - 1, 0)


def _placed(word: Seen, mine: Sequence[int], left: float, right: float) -> Seen:
    """Return the characters of a run that stand in one stretch of ink, spread between its edges."""
    low, high = word.spans[mine[0]][0], word.spans[mine[-1]][1]
    scale = (right - left) / max(high - low, 1.0)
    edges = [left + (word.spans[at][0] - low) * scale for at in mine] + [right]
    spans = tuple((edges[at], max(edges[at + 1], edges[at])) for at in range(len(mine)))
    (_, ay), (_, by), (_, cy), (_, dy) = word.corners
    corners = ((left, ay), (right, by), (right, cy), (left, dy))
    text = "".join(word.text[at] for at in mine)
    return replace(word, text=text, corners=corners, spans=spans, scores=tuple(word.scores[at] for at in mine))
