"""The eight steps: checks tell the truth about the case, and the list for today starts with what presses."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.services.conftest import CONTRACT, STATEMENT, Clock
from workbench.domain.deadlines import EventKind
from workbench.domain.steps import Task, TaskState
from workbench.errors import InputError
from workbench.services.checklists import load_steps
from workbench.services.checks import CHECKS
from workbench.services.create_case import create_case
from workbench.services.deadlines import add_event
from workbench.services.desk import Desk
from workbench.services.edit_terms import confirm_terms, set_terms
from workbench.services.import_documents import import_documents
from workbench.services.list_cases import show_case
from workbench.services.manage_evidence import verify_evidence
from workbench.services.manage_steps import list_steps, set_task, today
from workbench.services.run_audit import run_audit
from workbench.services.triage_findings import set_in_letter, set_triage


def tasks(desk: Desk, case: str = "张某") -> dict[str, Task]:
    return {task.spec.id: task for step in list_steps(desk, case) for task in step.tasks}


def state(desk: Desk, check: str) -> tuple[TaskState, str]:
    task = next(task for task in tasks(desk).values() if task.spec.check == check)
    assert task.check is not None
    return task.state, task.check.text_en


@pytest.fixture(autouse=True)
def _case(desk: Desk) -> None:
    create_case(desk, "张某")


def test_the_packaged_checklists_hold_together(desk: Desk) -> None:
    steps = load_steps(desk.template_dirs)
    ids = [task.id for step in steps for task in step.tasks]
    assert [step.number for step in steps] == list(range(1, 9))
    assert len(set(ids)) == len(ids)
    for step in steps:
        for task in step.tasks:
            assert task.id.startswith(f"{step.number}.")
            assert set(task.blocks) <= set(ids)
            assert task.check is None or task.check.partition(":")[0] in CHECKS
            assert all((task.title_zh, task.title_en, task.help_zh, task.help_en))


def test_a_new_case_has_nothing_done(desk: Desk) -> None:
    assert all(task.state is TaskState.TODO for task in tasks(desk).values())
    assert all(task.check is None or not task.check.passed for task in tasks(desk).values())


def test_kinds_have_their_own_tasks(desk: Desk) -> None:
    create_case(desk, "券商", "broker_margin")
    assert "1.8" in tasks(desk)
    assert "1.8" not in tasks(desk, "券商")
    assert "7.8" in tasks(desk, "券商")


def test_checks_follow_the_case(desk: Desk, folder: Path, clock: Clock) -> None:
    import_documents(desk, "张某", [folder])
    assert state(desk, "contract_imported")[0] is TaskState.DONE
    assert state(desk, "rows_understood")[0] is TaskState.DONE
    assert state(desk, "statements_cover_term") == (TaskState.TODO, "no statement for 2025-05, 2025-06")
    assert state(desk, "prices_cover_holdings")[1] == "prices do not cover the holding of 600000"
    assert "terms to confirm" in state(desk, "terms_confirmed")[1]
    confirm_terms(desk, "张某")
    assert state(desk, "terms_confirmed")[0] is TaskState.DONE
    set_terms(desk, "张某", {"term_end": "2025-04-30"})
    assert state(desk, "statements_cover_term")[0] is TaskState.DONE
    verify_evidence(desk, "张某")
    assert state(desk, "hashes_verified_today")[0] is TaskState.DONE
    clock.forward(days=1)
    assert state(desk, "hashes_verified_today") == (TaskState.TODO, "not verified today (last: 2026-11-20)")


def test_an_altered_file_fails_the_check(desk: Desk, folder: Path) -> None:
    sha256 = import_documents(desk, "张某", [folder]).items[0].sha256
    path = desk.vault.path(sha256)
    path.chmod(0o600)
    path.write_text("另一份合同")
    result = verify_evidence(desk, "张某")
    assert [(file.document.file, file.reason) for file in result.files if not file.ok] == [("合同.txt", "changed")]
    assert result.chain_ok
    assert state(desk, "hashes_verified_today") == (TaskState.TODO, "today's verification failed")


def test_findings_are_decided_one_by_one(desk: Desk, folder: Path) -> None:
    import_documents(desk, "张某", [folder])
    assert state(desk, "audit_current")[1] == "not audited yet"
    audit = run_audit(desk, "张某")
    assert state(desk, "audit_current")[0] is TaskState.DONE
    keys = [finding.key for finding in audit.findings]
    set_triage(desk, "张某", keys[1:], "accepted")
    assert state(desk, "findings_triaged")[0] is TaskState.TODO
    set_triage(desk, "张某", keys, "disputed")
    assert state(desk, "findings_triaged")[0] is TaskState.DONE
    set_in_letter(desk, "张某", keys[:1])
    assert state(desk, "letter_has_findings")[0] is TaskState.DONE
    set_terms(desk, "张某", {"rate": "1.6%"})
    assert state(desk, "audit_current")[1] == "facts changed since the last audit"
    assert state(desk, "findings_triaged")[0] is TaskState.TODO


def test_the_end_of_the_statements_is_enough_once_the_principal_is_back(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "合同.txt").write_text(CONTRACT, encoding="utf-8")
    repaid = STATEMENT + "2025-04-11,归还配资款,,,,,-400000.00,77800.00,归还本金\n"
    (tmp_path / "流水.csv").write_text(repaid, encoding="utf-8")
    import_documents(desk, "张某", [tmp_path / "合同.txt", tmp_path / "流水.csv"])
    assert state(desk, "statements_cover_term")[0] is TaskState.DONE


def test_today_starts_with_what_presses(desk: Desk, clock: Clock) -> None:
    day = clock().date()
    assert today(desk, "张某")[0].spec.id == "1.1"
    set_task(desk, "张某", "8.4", due=day - timedelta(days=1))
    set_task(desk, "张某", "8.3", due=day - timedelta(days=9))
    set_task(desk, "张某", "5.5", due=day + timedelta(days=2))
    set_task(desk, "张某", "4.5", "doing")
    set_task(desk, "张某", "1.1", "done")
    first = [task.spec.id for task in today(desk, "张某", 5)]
    assert first[:4] == ["8.3", "8.4", "5.5", "4.5"]
    everything = [task.spec.id for task in today(desk, "张某")]
    assert "1.1" not in everything
    assert everything.index("2.1") < everything.index("2.5")
    assert show_case(desk, "张某").next_due == day - timedelta(days=9)


def test_a_users_own_step_stands_over_the_packaged(desk: Desk, tmp_path: Path) -> None:
    from dataclasses import replace  # noqa: PLC0415

    own = tmp_path / "own"
    (own / "checklists").mkdir(parents=True)
    (own / "checklists" / "8-mine.toml").write_text(
        'title_zh="复"\ntitle_en="R"\npurpose_zh="p"\npurpose_en="p"\n'
        '[[task]]\ntitle_zh="a"\ntitle_en="a"\nhelp_zh="h"\nhelp_en="h"\ncheck="no_such_check"\n',
        encoding="utf-8",
    )
    mine = replace(desk, template_dirs=(own, *desk.template_dirs))
    last = list_steps(mine, "张某")[7]
    assert [task.spec.id for task in last.tasks] == ["8.1"]
    assert last.tasks[0].check is not None
    assert "no check named" in last.tasks[0].check.text_en
    (own / "checklists" / "8-mine.toml").write_text("title_zh = ", encoding="utf-8")
    with pytest.raises(InputError, match="checklist"):
        list_steps(mine, "张某")


def test_months_are_counted_over_the_turn_of_the_year() -> None:
    from workbench.services.checks import _months  # noqa: PLC0415

    assert _months(date(2024, 11, 30), date(2025, 2, 1)) == ["2024-11", "2024-12", "2025-01", "2025-02"]


def test_limitation_counts_as_known_only_from_a_day_that_a_person_named(desk: Desk, folder: Path, clock: Clock) -> None:
    assert state(desk, "deadlines_known")[0] is TaskState.TODO
    import_documents(desk, "张某", [folder])
    told = state(desk, "deadlines_known")
    assert told[0] is TaskState.TODO
    assert "assumed" in told[1]
    add_event(desk, "张某", EventKind.KNEW, date(2025, 4, 10))
    assert state(desk, "deadlines_known") == (TaskState.DONE, "limitation ends on 2028-04-10")
    clock.forward(days=600)
    told = state(desk, "deadlines_known")
    assert told[0] is TaskState.TODO
    assert "passed on 2028-04-10" in told[1]
