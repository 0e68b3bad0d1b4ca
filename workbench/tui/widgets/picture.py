"""The picture of an original line or page in cells."""

from __future__ import annotations

from textual.geometry import Region, Size
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from workbench.tui.widgets.cells_picture import Drawn

LOOK_SECONDS = 0.4


class Picture(Widget):
    """Shows strips that a worker drew; as high as they are."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._drawn: Drawn | None = None
        self._notices = 0
        self._look: Timer | None = None

    def on_mount(self) -> None:
        """Watch for notices that go: a row of sixels they covered in part is lost and has to be drawn again."""
        self._look = self.set_interval(LOOK_SECONDS, self._after_notices, pause=not (self._drawn and self._drawn.sharp))

    def _after_notices(self) -> None:
        notices = len(self.screen.query("Toast"))
        if notices < self._notices:
            self.refresh()
        self._notices = notices

    def clear(self) -> None:
        """Show nothing."""
        self._drawn = None
        self.display = False

    def show(self, drawn: Drawn) -> None:
        """Show a drawn picture."""
        self._drawn = drawn
        if self._look is not None:
            self._look.resume() if drawn.sharp else self._look.pause()
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
