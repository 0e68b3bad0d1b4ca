"""The one-line field behind every form, filter and search: takes what Chinese input methods and pastes bring.

A Chinese input method writes ``２０２６－０３－３１`` and ``１。５`` where a date or a figure is meant; the field
shows at once the half-width signs that will be read. Words keep their own punctuation: ``（甲方，第３页）`` gets
only its digit changed.
"""

from __future__ import annotations

import re

from textual import events
from textual.widgets import Input

DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
SIGNS = str.maketrans("．。，／－—–：％＋", "..,/---:%+")
FIGURE = re.compile(r"[ -~．。，／－—–：％＋年月日元￥]*")
"""A text that is a date or a figure and nothing else."""
SIGN = re.compile(r"(?<=[0-9])[．。，／－—–：](?=[0-9])|(?<=[0-9])％|^[－＋](?=[0-9])")
"""Full-width decimal points, thousands, dates and times between digits, percent after one, a sign before the first."""


def plain_figures(text: str) -> str:
    """Return text with full-width digits half-width, in a date or figure its signs too; as long as before.

    Example:
        >>> plain_figures("－１，２００。５０"), plain_figures("甲方，第３页")
        ('-1,200.50', '甲方，第3页')
    """
    text = text.translate(DIGITS)
    return SIGN.sub(lambda found: found[0].translate(SIGNS), text) if FIGURE.fullmatch(text) else text


class Field(Input):
    """An input that shows figures half-width and joins pasted lines instead of losing all but the first."""

    def validate_value(self, value: str) -> str:
        """Write full-width figures half-width as they are typed."""
        return plain_figures(value)

    def _on_paste(self, event: events.Paste) -> None:
        """Put several pasted lines into one, over the selection if there is one."""
        event.prevent_default()
        event.stop()
        self.replace(self.one_line(event.text), *self.selection)

    def one_line(self, text: str) -> str:
        """Return a paste as one line: line breaks and what cannot be printed become single spaces."""
        printable = "".join(char if char.isprintable() else " " for char in text)
        return " ".join(printable.split()) if printable != text else text
