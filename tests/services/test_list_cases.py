"""The list of many cases is what each case says alone, and its totals are what the postings say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.services.conftest import STATEMENT, Clock
from workbench.domain.case import CaseKind
from workbench.domain.deadlines import EventKind
from workbench.services.create_case import create_case
from workbench.services.deadlines import add_event
from workbench.services.desk import Desk
from workbench.services.import_documents import import_documents
from workbench.services.list_cases import cases_version, list_cases, show_case
from workbench.services.manage_case import archive_case, delete_case, purge_case, rename_case
from workbench.services.manage_evidence import verify_evidence
from workbench.services.manage_steps import list_steps, set_task
from workbench.services.read_case import list_documents
from workbench.services.run_audit import list_runs, run_audit
from workbench.services.tag_forced import tag_forced
from workbench.services.undo import undo


@pytest.fixture
def crowd(desk: Desk, folder: Path) -> Desk:
    """Return a desk with four cases: full, empty, with a later sale, archived."""
    create_case(desk, "全", CaseKind.OFF_EXCHANGE)
    import_documents(desk, "全", [folder])
    run_audit(desk, "全")
    set_task(desk, "全", "1.1", due=desk.today - timedelta(days=2))
    create_case(desk, "空", CaseKind.BROKER_MARGIN)
    create_case(desk, "后", CaseKind.OFF_EXCHANGE)
    (folder / "流水.csv").write_text(STATEMENT.replace("2025-04-10", "2025-04-30"), encoding="gb18030")
    import_documents(desk, "后", [folder])
    create_case(desk, "档", CaseKind.OFF_EXCHANGE)
    archive_case(desk, "档")
    return desk


def test_every_case_of_the_list_says_what_it_says_alone(crowd: Desk) -> None:
    listed = list_cases(crowd)
    assert {one.case.name for one in listed} == {"全", "空", "后"}
    for one in listed:
        assert show_case(crowd, one.case.name) == one
        steps = list_steps(crowd, one.case.name)
        assert one.tasks_done == sum(step.done for step in steps)
    full = next(one for one in listed if one.case.name == "全")
    assert (full.client, full.financier) == ("张某", "海州融通配资有限公司")
    assert set(full.files) == {"合同.txt", "流水.csv"}
    assert full.next_due == crowd.today - timedelta(days=2)


def test_archived_and_deleted_cases_are_listed_apart(crowd: Desk) -> None:
    assert [one.case.name for one in list_cases(crowd, archived=True)] == ["档"]
    delete_case(crowd, "空")
    assert [one.case.name for one in list_cases(crowd, deleted=True)] == ["空"]


def test_totals_are_what_the_postings_say(crowd: Desk) -> None:
    with crowd.store.engine().connect() as database:
        counted = database.execute(
            text(
                "SELECT document_id, kind, coalesce(code, ''), count(*), min(day), max(day), sum(stated) "
                "FROM lines GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
            )
        ).all()
        kept = database.execute(
            text(
                "SELECT document_id, kind, code, rows, first_day, last_day, stated "
                "FROM document_totals WHERE kind <> 'bar' ORDER BY 1, 2, 3"
            )
        ).all()
    assert counted
    assert kept == counted


def test_a_sale_tagged_as_forced_starts_the_limitation_of_its_own_case_only(crowd: Desk) -> None:
    with crowd.store.read() as unit:
        keys = unit.cases.key("全"), unit.cases.key("后")
        assert unit.events.harm_days(keys) == {keys[0]: date(2025, 4, 10), keys[1]: date(2025, 4, 30)}
    tag_forced(crowd, "全", [_sale(crowd, "全")], forced=True)
    with crowd.store.read() as unit:
        assert unit.events.harm_days(keys)[keys[1]] == date(2025, 4, 30)


def _sale(desk: Desk, case: str) -> str:
    """Return the id of the sale, the statement's sixth posting."""
    number = next(one.number for one in list_documents(desk, case) if one.file == "流水.csv")
    return f"S{number}.6"


def test_a_deadline_of_one_s_own_that_passed_stays_in_sight_for_a_month(desk: Desk, clock: Clock) -> None:
    create_case(desk, "案")
    add_event(desk, "案", EventKind.EVIDENCE_ORDERED, desk.today, days=10)
    due = desk.today + timedelta(days=10)
    assert (show_case(desk, "案").next_due, show_case(desk, "案").missed) == (due, None)
    clock.forward(days=11)
    assert (show_case(desk, "案").next_due, show_case(desk, "案").missed) == (None, due)
    clock.forward(days=40)
    assert show_case(desk, "案").missed is None


CHANGES: tuple[Callable[[Desk], object], ...] = (
    lambda desk: create_case(desk, "新"),
    lambda desk: rename_case(desk, "空", "不空"),
    lambda desk: archive_case(desk, "空"),
    lambda desk: run_audit(desk, "全"),
    lambda desk: verify_evidence(desk, "全"),
    lambda desk: undo(desk, "全"),
    lambda desk: set_task(desk, "后", "1.1", due=desk.today),
    lambda desk: delete_case(desk, "空"),
)


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_that_the_list_shows_gives_other_numbers(crowd: Desk, change: Callable[[Desk], object]) -> None:
    before = cases_version(crowd)
    assert cases_version(crowd) == before
    change(crowd)
    assert cases_version(crowd) != before


def test_a_purge_gives_other_numbers(crowd: Desk) -> None:
    delete_case(crowd, "空")
    before = cases_version(crowd)
    purge_case(crowd, "空")
    assert cases_version(crowd) != before


def test_looking_at_a_case_again_saves_no_second_run(crowd: Desk) -> None:
    run_audit(crowd, "全", repeat=False)
    assert len(list_runs(crowd, "全")) == 1
    tag_forced(crowd, "全", [_sale(crowd, "全")], forced=True)
    run_audit(crowd, "全", repeat=False)
    assert len(list_runs(crowd, "全")) == 2, "the facts changed"
    run_audit(crowd, "全")
    assert len(list_runs(crowd, "全")) == 3, "asked for on the command line, every run is kept"
