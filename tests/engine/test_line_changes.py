"""A line the other side raised by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from tests.engine.test_liquidation import CALL, TERMS, bars, ledger, verdicts
from tests.engine.worlds import audit
from workbench.domain.findings import Verdict
from workbench.domain.terms import TermValue

RATIO: dict[str, TermValue] = {
    **TERMS, "line_convention": "assets_over_debt", "warning_line": "1.4", "liquidation_line": "1.3",
}  # fmt: skip


def verdict(text: str, terms: dict[str, TermValue] | None = None, at: str = "2025-01-14 16:00") -> Verdict:
    notice = replace(CALL.notices[0], text=text, at=datetime.fromisoformat(at))
    logs = (replace(CALL, notices=(notice,)),)
    return verdicts(audit(ledger("8.5"), {**RATIO, **(terms or {})}, bars=bars("8.5"), logs=logs))["LIQ-LINE"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("自明日起平仓线调整为145%，请知悉。", Verdict.PROVEN),
        ("因市场波动，公司将平仓线上调至 140%。", Verdict.PROVEN),
        ("您的维持担保比例已低于平仓线(140%)，请追加。", Verdict.POSSIBLE),
        ("您的维持担保比例128%，已低于平仓线（130%）。", Verdict.NOT_FOUND),
        ("已低于预警线150%，请关注。", Verdict.POSSIBLE),
        ("请尽快追加保证金。", Verdict.CANNOT_TELL),
    ],
)
def test_what_a_message_says_of_the_line(text: str, expected: Verdict) -> None:
    assert verdict(text) is expected


def test_a_holiday_clause_allows_it() -> None:
    assert verdict("春节前平仓线提高至145%。", {"holiday_uplift": "1.5"}) is Verdict.NOT_FOUND
    assert verdict("春节前平仓线提高至155%。", {"holiday_uplift": "1.5"}) is Verdict.PROVEN


def test_a_message_after_the_sale_raised_nothing() -> None:
    assert verdict("平仓线调整为145%。", at="2025-01-20 10:00") is Verdict.CANNOT_TELL


def test_a_lower_loss_line_is_the_stricter_one() -> None:
    terms: dict[str, TermValue] = {
        "line_convention": "loss_over_margin",
        "warning_line": "0.3",
        "liquidation_line": "0.5",
    }
    assert verdict("平仓线调整为亏损40%。".replace("亏损", ""), terms) is Verdict.PROVEN
