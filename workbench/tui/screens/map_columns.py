"""The column mapper: tell once what the columns of an unknown statement mean, and see at once what that gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.screen import Screen

from workbench.errors import WorkbenchError
from workbench.tui.actions import bindings
from workbench.tui.modals.form import FormField, FormModal
from workbench.tui.presenters.mapping import (
    COLUMNS,
    field_choices,
    kind_choices,
    mapping_rows,
    mapping_summary,
    preview_detail,
    problem_detail,
)
from workbench.tui.widgets.detail_pane import DetailPane
from workbench.tui.widgets.key_bar import KeyBar
from workbench.tui.widgets.prose import Prose
from workbench.tui.widgets.row_table import RowTable
from workbench.tui.widgets.title_bar import TitleBar
from workbench.tui.work import Failed, compute, shell

if TYPE_CHECKING:
    from workbench.domain.lines import Statement
    from workbench.intake.layouts import Layout
    from workbench.intake.mapping import LayoutDraft

SIGNS = ("auto", "signed", "out_positive", "by_operation")
BOOKS = ("", "account", "bank")


@dataclass(frozen=True, slots=True)
class Mapped:
    """A saved layout."""

    name: str
    headless: bool
    """True where the file will not be recognised by its titles and the layout must be named."""


@dataclass
class Drafted(Message):
    """The first guess is known."""

    draft: LayoutDraft


@dataclass
class Previewed(Message):
    """What the mapping gives is known, or why it gives nothing."""

    statement: Statement | None
    error: WorkbenchError | None = None


@dataclass
class Kept(Message):
    """The layout is saved."""

    mapped: Mapped


class MapColumns(Screen[Mapped | None]):
    """Columns and operation words of one file; returns the saved layout, None where it was left."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("mapper")
    scope = "mapper"

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._draft: LayoutDraft | None = None
        self._fields: list[str] = []
        self._kinds: dict[str, str] = {}
        self._amounts, self._book = SIGNS[0], BOOKS[0]

    def compose(self) -> ComposeResult:
        """Lay out table and preview."""
        yield TitleBar()
        yield Prose(classes="summary")
        with Vertical(id="mapper"):
            yield RowTable(COLUMNS, id="mapping")
            yield DetailPane(id="mapping-preview")
        yield KeyBar()

    def on_mount(self) -> None:
        """Read the file in a worker."""
        self.retext()
        backend, path = shell(self).backend, self._path
        compute(self, lambda: Drafted(backend.draft_layout(path)), "draft")
        self.query_one(RowTable).focus()

    def retext(self) -> None:
        """Write everything again in the language in use."""
        words = shell(self).words
        self.query_one(TitleBar).show(words("mapper.title", file=self._path.name))
        titles = [words(f"column.{column.key}") for column in COLUMNS]
        self.query_one(RowTable).set_titles(titles, words("mapper.reading"))
        self._show()

    def _show(self) -> None:
        words = shell(self).words
        if self._draft is None:
            self.query_one(".summary", Prose).say("")
            return
        self.query_one(".summary", Prose).say(mapping_summary(self._draft, self._fields, words))
        self.query_one(RowTable).show(mapping_rows(self._draft, self._fields, self._kinds, words))

    @on(Drafted)
    def drafted(self, event: Drafted) -> None:
        """Show the guess and what it gives."""
        self._draft = event.draft
        self._fields = [column.field for column in event.draft.columns]
        self._kinds = {word: kind for word, kind in event.draft.operations if kind}
        self._show()
        self.query_one(RowTable).action_move(1)
        self._preview()

    @on(Failed)
    def failed(self, event: Failed) -> None:
        """A file that cannot be mapped says so and the mapper closes; the app shows the words."""
        if event.group == "draft":
            self.dismiss(None)

    def _layout(self, name: str) -> Layout | None:
        if self._draft is None:
            return None
        told = tuple(replace(column, field=self._fields[at]) for at, column in enumerate(self._draft.columns))
        layout = replace(self._draft, columns=told).layout(name)
        known = dict(self._draft.operations)
        own = {word: kind for word, kind in self._kinds.items() if kind and kind != known.get(word)}
        return replace(layout, operations=own, amounts=self._amounts, book=self._book)

    def _preview(self) -> None:
        layout = self._layout("preview")
        if layout is None:
            return
        backend, path = shell(self).backend, self._path

        def work() -> Previewed:
            try:
                return Previewed(backend.preview_layout(path, layout))
            except WorkbenchError as error:
                return Previewed(None, error)

        compute(self, work, "preview")

    @on(Previewed)
    def previewed(self, event: Previewed) -> None:
        """Show what the mapping gives."""
        words = shell(self).words
        if event.statement is not None:
            self.query_one(DetailPane).show(preview_detail(event.statement, words))
        elif event.error is not None:
            self.query_one(DetailPane).show(problem_detail(event.error, words))

    @on(RowTable.Chosen)
    def action_edit(self) -> None:
        """Ask what the column or word under the cursor means."""
        row, words = self.query_one(RowTable).row, shell(self).words
        if row is None or self._draft is None or row.heading:
            return
        at = int(row.key[1:])
        column = row.key.startswith("c")
        asked = self._draft.columns[at].key if column else self._draft.operations[at][0]
        value = self._fields[at] if column else self._kinds.get(asked, "")
        choices = field_choices(words) if column else kind_choices(words)

        def done(answer: Mapping[str, str] | None) -> None:
            if answer is None:
                return
            if column:
                self._fields[at] = answer["meaning"]
            else:
                self._kinds[asked] = answer["meaning"]
            self._show()
            self._preview()

        self.app.push_screen(FormModal(asked, [FormField("meaning", words("mapper.meaning"), value, choices)]), done)

    def action_signs(self) -> None:
        """Ask how amounts are signed and whose book this is."""
        words = shell(self).words
        signs = tuple((one, words(f"amounts.{one}")) for one in SIGNS)
        books = tuple((one, words(f"mapper.book_{one or 'auto'}")) for one in BOOKS)
        fields = [
            FormField("amounts", words("mapper.amounts"), self._amounts, signs),
            FormField("book", words("mapper.book"), self._book, books),
        ]

        def done(answer: Mapping[str, str] | None) -> None:
            if answer is not None:
                self._amounts, self._book = answer["amounts"], answer["book"]
                self._preview()

        self.app.push_screen(FormModal(words("mapper.signs"), fields), done)

    def action_save(self) -> None:
        """Ask for a name and save the layout."""
        words = shell(self).words
        if self._draft is None:
            return
        fields = [FormField("name", words("mapper.name"), self._path.stem, required=True)]

        def done(answer: Mapping[str, str] | None) -> None:
            layout = self._layout(answer["name"].strip()) if answer else None
            if layout is None:
                return
            backend = shell(self).backend

            def work() -> Kept:
                backend.save_layout(layout, replace=True)
                return Kept(Mapped(layout.name, layout.headless))

            compute(self, work, "save")

        hint = "" if self._draft.headed else words("mapper.headless")
        self.app.push_screen(FormModal(words("mapper.save"), fields, hint), done)

    @on(Kept)
    def kept(self, event: Kept) -> None:
        """Return to the import with the layout's name."""
        self.notify(shell(self).words("mapper.saved", name=event.mapped.name), markup=False)
        self.dismiss(event.mapped)

    def action_back(self) -> None:
        """Leave without saving."""
        self.dismiss(None)
