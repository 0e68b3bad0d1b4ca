"""What an interface remembers from one session to the next: colours, where the person was, what was half typed.

Small files in the home, each replaced whole, so that a killed program leaves either the old or the new one. They are
never needed: one that is missing or damaged is as good as none.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

FOLDER = "interface"


def file_of(home: Path, name: str) -> Path:
    """Return the file of a name: letters, digits and hyphens."""
    return home / FOLDER / f"{name}.json"


def recall(home: Path) -> dict[str, dict[str, object]]:
    """Return everything remembered, by name."""
    read = ((path.stem, _read(path)) for path in sorted((home / FOLDER).glob("*.json")))
    return {name: values for name, values in read if values is not None}


def recall_one(home: Path, name: str) -> dict[str, object]:
    """Return what is remembered under a name, nothing where there is none."""
    return _read(file_of(home, name)) or {}


def remember(home: Path, name: str, values: Mapping[str, object] | None) -> None:
    """Keep values under a name; None forgets them.

    Args:
        home: folder of the person's own files; made where it does not exist yet.
        name: letters, digits and hyphens; the name of the file.
        values: what JSON can hold.

    Raises:
        UsageError: the file cannot be written.
        StoreError: the folder cannot be used.
    """
    from workbench.documents.atomic import write_text  # noqa: PLC0415  start fast
    from workbench.store.failures import disk_errors  # noqa: PLC0415

    path = file_of(home, name)
    with disk_errors(path.parent):
        if values is None:
            path.unlink(missing_ok=True)
            return
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_text(path, json.dumps(values, ensure_ascii=False))


def _read(path: Path) -> dict[str, object] | None:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return values if isinstance(values, dict) else None
