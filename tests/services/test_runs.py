"""An old run can be recomputed unchanged, and the way from it to the present adds up step by step."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.services.conftest import CONTRACT, STATEMENT
from workbench.domain.audit import AuditOptions
from workbench.domain.lines import LineKind
from workbench.errors import NotFoundError
from workbench.services.compare_runs import Comparison, compare_runs
from workbench.services.create_case import create_case
from workbench.services.desk import Desk
from workbench.services.edit_terms import confirm_terms, set_terms
from workbench.services.import_documents import import_documents
from workbench.services.rerun_audit import rerun_audit
from workbench.services.run_audit import run_audit
from workbench.services.tag_forced import tag_forced
from workbench.services.undo import undo
from workbench.store.snapshots import packed, unpacked

MORE = """日期,业务类型,证券代码,证券名称,数量,成交价格,发生金额,资金余额,备注
2025-05-03,利息,,,,,-6500.00,471300.00,2025-05-03至2025-06-02利息
"""


@pytest.fixture
def audited(desk: Desk, tmp_path: Path) -> Desk:
    """A case with one saved run."""
    create_case(desk, "案", "off_exchange")
    (tmp_path / "contract.txt").write_text(CONTRACT, "utf-8")
    (tmp_path / "statement.csv").write_text(STATEMENT, "utf-8")
    import_documents(desk, "案", [tmp_path])
    run_audit(desk, "案")
    return desk


def test_tables_come_back_from_their_snapshot(desk: Desk) -> None:
    assert unpacked(packed(desk.tables())) == desk.tables()


def test_an_old_run_gives_the_same_figures_after_everything_changed(audited: Desk, tmp_path: Path) -> None:
    set_terms(audited, "案", {"rate": "1%"})
    (tmp_path / "more.csv").write_text(MORE, "utf-8")
    import_documents(audited, "案", [tmp_path / "more.csv"])
    run_audit(audited, "案")
    assert rerun_audit(audited, "案", 1).same
    assert rerun_audit(audited, "案", 2).same


def steps(found: Comparison) -> list[tuple[str, str, str, str]]:
    return [(step.kind, step.name, step.before, step.after) for step in found.steps]


def total(found: Comparison) -> tuple[Decimal, Decimal]:
    """Return the sum of the steps: overcharge, settlement."""
    return sum((one.overcharged for one in found.steps), Decimal(0)), sum(
        (one.settlement for one in found.steps), Decimal(0)
    )


def test_the_steps_name_what_changed_and_add_up(audited: Desk, tmp_path: Path) -> None:
    before = compare_runs(audited, "案", 1, AuditOptions()).audit
    set_terms(audited, "案", {"rate": "1%"})
    (tmp_path / "more.csv").write_text(MORE, "utf-8")
    import_documents(audited, "案", [tmp_path / "more.csv"])
    sale = next(one.line.id for one in before.lines if one.line.kind is LineKind.SELL)
    tag_forced(audited, "案", [sale], forced=True)
    found = compare_runs(audited, "案", 1, AuditOptions(as_of=date(2025, 6, 30)))
    assert steps(found) == [
        ("files", "more.csv", "", ""),
        ("term", "rate", "0.015", "0.01"),
        ("tags", "", "0", "1"),
        ("options", "", "", ""),
    ]
    now = found.audit
    assert total(found) == (
        now.overcharged - before.overcharged,
        now.bases["as_contracted"].settlement - before.bases["as_contracted"].settlement,
    )
    assert {line.state for line in found.lines} == {"added", "changed"}
    assert found.new_findings


def test_nothing_changed_says_nothing_and_a_confirmation_is_no_change(audited: Desk) -> None:
    confirm_terms(audited, "案")
    found = compare_runs(audited, "案", 1, AuditOptions())
    assert (found.steps, found.lines, found.new_findings, found.gone_findings) == ((), (), (), ())


def test_a_run_whose_file_was_taken_back_is_compared_without_reasons(audited: Desk) -> None:
    assert undo(audited, "案")
    with pytest.raises(NotFoundError, match=r"statement\.csv"):
        rerun_audit(audited, "案", 1)


def test_a_run_that_does_not_exist_is_named(audited: Desk) -> None:
    with pytest.raises(NotFoundError):
        compare_runs(audited, "案", 7, AuditOptions())
