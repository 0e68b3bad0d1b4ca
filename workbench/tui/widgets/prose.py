"""Text that wraps as Chinese and English readers expect; always plain, each line with its tone."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from workbench.tui.presenters.base import Cell
from workbench.tui.widgets.tones import STYLES
from workbench.tui.widgets.wrap import wrap


class Prose(Widget):
    """Some lines of text, as high as they need."""

    def __init__(self, *lines: Cell, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id, classes=classes)
        self._lines: tuple[Cell, ...] = lines

    def show(self, lines: Sequence[Cell]) -> None:
        """Show other lines."""
        self._lines = tuple(lines)
        self.refresh(layout=True)

    def say(self, text: str, tone: str = "") -> None:
        """Show one text."""
        self.show((Cell(text, tone),) if text else ())

    @property
    def text(self) -> str:
        """What is shown, unwrapped."""
        return "\n".join(line.text for line in self._lines)

    def row_of(self, index: int) -> int:
        """Return the row at which a line begins, at the width shown."""
        return sum(len(wrap(line.text, self.content_size.width)) for line in self._lines[:index])

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002  # Textual's signature
        """Return the number of wrapped lines."""
        return sum(len(wrap(line.text, width)) for line in self._lines)

    def render(self) -> RenderResult:
        """Write the wrapped lines."""
        width = self.content_size.width
        parts = [Content.styled(text, STYLES[line.tone]) for line in self._lines for text in wrap(line.text, width)]
        return Content("\n").join(parts)
