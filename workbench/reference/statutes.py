"""Articles of law from their data file."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from workbench.domain.statutes import Statute, Statutes
from workbench.reference.files import DATA, file_hash, table_infos


def load_statutes() -> Statutes:
    """Return all articles by key, with the hash of the file they come from."""
    path = DATA / table_infos()["statutes"].file
    entries = json.loads(path.read_text(encoding="utf-8"))
    items = {entry["key"]: _statute(entry) for entry in entries}
    return Statutes(file_hash(path), items)


def _statute(entry: dict[str, Any]) -> Statute:
    return Statute(
        key=entry["key"],
        law=entry["law"],
        article=entry["article"],
        text=entry["text"],
        source=entry["source"],
        version=entry["version"],
        effective=_day(entry["effective"]),
        effective_to=_day(entry["effective_to"]),
        status=entry["status"],
        second_source=entry["second_source"],
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
