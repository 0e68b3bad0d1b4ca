"""The keys that work here and now, read from the register of actions; each can be clicked."""

from __future__ import annotations

from rich.cells import cell_len
from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.dom import DOMNode
from textual.widget import Widget

from workbench.tui.actions import Action, in_scopes
from workbench.tui.scopes import owners as owners_of
from workbench.tui.work import shell

ALWAYS = ("back", "close", "leave", "jump", "palette", "help")
"""Actions that stand at the right end, whatever else finds no room."""


class KeyBar(Widget):
    """Keys of the focused pane first, then of the screen, then of the app."""

    can_focus = False

    def on_mount(self) -> None:
        """Follow the focus."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.refresh())
        self._spots: list[tuple[int, int, Action, DOMNode]] = []

    def render(self) -> RenderResult:
        """Write ``key word`` pairs as far as they fit."""
        words = shell(self).words
        owners = owners_of(self.screen)
        actions = [action for action in in_scopes(tuple(owners)) if action.bar]
        ends = [action for action in actions if action.name in ALWAYS]
        starts = [action for action in actions if action.name not in ALWAYS]
        self._spots = []
        text = Content("")
        room = self.content_size.width - sum(self._width(action) for action in ends)
        x = 0
        for action in [*starts, *ends]:
            width = self._width(action)
            if action not in ends and x + width > room:
                continue
            key = shell(self).keymap.label(action)
            text += Content.assemble((f" {key}", "bold $text-accent"), (f" {words(f'action.{action.name}')} ", ""))
            self._spots.append((x, x + width, action, owners[action.scope]))
            x += width
        return text

    def _width(self, action: Action) -> int:
        key = shell(self).keymap.label(action)
        return cell_len(key) + cell_len(shell(self).words(f"action.{action.name}")) + 3

    async def on_click(self, event: events.Click) -> None:
        """Do what was clicked."""
        for start, end, action, owner in self._spots:
            if start <= event.x < end:
                await self.app.run_action(action.method, default_namespace=owner)
                return
