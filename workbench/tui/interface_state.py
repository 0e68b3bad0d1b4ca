"""What is needed before the first frame: the look, and that the tour was offered. Never anything of a case."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

from workbench.services.remember import recall_one, remember

NAME = "look"


@dataclass(frozen=True, slots=True)
class Remembered:
    """The last state; the defaults where nothing was kept."""

    theme: str = ""
    """Name of a theme; empty: the first."""
    tour_offered: bool = False
    """True: the tour is no longer proposed."""
    blocks: bool = False
    """True: pictures are drawn in blocks although the terminal says that it can do better."""


def recall(home: Path | None) -> Remembered:
    """Read what was kept in the home; what cannot be read counts as nothing, for nothing depends on it."""
    kept = recall_one(home, NAME) if home else {}
    return Remembered(str(kept.get("theme", "")), kept.get("tour_offered") is True, kept.get("blocks") is True)


def keep(home: Path, state: Remembered) -> None:
    """Write the state to the home.

    Raises:
        UsageError: the file cannot be written.
        StoreError: the folder cannot be used.
    """
    remember(home, NAME, asdict(state))
