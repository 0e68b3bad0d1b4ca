"""Deadlines by the article: limitation with its interruptions, windows of letters, courts and police."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.worlds import day
from workbench.domain.deadlines import CaseEvent, Deadline, DeadlineState, EventKind
from workbench.engine.deadlines import build_deadlines, years_after

K = EventKind
SALE = day("2023-05-17")


def event(kind: EventKind, on: str, days: int | None = None, number: int = 1) -> CaseEvent:
    return CaseEvent(kind, day(on), days, number=number)


def limitation(*events: CaseEvent) -> Deadline:
    return next(one for one in build_deadlines(events, SALE) if one.kind == "limitation")


def test_three_years_from_the_sale_where_nobody_said_when_the_client_knew() -> None:
    found = limitation()
    assert (found.due, found.assumed, found.statutes) == (day("2026-05-17"), True, ("民法典/一百八十八",))


def test_three_years_from_knowledge() -> None:
    found = limitation(event(K.KNEW, "2023-06-01"))
    assert (found.due, found.assumed) == (day("2026-06-01"), False)


def test_a_demand_in_time_starts_the_period_again_and_one_too_late_does_not() -> None:
    assert limitation(event(K.DEMANDED, "2026-05-17")).due == day("2029-05-17")
    assert limitation(event(K.DEMANDED, "2026-05-18")).due == day("2026-05-17")


def test_after_a_suit_the_period_runs_from_its_end_once_that_is_known() -> None:
    sued = event(K.SUED, "2024-01-10")
    assert limitation(sued).due == day("2027-01-10")
    assert limitation(sued, event(K.ENDED, "2024-09-01", number=2)).due == day("2027-09-01")


def test_the_end_of_a_procedure_without_one_interrupts_nothing() -> None:
    assert limitation(event(K.ENDED, "2024-09-01")).due == day("2026-05-17")


def test_twenty_years_from_the_harm_is_the_longest() -> None:
    chain = [event(K.DEMANDED, f"{year}-05-01", number=year) for year in range(2025, 2043, 2)]
    assert limitation(*chain).due == day("2043-05-17")


@pytest.mark.parametrize(
    ("given_event", "kind", "due", "own"),
    [
        (event(K.PRESERVED, "2026-01-10"), "suit_after_preservation", "2026-02-09", True),
        (event(K.PRESERVATION_ASKED, "2026-01-10"), "preservation_ruling", "2026-01-15", False),
        (event(K.POLICE_REFUSED, "2026-01-10"), "police_review", "2026-01-17", True),
        (event(K.SUED, "2026-01-10"), "filing_decision", "2026-01-17", False),
        (event(K.EVIDENCE_ORDERED, "2026-01-10", 15), "evidence", "2026-01-25", True),
        (event(K.LETTER_SENT, "2026-01-10", 10), "reply", "2026-01-20", False),
    ],
)
def test_windows(given_event: CaseEvent, kind: str, due: str, own: bool) -> None:
    (found,) = [one for one in build_deadlines([given_event], None) if one.kind == kind]
    assert (found.due, found.own) == (day(due), own)


def test_a_window_without_days_gives_no_deadline() -> None:
    assert build_deadlines([event(K.LETTER_SENT, "2026-01-10")], None) == ()


def test_how_near_it_is() -> None:
    found = limitation()
    assert found.state(found.due) is DeadlineState.NEAR
    assert found.state(found.due + timedelta(days=1)) is DeadlineState.MISSED
    assert found.state(found.due - timedelta(days=31)) is DeadlineState.AHEAD


def test_a_leap_day_ends_on_the_earlier_day() -> None:
    assert years_after(day("2024-02-29"), 3) == day("2027-02-28")


@given(st.lists(st.dates(min_value=SALE, max_value=day("2042-01-01")), max_size=8))
def test_demands_never_shorten_limitation_and_never_pass_twenty_years(days: list[object]) -> None:
    demands = [CaseEvent(K.DEMANDED, on, number=at) for at, on in enumerate(days)]  # type: ignore[arg-type]  # dates
    found = limitation(*demands)
    assert day("2026-05-17") <= found.due <= day("2043-05-17")
