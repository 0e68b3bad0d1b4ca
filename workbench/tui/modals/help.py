"""What this screen is for, in plain words, and every key that works on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen

from workbench.tui.actions import in_scopes, keys_label
from workbench.tui.presenters.base import Cell
from workbench.tui.widgets.prose import Prose
from workbench.tui.work import shell


class HelpModal(ModalScreen[None]):
    """Explains the scopes that were active when it was opened."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,question_mark", "dismiss(None)", show=False)]

    def __init__(self, scopes: Sequence[str]) -> None:
        super().__init__()
        self._scopes = tuple(scopes)

    def compose(self) -> ComposeResult:
        """Lay out the explanation and the keys."""
        with VerticalScroll(classes="dialog help"):
            yield Prose(*self._lines())

    def _lines(self) -> Iterator[Cell]:
        words = shell(self).words
        for scope in self._scopes:
            if f"help.{scope}.text" in words:
                yield Cell(words(f"help.{scope}.title"), "title")
                yield Cell(words(f"help.{scope}.text"))
            actions = in_scopes((scope,))
            width = max((cell_len(keys_label(action)) for action in actions), default=0)
            for action in actions:
                keys = keys_label(action)
                pad = " " * (width - cell_len(keys))
                yield Cell(f"  {keys}{pad}  {words(f'action.{action.name}')}", "accent")
            yield Cell("")
        yield Cell(words("help.signs.title"), "title")
        yield Cell(words("help.signs.text"))
