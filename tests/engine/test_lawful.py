"""Charges as agreed that go beyond what the law protects after a default."""

from __future__ import annotations

import pytest

from tests.engine.worlds import Book, D, audit
from workbench.domain.audit import Audit
from workbench.domain.findings import Finding, Severity
from workbench.domain.lines import LineKind
from workbench.domain.terms import TermValue

OVERDUE: dict[str, TermValue] = {"term_end": "2025-03-01", "late_fee_rate": "0.001", "late_fee_base": "overdue_total"}


def one(result: Audit, code: str) -> Finding | None:
    return next(
        (found for found in result.findings if found.code == code and found.severity is Severity.UNLAWFUL), None
    )


def overdue(late: str) -> Book:
    """400,000 overdue from 2025-03-02, interest and a late fee charged on 2025-04-01: the cap is 13.8 % at signing."""
    book = Book().opened()
    book.interest("2025-04-01", "6000.00", "2025-03-02", "2025-03-31")
    return book.post("2025-04-01", LineKind.LATE_FEE, f"-{late}")


def test_interest_and_late_fee_together_above_the_cap() -> None:
    found = one(audit(overdue("3000.00"), OVERDUE), "LATE-STACK")
    assert found is not None
    # 400,000 x 13.8 % x 30 / 365 = 4,536.99 (30 days from 2025-03-02 to 2025-03-31)
    assert (found.stated, found.expected, len(found.lines)) == (D("9000.00"), D("4536.99"), 2)


@pytest.mark.parametrize("terms", [{}, {"term_end": "2025-12-31"}], ids=["no end known", "not overdue"])
def test_before_maturity_nothing_is_stacked(terms: dict[str, TermValue]) -> None:
    assert one(audit(overdue("3000.00"), terms), "LATE-STACK") is None


def test_one_kind_of_charge_alone_is_not_stacked() -> None:
    book = Book().opened().post("2025-04-01", LineKind.LATE_FEE, "-9000.00")
    assert one(audit(book, OVERDUE), "LATE-STACK") is None


PENALTY: dict[str, TermValue] = {"breach_penalty": "0.1", "breach_base": "margin"}


def ended(repaid: str) -> Book:
    """Bought a banned share, lost, was charged the agreed 10,000 and repaid ``repaid`` of 400,000."""
    book = Book().opened()
    book.trade("2025-01-03", LineKind.BUY, "600001", 10000, "10", name="ST某某")
    book.trade("2025-01-06", LineKind.SELL, "600001", 10000, "9", name="ST某某")
    book.post("2025-01-07", LineKind.BREACH_PENALTY, "-10000.00")
    return book.post("2025-01-08", LineKind.PRINCIPAL_REPAID, f"-{repaid}")


def test_a_penalty_without_a_loss_is_excessive() -> None:
    found = one(audit(ended("400000.00"), PENALTY), "PEN-EXCESS")
    assert found is not None
    assert (found.stated, found.expected) == (D("10000.00"), D("0.00"))


def test_a_penalty_within_130_per_cent_of_the_loss_stands() -> None:
    assert one(audit(ended("392000.00"), PENALTY), "PEN-EXCESS") is None
