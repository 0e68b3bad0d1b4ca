"""What all tabs have in common: one table, one summary line, and a detail for the selected row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from workbench.domain.case import Document
from workbench.tui.presenters.base import Column, Detail, Words
from workbench.tui.state import CaseView
from workbench.tui.widgets.field import Field
from workbench.tui.widgets.prose import Prose
from workbench.tui.widgets.row_table import RowTable
from workbench.tui.work import shell


@dataclass
class DetailChanged(Message):
    """The selected row changed; the workspace shows its detail if the pane is in front."""

    pane: CasePane
    detail: Detail | None


class ExplainWanted(Message):
    """A person asked for the detail; where it is hidden it comes to the front."""


@dataclass
class SaveWanted(Message):
    """A change to write; the workspace writes changes one after another and then reads the case again."""

    job: Callable[[], object]


@dataclass
class GoTo(Message):
    """A person wants to see a line, finding or task in its own tab."""

    tab: str
    key: str = ""


class CasePane(Vertical):
    """One tab. Subclasses give the columns and say how rows and details are made."""

    scope: ClassVar[str] = ""
    columns: ClassVar[Sequence[Column]] = ()
    filterable: ClassVar[bool] = False

    def __init__(self, *, id: str) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self.view: CaseView | None = None
        self._behind = False
        self._wanted = ""

    @property
    def words(self) -> Words:
        """The catalogue in use."""
        return shell(self).words

    @property
    def table(self) -> RowTable:
        """The pane's table."""
        return self.query_one(RowTable)

    def compose(self) -> ComposeResult:
        """Lay out filter, summary and table; subclasses add around them."""
        if self.filterable:
            yield Field(id=f"{self.scope}-filter", classes="filter", compact=True)
        yield Prose(classes="summary")
        yield from self.above()
        yield RowTable(self.columns, id=f"{self.scope}-table")
        yield from self.below()

    def above(self) -> ComposeResult:
        """Return widgets between summary and table."""
        yield from ()

    def below(self) -> ComposeResult:
        """Return widgets under the table."""
        yield from ()

    def on_mount(self) -> None:
        """Hide the filter until it is asked for."""
        for box in self.query(".filter"):
            box.display = False
        self.retext()

    def show_case(self, view: CaseView) -> None:
        """Show another state of the case, now or when the pane comes to the front; the selection stays if it can."""
        self.view = view
        self._behind = True
        if self.display:
            self.catch_up()

    def catch_up(self) -> None:
        """Make the rows that were left out while the pane was behind: large cases have eleven tabs of them."""
        if self._behind:
            self._behind = False
            self.update_rows()
        if self._wanted and self.find_row(self._wanted):
            self._wanted = ""

    def want_row(self, key: str) -> None:
        """Put the cursor on a row as soon as it is there: where the person was when the program ended."""
        self._wanted = key

    def find_row(self, key: str) -> bool:
        """Put the cursor on a row; False where it is not there yet."""
        return self.table.go_to_key(key)

    def retext(self) -> None:
        """Write everything again in the language in use."""
        words = self.words
        titles = [words(f"column.{column.key}") if column.key else "" for column in self.columns]
        self.table.set_titles(titles, self.empty_text())
        for box in self.query(".filter").results(Input):
            box.placeholder = words(f"{self.scope}.filter")
        self._behind = True
        if self.display:
            self.catch_up()

    def empty_text(self) -> str:
        """Return the sentence of the empty table."""
        return self.words(f"{self.scope}.empty")

    def summarise(self, text: str) -> None:
        """Write the line over the table."""
        self.query_one(".summary", Prose).say(text)

    def update_rows(self) -> None:
        """Fill the table from the view; called when either changes."""
        raise NotImplementedError

    def detail(self) -> Detail | None:
        """Return the detail of the selected row."""
        raise NotImplementedError

    def document(self) -> Document | None:
        """Return the file of the case that the selected row is, if it is one."""
        return None

    def focus_main(self) -> None:
        """Put the focus where keys work on rows."""
        self.table.focus()

    @on(RowTable.Highlighted)
    def row_highlighted(self, event: RowTable.Highlighted) -> None:
        """Offer the selected row's detail."""
        event.stop()
        self.announce()

    @on(RowTable.Chosen)
    def row_chosen(self, event: RowTable.Chosen) -> None:
        """Open the selected row."""
        event.stop()
        self.open_row()

    def announce(self) -> None:
        """Offer the detail anew."""
        self.post_message(DetailChanged(self, self.detail()))

    def open_row(self) -> None:
        """Do what Enter means here; explaining unless a subclass has better."""
        self.action_explain()

    def action_explain(self) -> None:
        """Bring the detail to the front."""
        self.announce()
        self.post_message(ExplainWanted())

    def save(self, job: Callable[[], object]) -> None:
        """Write a change."""
        self.post_message(SaveWanted(job))

    def action_filter(self) -> None:
        """Show the filter and write into it."""
        box = self.query_one(f"#{self.scope}-filter", Input)
        box.display = True
        box.focus()

    @on(Input.Submitted, ".filter")
    def filter_done(self, event: Input.Submitted) -> None:
        """Return to the rows; an empty filter goes away."""
        event.stop()
        event.input.display = bool(event.value)
        self.focus_main()

    def leave_filter(self) -> bool:
        """Clear and hide the filter; False where none was open."""
        boxes = [box for box in self.query(".filter").results(Input) if box.display]
        for box in boxes:
            box.value = ""
            box.display = False
        if boxes:
            self.focus_main()
        return bool(boxes)


def ancestor_pane(node: Widget | None) -> CasePane | None:
    """Return the pane a widget is in."""
    return next((item for item in node.ancestors_with_self if isinstance(item, CasePane)), None) if node else None
