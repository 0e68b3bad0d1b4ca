"""What all dialogs share: a scope with keys from the register, help and jump marks, and the key bar."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.screen import ModalScreen, ScreenResultType

from workbench.tui.actions import bindings


class Dialog(ModalScreen[ScreenResultType]):
    """A box before a screen; ``?`` (in a text field F1) explains it as it explains screens."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("dialog")
    scope: ClassVar[str] = ""

    @property
    def scopes(self) -> tuple[str, ...]:
        """The dialog's own keys, then those of all dialogs."""
        return self.scope, "dialog"

    def action_close(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)
