"""Every change a person makes can be taken back, in order, and shows what it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.services.conftest import Clock
from workbench.domain.deadlines import EventKind
from workbench.domain.findings import TriageState
from workbench.domain.lines import LineKind
from workbench.domain.steps import TaskState
from workbench.domain.terms import TermStatus
from workbench.errors import ConflictError, NotFoundError, UsageError
from workbench.services.create_case import create_case
from workbench.services.deadlines import add_event
from workbench.services.desk import Desk
from workbench.services.edit_terms import confirm_terms, list_terms, set_terms
from workbench.services.import_documents import import_documents
from workbench.services.list_cases import list_cases, show_case
from workbench.services.manage_case import (
    archive_case,
    delete_case,
    list_deleted,
    purge_case,
    rename_case,
    restore_case,
    unarchive_case,
)
from workbench.services.manage_evidence import verify_evidence
from workbench.services.manage_steps import clear_due, list_steps, set_task
from workbench.services.read_case import list_custody, list_documents, read_facts
from workbench.services.render_document import list_fields, set_fields
from workbench.services.tag_forced import list_tags, tag_forced
from workbench.services.triage_findings import list_triage, set_in_letter, set_triage
from workbench.services.undo import list_changes, undo


@pytest.fixture(autouse=True)
def _case(desk: Desk, folder: Path) -> None:
    create_case(desk, "张某")
    import_documents(desk, "张某", [folder])


def state(desk: Desk) -> object:
    """Return everything a person may have changed."""
    return (
        list_terms(desk, "张某"),
        {
            task.spec.id: (task.state, task.note, task.due, task.reason)
            for step in list_steps(desk, "张某")
            for task in step.tasks
        },
        list_triage(desk, "张某"),
        list_tags(desk, "张某"),
        list_fields(desk, "张某", "complaint"),
        show_case(desk, "张某").case.archived,
        [document.sha256 for document in list_documents(desk, "张某")],
    )


CHANGES: dict[str, Callable[[Desk], object]] = {
    "set terms": lambda desk: set_terms(desk, "张某", {"rate": "1.8%", "warning_line": "0.8"}),
    "remove a term": lambda desk: set_terms(desk, "张某", {"rate": ""}),
    "confirm terms": lambda desk: confirm_terms(desk, "张某"),
    "task": lambda desk: set_task(desk, "张某", "1.1", "done", note="已清仓"),
    "triage": lambda desk: set_triage(desk, "张某", ["INT-BASIS:S2.3", "INT-DUP:-"], "disputed", note="见合同"),
    "letter": lambda desk: set_in_letter(desk, "张某", ["INT-BASIS:S2.3"]),
    "tag": lambda desk: tag_forced(desk, "张某", ["S2.6"], forced=True),
    "fields": lambda desk: set_fields(desk, "张某", {"phone": "138"}),
    "archive": lambda desk: archive_case(desk, "张某"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_undo_restores_exactly(desk: Desk, name: str) -> None:
    before = state(desk)
    CHANGES[name](desk)
    assert state(desk) != before
    assert undo(desk, "张某", "zh")
    assert state(desk) == before


SAID: dict[str, Callable[[Desk], object]] = {
    "修改条款：利率、预警线": CHANGES["set terms"],
    "确认条款：利率": lambda desk: confirm_terms(desk, "张某", ["rate"]),
    "1 条问题标为“有异议”": lambda desk: set_triage(desk, "张某", ["INT-DUP:-"], "disputed"),
    "2 条问题标为“有异议”，附批注": CHANGES["triage"],
    "1 条问题写入函件": CHANGES["letter"],
    "标为强制平仓：S2.6": CHANGES["tag"],
    "标为自己卖出：S2.6": lambda desk: tag_forced(desk, "张某", ["S2.6"], forced=False),
    "填写文书：联系电话": CHANGES["fields"],
    "记录日期：报案 2026-01-05": lambda desk: add_event(desk, "张某", EventKind.POLICE_REPORTED, date(2026, 1, 5)),
}


@pytest.mark.parametrize("said", SAID)
def test_what_was_undone_is_told_in_words_not_codes(desk: Desk, said: str) -> None:
    SAID[said](desk)
    assert undo(desk, "张某", "zh") == said


def test_all_changes_come_back_in_reverse(desk: Desk) -> None:
    before = state(desk)
    for change in CHANGES.values():
        change(desk)
    assert len(list_changes(desk, "张某")) == len(CHANGES) + 1
    for _ in CHANGES:
        assert undo(desk, "张某") is not None
    assert state(desk) == before
    assert undo(desk, "张某") == "imported 合同.txt, 流水.csv"
    assert list_documents(desk, "张某") == ()
    assert undo(desk, "张某") is None
    assert all(change.undone for change in list_changes(desk, "张某"))


def test_an_undone_import_stays_in_the_custody_log_and_can_come_again(desk: Desk, folder: Path) -> None:
    undo(desk, "张某")
    assert [event.action for event in list_custody(desk, "张某")] == ["imported", "imported", "removed", "removed"]
    import_documents(desk, "张某", [folder])
    assert [document.number for document in list_documents(desk, "张某")] == [3, 4]
    assert verify_evidence(desk, "张某").ok


def test_a_tag_turns_a_sale_into_a_forced_one(desk: Desk) -> None:
    tag_forced(desk, "张某", ["S2.6"], forced=True)
    assert read_facts(desk, "张某").lines[-1].kind is LineKind.FORCED_SELL
    tag_forced(desk, "张某", ["S2.6"], forced=None)
    assert read_facts(desk, "张某").lines[-1].kind is LineKind.SELL
    with pytest.raises(UsageError):
        tag_forced(desk, "张某", ["S2.4"], forced=True)
    with pytest.raises(NotFoundError):
        tag_forced(desk, "张某", ["S9.1"], forced=True)


def test_triage_keeps_note_and_reviewer_until_replaced(desk: Desk) -> None:
    set_triage(desk, "张某", ["A:S1.1"], "accepted", note="一", reviewer="审计")
    after = set_triage(desk, "张某", ["A:S1.1"], TriageState.DISPUTED)["A:S1.1"]
    assert (after.state, after.note, after.reviewer) == (TriageState.DISPUTED, "一", "审计")
    with pytest.raises(UsageError):
        set_triage(desk, "张某", ["A:S1.1"], "perhaps")


def test_confirming_is_not_editing(desk: Desk) -> None:
    set_terms(desk, "张某", {"rate": "1.8%"})
    terms = confirm_terms(desk, "张某")
    rate, margin = terms.get("rate"), terms.get("margin")
    assert rate is not None
    assert margin is not None
    assert (rate.status, margin.status) == (TermStatus.EDITED, TermStatus.CONFIRMED)
    assert margin.source is not None
    with pytest.raises(UsageError):
        confirm_terms(desk, "张某", ["profit_share"])
    count_rule = confirm_terms(desk, "张某", ["count_rule"]).get("count_rule")
    assert count_rule is not None
    assert count_rule.status is TermStatus.CONFIRMED


def test_a_deleted_case_is_out_of_sight_and_comes_back(desk: Desk) -> None:
    delete_case(desk, "张某")
    assert list_cases(desk) == ()
    with pytest.raises(NotFoundError):
        list_documents(desk, "张某")
    assert [case.name for case in list_deleted(desk)] == ["张某"]
    assert undo(desk, "张某") == "deleted case '张某'"
    assert len(list_documents(desk, "张某")) == 2
    delete_case(desk, "张某")
    restore_case(desk, "张某")
    assert len(list_documents(desk, "张某")) == 2
    assert undo(desk, "张某") == "imported 合同.txt, 流水.csv"


def test_a_name_taken_meanwhile_is_not_overwritten(desk: Desk) -> None:
    delete_case(desk, "张某")
    create_case(desk, "张某", "broker_margin")
    with pytest.raises(ConflictError):
        restore_case(desk, "张某")
    rename_case(desk, "张某", "李某")
    with pytest.raises(ConflictError):
        create_case(desk, "李某")
    restore_case(desk, "张某")
    assert {summary.case.name for summary in list_cases(desk)} == {"张某", "李某"}


def test_purging_erases_files_that_no_other_case_holds(desk: Desk, folder: Path) -> None:
    create_case(desk, "李某")
    import_documents(desk, "李某", [folder / "合同.txt"])
    delete_case(desk, "张某")
    purge_case(desk, "张某")
    assert list_deleted(desk) == ()
    assert [name[-64:] for name in desk.vault.names()] == [list_documents(desk, "李某")[0].sha256]
    with pytest.raises(NotFoundError):
        restore_case(desk, "张某")


def test_archived_cases_have_a_list_of_their_own(desk: Desk, clock: Clock) -> None:
    clock.forward(hours=1)
    archive_case(desk, "张某")
    assert list_cases(desk) == ()
    assert [summary.case.name for summary in list_cases(desk, archived=True)] == ["张某"]
    assert not unarchive_case(desk, "张某").archived
    assert list_cases(desk)[0].case.changed == clock()


def test_a_due_date_alone_leaves_the_state_to_the_check(desk: Desk, clock: Clock) -> None:
    task = set_task(desk, "张某", "2.1", due=clock().date())
    assert (task.state, task.by_hand, task.due) == (TaskState.DONE, False, clock().date())
    assert clear_due(desk, "张某", "2.1").due is None
    assert set_task(desk, "张某", "2.1", "doing").state is TaskState.DOING
    with pytest.raises(UsageError):
        set_task(desk, "张某", "2.1", "not_applicable")
    with pytest.raises(UsageError):
        set_task(desk, "张某", "2.1", "later")
    with pytest.raises(NotFoundError):
        set_task(desk, "张某", "9.9", "done")
