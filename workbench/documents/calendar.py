"""Deadlines as iCalendar: all-day entries with reminders, for the calendar a person already uses."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from icalendar import Alarm, Calendar, Event

from workbench.documents.atomic import write_text
from workbench.errors import UsageError

REMINDERS = (30, 7, 1)
"""Days before the due day."""


def write_ics(case: str, entries: Sequence[tuple[date, str, str]], now: datetime, out: Path, lang: str) -> None:
    """Write one all-day entry per deadline; the same deadline keeps its identity in later files.

    Args:
        case: name of the case, in every title.
        entries: (due day, words, kind).
        now: time of writing.
        out: the file, .ics.
        lang: ``zh`` or ``en``, of the titles.

    Raises:
        UsageError: another suffix, or the file cannot be written.
    """
    if out.suffix.lower() != ".ics":
        raise UsageError(
            f"{out.name} is no .ics file",
            next_step="Give a name that ends in .ics.",
            what_zh=f"{out.name} 不是 .ics 文件",
            next_step_zh="请用以 .ics 结尾的文件名。",
        )
    calendar = Calendar()
    calendar.add("prodid", "-//workbench//deadlines//EN")
    calendar.add("version", "2.0")
    for due, words, kind in entries:
        event = Event()
        title = f"{case}：{words}" if lang == "zh" else f"{case}: {words}"
        event.add("summary", title)
        event.add("dtstart", due)
        event.add("dtend", due + timedelta(days=1))
        event.add("dtstamp", now.astimezone(UTC))
        event.add("uid", hashlib.sha256(f"{case}|{kind}|{due}".encode()).hexdigest()[:32])
        for days in REMINDERS:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", title)
            alarm.add("trigger", timedelta(days=-days))
            event.add_component(alarm)
        calendar.add_component(event)
    write_text(out, calendar.to_ical().decode())
