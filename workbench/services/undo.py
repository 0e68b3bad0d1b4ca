"""Take back the last change a person made in a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workbench.errors import NotFoundError
from workbench.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Change:
    """One change a person made."""

    number: int
    at: datetime
    what_zh: str
    what_en: str
    undone: bool


def undo(desk: Desk, case: str, lang: str = "en") -> str | None:
    """Undo the last change and return what it was; None where nothing is left to undo.

    Covers terms, tasks, triage, tags, letter entries, imports, renaming, archiving and deleting.

    Args:
        desk: the desk.
        case: name of the case; a deleted case is found too.
        lang: ``zh`` or ``en`` for the returned sentence.

    Raises:
        NotFoundError: no such case.
        ConflictError: a deleted case comes back and another took its name.
    """
    now = desk.now()
    with desk.store.write() as unit:
        try:
            key = unit.cases.key(case)
        except NotFoundError:
            key = unit.cases.deleted_key(case)
        change = unit.changes.last(key)
        if change is None:
            return None
        what = change.what_zh if lang == "zh" else change.what_en
        facts = change.touches_facts
        unit.changes.take_back(change, now)
        unit.cases.touch(key, now, facts=facts)
        unit.commit()
    return what


def list_changes(desk: Desk, case: str, limit: int = 50) -> tuple[Change, ...]:
    """Return the last changes, newest first.

    Raises:
        NotFoundError: no such case.
    """
    with desk.store.read() as unit:
        entries = unit.changes.all(unit.cases.key(case), limit)
    return tuple(Change(entry.number, entry.at, entry.what_zh, entry.what_en, entry.undone) for entry in entries)
