"""What can be done to the cases of the list: order, filter, put away, bring back, rename, delete, and undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from textual import on
from textual.message import Message
from textual.widget import Widget

from workbench.errors import ConflictError
from workbench.tui.memory import QUERY
from workbench.tui.modals.confirm import ConfirmModal
from workbench.tui.modals.form import FormField, FormModal
from workbench.tui.ports import Backend
from workbench.tui.presenters.base import Row
from workbench.tui.presenters.cases import COLUMNS, CaseQuery
from workbench.tui.widgets.row_table import RowTable
from workbench.tui.work import Noticed, compute, shell

SHELVES = ("live", "archived", "deleted")
"""What the list shows in turn."""


class CasesChanged(Message):
    """A case was deleted, restored, renamed or archived."""


class CaseShelf(Widget):
    """Changes to the list and to what it shows; the screen draws."""

    shelf = SHELVES[0]
    query_set = CaseQuery()

    def update_rows(self) -> None:
        """Fill the table; the screen knows."""
        raise NotImplementedError

    def show_shelf(self, shelf: str) -> None:
        """Show another shelf; the screen knows."""
        raise NotImplementedError

    @property
    def _undoable(self) -> list[tuple[Callable[[], None], str]]:
        """Ways back with what they say, the last one last; kept while the program runs."""
        ways: list[tuple[Callable[[], None], str]] = self.__dict__.setdefault("_ways_back", [])
        return ways

    def row(self) -> Row | None:
        """Return the selected case's row."""
        return self.query_one("#cases", RowTable).row

    def set_query(self, query: CaseQuery) -> None:
        """Show something else and remember it."""
        self.query_set = query
        shell(self).memory.note(QUERY, {**replace(query, text="").to_values(), "shelf": self.shelf})
        self.update_rows()

    def action_turn(self, name: str) -> None:
        """Go to the next value of a filter."""
        self.set_query(self.query_set.turned(name))

    def action_sort(self, column: str) -> None:
        """Order by a column; again turns the order round."""
        self.set_query(self.query_set.sorted_by(column))

    def action_sort_next(self) -> None:
        """Order by the next column."""
        keys = [column.key for column in COLUMNS]
        self.action_sort(keys[(keys.index(self.query_set.sort) + 1) % len(keys)])

    @on(RowTable.TitleChosen, "#cases")
    def title_chosen(self, event: RowTable.TitleChosen) -> None:
        """Order by the clicked column."""
        event.stop()
        self.action_sort(event.column.key)

    def action_show_archive(self) -> None:
        """Go from the live cases to the archived, to the deleted, and back."""
        self.show_shelf(SHELVES[(SHELVES.index(self.shelf) + 1) % len(SHELVES)])

    def _change(
        self, job: Callable[[], None], done: str, back: Callable[[], None] | None = None, did: str = ""
    ) -> None:
        """Do something to a case in a worker and say so; ``back`` undoes it, ``did`` is what is undone then."""
        undone = shell(self).words("undo.done", what=did)

        def work() -> CasesChanged:
            job()
            if back is not None:
                self._undoable.append((back, undone))
            self.post_message(Noticed(done))
            return CasesChanged()

        compute(self, work, "save", exclusive=False)

    def can_take_away(self, name: str) -> None:
        """Let undo take away a case that came just now; called in the worker that made it.

        Once something was done in the case, undo is there in the case and not for all of it at once.
        """
        backend, words = shell(self).backend, shell(self).words
        undone = words("undo.done", what=words("home.did_make", name=name))
        made = _changed(backend, name)

        def take_away() -> None:
            if made is None or _changed(backend, name) != made:
                raise ConflictError(
                    f"something was done in {name} since it was made",
                    next_step="Delete it if it is to go.",
                    what_zh=f"“{name}”新建之后已有改动",
                    next_step_zh="不要了就删除它。",
                )
            backend.delete_case(name)

        self._undoable.append((take_away, undone))

    def action_archive(self) -> None:
        """Move the selected case to the archive, or back from wherever it is."""
        row, words, backend = self.row(), shell(self).words, shell(self).backend
        if row is None:
            return
        name = row.key
        if self.shelf == "deleted":
            self._change(
                lambda: backend.restore_case(name),
                words("home.restored", name=name),
                lambda: backend.delete_case(name),
                words("home.did_restore", name=name),
            )
            return
        there = self.shelf == "live"
        done, did = ("home.archived", "home.did_archive") if there else ("home.unarchived", "home.did_unarchive")
        self._change(
            lambda: backend.archive_case(name, archived=there),
            words(done, name=name),
            lambda: backend.archive_case(name, archived=not there),
            words(did, name=name),
        )

    def action_rename(self) -> None:
        """Ask for another name."""
        row, words, backend = self.row(), shell(self).words, shell(self).backend
        if row is None or self.shelf == "deleted":
            return
        name = row.key

        def rename(values: dict[str, str] | None) -> None:
            new = " ".join(values["name"].split()) if values else name
            if new != name:
                self._change(
                    lambda: backend.rename_case(name, new),
                    words("home.renamed", name=name, new=new),
                    lambda: backend.rename_case(new, name),
                    words("home.did_rename", name=name, new=new),
                )

        field = FormField("name", words("home.name"), name, required=True)
        self.app.push_screen(FormModal(words("home.rename_title", name=name), (field,)), rename)

    def action_delete(self) -> None:
        """Delete the selected case after asking; it can be brought back."""
        row, words, backend = self.row(), shell(self).words, shell(self).backend
        if row is None or self.shelf == "deleted":
            return
        name = row.key

        def delete(yes: bool | None) -> None:
            if yes:
                self._change(
                    lambda: backend.delete_case(name),
                    words("home.deleted", name=name),
                    lambda: backend.restore_case(name),
                    words("home.did_delete", name=name),
                )

        self.app.push_screen(ConfirmModal(words("home.delete_title", name=name), words("home.delete_text")), delete)

    def action_undo(self) -> None:
        """Take the last change to the list back."""
        if not self._undoable:
            self.notify(shell(self).words("undo.nothing_here"), markup=False)
            return
        back, undone = self._undoable.pop()
        self._change(back, undone)


def _changed(backend: Backend, name: str) -> datetime | None:
    """Return when something was last done in a case of the list, None where it is not there."""
    cases = (summary.case for summary in backend.list_cases(shelf="live"))
    return next((case.changed for case in cases if case.name == name), None)
