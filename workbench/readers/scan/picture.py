"""From a picture and what was recognised in it to a level page: turned upright, levelled, words cut at their ink."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import fmean, median

from PIL import Image

from workbench.domain.source import Box
from workbench.readers.pdf.words import lines_of, tokens_of
from workbench.readers.scan.bubbles import side_of
from workbench.readers.scan.ink import by_ink
from workbench.readers.scan.level import tilt_of
from workbench.readers.scan.page import ScannedPage, levelled, once, scanned_page
from workbench.readers.scan.rules import without_rules
from workbench.readers.scan.seen import Seen

_SURE = 0.75
"""Mean confidence below which a page may be upside down."""
_LEAST_TEXT = 12
_UPRIGHT = 1.4
_LONG_RULE = 6
_HIGH_RULE = 1.6
_WIDE = 1.3
"""Width over height from which a picture is no screenshot of a chat."""

Look = Callable[[Image.Image], Sequence[Seen]]


def turned_upright(image: Image.Image, look: Look) -> tuple[int, Sequence[Seen]]:
    """Return by how many degrees (counter-clockwise) a picture must be turned to be read, and what is seen then."""
    words = look(image)
    others: tuple[int, ...] = ()
    if _text(words) >= _LEAST_TEXT:
        if _lying(words) * 2 > _text(words):
            others = (90, 270)
        elif _sureness(words) < _SURE:
            others = (180,)
    best = (0, words)
    for turn in others:
        seen = look(image.rotate(turn, expand=True))
        if _lying(seen) * 2 <= _text(seen) and (best[0] == 0 or _sureness(seen) > _sureness(best[1])):
            best = (turn, seen) if turn != others[0] or _sureness(seen) > _sureness(words) - 0.2 else best
    return best


def _text(words: Sequence[Seen]) -> int:
    return sum(len(word.text) for word in words)


def _lying(words: Sequence[Seen]) -> int:
    return sum(len(word.text) for word in words if len(word.text) > 1 and _is_high(word))


def _is_high(word: Seen) -> bool:
    xs, ys = [x for x, _ in word.corners], [y for _, y in word.corners]
    return max(ys) - min(ys) > _UPRIGHT * (max(xs) - min(xs))


def _sureness(words: Sequence[Seen]) -> float:
    return fmean([score for word in words for score in word.scores] or [0.0])


def page_of_picture(
    number: int, image: Image.Image, words: Sequence[Seen], turn: int = 0, scale: float = 1.0
) -> ScannedPage:
    """Return the page of a picture.

    Args:
        number: page, counted from 1.
        image: the picture as it is in the file.
        words: what was recognised in the picture turned upright, in its pixels.
        turn: degrees counter-clockwise by which the picture was turned to be upright.
        scale: points to a pixel.
    """
    upright = image.rotate(turn, expand=True) if turn else image
    tilt = tilt_of(words)
    level = upright.convert("L").rotate(tilt, Image.Resampling.BICUBIC, fillcolor=255)
    middle = (upright.width / 2, upright.height / 2)
    known = once(levelled(words, tilt, middle))
    if known:
        height = median(word.height for word in known)
        level = without_rules(level, int(_HIGH_RULE * height), int(_LONG_RULE * height))
    page = scanned_page(number, by_ink(known, level), upright.size, tilt, scale, turn)
    page.sides = _sides(page, upright, scale)
    return page


def _sides(page: ScannedPage, upright: Image.Image, scale: float) -> list[tuple[float, str]]:
    """Return the side of every line of an upright picture; none where the picture is wider than high."""
    if upright.width >= upright.height * _WIDE:
        return []
    found = []
    for line in lines_of(tokens_of(page.glyphs)):
        box = line.box
        pixels = Box(box.x0 / scale, box.top / scale, box.x1 / scale, box.bottom / scale)
        found.append(((line.top + line.bottom) / 2, side_of(pixels, upright)))
    return found
