"""The line at the top: where one is, and the one figure that matters."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from workbench.tui.presenters.base import Cell
from workbench.tui.widgets.tones import tone_style


class TitleBar(Widget):
    """Program and place on the left, headline on the right."""

    def __init__(self) -> None:
        super().__init__()
        self._place = ""
        self._headline = Cell("")

    def show(self, place: str, headline: Cell | None = None) -> None:
        """Set both sides."""
        self._place = place
        self._headline = headline or Cell("")
        self.refresh()

    def render(self) -> Content:
        """Lay the headline right where both find room; the place gives way."""
        width = self.content_size.width
        right = Content.styled(self._headline.text, f"bold {tone_style(self._headline.tone)}".strip())
        left = Content.assemble(("workbench", "bold $text-primary"), ("  ", ""), (self._place, "bold"))
        room = max(0, width - right.cell_length - (2 if right else 0))
        left = left.truncate(room, ellipsis=True)
        return left.pad_right(max(0, width - left.cell_length - right.cell_length)) + right
