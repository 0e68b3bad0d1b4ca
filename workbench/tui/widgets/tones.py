"""Tones of presenters as styles of the theme."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

STYLES: Mapping[str, str] = MappingProxyType(
    {
        "": "",
        "strong": "bold",
        "title": "bold $text-primary",
        "heading": "bold $text-secondary",
        "muted": "$muted",
        "bad": "$text-error",
        "warn": "$text-warning",
        "good": "$text-success",
        "accent": "$text-accent",
    }
)


def tone_style(tone: str) -> str:
    """Return the style of a tone."""
    return STYLES[tone]
