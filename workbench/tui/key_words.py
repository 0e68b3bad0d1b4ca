"""Sentences that name keys: ``[[home.new_case]]`` in a text stands for the key in force for that action."""

from __future__ import annotations

import re
from dataclasses import dataclass

from workbench.tui.actions import find
from workbench.tui.keymap import Keymap
from workbench.tui.presenters.base import Words

PLACE = re.compile(r"\[\[([a-z_]+\.[a-z_0-9]+)\]\]")


@dataclass(frozen=True, slots=True)
class KeyWords:
    """A catalogue whose sentences show the keys in force."""

    words: Words
    keymap: Keymap

    @property
    def lang(self) -> str:
        """``zh`` or ``en``."""
        return self.words.lang

    def __call__(self, key: str, **params: object) -> str:
        """Return the text of ``key`` with parameters and keys filled in; only the text's own places are keys."""
        text = self.words(key, **params)
        for place in PLACE.finditer(self.words(key)):
            text = text.replace(place[0], self._key(place[1]))
        return text

    def _key(self, name: str) -> str:
        action = find(name)
        label = self.keymap.label(action) if action else name
        return self.words("key.enter") if label == "⏎" else label

    def __contains__(self, key: object) -> bool:
        return key in self.words
