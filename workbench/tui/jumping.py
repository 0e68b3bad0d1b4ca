"""Where one key can go: every tab, step, table and field on the screen, each with a letter over it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from textual.geometry import Offset
from textual.screen import Screen

LETTERS = "asdfghjklqwertyuiopzxcvbnm1234567890-"
"""Given out from the middle row of the keyboard on."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to go."""

    at: Offset
    """Cell of the screen at which its letter stands."""
    go: Callable[[], object]
    own: str = ""
    """The key that leads there anyway, taken as its letter where it is one sign and free."""


@runtime_checkable
class HasSpots(Protocol):
    """A widget with several places in it, as the strip of tabs and the rail of steps."""

    def jump_spots(self) -> Iterable[Spot]:
        """Return the places that can be seen."""
        ...


def spots(screen: Screen[object]) -> list[Spot]:
    """Return the places of a screen: those that widgets name, then whatever else takes the focus."""
    named = [widget for widget in screen.query("*") if widget.is_on_screen and isinstance(widget, HasSpots)]
    found = [spot for widget in named if widget.display for spot in widget.jump_spots()]
    found += [
        Spot(widget.region.offset, widget.focus)
        for widget in screen.focus_chain
        if not isinstance(widget, HasSpots) or not any(True for _ in widget.jump_spots())
    ]
    seen = screen.size.region
    return [spot for spot in found if seen.contains_point(spot.at)]


def lettered(places: Iterable[Spot]) -> dict[str, Spot]:
    """Give each place a letter, its own key where that is free; places beyond the letters get none."""
    places = list(places)
    given: dict[str, Spot] = {}
    for spot in places:
        if spot.own in LETTERS and spot.own:
            given.setdefault(spot.own, spot)
    kept = {id(spot) for spot in given.values()}
    free = iter(letter for letter in LETTERS if letter not in given)
    for spot in places:
        if id(spot) not in kept and (letter := next(free, "")):
            given[letter] = spot
    return given
