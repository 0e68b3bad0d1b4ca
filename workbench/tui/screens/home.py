"""The list of cases: where everybody starts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input

from workbench.domain.case import CaseKind
from workbench.tui.actions import bindings
from workbench.tui.garbage import leave_out
from workbench.tui.memory import PLACE, QUERY, Place, Values
from workbench.tui.modals.form import FormField, FormModal
from workbench.tui.presenters.cases import COLUMNS, CaseQuery, case_rows, case_titles, list_summary, select_cases
from workbench.tui.screens.bundles import BundleOpened, Bundles
from workbench.tui.screens.case_shelf import SHELVES, CasesChanged, CaseShelf
from workbench.tui.screens.workspace import Workspace
from workbench.tui.widgets.field import Field
from workbench.tui.widgets.key_bar import KeyBar
from workbench.tui.widgets.prose import Prose
from workbench.tui.widgets.row_table import RowTable
from workbench.tui.widgets.title_bar import TitleBar
from workbench.tui.work import compute, shell

if TYPE_CHECKING:
    from workbench.services.list_cases import CaseSummary

REFRESH_SECONDS = 3.0
TITLES = {"live": "home.title", "archived": "home.archive", "deleted": "home.bin"}
EMPTY = {"live": "home.empty", "archived": "home.no_archive", "deleted": "home.no_bin"}


@dataclass
class Recalled(Message):
    """What earlier sessions remembered arrived."""

    found: dict[str, Values]


@dataclass
class CasesRead(Message):
    """The list arrived."""

    cases: tuple[CaseSummary, ...]
    shelf: str
    today: date
    version: tuple[int, ...]


@dataclass
class CaseMade(Message):
    """A new case is there and is opened."""

    name: str


class NothingYet(Message):
    """There is no case; the app may offer the tour."""


class Home(CaseShelf, Bundles, Screen[None]):
    """Cases with search, filters, order, new, archive, rename, delete and undo."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("home")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-normal")]  # noqa: RUF012  # Textual's own declaration
    scope = "home"

    def __init__(self) -> None:
        super().__init__()
        self._read: CasesRead | None = None
        self._shown: list[CaseSummary] = []
        self._back_to: Place | None = None

    def compose(self) -> ComposeResult:
        """Lay out search, list and welcome."""
        yield TitleBar()
        yield Field(id="case-search", compact=True)
        yield Prose(id="case-summary", classes="summary")
        yield RowTable(COLUMNS, id="cases")
        yield Prose(id="welcome")
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the frame at once; what was remembered and the list follow from a worker."""
        self.query_one("#case-search").display = False
        self.retext()
        self.query_one(RowTable).focus()
        self.call_after_refresh(self._recall)
        self.set_interval(REFRESH_SECONDS, self.load_if_in_front)

    def _recall(self) -> None:
        memory = shell(self).memory
        compute(self, lambda: Recalled({**memory.read()}), "cases")

    @on(Recalled)
    def recalled(self, event: Recalled) -> None:
        """Show the list as it was left, and go back to the case that was open."""
        memory = shell(self).memory
        memory.know(event.found)
        values = memory.get(QUERY)
        self.query_set = CaseQuery.from_values(values)
        self.shelf = next((shelf for shelf in SHELVES[:2] if shelf == values.get("shelf")), SHELVES[0])
        self._back_to = Place.from_values(memory.get(PLACE))
        self.retext()
        self.load()

    def retext(self) -> None:
        """Write everything again in the language in use."""
        words = shell(self).words
        self.query_one(TitleBar).show(words(TITLES[self.shelf]))
        self.query_one("#case-search", Input).placeholder = words("home.search")
        self.query_one("#welcome", Prose).say(words("home.welcome").strip())
        self.update_rows()

    def load(self) -> None:
        """Read the list."""
        backend, shelf = shell(self).backend, self.shelf

        def work() -> CasesRead:
            version = backend.cases_version()  # first, so that a change meanwhile is seen later
            return CasesRead(backend.list_cases(shelf=shelf), shelf, backend.today(), version)

        compute(self, work, "cases")

    def load_if_in_front(self) -> None:
        """Follow changes made elsewhere while the list is seen; nothing is read where nothing changed."""
        if not self.is_current or self._read is None:
            return
        backend, known = shell(self).backend, (self._read.version, self._read.today)

        def work() -> CasesChanged | None:
            return None if (backend.cases_version(), backend.today()) == known else CasesChanged()

        compute(self, work, "poll")

    def on_screen_resume(self) -> None:
        """Read the list again after a case was worked on; the next session starts here."""
        if self._read is not None:
            shell(self).memory.note(PLACE, Place().to_values())
            self.load()

    @on(CasesChanged)
    def cases_changed(self) -> None:
        """Read the list again."""
        self.load()

    @on(CasesRead)
    def cases_read(self, event: CasesRead) -> None:
        """Show the list; at the start go on to the case that was open when the last session ended."""
        if event.shelf != self.shelf:
            return
        if self._read is None:
            leave_out()
        self._read = event
        self.update_rows()
        place, self._back_to = self._back_to, None
        if place is not None and any(summary.case.name == place.case for summary in event.cases):
            self.query_one(RowTable).go_to_key(place.case)
            self.app.push_screen(Workspace(place.case, place))
        if not event.cases and self.shelf == "live":
            self.post_message(NothingYet())

    def update_rows(self) -> None:
        """Fill the table with what search and filters let through, in the order asked for."""
        words, read, query, table = shell(self).words, self._read, self.query_set, self.query_one(RowTable)
        empty = "home.loading" if read is None else EMPTY[self.shelf] if not read.cases else "home.none_found"
        table.set_titles(case_titles(query, words), words(empty))
        if read is None:
            return
        self._shown = select_cases(read.cases, query, read.today)
        table.show(case_rows(self._shown, read.today, words))
        summary = list_summary(read.cases, self._shown, query, read.today, words) if read.cases else ""
        self.query_one("#case-summary", Prose).say(summary)
        new = not read.cases and self.shelf == "live"
        self.query_one("#welcome").display = new
        table.set_class(new, "-empty")

    @on(Input.Changed, "#case-search")
    def search_changed(self, event: Input.Changed) -> None:
        """Search while typing."""
        self.query_set = replace(self.query_set, text=event.value)
        self.update_rows()

    @on(Input.Submitted, "#case-search")
    def search_done(self, event: Input.Submitted) -> None:
        """Go to the list; an empty search goes away."""
        event.input.display = bool(event.value)
        self.query_one(RowTable).focus()

    def action_search(self) -> None:
        """Show the search."""
        box = self.query_one("#case-search", Input)
        box.display = True
        box.focus()

    def action_clear(self) -> None:
        """Show everything again: no search, no filter."""
        box = self.query_one("#case-search", Input)
        box.value = ""
        box.display = False
        self.set_query(self.query_set.cleared())
        self.query_one(RowTable).focus()

    @on(RowTable.Chosen)
    def action_open_case(self) -> None:
        """Open the selected case; a deleted one is brought back first."""
        if (row := self.row()) is None:
            return
        if self.shelf == "deleted":
            self.action_archive()
        else:
            self.app.push_screen(Workspace(row.key))

    def show_shelf(self, shelf: str) -> None:
        """Show another shelf."""
        self.shelf = shelf
        self._read = None
        self.query_one(RowTable).show((), keep=False)
        self.set_query(self.query_set)
        self.retext()
        self.load()

    def action_new_case(self) -> None:
        """Ask for name and kind; then create and open the case."""
        words, backend = shell(self).words, shell(self).backend
        kinds = tuple((kind.value, words(f"case_kind.{kind.value}")) for kind in CaseKind)
        fields = (
            FormField("name", words("home.name"), required=True),
            FormField("kind", words("home.kind"), CaseKind.OFF_EXCHANGE.value, kinds),
        )

        def make(values: dict[str, str] | None) -> None:
            if values is None:
                return
            name, kind = " ".join(values["name"].split()), CaseKind(values["kind"])

            def work() -> CaseMade:
                backend.create_case(name, kind)
                self.can_take_away(name)
                return CaseMade(name)

            compute(self, work, "save", exclusive=False)

        self.app.push_screen(FormModal(words("home.new_title"), fields, words("home.new_hint")), make)

    @on(CaseMade)
    def case_made(self, event: CaseMade) -> None:
        """Open the new case."""
        self.load()
        self.app.push_screen(Workspace(event.name))

    @on(BundleOpened)
    def bundle_opened(self, event: BundleOpened) -> None:
        """Open the case that a bundle became."""
        self.load()
        self.app.push_screen(Workspace(event.name))
