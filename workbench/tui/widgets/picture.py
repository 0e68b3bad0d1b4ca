"""The picture of an original line or page in cells."""

from __future__ import annotations

from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from workbench.tui.widgets.cells_picture import Drawn


class Picture(Widget):
    """Shows strips that a worker drew; as high as they are."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._drawn: Drawn | None = None

    def clear(self) -> None:
        """Show nothing."""
        self._drawn = None
        self.display = False

    def show(self, drawn: Drawn) -> None:
        """Show a drawn picture."""
        self._drawn = drawn
        self.display = bool(drawn.strips)
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002  # Textual's signature
        """Return the number of strips."""
        return len(self._drawn.strips) if self._drawn else 0

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw strips; behind a dialog a sharp picture is left out, for what dims the screen would garble it."""
        if self._drawn is not None and self._drawn.sharp and not self.screen.is_active:
            return [Strip.blank(crop.width, self.rich_style)] * crop.height
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw one strip."""
        width = self.size.width
        if self._drawn is None or y >= len(self._drawn.strips):
            return Strip.blank(width, self.rich_style)
        return self._drawn.strips[y].adjust_cell_length(width, self.rich_style)
