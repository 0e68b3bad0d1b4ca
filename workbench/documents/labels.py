"""Names of kinds, terms, findings and bases as documents print them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Labels:
    """The names of one language, by group and code."""

    lang: str
    """``zh`` or ``en``."""
    groups: Mapping[str, Mapping[str, str]]

    def name(self, group: str, code: str) -> str:
        """Return the name of a code, or the code itself where none is stored."""
        return self.groups.get(group, {}).get(code, code)

    def pick(self, zh: str, en: str) -> str:
        """Return the text of this language."""
        return zh if self.lang == "zh" else en


def load_labels(lang: str) -> Labels:
    """Read the names of one language, ``zh`` or ``en``: those of a case's codes, and those only documents print."""
    places = (
        files("workbench.domain").joinpath(f"names.{lang}.toml"),
        files("workbench.documents").joinpath("wording", f"{lang}.toml"),
    )
    groups: dict[str, Mapping[str, str]] = {}
    for place in places:
        groups.update(tomllib.loads(place.read_text(encoding="utf-8")))
    return Labels(lang, groups)
