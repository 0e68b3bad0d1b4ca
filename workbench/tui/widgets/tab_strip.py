"""The names of the tabs over the whole width, the one in front in brackets; with their keys where there is room.

Where not all fit, the row begins later so that the front tab is always seen; arrows say that there is more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate

from rich.cells import cell_len
from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.widget import Widget

from workbench.tui.jumping import Spot

MORE_LEFT, MORE_RIGHT = "‹", "›"
"""Signs of tabs that found no room."""


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
        """Write the tabs; keys only where all fit; where not even the names fit, those around the one in front."""
        heading = Content.styled(f"{self._heading}  ", "bold") if self._heading else Content("")
        width = self.content_size.width
        plain = sum(cell_len(tab.label) + 2 for tab in self._tabs)
        keys = heading.cell_length + plain + sum(cell_len(tab.key) + 1 for tab in self._tabs) <= width
        first = self._first(width - heading.cell_length)
        text = heading + (Content.styled(MORE_LEFT, "$muted") if first else Content(""))
        self._spots = []
        for tab in self._tabs[first:]:
            start = text.cell_length
            piece = self._piece(tab, keys=keys)
            if start + piece.cell_length > width:
                return text.truncate(width - 1).pad_right(max(0, width - 1 - start)) + Content.styled(
                    MORE_RIGHT, "$muted"
                )
            text += piece
            self._spots.append((start, text.cell_length, tab.name))
        return text

    def _piece(self, tab: Tab, *, keys: bool) -> Content:
        front = tab.name == self._active
        left, right = ("[", "]") if front else (" ", " ")
        style = "bold $text-primary" if front else "$muted"
        key = Content.styled(f" {tab.key}", "$text-accent") if keys and tab.key else Content("")
        return Content.styled(left + tab.label, style) + key + Content.styled(right, style)

    def _first(self, width: int) -> int:
        """Return the first tab to write, so that the one in front is in sight."""
        ends = list(accumulate(cell_len(tab.label) + 2 for tab in self._tabs))
        at = next((index for index, tab in enumerate(self._tabs) if tab.name == self._active), 0)
        first = 0
        while first < at and ends[at] - (ends[first - 1] - 1 if first else 0) > width - 1 * (at + 1 < len(ends)):
            first += 1
        return first

    def jump_spots(self) -> Iterable[Spot]:
        """Return the tabs in sight."""
        at = self.content_region.offset
        keys = {tab.name: tab.key for tab in self._tabs}
        for start, _, name in self._spots:
            if start < self.content_size.width:
                yield Spot(Offset(at.x + start, at.y), partial(self.post_message, self.Chosen(name)), keys[name])

    def on_click(self, event: events.Click) -> None:
        """Ask for the tab under the mouse."""
        for start, end, name in self._spots:
            if start <= event.get_content_offset_capture(self).x < end:
                self.post_message(self.Chosen(name))
                return
