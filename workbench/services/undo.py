"""Take back the last change a person made in a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

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
    """Undo the last change (terms, tasks, triage, tags, import, archive, delete); return what it was, None if none."""
    raise NotImplementedError


def list_changes(desk: Desk, case: str, limit: int = 50) -> tuple[Change, ...]:
    """Return the last changes, newest first."""
    raise NotImplementedError
