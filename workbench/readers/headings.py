"""What column titles look like where only blanks keep them apart: which words are titles, which are one title.

Used for text with fixed columns and for PDF pages without vertical rules; positions are in any unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

_DIGIT = re.compile(r"\d")
_NUMBERED = re.compile(r"^\d{1,2}[.、)）](?=\D)")
_COLON = (":", "：")
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff]")
_LATIN = re.compile(r"[(/\[]?[A-Za-z][A-Za-z.&/'-]*[)\]]?")
_WHOLE_TITLES = frozenset("借贷收支买卖增减")
_WIDEST_INNER = 4.0
"""Widest blank inside one title printed wide (价    格), in Chinese characters."""
_WIDEST_LANGUAGE = 0.8
"""Widest blank between a title and its translation."""
_LEAST_WORDS = 4
_LONGEST_BELOW = 7
_DAY_TITLES = ("日期", "时间", "date", "time")


class Span(Protocol):
    """A word with its place."""

    @property
    def text(self) -> str:
        """The word."""

    @property
    def x0(self) -> float:
        """Left edge."""

    @property
    def x1(self) -> float:
        """Right edge."""


def are_titles(words: Sequence[str]) -> bool:
    """Tell whether words can be column titles: at least four, none with digits, few with a colon."""
    labels = sum(word.endswith(_COLON) for word in words)
    return (
        len(words) >= _LEAST_WORDS
        and labels * _LEAST_WORDS <= len(words)
        and not any(_DIGIT.search(_NUMBERED.sub("", word)) for word in words)
    )


def extends(words: Sequence[str], heading: Sequence[str]) -> bool:
    """Tell whether the words of the line below can belong to a heading, as wrapped words or under group titles."""
    if not words or len(words) > len(heading) or any(_DIGIT.search(word) for word in words):
        return False
    if any(word.endswith(_COLON) or len(word) > _LONGEST_BELOW for word in words):
        return False
    return not (_names_day(words) and _names_day(heading))


def _names_day(words: Sequence[str]) -> bool:
    return any(word.casefold().endswith(_DAY_TITLES) for word in words)


def is_one_title(first: str, second: str, gap: float) -> bool:
    """Tell whether two neighbours are one title; ``gap`` in widths of a Chinese character."""
    if len(first) == len(second) == 1 and _WIDE.match(first) and _WIDE.match(second):
        return gap <= _WIDEST_INNER and not {first, second} & _WHOLE_TITLES
    return gap <= _WIDEST_LANGUAGE and bool(_WIDE.search(first[-1:])) and bool(_LATIN.fullmatch(second))


def leaves(spans: Iterable[Span], size: float) -> list[tuple[float, float]]:
    """Return the titles' spans from left to right; a title over several others is a group and no column.

    Args:
        spans: the words of all heading lines.
        size: width of a Chinese character.
    """
    words = sorted(spans, key=lambda one: one.x0)
    found: list[list[float]] = []
    last: Span | None = None
    lone = False
    for word in words:
        under = [other for other in words if other is not word and other.x0 < word.x1 and word.x0 < other.x1]
        if len(under) > 1 and any(a.x1 <= b.x0 for a in under for b in under):
            continue
        one_title = last is not None and is_one_title(last.text, word.text, (word.x0 - last.x1) / size)
        if found and (word.x0 < found[-1][1] or (one_title and not (lone and len(word.text) == 1))):
            found[-1][1] = max(found[-1][1], word.x1)
            lone = one_title
        else:
            found.append([word.x0, word.x1])
            lone = False
        last = word
    return [(left, right) for left, right in found]
