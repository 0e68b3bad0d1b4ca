"""The pane that answers "where does this figure come from": picture, printed words, figures, working, clause."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from workbench.tui.presenters.base import Detail
from workbench.tui.widgets.picture import Picture
from workbench.tui.widgets.tones import content
from workbench.tui.work import shell

JOIN = " │ "


class DetailPane(VerticalScroll):
    """Shows a ``Detail``; the picture follows when it has been drawn."""

    def compose(self) -> ComposeResult:
        """Lay out title, picture and text."""
        yield Static(id="detail-title", markup=False)
        yield Picture(id="detail-picture")
        yield Static(id="detail-printed", markup=False)
        yield Static(id="detail-body", markup=False)

    def on_mount(self) -> None:
        """Start empty."""
        self.show(None)

    def show(self, detail: Detail | None) -> None:
        """Show another detail from its top."""
        words = shell(self).words
        detail = detail or Detail(words("detail.nothing"))
        title = Content.assemble((detail.title, "bold $text-primary"), "\n", (detail.subtitle, "$muted"))
        self.query_one("#detail-title", Static).update(title.rstrip())
        printed = self.query_one("#detail-printed", Static)
        printed.update(Content.styled(JOIN.join(detail.printed), "$text"))
        printed.display = bool(detail.printed)
        self.query_one("#detail-body", Static).update(Content("\n").join(self._lines(detail)))
        self.query_one(Picture).clear()
        self.scroll_home(animate=False)

    def _lines(self, detail: Detail) -> Iterator[Content]:
        first = True
        for section in detail.sections:
            if not section.lines:
                continue
            if not first:
                yield Content("")
            first = False
            if section.heading:
                yield Content.styled(section.heading, "bold $text-secondary")
            for line in section.lines:
                yield content(line)
