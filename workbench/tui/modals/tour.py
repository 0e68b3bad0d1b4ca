"""The tour: a few sentences beside the real screens of the sample case, each over the tab it speaks of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message

from workbench.tui.actions import bindings
from workbench.tui.modals.dialog import Dialog
from workbench.tui.presenters.base import Cell
from workbench.tui.widgets.key_bar import KeyBar
from workbench.tui.widgets.prose import Prose
from workbench.tui.work import shell

STOPS = ("today", "ledger", "findings", "terms", "bases", "liquidation", "documents", "keys")
"""Texts ``tour.<stop>``, each shown over the tab of its name; the last over the tab before it."""


@dataclass
class SampleReady(Message):
    """The sample case is there."""

    case: str


class TourModal(Dialog[None]):
    """Turns through the stops; can be left at any of them."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("tour")
    scope = "tour"

    def __init__(self, open_tab: Callable[[str], None]) -> None:
        super().__init__()
        self._open_tab = open_tab
        self._at = 0

    def compose(self) -> ComposeResult:
        """Lay out one box at the lower edge, so that the screen it explains stays in sight."""
        with Vertical(classes="dialog tour"):
            yield Prose(id="tour-text")
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the first stop."""
        self.turn_to(0)

    def turn_to(self, stop: int) -> None:
        """Show a stop and the tab it speaks of."""
        words, name = shell(self).words, STOPS[stop]
        self._at = stop
        if name != STOPS[-1]:
            self._open_tab(name)
        title = f"{stop + 1}/{len(STOPS)}  {words(f'tour.{name}.title')}"
        self.query_one("#tour-text", Prose).show((Cell(title, "title"), Cell(words(f"tour.{name}.text"))))

    def action_turn(self, step: int) -> None:
        """Go on or back; past the last stop the tour ends."""
        stop = self._at + step
        if stop >= len(STOPS):
            self.dismiss(None)
        elif stop >= 0:
            self.turn_to(stop)
