"""The keys that work here and now, read from the register of actions; each can be clicked."""

from __future__ import annotations

from rich.cells import cell_len
from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.dom import DOMNode
from textual.widget import Widget
from textual.widgets import Input

from workbench.tui.actions import Action, in_scopes
from workbench.tui.keymap import key_label, types
from workbench.tui.scopes import owners as owners_of
from workbench.tui.work import shell

ALWAYS = ("back", "close", "leave", "jump", "palette", "help")
"""Actions that stand at the right end, whatever else finds no room."""
HELP = "help"
"""The way to every key; says so where not all of them found room."""


class KeyBar(Widget):
    """Keys of the focused pane first, then of the screen, then of the app."""

    can_focus = False

    def on_mount(self) -> None:
        """Follow the focus."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.refresh())
        self._spots: list[tuple[int, int, Action, DOMNode]] = []
        self._more = False

    def render(self) -> RenderResult:
        """Write ``key word`` pairs as far as they fit; in a text field only keys that reach past it.

        Where some found no room, the key of the help says that there are more.
        """
        owners = owners_of(self.screen)
        shown = [
            (action, key)
            for action in in_scopes(tuple(owners))
            if action.bar and (key := self._key(action)) is not None
        ]
        ends = [pair for pair in shown if pair[0].name in ALWAYS]
        others = [pair for pair in shown if pair not in ends]
        self._more = False  # the widths are those of the usual words
        self._more = sum(self._width(*pair) for pair in shown) > self.content_size.width
        room = self.content_size.width - sum(self._width(*pair) for pair in ends)
        self._spots = []
        text, x = Content(""), 0
        for action, key in [*others, *ends]:
            width = self._width(action, key)
            if action.name not in ALWAYS and x + width > room:
                continue
            text += Content.assemble((f" {key}", "bold $text-accent"), (f" {self._word(action)} ", ""))
            self._spots.append((x, x + width, action, owners[action.scope]))
            x += width
        return text

    def _key(self, action: Action) -> str | None:
        """Return the label of the first key that works here, None where all of them would be typed."""
        typing = isinstance(self.screen.focused, Input)
        keys = shell(self).keymap.keys(action)
        return next((key_label(key) for key in keys if not typing or not types(key)), None)

    def _word(self, action: Action) -> str:
        return shell(self).words("bar.more" if self._more and action.name == HELP else f"action.{action.name}")

    def _width(self, action: Action, key: str) -> int:
        return cell_len(key) + cell_len(self._word(action)) + 3

    async def on_click(self, event: events.Click) -> None:
        """Do what was clicked."""
        for start, end, action, owner in self._spots:
            if start <= event.x < end:
                await self.app.run_action(action.method, default_namespace=owner)
                return
