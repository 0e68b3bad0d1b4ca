"""Which places' actions apply: the focused pane, its screen, the app; before a screen the dialog alone."""

from __future__ import annotations

from textual.dom import DOMNode
from textual.screen import Screen


def owners(screen: Screen[object]) -> dict[str, DOMNode]:
    """Return the scopes in force, nearest first, each with the node whose actions they are."""
    nodes = [*screen.focused.ancestors_with_self] if screen.focused else [screen, screen.app]
    found: dict[str, DOMNode] = {}
    for node in nodes:
        for scope in getattr(node, "scopes", None) or (getattr(node, "scope", ""),):
            if scope:
                found[scope] = node
        if node.is_modal:
            break
    return found


def scopes_of(screen: Screen[object]) -> tuple[str, ...]:
    """Return the names of the scopes in force, nearest first."""
    return tuple(owners(screen))
