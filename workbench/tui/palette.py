"""The command palette: every action in words; what works here first, then what works elsewhere and how to get there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider

from workbench.tui.actions import ACTIONS, Action
from workbench.tui.scopes import owners
from workbench.tui.work import shell

ELSEWHERE = 0.5
"""Rank of an action of another place beside one of this place that matches as well."""


@dataclass(frozen=True, slots=True)
class Command:
    """One action as the palette offers it."""

    action: Action
    name: str
    help: str
    run: Callable[[], object]
    here: bool


class ActionProvider(Provider):
    """Offers the register's actions, all of them."""

    def commands(self) -> Iterator[Command]:
        """Yield every action of the register."""
        words, keymap, nodes = shell(self.screen).words, shell(self.screen).keymap, owners(self.screen)
        for action in ACTIONS:
            node = nodes.get(action.scope)
            name = words(f"action.{action.name}")
            where = f"{keymap.labels(action)}   {words(f'help.{action.scope}.title')}"
            if node is not None:
                yield Command(action, name, where, partial(self.app.run_action, action.method, node), here=True)
            else:
                yield Command(action, name, where, partial(self._go_there, action), here=False)

    def _go_there(self, action: Action) -> None:
        """Open the action's tab where this screen has it, and say which key does it there."""
        words, keymap = shell(self.screen).words, shell(self.screen).keymap
        open_scope = getattr(self.screen, "open_scope", None)
        said = "palette.there" if open_scope is not None and open_scope(action.scope) else "palette.elsewhere"
        place, name = words(f"help.{action.scope}.title"), words(f"action.{action.name}")
        self.app.notify(words(said, place=place, name=name, with_key=keymap.label(action)), markup=False)

    async def discover(self) -> Hits:
        """Return what works here while nothing has been typed."""
        for command in self.commands():
            if command.here:
                yield DiscoveryHit(command.name, command.run, help=command.help)

    async def search(self, query: str) -> Hits:
        """Return what matches, anywhere."""
        matcher = self.matcher(query)
        for command in self.commands():
            score = matcher.match(command.name)
            if score > 0:
                rank = score if command.here else score * ELSEWHERE
                yield Hit(rank, matcher.highlight(command.name), command.run, help=command.help)
