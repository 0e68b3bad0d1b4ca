"""Steps 4 to 6 tick themselves off: assets listed, enough raised, offers proven, what is left looked at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tests.services.conftest import Clock
from workbench.domain.case import DocumentKind
from workbench.domain.steps import TaskState
from workbench.errors import ConflictError, NotFoundError, UsageError
from workbench.services.bundle_case import bundle_case
from workbench.services.create_case import create_case
from workbench.services.desk import Desk
from workbench.services.edit_terms import set_terms
from workbench.services.import_documents import import_documents
from workbench.services.manage_steps import list_steps
from workbench.services.negotiate import add_typed_offer, compare_proposals, list_offers, remove_offer
from workbench.services.open_bundle import open_bundle
from workbench.services.raise_cash import add_typed_asset, list_assets, planned_cash, remove_asset
from workbench.services.redact import Redaction
from workbench.services.remember_plan import (
    add_proposal,
    confirm_residual,
    plan_values,
    remove_proposal,
    set_plan,
)
from workbench.services.render_document import preview_markdown, render_document, set_fields
from workbench.services.review_case import review_case
from workbench.services.undo import undo
from workbench.services.verify_bundle import scratch_desk

D = Decimal
CASE = "张某"
SHARES = {
    "name": "招商银行", "kind": "share", "code": "600036", "quantity": "3000", "price": "38.5", "haircut": "2%",
    "days": "1", "fee_rate": "", "tax_rate": "", "keep": "",
}  # fmt: skip
DEPOSIT = {"name": "活期", "kind": "deposit", "quantity": "50000", "days": "0"}
OFFER = {"date": "2026-11-01", "by": "financier", "amount": "5,000", "terms": "一次性", "note": "", "evidence": ""}


@pytest.fixture(autouse=True)
def _case(desk: Desk) -> None:
    create_case(desk, CASE)


def told(desk: Desk, task_id: str) -> tuple[bool, str]:
    """Return whether a task is done, and what its check says."""
    task = next(task for step in list_steps(desk, CASE) for task in step.tasks if task.spec.id == task_id)
    assert task.check is not None
    assert task.check.passed is (task.state is TaskState.DONE)
    return task.check.passed, task.check.text_en


def test_assets_are_listed_and_their_costs_are_known(desk: Desk) -> None:
    assert told(desk, "4.1") == told(desk, "4.2") == (False, "no own assets listed yet")
    number = add_typed_asset(desk, CASE, SHARES)
    assert told(desk, "4.1") == (True, "1 own assets listed")
    assert told(desk, "4.2") == (False, "commission not given, the legal maximum is counted: 招商银行")
    remove_asset(desk, CASE, number)
    assert told(desk, "4.1")[0] is False
    undo(desk, CASE)
    assert told(desk, "4.1")[0] is True
    add_typed_asset(desk, CASE, DEPOSIT)
    remove_asset(desk, CASE, number)
    assert told(desk, "4.2")[0] is True


def test_the_plan_is_held_against_the_amount_to_be_raised(desk: Desk, clock: Clock) -> None:
    add_typed_asset(desk, CASE, SHARES)
    add_typed_asset(desk, CASE, DEPOSIT)
    assert told(desk, "4.3") == (False, "the amount to raise and its day are not set")
    set_plan(desk, CASE, {"target": "120,000", "by": "2026-12-04"})
    assert told(desk, "4.3") == (True, "120,000.00 can be raised by 2026-12-04")
    assert planned_cash(desk, CASE).plan.shortfall == 0
    set_plan(desk, CASE, {"target": "2000000"})
    lacking = planned_cash(desk, CASE).plan.shortfall
    assert told(desk, "4.3") == (False, f"{lacking:,.2f} lacking by 2026-12-04")
    clock.forward(days=15)
    assert told(desk, "4.3") == (False, "the day 2026-12-04 has passed: set another")
    set_plan(desk, CASE, {"by": str(desk.today + timedelta(days=9))})
    add_typed_asset(desk, CASE, {**SHARES, "kind": "fund", "days": "3000", "fee_rate": "0"})
    assert "cannot tell" in told(desk, "4.3")[1], "the money arrives beyond the trading calendar"


def test_an_offer_counts_with_its_evidence(desk: Desk, folder: Path) -> None:
    assert told(desk, "5.5") == (False, "no offer logged yet")
    import_documents(desk, CASE, [folder / "合同.txt"], as_kind=DocumentKind.EVIDENCE)
    first = add_typed_offer(desk, CASE, OFFER)
    assert list_offers(desk, CASE)[first].amount == D("5000.00")
    assert told(desk, "5.5") == (False, "1 of 1 offers without evidence")
    add_typed_offer(desk, CASE, {**OFFER, "by": "client", "amount": "-1200", "evidence": "1"})
    assert told(desk, "5.5")[0] is False
    remove_offer(desk, CASE, first)
    assert told(desk, "5.5") == (True, "1 offers logged, each with evidence")


def test_a_look_at_what_is_left_holds_until_the_facts_change(desk: Desk, folder: Path) -> None:
    import_documents(desk, CASE, [folder])
    assert told(desk, "6.1") == (False, "what is left was not looked at yet")
    confirm_residual(desk, CASE)
    assert told(desk, "6.1")[0] is True
    add_typed_asset(desk, CASE, DEPOSIT)
    assert told(desk, "6.1")[0] is True, "an own asset is no fact of the account"
    set_terms(desk, CASE, {"rate": "1.6%"})
    assert told(desk, "6.1") == (False, "facts changed since it was looked at: look again")


def test_the_review_report_is_ticked_off_when_it_is_written(desk: Desk, folder: Path, tmp_path: Path) -> None:
    import_documents(desk, CASE, [folder])
    assert told(desk, "8.5") == (False, "not written yet")
    render_document(desk, CASE, "review_report", tmp_path / "复盘.md")
    assert told(desk, "8.5")[0] is True


@pytest.mark.parametrize(
    "bad",
    [
        {"target": "0"}, {"target": "很多"}, {"by": "明天"}, {"by": "2026-11-19"}, {"chance.void": "60"},
        {"chance.void": "-0.1"}, {"discount": "101%"}, {"rate": "-5%"}, {"stop_loss": "100%"}, {"stop_loss": "0"},
        {"index": "000300"}, {"collected": "x"}, {"leverage": "5"},
    ],
)  # fmt: skip
def test_a_figure_that_no_plan_could_use_is_refused_and_nothing_kept(desk: Desk, bad: Mapping[str, str]) -> None:
    with pytest.raises(UsageError) as caught:
        set_plan(desk, CASE, {"discount": "30%", **bad})
    assert caught.value.next_step_zh
    assert plan_values(desk, CASE) == {}


def test_what_was_set_is_forgotten_by_empty_text_and_comes_back_by_undo(desk: Desk) -> None:
    set_plan(desk, CASE, {"target": " 200000 ", "by": "２０２６-12-01"})
    assert plan_values(desk, CASE) == {"target": "200000", "by": "２０２６-12-01"}
    with pytest.raises(UsageError, match="no assets"):
        planned_cash(desk, CASE)
    set_plan(desk, CASE, {"target": ""})
    assert "target" not in plan_values(desk, CASE)
    with pytest.raises(UsageError, match="not set"):
        planned_cash(desk, CASE)
    assert undo(desk, CASE, "zh") == "记下计划参数"
    assert plan_values(desk, CASE)["target"] == "200000"


def test_remembered_views_and_proposals_are_what_the_comparison_uses(desk: Desk, folder: Path) -> None:
    import_documents(desk, CASE, [folder])
    set_plan(desk, CASE, {"chance.void": "60%", "discount": "0.3", "rate": "5%"})
    lump = {"name": "一次付清", "payer": "financier", "debt": "20000", "lump_sum": "20000", "start": "2026-12-01"}
    by_month = {**lump, "name": "", "lump_sum": "", "months": "12", "rate": "0", "kind": "equal_principal"}
    assert [add_proposal(desk, CASE, one) for one in (by_month, lump)] == [1, 2]
    found = compare_proposals(desk, CASE)
    assert {one.basis for one in found.options if one.probability is not None} == {"void"}
    assert found.numbers == (2, 1), "paid at once is worth more today than over a year"
    assert [row.total for row in found.rows] == [D(20_000), D(20_000)]
    remove_proposal(desk, CASE, 2)
    assert compare_proposals(desk, CASE).numbers == (1,)
    with pytest.raises(NotFoundError):
        remove_proposal(desk, CASE, 2)
    undo(desk, CASE)
    assert compare_proposals(desk, CASE).numbers == (2, 1)
    with pytest.raises(UsageError) as caught:
        add_proposal(desk, CASE, {**lump, "lump_sum": "1"})
    assert caught.value.what_zh


def test_a_remembered_stop_loss_is_the_reviews_rule_until_another_is_named(desk: Desk, folder: Path) -> None:
    import_documents(desk, CASE, [folder])
    assert review_case(desk, CASE).rhythm.stops is None
    set_plan(desk, CASE, {"stop_loss": "8%"})
    kept, other = review_case(desk, CASE).rhythm.stops, review_case(desk, CASE, stop_loss=D("0.2")).rhythm.stops
    assert kept is not None
    assert other is not None
    assert (kept.rule, other.rule) == (D("0.08"), D("0.2"))


def test_figures_of_a_plan_are_no_identity(desk: Desk, folder: Path, tmp_path: Path) -> None:
    import_documents(desk, CASE, [folder])
    set_plan(desk, CASE, {"target": "100000", "chance.void": "60%"})
    set_fields(desk, CASE, {"client_phone": "微信号abcdef"})
    extract = {
        "user_terms": [], "documents": [], "triage": [], "run": None, "name": CASE,
        "letter_fields": [
            {"key": "plan.target", "value": "100000"}, {"key": "plan.proposal.1", "value": "分期"},
            {"key": "client_wechat", "value": "微信号abcdef"},
        ],
    }  # fmt: skip
    masked = Redaction(extract).masked({**extract, "note": "保证金 100000，联系 微信号abcdef，分期"})
    assert masked["note"] == "保证金 100000，联系 〔名称1〕，分期"
    opened = bundle_case(desk, CASE, tmp_path / "c.zip", redact=True).path
    with scratch_desk(desk) as other:
        open_bundle(other, opened, "案")
        assert plan_values(other, "案") == {"target": "100000", "chance.void": "60%"}


def test_the_plan_never_shows_in_a_letter_and_a_sealed_case_refuses_it(
    desk: Desk, folder: Path, tmp_path: Path
) -> None:
    import_documents(desk, CASE, [folder])
    set_plan(desk, CASE, {"target": "123456.78"})
    assert "123456.78" not in preview_markdown(desk, CASE, "demand_letter")
    with scratch_desk(desk) as other:
        open_bundle(other, bundle_case(desk, CASE, tmp_path / "c.zip").path, read_only=True)
        with pytest.raises(ConflictError):
            set_plan(other, CASE, {"target": "1"})
        with pytest.raises(ConflictError):
            add_typed_asset(other, CASE, DEPOSIT)
        assert list_assets(other, CASE) == {}
