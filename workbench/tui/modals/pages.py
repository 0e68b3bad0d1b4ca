"""A document's pages as they are printed: turn them, enlarge them, move over them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Label

from workbench.tui.actions import bindings
from workbench.tui.modals.dialog import Dialog
from workbench.tui.widgets.key_bar import KeyBar
from workbench.tui.widgets.page_part import WIDTH, ZOOMS, Part, Place, draw_part, opened
from workbench.tui.widgets.picture import Picture
from workbench.tui.work import Failed, compute, shell

if TYPE_CHECKING:
    from PIL.Image import Image

    from workbench.services.draw_pages import Pages

STEP = 0.5
"""Part of what is seen that an arrow moves by."""


@dataclass
class PagesRead(Message):
    """The pages are there."""

    pages: Pages


@dataclass
class PartDrawn(Message):
    """What is seen of a page was drawn."""

    wanted: Place
    image: Image
    part: Part


class PagesModal(Dialog[None]):
    """Shows one page at a time; closing it leaves whatever is still being set or drawn."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("pages")
    scope = "pages"

    def __init__(self, title: str, read: Callable[[], Pages], page: int = 1) -> None:
        """Prepare.

        Args:
            title: what is shown.
            read: returns the pages; called in a worker.
            page: the first to be seen, from 1.
        """
        super().__init__()
        self._title = title
        self._read = read
        self._place = Place(page)
        self._pages: Pages | None = None
        self._image: tuple[int, Image] | None = None
        self._part: Part | None = None

    def compose(self) -> ComposeResult:
        """Lay out title, place and page."""
        with Vertical(classes="dialog pages"):
            yield Label(self._title, classes="pages-title", markup=False)
            yield Label(shell(self).words("pages.setting"), id="pages-place", markup=False)
            yield Picture(id="page-picture")
        yield KeyBar()

    def on_mount(self) -> None:
        """Read the pages."""
        read = self._read
        compute(self, lambda: PagesRead(read()), "pages")

    @on(PagesRead)
    def pages_read(self, event: PagesRead) -> None:
        """Draw the first."""
        event.stop()
        self._pages = event.pages
        self._draw()

    @on(events.Resize)
    def draw_anew(self) -> None:
        """Draw for the room there is now."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        pages, place, graphics = self._pages, self._place, shell(self).graphics
        room = self.query_one(Picture).size
        if pages is None or not room:
            return
        kept = self._image[1] if self._image and self._image[0] == place.page else None

        def work() -> PartDrawn:
            image = kept or opened(pages.png(place.page))
            return PartDrawn(place, image, draw_part(image, place, room.width, room.height, graphics))

        compute(self, work, "page")

    @on(PartDrawn)
    def part_drawn(self, event: PartDrawn) -> None:
        """Show it and say where it is, unless another place is wanted by now."""
        event.stop()
        if event.wanted != self._place:
            return
        part = event.part
        self._image, self._part, self._place = (part.place.page, event.image), part, part.place
        self.query_one(Picture).show(part.drawn)
        words, zoom = shell(self).words, ZOOMS[part.place.zoom]
        size = words("pages.whole") if not zoom else words("pages.width") if part.place.zoom == WIDTH else f"{zoom:g}×"
        seen = words("pages.seen", top=_percent(part.place.top), bottom=_percent(part.place.top + part.down))
        count = self._pages.count if self._pages else 1
        text = words("pages.place", page=part.place.page, count=count, size=size)
        self.query_one("#pages-place", Label).update(f"{text}{seen if part.drawn.cut_off else ''}")

    @on(Failed)
    def failed(self) -> None:
        """Leave; the app says why."""
        self.dismiss(None)

    @on(events.MouseScrollDown)
    def wheel_down(self) -> None:
        """Move down."""
        self.action_move(0, 1)

    @on(events.MouseScrollUp)
    def wheel_up(self) -> None:
        """Move up."""
        self.action_move(0, -1)

    def _go(self, place: Place) -> None:
        self._place = place
        self._draw()

    def action_turn(self, by: int) -> None:
        """Turn to another page, at its top."""
        page = self._place.page + by
        if self._pages is not None and 1 <= page <= self._pages.count:
            self._go(replace(self._place, page=page, top=0))

    def action_zoom(self, by: int) -> None:
        """Show the page larger or smaller; the middle of what is seen stays, the first time the print's beginning."""
        zoom, part, place = self._place.zoom + by, self._part, self._place
        if part is None or not 0 <= zoom < len(ZOOMS):
            return
        grown = (ZOOMS[zoom] or 1.0) / (ZOOMS[place.zoom] or 1.0)
        left = None if place.zoom <= WIDTH < zoom else (place.left or 0) + part.across / 2 * (1 - 1 / grown)
        self._go(replace(place, zoom=zoom, left=left))

    def action_move(self, across: int, down: int) -> None:
        """Move over the page; from its end on to the next, from its top back to the one before."""
        part, place = self._part, self._place
        if part is None:
            return
        if down and (place.top <= 0 if down < 0 else place.top + part.down >= 1):
            self._over(down)
            return
        left, top = (place.left or 0) + across * STEP * part.across, place.top + down * STEP * part.down
        self._go(replace(place, left=left, top=top))

    def _over(self, down: int) -> None:
        page = self._place.page + down
        if self._pages is not None and 1 <= page <= self._pages.count:
            self._go(replace(self._place, page=page, top=0 if down > 0 else 1))


def _percent(part: float) -> str:
    return f"{part:.0%}"
