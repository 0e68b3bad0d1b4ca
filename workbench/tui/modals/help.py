"""What this screen is for, in plain words, and every key that works on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from workbench.tui.actions import in_scopes, keys_label
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
            yield Static(self._text(), markup=False)

    def _text(self) -> Content:
        words = shell(self).words
        parts: list[Content] = []
        for scope in self._scopes:
            if f"help.{scope}.text" in words:
                parts.append(Content.styled(words(f"help.{scope}.title"), "bold $text-primary"))
                parts.append(Content(words(f"help.{scope}.text").strip()))
            actions = in_scopes((scope,))
            width = max((cell_len(keys_label(action)) for action in actions), default=0)
            for action in actions:
                keys = keys_label(action)
                pad = " " * (width - cell_len(keys))
                parts.append(
                    Content.assemble(
                        ("  " + keys + pad, "bold $text-accent"), ("  " + words(f"action.{action.name}"), "")
                    )
                )
            parts.append(Content(""))
        parts.append(Content.styled(words("help.signs.title"), "bold $text-primary"))
        parts.append(Content(words("help.signs.text").strip()))
        return Content("\n").join(parts)
