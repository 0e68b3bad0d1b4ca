"""The case's files as a catalogue of evidence: what a person says about each, and the numbers that follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from unicodedata import normalize

from workbench.domain.evidence import EvidenceForm, EvidenceGroup, Exhibit, ExhibitNote, catalogue
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


def describe_typed_exhibit(desk: Desk, case: str, number: int, typed: Mapping[str, str]) -> ExhibitNote:
    """Say what a file proves from typed text, by the names of the fields of a note; full-width digits are read as well.

    Empty text leaves a field to what follows from the file's kind.

    Raises:
        NotFoundError: no such case or document.
        UsageError: a date or number that is none, a date in the future.
    """
    said: dict[str, Any] = dict(typed)
    if "group" in said:
        said["group"] = EvidenceGroup(int(said["group"])) if said["group"] else None
    if "form" in said:
        said["form"] = EvidenceForm(said["form"]) if said["form"] else None
    if "acquired_on" in said:
        said["acquired_on"] = _typed_day(said["acquired_on"])
    if "copies" in said:
        said["copies"] = _typed_count(said["copies"])
    return describe_exhibit(desk, case, number, **said)


def _typed_day(text: str) -> date | None:
    from workbench.intake.values import moment  # noqa: PLC0415  start fast

    try:
        found = moment(text)
    except ValueError:
        raise UsageError(
            f"`{text}` is not a date",
            next_step="Write the day as 2025-03-31.",
            what_zh=f"“{text}”不是日期",
            next_step_zh="日期请写成 2025-03-31。",
        ) from None
    return None if found is None else found[0]


def _typed_count(text: str) -> int:
    count = normalize("NFKC", text).strip() or "1"
    if not count.isdecimal():
        raise UsageError(
            f"`{text}` is not a number of copies",
            next_step="Write for example 2.",
            what_zh=f"“{text}”不是份数",
            next_step_zh="例如填 2。",
        )
    return int(count)


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
