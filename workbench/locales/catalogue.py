"""One mechanism for text in two languages: dotted keys to sentences with named places.

A catalogue is loaded when first asked for and handed on; nothing is kept at module level, so that the language can be
switched while the program runs.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The sentences of one language; ``catalogue("audit.title", case="A")`` fills the named places."""

    lang: str
    """``zh`` or ``en``."""
    entries: Mapping[str, str]
    """Dotted key to sentence."""

    def __call__(self, key: str, **values: object) -> str:
        """Return the sentence with its places filled; the key itself where there is no entry, so that nothing fails.

        Raises:
            KeyError: for a place of the sentence that ``values`` does not name.
        """
        text = self.entries.get(key)
        if text is None:
            return key
        return text.format_map(values) if values else text

    def __contains__(self, key: object) -> bool:
        return key in self.entries

    def name(self, group: str, code: str) -> str:
        """Return the word for a code (``name("kind", "interest")``), or the code itself where it has none."""
        return self.entries.get(f"{group}.{code}", code)

    def pick(self, zh: str, en: str) -> str:
        """Return the one of two ready sentences that is in this language."""
        return zh if self.lang == "zh" else en


def load_catalogue(lang: str, *parts: str) -> Catalogue:
    """Load the names of a case's codes, ``common`` and the named parts (``cli``, ``tui``) of a language.

    Raises:
        ValueError: for a language other than ``zh`` and ``en``.
        FileNotFoundError: for a part that does not exist.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"no such language: {lang}")
    folder = files("workbench.locales")
    places = [files("workbench.domain").joinpath(f"names.{lang}.toml")]
    places += [folder.joinpath(f"{part}.{lang}.toml") for part in ("common", *parts)]
    entries: dict[str, str] = {}
    for place in places:
        entries.update(_flatten(tomllib.loads(place.read_text(encoding="utf-8"))))
    return Catalogue(lang, entries)


def choose_language(environ: Mapping[str, str]) -> str:
    """Return ``zh`` where the environment's locale is Chinese, else ``en``.

    Args:
        environ: the process environment; ``LC_ALL`` wins over ``LC_MESSAGES`` over ``LANG``, as POSIX orders them.
    """
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environ.get(name, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def _flatten(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flatten(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)
