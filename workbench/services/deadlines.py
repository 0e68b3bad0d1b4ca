"""Dated events of a case and the deadlines that run from them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize

from workbench.domain.deadlines import CaseEvent, Deadline, EventKind
from workbench.errors import NotFoundError, UsageError
from workbench.services.change_names import change_names
from workbench.services.desk import Desk

if TYPE_CHECKING:
    from workbench.store.unit import Unit


def list_events(desk: Desk, case: str) -> tuple[CaseEvent, ...]:
    """Return what a person entered, by day.

    Raises:
        NotFoundError: no such case.
    """
    with desk.store.read() as unit:
        return unit.events.all(unit.cases.key(case))


def list_deadlines(desk: Desk, case: str) -> tuple[Deadline, ...]:
    """Return every deadline of a case by due day; limitation runs from the sale where nobody said otherwise.

    Raises:
        NotFoundError: no such case.
    """
    with desk.store.read() as unit:
        return deadlines_of(unit, unit.cases.key(case))


def deadlines_of(unit: Unit, key: int) -> tuple[Deadline, ...]:
    """Return the deadlines as one unit of work sees the case."""
    return deadlines_many(unit, (key,))[key]


def deadlines_many(unit: Unit, keys: Sequence[int]) -> dict[int, tuple[Deadline, ...]]:
    """Return the deadlines of several cases."""
    from workbench.engine.deadlines import build_deadlines  # noqa: PLC0415  start fast

    events, harm = unit.events.all_many(keys), unit.events.harm_days(keys)
    return {key: build_deadlines(events[key], harm.get(key)) for key in keys}


def add_event(
    desk: Desk,
    case: str,
    kind: EventKind,
    on: date,
    *,
    days: int | None = None,
    note: str = "",
    document: int | None = None,
) -> CaseEvent:
    """Note that something happened on a day, as one undoable change.

    Args:
        desk: the desk.
        case: name of the case.
        kind: what happened.
        on: the day; for a letter the day it arrived.
        days: days of a reply window or of the court's evidence period.
        note: the person's words.
        document: number of the imported file that proves it.

    Raises:
        NotFoundError: no such case or document.
        UsageError: a day in the future, or a window without days.
    """
    if on > desk.today:
        raise UsageError(f"{on} has not come yet", what_zh=f"{on} 还没有到")
    if kind in (EventKind.LETTER_SENT, EventKind.EVIDENCE_ORDERED) and not days:
        raise UsageError(
            "this needs a number of days",
            next_step="Write the days of the window, as --days 15.",
            what_zh="需要写明天数",
            next_step_zh="请写期限天数，例如 --days 15。",
        )
    now = desk.now()
    with desk.store.write() as unit:
        key = unit.cases.key(case)
        if document is not None and all(item.number != document for item in unit.documents.all(key)):
            raise NotFoundError(f"there is no document {document}", what_zh=f"没有第 {document} 号文件")
        event, image = unit.events.add(key, CaseEvent(kind, on, days, note.strip(), document), now)
        zh, en = change_names("event_kind", (kind,))
        unit.changed(key, now, f"记录日期：{zh} {on}", f"noted a date: {en} {on}", [image])
        unit.commit()
    return event


def add_typed_event(desk: Desk, case: str, kind: EventKind, on: str, days: str, note: str) -> CaseEvent:
    """Note an event from typed text; full-width digits are read as well.

    Raises:
        NotFoundError: no such case.
        UsageError: no date, or no number of days.
    """
    day, count = normalize("NFKC", on).strip(), normalize("NFKC", days).strip()
    try:
        parsed, window = date.fromisoformat(day), int(count) if count else None
    except ValueError:
        raise UsageError(
            f"`{on}` is not a date, or `{days}` no number of days",
            next_step="Write the day as 2025-03-31 and the days as 15.",
            what_zh=f"“{on}”不是日期，或“{days}”不是天数",
            next_step_zh="日期请写成 2025-03-31，天数写成 15。",
        ) from None
    return add_event(desk, case, kind, parsed, days=window, note=note)


def remove_event(desk: Desk, case: str, number: int) -> None:
    """Take an event away, as one undoable change.

    Raises:
        NotFoundError: no such case or event.
    """
    now = desk.now()
    with desk.store.write() as unit:
        key = unit.cases.key(case)
        image = unit.events.remove(key, number)
        if image is None:
            raise NotFoundError(f"there is no event {number}", what_zh=f"没有第 {number} 号事件")
        unit.changed(key, now, f"删除日期：第 {number} 号", f"removed date {number}", [image])
        unit.commit()


def write_calendar(desk: Desk, case: str, out: Path, lang: str = "zh") -> Path:
    """Write the deadlines and the tasks' due dates as an iCalendar file.

    Raises:
        NotFoundError: no such case.
        UsageError: the file cannot be written, or is no .ics.
    """
    from workbench.documents.calendar import write_ics  # noqa: PLC0415  start fast
    from workbench.services.manage_steps import list_steps  # noqa: PLC0415

    tasks = [task for step in list_steps(desk, case) for task in step.tasks if task.due is not None]
    entries = [(one.due, one.text_zh if lang == "zh" else one.text_en, one.kind) for one in list_deadlines(desk, case)]
    for task in tasks:
        title = task.spec.title_zh if lang == "zh" else task.spec.title_en
        if task.due is not None:
            entries.append((task.due, title, f"task-{task.spec.id}"))
    write_ics(case, entries, desk.now(), out, lang)
    return out
