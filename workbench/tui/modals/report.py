"""A longer text to read: what a check found, a page of evidence, a letter before it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Label

from workbench.tui.presenters.base import Cell
from workbench.tui.widgets.prose import Prose
from workbench.tui.work import shell

ABOVE = 3
"""Rows left in sight above the line at which a text is opened."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to do with what is read; its key is shown beside its word."""

    name: str
    key: str
    label: str


class ReportModal(ModalScreen[str | None]):
    """Shows lines that scroll by arrows; returns the name of the choice taken, None where it was only read."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,enter", "dismiss(None)", show=False)]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high")]  # noqa: RUF012  # Textual's own declaration

    def __init__(self, title: str, lines: Sequence[Cell], choices: Sequence[Choice] = (), start: int = 0) -> None:
        super().__init__()
        self._start = start
        self._title = title
        self._lines = tuple(lines)
        self._choices = tuple(choices)

    def compose(self) -> ComposeResult:
        """Lay out title, text and buttons."""
        with Vertical(classes="dialog wide"):
            yield Label(self._title, classes="dialog-title", markup=False)
            with VerticalScroll(classes="dialog-text"):
                yield Prose(*self._lines)
            with Horizontal(classes="dialog-buttons"):
                for choice in self._choices:
                    yield Button(f"{choice.label} {choice.key}", id=f"choice-{choice.name}", compact=True)
                yield Button(shell(self).words("report.close"), id="close", variant="primary", compact=True)

    def on_mount(self) -> None:
        """Let arrows scroll at once, from the line that matters."""
        scroll = self.query_one(VerticalScroll)
        scroll.focus()
        if self._start:
            self.call_after_refresh(
                lambda: scroll.scroll_to(y=self.query_one(Prose).row_of(self._start) - ABOVE, animate=False)
            )

    def on_key(self, event: events.Key) -> None:
        """Take a choice by its key."""
        for choice in self._choices:
            if event.key == choice.key:
                event.stop()
                self.dismiss(choice.name)

    @on(Button.Pressed)
    def pressed(self, event: Button.Pressed) -> None:
        """Take a choice by its button."""
        button = event.button.id or ""
        self.dismiss(button.removeprefix("choice-") if button.startswith("choice-") else None)
