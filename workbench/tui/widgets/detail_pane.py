"""The pane that answers "where does this figure come from": picture, printed words, figures, working, clause."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from workbench.tui.presenters.base import Cell, Detail
from workbench.tui.widgets.picture import Picture
from workbench.tui.widgets.prose import Prose
from workbench.tui.work import shell

JOIN = " │ "
WIDE = 60
"""Cells from which on a line's picture takes only a few rows."""


class DetailPane(VerticalScroll):
    """Shows a ``Detail``; the picture follows when it has been drawn."""

    def compose(self) -> ComposeResult:
        """Lay out title, picture and text."""
        yield Prose(id="detail-title")
        yield Picture(id="detail-picture")
        yield Prose(id="detail-printed")
        yield Prose(id="detail-body")

    def on_mount(self) -> None:
        """Start empty."""
        self.show(None)

    def show(self, detail: Detail | None) -> None:
        """Show another detail from its top."""
        words = shell(self).words
        detail = detail or Detail(words("detail.nothing"))
        title = [Cell(detail.title, "title"), *([Cell(detail.subtitle, "muted")] if detail.subtitle else [])]
        self.query_one("#detail-title", Prose).show(title)
        printed = self.query_one("#detail-printed", Prose)
        printed.say(JOIN.join(detail.printed))
        printed.display = bool(detail.printed)
        self.query_one("#detail-body", Prose).show(tuple(body(detail)))
        self.place_picture()
        self.query_one(Picture).clear()
        self.scroll_home(animate=False)

    def place_picture(self) -> None:
        """Put the picture first where it takes few rows, for the pane is wide or the terminal draws it; else last."""
        picture, body = self.query_one(Picture), self.query_one("#detail-body")
        if self.size.width >= WIDE or shell(self).graphics is not None:
            self.move_child(picture, after=self.query_one("#detail-title"))
        else:
            self.move_child(picture, after=body)


def body(detail: Detail) -> Iterator[Cell]:
    """Yield the lines of all sections, an empty one between them."""
    first = True
    for section in detail.sections:
        if not section.lines:
            continue
        if not first:
            yield Cell("")
        first = False
        if section.heading:
            yield Cell(section.heading, "heading")
        yield from section.lines
