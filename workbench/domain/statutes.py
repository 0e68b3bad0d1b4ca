"""Articles of law as quoted in letters: text, version, in force from, and how far the wording is verified.

Source: ../shared/facts/statutes.json as copied into ``workbench/reference/data``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from workbench.errors import NotFoundError

_DIGIT = {char: value for value, char in enumerate("零一二三四五六七八九")}
_UNIT = {"十": 10, "百": 100, "千": 1000}
_DIGITS = re.compile(r"^(\d+).*$")
"""A numbered paragraph of minutes, whose entry may carry a part and a heading after its number."""


@dataclass(frozen=True, slots=True)
class Statute:
    """One article of one version of a law."""

    key: str
    """``law/article`` as documents cite it, for example ``民法典/一百五十三``."""
    law: str
    article: str
    text: str
    source: str
    version: str
    """Date or name of the version quoted."""
    effective: date | None
    """First day in force; None where the instrument has none (minutes of a court conference)."""
    effective_to: date | None
    """Last day in force; None while in force."""
    status: str
    """How the wording was checked, as recorded with the source."""
    second_source: str = ""

    @property
    def verified(self) -> bool:
        """True where the wording may be printed as a quotation."""
        return self.status.startswith("VERIFIED")


@dataclass(frozen=True, slots=True)
class Statutes:
    """All articles, by key."""

    version: str
    """SHA-256 of the data file."""
    items: Mapping[str, Statute]

    def __iter__(self) -> Iterator[Statute]:
        return iter(self.items.values())

    def __contains__(self, key: object) -> bool:
        return key in self.items

    def get(self, key: str) -> Statute:
        """Return one article.

        Raises:
            NotFoundError: no article is stored under this key.
        """
        try:
            return self.items[key]
        except KeyError:
            raise NotFoundError(
                f"no statute is stored as {key!r}",
                next_step="Use a key of the statutes table, for example 民法典/一百五十三.",
                what_zh=f"法条表中没有 {key}",
                next_step_zh="请使用法条表中的键，例如 民法典/一百五十三。",
            ) from None


def cite_briefly(key: str, lang: str) -> str:
    """Return a key as a screen shows it: ``《民法典》第一百八十八条``, in English ``《民法典》 art. 188``.

    Letters cite by the full title instead (``documents.laws``).
    """
    law, _, article = key.partition("/")
    if not article:
        return f"《{law}》"
    return f"《{law}》{' ' if lang == 'en' else ''}{article_text(article, lang)}"


def article_text(article: str, lang: str) -> str:
    """Return an article as it is cited: ``第一百五十三条`` or ``art. 153``; a name without a number stays."""
    number = _DIGITS.sub(r"\1", article).removeprefix("第").removesuffix("条")
    if not (number.isdigit() or all(char in _DIGIT or char in _UNIT for char in number)):
        return number
    return f"art. {_in_digits(number)}" if lang == "en" else f"第{number}条"


def _in_digits(text: str) -> str:
    """Write an article's number with digits: ``一百五十三`` is ``153``."""
    if text.isdigit():
        return text
    number, digit = 0, 0
    for char in text:
        if char in _DIGIT:
            digit = _DIGIT[char]
        else:
            number += (digit or 1) * _UNIT[char]
            digit = 0
    return str(number + digit)
