"""Articles of law in letters: a full citation, and quotations only of verified wording."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.documents.amounts import Bound
from workbench.documents.template_files import find, read_toml
from workbench.domain.statutes import Statute, Statutes, article_text
from workbench.errors import RenderError

_HEADING = re.compile(r"^第[零一二三四五六七八九十百千]+条\s*")

_ITEM = re.compile(r"^[（(][一二三四五六七八九十]+[）)]")


def _paragraphs(text: str) -> list[str]:
    """Split an article into its paragraphs (款); items (（一）…) stay with the paragraph that opens them."""
    found: list[str] = []
    for line in (line.strip() for line in text.split("\n")):
        if found and _ITEM.match(line):
            found[-1] += line
        elif line:
            found.append(line)
    return found


@dataclass(frozen=True, slots=True)
class Laws:
    """Cites and quotes in one language."""

    statutes: Statutes
    titles: Mapping[str, Mapping[str, str]]
    """Short name of a law -> ``zh`` and ``en`` full title."""
    lang: str

    def cite(self, key: str, part: str = "") -> Bound:
        """Return ``《中华人民共和国民法典》第一百五十三条`` (``part``: ``第四款``)."""
        statute = self._statute(key)
        known = self.titles.get(key.partition("/")[0]) or self.titles.get(statute.law) or {}
        title = known.get(self.lang, statute.law)
        if self.lang == "en":
            return Bound(f"{title}, {article_text(statute.article, 'en')}{part}", f"statute {key}")
        return Bound(f"《{title}》{article_text(statute.article, 'zh')}{part}", f"statute {key}")

    def quote(self, key: str, part: int | None = None) -> Bound:
        """Return the wording, all of it or one paragraph (counted from 1).

        Raises:
            RenderError: the wording is not verified, so it must not be printed as a quotation.
        """
        statute = self._statute(key)
        if not statute.verified:
            raise RenderError(
                f"the wording of {key} is not verified and must not be quoted",
                next_step="Cite the article without quotation marks, or check its wording first.",
                what_zh=f"{key} 的条文尚未核实，不能作为引文",
                next_step_zh="请只引条号，或先核实条文。",
            )
        paragraphs = _paragraphs(_HEADING.sub("", statute.text))
        chosen = paragraphs if part is None else paragraphs[part - 1 : part]
        return Bound("".join(chosen), f"statute {key}")

    def _statute(self, key: str) -> Statute:
        return self.statutes.get(key)


def load_laws(statutes: Statutes, folders: Sequence[Path], lang: str) -> Laws:
    """Return the laws with their full titles from ``laws.toml``."""
    path = find(folders, "laws.toml")
    return Laws(statutes, read_toml(path) if path else {}, lang)
