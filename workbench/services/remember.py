"""What an interface remembers from one session to the next: where the person was, what was typed and not yet answered.

Small files in the home, each replaced whole, so that a killed program leaves either the old or the new one. They are
never needed: one that is missing or damaged is as good as none.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from workbench.services.desk import Desk

FOLDER = "interface"


def recall(desk: Desk) -> dict[str, dict[str, object]]:
    """Return everything remembered, by name."""
    found: dict[str, dict[str, object]] = {}
    for path in sorted((desk.home / FOLDER).glob("*.json")):
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(values, dict):
            found[path.stem] = values
    return found


def remember(desk: Desk, name: str, values: Mapping[str, object] | None) -> None:
    """Keep values under a name; None forgets them.

    Args:
        desk: the desk.
        name: letters, digits and hyphens; the name of the file.
        values: what JSON can hold.

    Raises:
        UsageError: the home cannot be written.
    """
    from workbench.documents.atomic import write_text  # noqa: PLC0415  start fast
    from workbench.store.failures import disk_errors  # noqa: PLC0415

    folder = desk.home / FOLDER
    with disk_errors(folder):
        if values is None:
            (folder / f"{name}.json").unlink(missing_ok=True)
            return
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_text(folder / f"{name}.json", json.dumps(values, ensure_ascii=False))
