"""Say in words which mistake a hypothesis code stands for; codes may carry a value and may be joined by ``+``."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from workbench.tui.presenters.base import Words

WITH_VALUE: Mapping[str, str] = MappingProxyType(
    {
        "rate_": "cause_value.rate",
        "days_": "cause_value.days",
        "lpr_of_": "cause_value.lpr",
        "reset_": "cause_value.reset",
    }
)
"""Codes that end in a figure, and the sentence it goes into."""


def cause_label(words: Words, hypothesis: str) -> str:
    """Return the plain words for a hypothesis; a code nobody named stays as it is."""
    code = hypothesis.removeprefix("closest: ")
    return words("cause_value.join").join(_single(words, part) for part in code.split("+") if part)


def _single(words: Words, code: str) -> str:
    if (key := f"cause.{code}") in words:
        return words(key)
    for prefix, sentence in WITH_VALUE.items():
        if code.startswith(prefix):
            return words(sentence, value=code.removeprefix(prefix))
    return code
