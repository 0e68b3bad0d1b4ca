"""The command palette: every action of the place one is in, in words."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider

from workbench.tui.actions import Action, in_scopes, keys_label
from workbench.tui.scopes import owners
from workbench.tui.work import shell


class ActionProvider(Provider):
    """Offers the register's actions."""

    def _commands(self) -> list[tuple[str, str, Callable[[], object]]]:
        words = shell(self.screen).words
        nodes = owners(self.screen)
        commands: list[tuple[str, str, Callable[[], object]]] = []
        for action in in_scopes(tuple(nodes)):
            if action.name == "palette":
                continue
            run = partial(self.app.run_action, action.method, nodes[action.scope])
            commands.append((words(f"action.{action.name}"), self._help(action), run))
        return commands

    def _help(self, action: Action) -> str:
        words = shell(self.screen).words
        place = words(f"help.{action.scope}.title")
        return f"{keys_label(action)}   {place}"

    async def discover(self) -> Hits:
        """Return everything while nothing has been typed."""
        for name, help_text, run in self._commands():
            yield DiscoveryHit(name, run, help=help_text)

    async def search(self, query: str) -> Hits:
        """Return what matches."""
        matcher = self.matcher(query)
        for name, help_text, run in self._commands():
            score = matcher.match(name)
            if score > 0:
                yield Hit(score, matcher.highlight(name), run, help=help_text)
