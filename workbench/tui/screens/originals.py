"""From a figure back to the original: its picture in cells, enlarged, or the file in the system's viewer."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message
from textual.widget import Widget

from workbench.domain.case import Document
from workbench.tui.modals.picture import PictureModal
from workbench.tui.opening import copy_for_viewing, open_path
from workbench.tui.panes.base import CasePane
from workbench.tui.panes.documents import OpenWanted
from workbench.tui.presenters.base import Detail
from workbench.tui.state import CaseView
from workbench.tui.widgets.detail_pane import DetailPane
from workbench.tui.widgets.picture import Picture
from workbench.tui.work import Noticed, compute, shell

if TYPE_CHECKING:
    from workbench.tui.widgets.cells_picture import Drawn

KEPT = 64
"""Pictures kept while a case is open."""


@dataclass
class PictureRead(Message):
    """A line's picture arrived; None where its file has no pages."""

    line_id: str
    png: bytes | None
    drawn: Drawn | None


class Originals(Widget):
    """Reads pictures in workers and keeps the last ones."""

    case: str
    view: CaseView | None
    last_written: Path | None = None
    _wanted: Detail | None = None

    def pane(self, name: str | None = None) -> CasePane:
        """Return a pane; the screen knows."""
        raise NotImplementedError

    @property
    def _pictures(self) -> OrderedDict[str, bytes | None]:
        kept: OrderedDict[str, bytes | None] | None = self.__dict__.get("_kept_pictures")
        if kept is None:
            kept = self.__dict__["_kept_pictures"] = OrderedDict()
        return kept

    def read_picture(self, detail: Detail | None) -> None:
        """Read and draw the picture of a detail's line in a worker."""
        self._wanted = detail
        pane = self.query_one(DetailPane)
        line_id = detail.line_id if detail else None
        if line_id is None or not pane.display or not pane.size.width:
            return
        width = max(10, pane.scrollable_content_region.width - 2)
        backend, case, graphics = shell(self).backend, self.case, shell(self).graphics
        known, held = line_id in self._pictures, self._pictures.get(line_id)

        def work() -> PictureRead:
            from workbench.tui.widgets.cells_picture import draw  # noqa: PLC0415  # Pillow loads with the first picture

            png = held if known else backend.line_picture(case, line_id)
            return PictureRead(line_id, png, draw(png, width, graphics=graphics) if png else None)

        compute(self, work, "picture")

    def draw_anew(self) -> None:
        """Draw the picture that is shown once more: in blocks, or sharp."""
        self.read_picture(self._wanted)

    @on(PictureRead)
    def picture_read(self, event: PictureRead) -> None:
        """Keep the picture; show it if its line is still selected."""
        event.stop()
        self._pictures[event.line_id] = event.png
        while len(self._pictures) > KEPT:
            self._pictures.popitem(last=False)
        if self._wanted is not None and self._wanted.line_id == event.line_id and event.drawn is not None:
            self.query_one(Picture).show(event.drawn)

    def action_picture(self) -> None:
        """Show the picture at reading size."""
        wanted = self._wanted
        png = self._pictures.get(wanted.line_id) if wanted and wanted.line_id else None
        if wanted is None or png is None:
            self.notify(shell(self).words("picture.none"), markup=False)
            return
        self.app.push_screen(PictureModal(png, f"{wanted.title}  {wanted.subtitle}"))

    def _document(self) -> Document | None:
        if (chosen := self.pane().document()) is not None:
            return chosen
        view, line_id = self.view, self._wanted.line_id if self._wanted else None
        if view is None or line_id is None or line_id not in view.lines:
            return None
        sha256 = view.lines[line_id][1].line.source.sha256
        return next((item for item in view.documents if item.sha256 == sha256), None)

    @on(OpenWanted)
    def open_wanted(self, event: OpenWanted) -> None:
        """Open what a pane asks for."""
        event.stop()
        self.action_open_original()

    def action_open_original(self) -> None:
        """Open the selected figure's file, or the document written last, in the system's viewer."""
        words, backend, document, written = shell(self).words, shell(self).backend, self._document(), self.last_written
        if document is None and written is None:
            self.notify(words("picture.no_file"), markup=False)
            return

        def work() -> Noticed:
            path = written
            if document is not None:
                path = copy_for_viewing(document.file, backend.document_bytes(document.sha256))
            if path is None:
                return Noticed(words("picture.no_file"))
            open_path(path)
            return Noticed(words("picture.opened", path=str(path)))

        compute(self, work, "open")
