"""Import: choose or paste a path, see what was recognised before anything is written, then confirm."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, ProgressBar

from workbench.tui.actions import bindings
from workbench.tui.paths import parse_paths
from workbench.tui.ports import Reading
from workbench.tui.presenters.base import one_line
from workbench.tui.presenters.imports import COLUMNS, can_be_kept, import_rows, import_summary, item_detail
from workbench.tui.screens.map_columns import MapColumns, Mapped
from workbench.tui.widgets.detail_pane import DetailPane
from workbench.tui.widgets.file_tree import FileTree
from workbench.tui.widgets.key_bar import KeyBar
from workbench.tui.widgets.path_input import PathInput
from workbench.tui.widgets.prose import Prose
from workbench.tui.widgets.row_table import RowTable
from workbench.tui.widgets.title_bar import TitleBar
from workbench.tui.work import Failed, Noticed, compute, shell

if TYPE_CHECKING:
    from workbench.services.import_documents import ImportReport


@dataclass
class Progressed(Message):
    """A file is being read."""

    done: int
    total: int
    label: str


@dataclass
class Previewed(Message):
    """What an import would do is known."""

    paths: tuple[Path, ...]
    report: ImportReport


@dataclass
class Imported(Message):
    """The import came to an end."""

    report: ImportReport


class ImportFiles(Screen[bool]):
    """Returns True where something was written."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("import")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-normal")]  # noqa: RUF012  # Textual's own declaration
    scope = "import"

    def __init__(self, case: str, start: Path | None = None) -> None:
        super().__init__()
        self.case = case
        self._start = start or Path.home()
        self._paths: tuple[Path, ...] = ()
        self._report: ImportReport | None = None
        self._cancel: Event | None = None
        self._changed = False
        self._how = Reading()
        self._written = False

    def compose(self) -> ComposeResult:
        """Lay out path, tree, preview and progress."""
        yield TitleBar()
        yield PathInput(id="path", compact=True)
        with Horizontal(id="import"):
            yield FileTree(self._start, id="tree")
            with Vertical(id="preview"):
                yield Prose(classes="summary")
                yield RowTable(COLUMNS, id="items")
                yield DetailPane(id="item-detail")
        yield Prose(id="progress-text")
        yield ProgressBar(id="progress", show_eta=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Start in the path field."""
        self._busy(busy=False)
        self.retext()
        self.query_one("#path").focus()

    def retext(self) -> None:
        """Write everything again in the language in use."""
        words = shell(self).words
        self.query_one(TitleBar).show(words("import.title", case=self.case))
        self.query_one("#path", Input).placeholder = words("import.path")
        titles = [words(f"column.{column.key}") for column in COLUMNS]
        self.query_one(RowTable).set_titles(titles, words("import.empty"))
        self._show_report()

    def _show_report(self) -> None:
        words, table = shell(self).words, self.query_one(RowTable)
        summary = self.query_one(".summary", Prose)
        if self._report is None:
            summary.say(words("import.hint"))
            table.show(())
            return
        text = import_summary(self._report, words)
        if self._written:
            text = f"{text}  {words('import.written')}"
        elif self._report.imported:
            text = f"{text}  {words('import.press_enter')}"
        summary.say(text)
        table.show(import_rows(self._report, words))

    def _busy(self, *, busy: bool) -> None:
        self.query_one("#progress").display = busy
        self.query_one("#progress-text").display = busy
        if not busy:
            self._cancel = None

    @on(Input.Submitted, "#path")
    def path_entered(self, event: Input.Submitted) -> None:
        """Preview what was typed or pasted."""
        self.preview(parse_paths(event.value))

    @on(FileTree.NodeHighlighted)
    def node_highlighted(self, event: FileTree.NodeHighlighted[object]) -> None:
        """Take the highlighted file or folder into the path field."""
        data = event.node.data
        path = getattr(data, "path", None)
        if path is not None and self.focused is self.query_one("#tree"):
            self.query_one("#path", Input).value = str(path)

    @on(FileTree.FileSelected)
    def file_selected(self, event: FileTree.FileSelected) -> None:
        """Preview the chosen file."""
        self.preview((event.path,))

    def action_path(self) -> None:
        """Go to the path field."""
        self.query_one("#path").focus()

    def action_read(self) -> None:
        """Preview what stands in the path field, a folder too."""
        self.preview(parse_paths(self.query_one("#path", Input).value))

    def _run(self, work: Callable[[Callable[[int, int, str], bool]], Message]) -> None:
        cancel = self._cancel = Event()

        def progress(done: int, total: int, label: str) -> bool:
            self.post_message(Progressed(done, total, label))
            return not cancel.is_set()

        self._busy(busy=True)
        self.query_one(ProgressBar).update(total=None, progress=0)
        compute(self, lambda: work(progress), "import")

    def preview(self, paths: Sequence[Path]) -> None:
        """Read files in a worker without writing anything."""
        if not paths or self._cancel is not None:
            return
        backend, case, chosen, how = shell(self).backend, self.case, tuple(paths), self._how
        self._run(lambda progress: Previewed(chosen, backend.preview(case, chosen, progress, how)))

    @on(Progressed)
    def progressed(self, event: Progressed) -> None:
        """Move the bar."""
        self.query_one(ProgressBar).update(total=event.total or None, progress=event.done)
        words, label = shell(self).words, one_line(event.label)
        said = words("import.progress", done=event.done, total=event.total, label=label)
        self.query_one("#progress-text", Prose).say(said)

    @on(Previewed)
    def previewed(self, event: Previewed) -> None:
        """Show what was recognised; Enter will write it."""
        self._busy(busy=False)
        if event.report.cancelled:
            self.notify(shell(self).words("import.cancelled"), markup=False)
            return
        self._paths, self._report, self._written = event.paths, event.report, False
        self._show_report()
        self.query_one(RowTable).focus()

    @on(RowTable.Highlighted)
    def item_highlighted(self, event: RowTable.Highlighted) -> None:
        """Show the file's detail."""
        if self._report is not None:
            item = self._report.items[int(event.row.key)]
            self.query_one(DetailPane).show(item_detail(item, shell(self).words))

    def action_map_columns(self) -> None:
        """Tell what the columns of the highlighted file mean, then read it again."""
        row = self.query_one(RowTable).row
        if self._report is None or row is None or self._cancel is not None:
            return
        path = Path(self._report.items[int(row.key)].path)
        if not path.is_file():
            self.notify(shell(self).words("mapper.not_a_file"), markup=False)
            return

        def done(saved: Mapped | None) -> None:
            if saved is not None:
                self._how = replace(self._how, profile=saved.name) if saved.headless else self._how
                self.preview(self._paths)

        self.app.push_screen(MapColumns(path), done)

    def action_as_evidence(self) -> None:
        """Keep the highlighted file as evidence, unread, or read it after all."""
        row = self.query_one(RowTable).row
        if self._report is None or row is None or self._cancel is not None:
            return
        item = self._report.items[int(row.key)]
        if item.path not in self._how.kept and not can_be_kept(item):
            self.notify(shell(self).words("import.not_kept"), markup=False)
            return
        self._how = replace(self._how, kept=self._how.kept ^ {item.path})
        self.preview(self._paths)

    @on(RowTable.Chosen)
    def action_confirm(self) -> None:
        """Write what was previewed."""
        if self._report is None or self._cancel is not None:
            return
        if self._written or not self._report.imported:
            self.notify(shell(self).words("import.nothing"), markup=False)
            return
        backend, case, paths, how = shell(self).backend, self.case, self._paths, self._how
        self._run(lambda progress: Imported(backend.import_files(case, paths, progress, how)))

    @on(Imported)
    def imported(self, event: Imported) -> None:
        """Say what was written; back to the case when every file went in."""
        self._busy(busy=False)
        words = shell(self).words
        if event.report.cancelled:
            self.notify(words("import.cancelled"), markup=False)
            return
        self._changed = self._changed or bool(event.report.imported)
        self._report, self._written = event.report, True
        self._show_report()
        done = words("import.done", count=len(event.report.imported))
        if event.report.failed:
            self.app.post_message(Noticed(done))
        else:
            self.app.post_message(Noticed(f"{done}{words('import.next')}"))
            self.dismiss(self._changed)

    @on(Failed)
    def failed(self) -> None:
        """Stop the bar; the app says what happened."""
        self._busy(busy=False)

    def action_cancel(self) -> None:
        """Stop what is running; nothing is half-written."""
        if self._cancel is not None:
            self._cancel.set()

    def action_back(self) -> None:
        """Stop what is running, else leave."""
        if self._cancel is not None:
            self._cancel.set()
        else:
            self.dismiss(self._changed)
