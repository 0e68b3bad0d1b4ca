"""The case's files as a catalogue of evidence: what a person says about each, and the numbers that follow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from workbench.domain.evidence import Exhibit, ExhibitNote, catalogue
from workbench.errors import UsageError
from workbench.services.desk import Desk

MOST_COPIES = 99


def list_exhibits(desk: Desk, case: str) -> tuple[Exhibit, ...]:
    """Return the files as numbered items by group.

    Raises:
        NotFoundError: no such case.
    """
    with desk.store.read() as unit:
        key = unit.cases.key(case)
        return catalogue(unit.documents.all(key), unit.exhibits.notes(key))


def describe_exhibit(desk: Desk, case: str, number: int, **said: Any) -> ExhibitNote:  # noqa: ANN401  fields of a note
    """Say what a file proves and how it was acquired, as one undoable change.

    Args:
        desk: the desk.
        case: name of the case.
        number: number of the document (S1, S2 ... in the list), not of the catalogue.
        said: fields of :class:`ExhibitNote`; those not named stay as they are.

    Raises:
        NotFoundError: no such case or document.
        UsageError: a date in the future, or a senseless number of copies.
    """
    now = desk.now()
    with desk.store.write() as unit:
        key = unit.cases.key(case)
        before = unit.exhibits.notes(key).get(number, ExhibitNote())
        fields: dict[str, Any] = {name: value.strip() if type(value) is str else value for name, value in said.items()}
        note = replace(before, **fields)
        _check(note, desk.today)
        image = unit.exhibits.set_note(key, number, note, now)
        if note != before:
            unit.changed(key, now, f"证据说明：S{number}", f"described exhibit S{number}", [image])
            unit.commit()
    return note


def _check(note: ExhibitNote, today: date) -> None:
    if note.acquired_on is not None and note.acquired_on > today:
        raise UsageError(
            f"{note.acquired_on} lies in the future",
            next_step="Give the day on which the file was obtained.",
            what_zh=f"{note.acquired_on} 是将来的日期",
            next_step_zh="请填写取得该文件的日期。",
        )
    if not 1 <= note.copies <= MOST_COPIES:
        raise UsageError(
            f"{note.copies} copies cannot be meant", what_zh=f"份数 {note.copies} 不合理，请填 1 至 {MOST_COPIES}"
        )
