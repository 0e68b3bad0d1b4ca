"""What the interface remembers between two runs: the theme, and that the tour was offered. Never anything of a case."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass
from pathlib import Path

from workbench.errors import UsageError

FILE_NAME = "interface.toml"


@dataclass(frozen=True, slots=True)
class Remembered:
    """The last state; the defaults where nothing was kept."""

    theme: str = ""
    """Name of a theme; empty: the first."""
    tour_offered: bool = False
    """True: the tour is no longer proposed."""


def recall(folder: Path | None) -> Remembered:
    """Read what was kept in the home; what cannot be read counts as nothing, for nothing depends on it."""
    try:
        kept = tomllib.loads((folder / FILE_NAME).read_text(encoding="utf-8")) if folder else {}
    except (OSError, ValueError):
        kept = {}
    return Remembered(str(kept.get("theme", "")), kept.get("tour_offered") is True)


def keep(folder: Path, state: Remembered) -> None:
    """Write the state to the home, which is made where it does not exist yet.

    Raises:
        UsageError: the home cannot be written.
    """
    lines = [f"{key} = {_toml(value)}" for key, value in asdict(state).items()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FILE_NAME).write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError as problem:
        raise UsageError(
            f"the colours cannot be remembered: {problem.strerror}",
            where=str(folder),
            next_step="They hold until the program ends.",
            what_zh=f"无法记住界面设置：{problem.strerror}",
            next_step_zh="本次仍然有效，下次启动恢复默认。",
        ) from problem


def _toml(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else f'"{value}"'
