"""A table drawn line by line: only visible rows are made, so length costs nothing.

Textual's DataTable measures every row when it is filled; a statement of a hundred thousand postings would stand still.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from workbench.tui.jumping import Spot
from workbench.tui.presenters.base import Column, Row, Rows
from workbench.tui.widgets.fit import column_widths, fit
from workbench.tui.widgets.wrap import wrap

GAP = 2
CURSOR = {True: "▸", False: "▹"}
"""Sign of the row under the cursor, with and without the focus, so that colour alone never says it."""
ROOMY = 64
"""Width from which on columns stand two cells apart instead of one."""


class RowTable(ScrollView, can_focus=True):
    """Rows with a cursor; heading rows stand out and can be selected like any other."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rows--header",
        "rows--heading",
        "rows--cursor",
        "rows--cursor-blurred",
        "rows--empty",
        "tone--strong",
        "tone--muted",
        "tone--bad",
        "tone--warn",
        "tone--good",
        "tone--accent",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown,space", "page(1)", show=False),
        Binding("home", "edge(0)", show=False),
        Binding("end", "edge(-1)", show=False),
        Binding("enter", "choose", show=False),
    ]

    cursor = reactive(0, init=False)

    @dataclass
    class Highlighted(Message):
        """The cursor came to rest on a row."""

        table: RowTable
        row: Row

        @property
        def control(self) -> RowTable:
            """The table, for ``@on`` selectors."""
            return self.table

    @dataclass
    class TitleChosen(Message):
        """A column's title was clicked."""

        table: RowTable
        column: Column

        @property
        def control(self) -> RowTable:
            """The table, for ``@on`` selectors."""
            return self.table

    @dataclass
    class Chosen(Message):
        """A row was opened by Enter or a second click."""

        table: RowTable
        row: Row

        @property
        def control(self) -> RowTable:
            """The table, for ``@on`` selectors."""
            return self.table

    def __init__(self, columns: Sequence[Column] = (), *, id: str | None = None, header: bool = True) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._columns = tuple(columns)
        self._titles: tuple[str, ...] = ()
        self._rows: Sequence[Row] = ()
        self._header = 1 if header else 0
        self._empty = ""

    @property
    def row(self) -> Row | None:
        """The row under the cursor, None in an empty table."""
        return self._rows[self.cursor] if 0 <= self.cursor < len(self._rows) else None

    @property
    def rows(self) -> Sequence[Row]:
        """All rows."""
        return self._rows

    def set_titles(self, titles: Sequence[str], empty: str = "") -> None:
        """Set column titles and the sentence of an empty table, in the person's language."""
        self._titles = tuple(titles)
        self._empty = empty
        self.refresh()

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Replace the columns."""
        self._columns = tuple(columns)
        self.refresh()

    def show(self, rows: Sequence[Row], *, keep: bool = True) -> None:
        """Replace the rows; the cursor stays on the same key where it is still there, else near its place."""
        before = self.row if keep else None
        self._rows = rows
        self.virtual_size = Size(self.size.width, len(rows) + self._header)
        target = min(self.cursor, len(rows) - 1) if keep else 0
        if before is not None:
            target = self._find(before.key, target)
        self.set_reactive(RowTable.cursor, max(0, target))
        self.refresh()
        self.call_after_refresh(self._reveal)
        self._announce()

    def _find(self, key: str, near: int) -> int:
        if 0 <= near < len(self._rows) and self._rows[near].key == key:
            return near
        if isinstance(self._rows, Rows):  # made on demand: searching all of them would make all of them
            return near
        return next((index for index, row in enumerate(self._rows) if row.key == key), near)

    def go_to(self, index: int) -> None:
        """Put the cursor on a row by its index."""
        if self._rows:
            self.cursor = max(0, min(index, len(self._rows) - 1))

    def go_to_key(self, key: str) -> bool:
        """Put the cursor on the row with this key; False where there is none."""
        for index, row in enumerate(self._rows):
            if row.key == key:
                self.go_to(index)
                return True
        return False

    def watch_cursor(self) -> None:
        """Show the cursor where it moved."""
        self._reveal()
        self.refresh()
        self._announce()

    def _announce(self) -> None:
        if (row := self.row) is not None:
            self.post_message(self.Highlighted(self, row))

    def _reveal(self) -> None:
        visible = max(1, self.scrollable_content_region.height - self._header)
        top = self.scroll_offset.y
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False, immediate=True)
        elif self.cursor >= top + visible:
            self.scroll_to(y=self.cursor - visible + 1, animate=False, immediate=True)

    def action_move(self, step: int) -> None:
        """Move by rows."""
        self.go_to(self.cursor + step)

    def action_page(self, step: int) -> None:
        """Move by pages."""
        self.go_to(self.cursor + step * max(1, self.scrollable_content_region.height - self._header - 1))

    def action_edge(self, edge: int) -> None:
        """Move to the first or last row."""
        self.go_to(0 if edge == 0 else len(self._rows) - 1)

    def action_choose(self) -> None:
        """Open the row under the cursor."""
        if (row := self.row) is not None:
            self.post_message(self.Chosen(self, row))

    def jump_spots(self) -> Iterable[Spot]:
        """Return the rows in sight of a table without header: it is a menu, and each row a place to go."""
        at, top = self.content_region.offset, round(self.scroll_offset.y)
        visible = 0 if self._header else self.scrollable_content_region.height
        for index in range(top, min(top + visible, len(self._rows))):
            key = self._rows[index].key
            yield Spot(Offset(at.x, at.y + index - top), partial(self._choose, index), key)

    def _choose(self, index: int) -> None:
        self.go_to(index)
        self.action_choose()

    def on_click(self, event: events.Click) -> None:
        """Select the clicked row; a second click opens it."""
        line = event.y + self.scroll_offset.y - self._header
        if event.y < self._header and (column := self._column_at(event.x)) is not None:
            self.post_message(self.TitleChosen(self, column))
        if event.y < self._header or not 0 <= line < len(self._rows):
            return
        if event.chain > 1 or line == self.cursor:
            self.go_to(line)
            self.action_choose()
        else:
            self.go_to(line)

    def _column_at(self, x: int) -> Column | None:
        width = self.scrollable_content_region.width or self.size.width
        gap, left = GAP if width >= ROOMY else 1, 1
        for column, size in zip(self._columns, column_widths(self._columns, width - 2, gap), strict=True):
            if size and x < left + size + gap:
                return column
            left += size + gap if size else 0
        return None

    def on_resize(self) -> None:
        """Keep the scroll range at the width shown, and the cursor in sight: it may have moved while hidden."""
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._rows) + self._header)
        self.call_after_refresh(self._reveal)

    def on_focus(self) -> None:
        """Draw the cursor strong."""
        self.refresh()

    def on_blur(self) -> None:
        """Draw the cursor faint."""
        self.refresh()

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(name, partial=True)

    def render_line(self, y: int) -> Strip:
        """Draw one screen line: the header, a row, or the sentence of an empty table."""
        width = self.scrollable_content_region.width or self.size.width
        if y < self._header:
            texts = [(title, column, "") for title, column in zip(self._titles, self._columns, strict=False)]
            return self._line(texts, width, self.rich_style + self._style("rows--header"))
        index = y + self.scroll_offset.y - self._header
        if not 0 <= index < len(self._rows):
            said = ["", *wrap(self._empty, width - 2)] if not self._rows else []
            text = said[index] if 0 <= index < len(said) else ""
            return Strip([Segment(fit(" " + text, width), self.rich_style + self._style("rows--empty"))], width)
        row = self._rows[index]
        style = self.rich_style
        if row.heading:
            style += self._style("rows--heading")
        if index == self.cursor:
            style += self._style("rows--cursor" if self.has_focus else "rows--cursor-blurred")
        mark = CURSOR[self.has_focus] if index == self.cursor else " "
        if row.heading:
            return self._heading(row, width, style, mark)
        return self._line(
            [(cell.text, column, cell.tone) for cell, column in zip(row.cells, self._columns, strict=False)],
            width,
            style,
            mark,
        )

    def _heading(self, row: Row, width: int, style: Style, mark: str) -> Strip:
        *left, last = row.cells
        tail = f" {last.text} "
        head = mark + "  ".join(cell.text for cell in left)
        tone = self._style(f"tone--{last.tone}") if last.tone else Style()
        room = max(0, width - cell_len(tail))
        return Strip([Segment(fit(head, room), style), Segment(tail, style + tone)]).adjust_cell_length(width, style)

    def _line(self, cells: Sequence[tuple[str, Column, str]], width: int, style: Style, mark: str = " ") -> Strip:
        gap = GAP if width >= ROOMY else 1
        widths = column_widths(self._columns, width - 2, gap)
        segments = [Segment(mark, style)]
        for (text, column, tone), cell_width in zip(cells, widths, strict=False):
            if cell_width == 0:
                continue
            if len(segments) > 1:
                segments.append(Segment(" " * gap, style))
            cell_style = style + self._style(f"tone--{tone}") if tone else style
            segments.append(Segment(fit(text, cell_width, right=column.right), cell_style))
        return Strip(segments).adjust_cell_length(width, style).crop(0, width)

    def refresh_row(self, index: int) -> None:
        """Redraw one row."""
        self.refresh(Region(0, index + self._header - self.scroll_offset.y, self.size.width, 1))
