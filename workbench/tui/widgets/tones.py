"""Tones of presenters as styles of the theme."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from textual.content import Content

from workbench.tui.presenters.base import Cell

STYLES: Mapping[str, str] = MappingProxyType(
    {
        "": "",
        "strong": "bold",
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


def content(cell: Cell) -> Content:
    """Make plain content of a cell; the text is never read as markup."""
    return Content.styled(cell.text, STYLES[cell.tone])
