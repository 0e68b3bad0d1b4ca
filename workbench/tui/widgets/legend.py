"""A legend: signs with their names, several on a line, never broken inside one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

GAP = "   "


class Legend(Widget):
    """As many lines as its items need at the width there is."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._items: Sequence[Content] = ()

    def show(self, items: Sequence[Content]) -> None:
        """Show other items."""
        self._items = items
        self.refresh(layout=True)

    def render(self) -> RenderResult:
        """Return the lines."""
        return Content("\n").join(self._lines(self.content_size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002  # Textual's
        """Return the number of lines at a width."""
        return len(list(self._lines(width)))

    def _lines(self, width: int) -> Iterator[Content]:
        line = Content("")
        for item in self._items:
            if line and line.cell_length + len(GAP) + item.cell_length > width:
                yield line
                line = item
            else:
                line = line + GAP + item if line else item
        if line:
            yield line
