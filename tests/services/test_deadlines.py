"""Dated events through the store: undo, the case list, the calendar file."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from workbench.domain.case import CaseKind
from workbench.domain.deadlines import EventKind
from workbench.errors import NotFoundError, UsageError
from workbench.services.create_case import create_case
from workbench.services.deadlines import (
    add_event,
    add_typed_event,
    list_deadlines,
    list_events,
    remove_event,
    write_calendar,
)
from workbench.services.desk import Desk
from workbench.services.list_cases import list_cases
from workbench.services.undo import undo

CASE = "甲"


@pytest.fixture
def case(desk: Desk) -> str:
    create_case(desk, CASE, CaseKind.OFF_EXCHANGE)
    return CASE


def test_an_event_gives_a_deadline_and_undo_takes_it_back(desk: Desk, case: str) -> None:
    on = desk.today - timedelta(days=3)
    add_event(desk, case, EventKind.PRESERVED, on)
    assert [one.due for one in list_deadlines(desk, case)] == [on + timedelta(days=30)]
    undo(desk, case)
    assert list_deadlines(desk, case) == ()


def test_the_case_list_shows_the_nearest_day_of_ones_own(desk: Desk, case: str) -> None:
    add_event(desk, case, EventKind.LETTER_SENT, desk.today, days=2)
    add_event(desk, case, EventKind.PRESERVED, desk.today)
    assert list_cases(desk)[0].next_due == desk.today + timedelta(days=30)


def test_typed_text_with_full_width_digits(desk: Desk, case: str) -> None:
    event = add_typed_event(desk, case, EventKind.LETTER_SENT, "２０２５-０３-０１", "１５", " 催告函 ")
    assert (event.on, event.days, event.note) == (date(2025, 3, 1), 15, "催告函")
    with pytest.raises(UsageError):
        add_typed_event(desk, case, EventKind.SUED, "明天", "", "")


def test_what_cannot_be_is_refused(desk: Desk, case: str) -> None:
    with pytest.raises(UsageError):
        add_event(desk, case, EventKind.SUED, desk.today + timedelta(days=1))
    with pytest.raises(UsageError):
        add_event(desk, case, EventKind.EVIDENCE_ORDERED, desk.today)
    with pytest.raises(NotFoundError):
        add_event(desk, case, EventKind.SUED, desk.today, document=9)
    with pytest.raises(NotFoundError):
        remove_event(desk, case, 4)
    assert list_events(desk, case) == ()


def test_the_calendar_file_holds_every_deadline_once_with_reminders(desk: Desk, case: str, tmp_path: Path) -> None:
    add_event(desk, case, EventKind.PRESERVED, desk.today)
    add_event(desk, case, EventKind.SUED, desk.today)
    out = write_calendar(desk, case, tmp_path / "期限.ics")
    entries = Calendar.from_ical(out.read_text(encoding="utf-8")).walk("VEVENT")
    assert len(entries) == len(list_deadlines(desk, case)) == 2
    assert len({str(entry["uid"]) for entry in entries}) == 2
    assert all(len(entry.walk("VALARM")) == 3 for entry in entries)
    with pytest.raises(UsageError):
        write_calendar(desk, case, tmp_path / "期限.txt")
