"""Articles of law as quoted in letters: text, version, in force from, and how far the wording is verified.

Source: ../shared/facts/statutes.json as copied into ``workbench/reference/data``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from workbench.errors import NotFoundError


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
