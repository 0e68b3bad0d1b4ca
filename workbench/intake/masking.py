"""Mask names and numbers of a document and keep its structure, so that a person can ask for help without its data.

A word stays only where a vocabulary knows it: column titles, operations, and the plain words of
``data/plain_words.toml``. Everything else loses its letters: digits become 9, Chinese characters 某, Latin letters x.
Signs, separators and lengths stay, because they are what a reader stumbles over.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from importlib.resources import files

from workbench.intake.layouts import Layouts
from workbench.intake.vocabulary import parse_toml

_PLAIN = "plain_words.toml"
_LEAST = 2
"""Letters a Latin word needs to be kept as known."""


class Masker:
    """Masks texts with one vocabulary."""

    def __init__(self, words: Iterable[str]) -> None:
        known = sorted({word for word in words if word}, key=len, reverse=True)
        latin = [word for word in known if word.isascii() and len(word) >= _LEAST]
        other = [word for word in known if not word.isascii()]
        ends = [rf"(?<![A-Za-z0-9]){re.escape(word)}(?![A-Za-z0-9])" for word in latin]
        self._known = re.compile("|".join([*map(re.escape, other), *ends]) or r"(?!)", re.IGNORECASE)

    def __call__(self, text: str) -> str:
        """Return the text with everything unknown masked; its length is the same."""
        parts: list[str] = []
        at = 0
        for match in self._known.finditer(text):
            parts += [_masked(text[at : match.start()]), match.group()]
            at = match.end()
        return "".join([*parts, _masked(text[at:])])


def masker(layouts: Layouts) -> Masker:
    """Return a masker that keeps the words of statements and contracts."""
    text = (files("workbench.intake") / "data" / _PLAIN).read_text("utf-8")
    plain = [str(word) for word in parse_toml(text, _PLAIN)["words"]]
    operations = [word for rule in layouts.operations.rules for word in (*rule.exact, *rule.contains)]
    foreign = layouts.titles.foreign
    return Masker([*plain, *operations, *layouts.titles.fields, *foreign])


def _masked(text: str) -> str:
    return "".join(_mask_of(char) for char in text)


def _mask_of(char: str) -> str:
    if char.isdecimal():
        return "9" if char.isascii() else "９"
    category = unicodedata.category(char)
    if category.startswith("L") or category == "Nl":
        if char.isascii():
            return "X" if char.isupper() else "x"
        return "某"
    return char
