"""The names of the tabs over the whole width, the one in front in brackets; with their keys where there is room.

Where not all fit, the row begins later so that the front tab is always seen; arrows say that there is more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

MORE_LEFT, MORE_RIGHT = "«", "»"


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab's name, word and key."""

    name: str
    label: str
    key: str


class TabStrip(Widget):
    """Shows which tab is in front; a click asks for another."""

    @dataclass
    class Chosen(Message):
        """A tab was clicked."""

        name: str

    def __init__(self) -> None:
        super().__init__()
        self._tabs: tuple[Tab, ...] = ()
        self._active = ""
        self._heading = ""
        self._spots: list[tuple[int, int, str]] = []

    def show(self, tabs: Sequence[Tab], active: str, heading: str = "") -> None:
        """Set tabs, which one is in front, and the words before them."""
        self._tabs, self._active, self._heading = tuple(tabs), active, heading
        self.refresh()

    def render(self) -> RenderResult:
        """Write the tabs; keys only where all of them fit."""
        width = self.content_size.width
        plain = sum(cell_len(tab.label) + 2 for tab in self._tabs)
        heading = Content.styled(f"{self._heading}  ", "bold") if self._heading else Content("")
        width -= heading.cell_length
        keys = plain + sum(cell_len(tab.key) + 1 for tab in self._tabs) <= width
        shown = self._tabs if plain <= width else self._window(width - 2 * cell_len(MORE_LEFT))
        text = heading + Content(MORE_LEFT if shown[:1] != self._tabs[:1] else "")
        self._spots = []
        for tab in shown:
            front = tab.name == self._active
            start = text.cell_length
            left, right = ("[", "]") if front else (" ", " ")
            style = "bold $text-primary" if front else "$muted"
            text += Content.assemble((left + tab.label, style))
            if keys:
                text += Content.assemble((f" {tab.key}", "$text-accent"))
            text += Content.styled(right, style)
            self._spots.append((start, text.cell_length, tab.name))
        return text + Content(MORE_RIGHT if shown[-1:] != self._tabs[-1:] else "")

    def _window(self, width: int) -> tuple[Tab, ...]:
        """Return the tabs that fit, the front one among them."""
        front = next((index for index, tab in enumerate(self._tabs) if tab.name == self._active), 0)
        first = 0
        while first < front and sum(cell_len(tab.label) + 2 for tab in self._tabs[first : front + 1]) > width:
            first += 1
        last = front + 1
        while last < len(self._tabs) and sum(cell_len(tab.label) + 2 for tab in self._tabs[first : last + 1]) <= width:
            last += 1
        return self._tabs[first:last]

    def on_click(self, event: events.Click) -> None:
        """Ask for the tab under the mouse."""
        for start, end, name in self._spots:
            if start <= event.get_content_offset_capture(self).x < end:
                self.post_message(self.Chosen(name))
                return
