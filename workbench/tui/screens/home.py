"""The list of cases: where everybody starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
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
from workbench.tui.modals.confirm import ConfirmModal
from workbench.tui.modals.form import FormField, FormModal
from workbench.tui.presenters.base import Row
from workbench.tui.presenters.cases import COLUMNS, case_rows
from workbench.tui.screens.workspace import Workspace
from workbench.tui.widgets.field import Field
from workbench.tui.widgets.key_bar import KeyBar
from workbench.tui.widgets.prose import Prose
from workbench.tui.widgets.row_table import RowTable
from workbench.tui.widgets.title_bar import TitleBar
from workbench.tui.work import Noticed, compute, shell

if TYPE_CHECKING:
    from workbench.services.list_cases import CaseSummary

REFRESH_SECONDS = 5.0


@dataclass
class CasesRead(Message):
    """The list arrived."""

    cases: tuple[CaseSummary, ...]
    today: date


@dataclass
class CaseMade(Message):
    """A new case is there and is opened."""

    name: str


class NothingYet(Message):
    """There is no case; the app may offer the tour."""


class CasesChanged(Message):
    """A case was deleted, restored or archived."""


class Home(Screen[None]):
    """Cases with search, new, archive, delete and undo."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("home")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-normal")]  # noqa: RUF012  # Textual's own declaration
    scope = "home"

    def __init__(self) -> None:
        super().__init__()
        self._cases: tuple[CaseSummary, ...] | None = None
        self._today: date | None = None
        self._archived = False
        self._deleted: list[str] = []

    def compose(self) -> ComposeResult:
        """Lay out search, list and welcome."""
        yield TitleBar()
        yield Field(id="case-search", compact=True)
        yield RowTable(COLUMNS, id="cases")
        yield Prose(id="welcome")
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the frame at once; the list follows from a worker."""
        self.query_one("#case-search").display = False
        self.retext()
        self.query_one(RowTable).focus()
        self.call_after_refresh(self.load)
        self.set_interval(REFRESH_SECONDS, self.load_if_in_front)

    def retext(self) -> None:
        """Write everything again in the language in use."""
        words = shell(self).words
        self.query_one(TitleBar).show(words("home.archive" if self._archived else "home.title"))
        self.query_one("#case-search", Input).placeholder = words("home.search")
        titles = [words(f"column.{column.key}") for column in COLUMNS]
        empty = "home.loading" if self._cases is None else "home.no_archive" if self._archived else "home.empty"
        self.query_one(RowTable).set_titles(titles, words(empty))
        self.query_one("#welcome", Prose).say(words("home.welcome").strip())
        self.update_rows()

    def load(self) -> None:
        """Read the list."""
        backend, archived = shell(self).backend, self._archived
        compute(self, lambda: CasesRead(backend.list_cases(archived=archived), backend.today()), "cases")

    def load_if_in_front(self) -> None:
        """Follow changes made elsewhere while the list is seen."""
        if self.is_current:
            self.load()

    def on_screen_resume(self) -> None:
        """Read the list again after a case was worked on."""
        if self._cases is not None:
            self.load()

    @on(CasesRead)
    def cases_read(self, event: CasesRead) -> None:
        """Show the list."""
        changed = event.cases != self._cases or event.today != self._today
        self._cases, self._today = event.cases, event.today
        if changed:
            self.retext()
        if not event.cases and not self._archived:
            self.post_message(NothingYet())

    def update_rows(self) -> None:
        """Fill the table with what the search lets through."""
        if self._cases is None or self._today is None:
            return
        query = self.query_one("#case-search", Input).value
        self.query_one(RowTable).show(case_rows(self._cases, query, self._today, shell(self).words))
        new = not self._cases and not self._archived
        self.query_one("#welcome").display = new
        self.query_one(RowTable).set_class(new, "-empty")

    @on(Input.Changed, "#case-search")
    def search_changed(self) -> None:
        """Search while typing."""
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

    def key_escape(self) -> None:
        """Leave the search."""
        box = self.query_one("#case-search", Input)
        box.value = ""
        box.display = False
        self.query_one(RowTable).focus()

    def _row(self) -> Row | None:
        return self.query_one(RowTable).row

    @on(RowTable.Chosen)
    def action_open_case(self) -> None:
        """Open the selected case."""
        if (row := self._row()) is not None:
            self.app.push_screen(Workspace(row.key))

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
                return CaseMade(name)

            compute(self, work, "save", exclusive=False)

        self.app.push_screen(FormModal(words("home.new_title"), fields, words("home.new_hint")), make)

    @on(CaseMade)
    def case_made(self, event: CaseMade) -> None:
        """Open the new case."""
        self.load()
        self.app.push_screen(Workspace(event.name))

    def _change(self, job: Callable[[], None], done: str) -> None:
        def work() -> CasesChanged:
            job()
            self.post_message(Noticed(done))
            return CasesChanged()

        compute(self, work, "save", exclusive=False)

    @on(CasesChanged)
    def cases_changed(self) -> None:
        """Read the list again."""
        self.load()

    def action_archive(self) -> None:
        """Move the selected case to the archive, or back from it."""
        row, words, backend = self._row(), shell(self).words, shell(self).backend
        if row is None:
            return
        archived = not self._archived
        done = words("home.archived" if archived else "home.unarchived", name=row.key)
        self._change(lambda: backend.archive_case(row.key, archived=archived), done)

    def action_show_archive(self) -> None:
        """Switch between live and archived cases."""
        self._archived = not self._archived
        self._cases = None
        self.query_one(RowTable).show((), keep=False)
        self.retext()
        self.load()

    def action_delete(self) -> None:
        """Delete the selected case after asking; it can be brought back."""
        row, words, backend = self._row(), shell(self).words, shell(self).backend
        if row is None:
            return

        def delete(yes: bool | None) -> None:
            if yes:
                self._deleted.append(row.key)
                self._change(lambda: backend.delete_case(row.key), words("home.deleted", name=row.key))

        self.app.push_screen(ConfirmModal(words("home.delete_title", name=row.key), words("home.delete_text")), delete)

    def action_undo(self) -> None:
        """Bring back the case deleted last."""
        words, backend = shell(self).words, shell(self).backend
        if not self._deleted:
            self.notify(words("undo.nothing"), markup=False)
            return
        name = self._deleted.pop()
        self._change(lambda: backend.restore_case(name), words("home.restored", name=name))
