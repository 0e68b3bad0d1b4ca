"""Every screen as readable text; ``python -m tests.tui.goldens --write`` draws all anew and says what changed.

Without ``--write`` nothing is written: the differences are printed and the exit code is 1.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from difflib import unified_diff
from pathlib import Path

from tests.tui.places import walk
from tests.tui.screen_text import shown

FOLDER = Path(__file__).parent / "goldens"
LANGUAGES = ("zh", "en")
SIZES = ((80, 24), (160, 50))


def path_of(lang: str, size: tuple[int, int], name: str) -> Path:
    """Return where the picture of one stop is kept."""
    return FOLDER / f"{lang}-{size[0]}x{size[1]}" / f"{name}.txt"


async def draw(lang: str, size: tuple[int, int], home: Path) -> dict[Path, str]:
    """Return every stop of the walk as text, lines without the blanks at their ends."""
    pictures = {}
    async for name, app in walk(lang, size, home):
        lines = [line.rstrip() for line in shown(app).splitlines()]
        pictures[path_of(lang, size, name)] = "\n".join(lines) + "\n"
    return pictures


def differences(pictures: dict[Path, str]) -> list[str]:
    """Return what differs from the kept pictures, as a diff a person can read."""
    found = []
    for path, new in pictures.items():
        old = path.read_text(encoding="utf-8") if path.is_file() else ""
        if new != old:
            name = path.relative_to(FOLDER).as_posix()
            found.append("\n".join(unified_diff(old.splitlines(), new.splitlines(), name, "now", lineterm="", n=0)))
    return found


def stale(lang: str, size: tuple[int, int], names: Sequence[str]) -> list[str]:
    """Return kept pictures of stops that are no more."""
    folder = path_of(lang, size, "").parent
    return sorted(path.name for path in folder.glob("*.txt") if path.stem not in names)


def main(arguments: Sequence[str]) -> int:
    """Draw all; write with ``--write``, else only tell."""
    changed = 0
    for lang in LANGUAGES:
        for size in SIZES:
            with tempfile.TemporaryDirectory() as home:
                pictures = asyncio.run(draw(lang, size, Path(home)))
            for difference in differences(pictures):
                changed += 1
                sys.stdout.write(f"{difference}\n\n")
            if "--write" in arguments:
                _write(pictures, lang, size)
    sys.stdout.write(f"{changed} changed\n")
    return 0 if "--write" in arguments else min(changed, 1)


def _write(pictures: dict[Path, str], lang: str, size: tuple[int, int]) -> None:
    for name in stale(lang, size, [path.stem for path in pictures]):
        (path_of(lang, size, "").parent / name).unlink()
    for path, text in pictures.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
