"""One planted mistake at a time: the code, the amount, and the formula that explains it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.engine.worlds import Book, D, audit, day, errors
from workbench.domain.audit import Audit
from workbench.domain.lines import LineKind, PrintedDelay, TradeFees
from workbench.domain.terms import TermValue


def opened() -> Book:
    return Book().opened()


def cause(result: Audit, code: str) -> str:
    found = next(one for one in result.findings if one.code == code)
    assert found.cause is not None
    assert found.cause.exact
    return found.cause.hypothesis


def test_a_correct_statement_has_no_errors() -> None:
    book = opened().interest("2025-02-02", "6200.00", "2025-01-02", "2025-02-02")
    assert errors(audit(book)) == []


@pytest.mark.parametrize(
    ("amount", "code", "delta", "hypothesis"),
    [
        ("7440.00", "INT-RATE", "1240.00", "rate_0.06%"),
        ("6400.00", "INT-DAYS", "200.00", "days_+1"),
        ("6000.00", "INT-BASIS", "-200.00", "basis_thirty_days_a_month"),
        ("7750.00", "INT-PRINCIPAL", "1550.00", "principal_with_margin"),
    ],
)
def test_interest_is_explained_by_its_formula(amount: str, code: str, delta: str, hypothesis: str) -> None:
    book = opened().interest("2025-02-02", amount, "2025-01-02", "2025-02-02")
    result = audit(book)
    assert errors(result) == [(code, "2025-02-02", delta)]
    assert cause(result, code) == hypothesis


def test_days_printed_wrongly_are_the_cause() -> None:
    book = opened().interest("2025-02-02", "6400.00", "2025-01-02", "2025-02-02", 32)
    assert errors(audit(book)) == [("INT-DAYS", "2025-02-02", "200.00")]


def test_principal_not_reduced_after_a_repayment() -> None:
    book = opened().post("2025-01-12", LineKind.PRINCIPAL_REPAID, "-100000")
    book.interest("2025-02-02", "6200.00", "2025-01-02", "2025-02-02")
    result = audit(book)
    assert errors(result) == [("INT-PRINCIPAL", "2025-02-02", "1050.00")]
    assert cause(result, "INT-PRINCIPAL") == "principal_not_reduced"


def test_interest_on_interest() -> None:
    book = opened().interest("2025-02-02", "6200.00", "2025-01-02", "2025-02-02")
    book.interest("2025-03-02", "5686.80", "2025-02-02", "2025-03-02")
    assert errors(audit(book)) == [("INT-COMPOUND", "2025-03-02", "86.80")]


def test_the_same_period_twice() -> None:
    book = opened().interest("2025-02-02", "6200.00", "2025-01-02", "2025-02-02")
    book.interest("2025-02-10", "6200.00", "2025-01-02", "2025-02-02")
    assert errors(audit(book)) == [("INT-DUP", "2025-02-10", "6200.00")]


def test_a_repeated_posting_without_range_leaves_the_next_one_right() -> None:
    book = opened().interest("2025-02-02", "6200.00").interest("2025-02-06", "6200.00")
    book.interest("2025-03-02", "5600.00")
    assert errors(audit(book)) == [("INT-DUP", "2025-02-06", "6200.00")]


def test_interest_after_close_out_and_other_charges() -> None:
    book = opened().interest("2025-02-02", "6200.00", "2025-01-02", "2025-02-02")
    book.post("2025-02-02", LineKind.PRINCIPAL_REPAID, "-400000")
    book.interest("2025-02-12", "2000.00", "2025-02-02", "2025-02-12")
    book.post("2025-02-12", LineKind.OTHER_FEE, "-50.00")
    assert errors(audit(book)) == [
        ("INT-AFTER", "2025-02-12", "2000.00"),
        ("LIQ-AFTER", "2025-02-12", "50.00"),
    ]


def test_accrual_before_the_money_arrived() -> None:
    book = Book().post("2025-01-02", LineKind.MARGIN_IN, "100000").post("2025-01-06", LineKind.DRAWDOWN, "400000")
    book.interest("2025-02-02", "6200.00", "2025-01-02", "2025-02-02")
    result = audit(book)
    assert errors(result) == [("INT-START", "2025-02-02", "800.00")]


def test_interest_taken_out_in_advance_makes_the_principal_smaller() -> None:
    book = Book().post("2025-01-02", LineKind.MARGIN_IN, "100000")
    book.post("2025-01-02", LineKind.DRAWDOWN, "394000", withheld=D(6000))
    book.interest("2025-02-02", "6200.00", "2025-01-02", "2025-02-02")
    result = audit(book)
    assert errors(result) == [("INT-PREDEDUCT", "2025-01-02", "6000"), ("INT-PRINCIPAL", "2025-02-02", "93.00")]
    assert result.overcharged == D("6093.00")


def test_a_withheld_month_is_seen_without_a_remark() -> None:
    book = Book().post("2025-01-02", LineKind.MARGIN_IN, "100000").post("2025-01-02", LineKind.DRAWDOWN, "394000")
    book.interest("2025-02-02", "6107.00", "2025-01-02", "2025-02-02")
    assert errors(audit(book)) == [("INT-PREDEDUCT", "2025-01-02", "6000")]


def test_less_drawn_than_agreed() -> None:
    book = Book().post("2025-01-02", LineKind.MARGIN_IN, "100000").post("2025-01-02", LineKind.DRAWDOWN, "350000")
    assert errors(audit(book)) == [("PRIN-MISMATCH", "2025-01-02", "-50000")]


def test_tranches_that_add_up_are_fine() -> None:
    book = Book().post("2025-01-02", LineKind.DRAWDOWN, "150000").post("2025-01-09", LineKind.DRAWDOWN, "250000")
    assert errors(audit(book)) == []


@pytest.mark.parametrize(
    ("fee", "code"),
    [("11.16", "LATE-DAYS"), ("29.76", "LATE-RATE"), ("640.00", "LATE-BASE")],
)
def test_late_fee_by_rate_base_and_days(fee: str, code: str) -> None:
    book = opened().interest("2025-02-10", "6200.00", "2025-01-02", "2025-02-02")
    delay = PrintedDelay(day("2025-02-02"), day("2025-02-10"), None)
    terms: dict[str, TermValue] = {"late_fee_rate": "0.0002", "late_fee_base": "overdue_interest"}
    book.post("2025-02-10", LineKind.LATE_FEE, f"-{fee}", delay=delay)
    found = errors(audit(book, terms))
    assert [one[0] for one in found] == [code]


def test_a_late_fee_with_grace_is_right() -> None:
    book = opened().interest("2025-02-10", "6200.00", "2025-01-02", "2025-02-02")
    delay = PrintedDelay(day("2025-02-02"), None, None)
    book.post("2025-02-10", LineKind.LATE_FEE, "-6.20", delay=delay)
    terms: dict[str, TermValue] = {
        "late_fee_rate": "0.0002",
        "late_fee_base": "overdue_interest",
        "late_grace_days": "3",
    }
    assert errors(audit(book, terms)) == []


def test_fees_that_the_contract_does_not_know_and_fees_charged_twice() -> None:
    book = opened().post("2025-01-02", LineKind.MANAGEMENT_FEE, "-800.00", tranche=1)
    book.post("2025-01-05", LineKind.MANAGEMENT_FEE, "-800.00", tranche=1)
    book.post("2025-02-02", LineKind.MANAGEMENT_FEE, "-1200.00", tranche=2)
    book.post("2025-02-05", LineKind.OTHER_FEE, "-300.00")
    terms: dict[str, TermValue] = {"management_fee": "0.002", "management_fee_period": "month"}
    assert errors(audit(book, terms)) == [
        ("FEE-DUP", "2025-01-05", "800.00"),
        ("FEE-MGMT", "2025-02-02", "400.00"),
        ("FEE-UNLISTED", "2025-02-05", "300.00"),
    ]


def test_a_penalty_without_a_breach_and_one_above_the_agreed() -> None:
    terms: dict[str, TermValue] = {"breach_penalty": "0.1", "breach_base": "margin"}
    book = opened().post("2025-03-02", LineKind.BREACH_PENALTY, "-10000.00")
    assert errors(audit(book, terms)) == [("PEN-BREACH", "2025-03-02", "10000.00")]
    book = opened().trade("2025-01-03", LineKind.BUY, "600001", 100, "10", name="*ST测试")
    book.post("2025-03-02", LineKind.BREACH_PENALTY, "-12000.00")
    assert errors(audit(book, terms)) == [("PEN-EXCESS", "2025-03-02", "2000.00")]


@pytest.mark.parametrize(
    ("field", "value", "code", "delta"),
    [
        ("commission", "60.00", "FEE-RATE", "30.00"),
        ("stamp_duty", "50.00", "FEE-STAMP", "50.00"),
        ("transfer_fee", "2.00", "FEE-TRANSFER", "1.00"),
        ("other", "3.00", "FEE-UNLISTED", "3.00"),
    ],
)
def test_each_charge_on_a_purchase(field: str, value: str, code: str, delta: str) -> None:
    right = TradeFees(D("30.00"), D("0.00"), D("1.00"), other=D("0.00"))
    wrong = replace(right, **{field: D(value)})
    book = opened().trade("2025-01-03", LineKind.BUY, "600001", 10000, "10", fees=wrong)
    assert errors(audit(book)) == [(code, "2025-01-03", delta)]


def test_the_minimum_commission() -> None:
    wrong = TradeFees(D("10.00"), D("0.00"), D("0.01"))
    book = opened().trade("2025-01-03", LineKind.BUY, "600001", 100, "10", fees=wrong)
    assert errors(audit(book)) == [("FEE-MIN", "2025-01-03", "5.00")]


def test_funds_bear_no_stamp_duty() -> None:
    fees = TradeFees(D("30.00"), D("50.00"), D("0.00"))
    book = opened().trade("2025-01-03", LineKind.BUY, "510300", 20000, "5")
    book.trade("2025-01-06", LineKind.SELL, "510300", 20000, "5", fees=fees)
    assert errors(audit(book)) == [("FEE-STAMP", "2025-01-06", "50.00")]


def test_a_net_amount_that_does_not_follow_and_proceeds_never_credited() -> None:
    book = opened().trade("2025-01-03", LineKind.BUY, "600001", 1000, "10", net="-10105.10")
    book.trade("2025-01-06", LineKind.SELL, "600001", 1000, "10", net="0.00")
    found = errors(audit(book))
    assert [(code, delta) for code, _, delta in found] == [("AMT-ARITH", "100.00"), ("CASH-MISSING", "-9989.90")]


def test_a_balance_that_does_not_roll_is_one_finding() -> None:
    book = opened()
    book.cash -= D("188.60")
    book.post("2025-01-08", LineKind.MARGIN_IN, "1000").post("2025-01-09", LineKind.MARGIN_IN, "1000")
    assert errors(audit(book)) == [("BAL-BREAK", "2025-01-08", "-188.60")]


def test_a_doubled_row_and_two_genuine_fills() -> None:
    book = opened().trade("2025-01-03", LineKind.BUY, "600001", 1000, "10", serial="A1")
    book.trade("2025-01-03", LineKind.BUY, "600001", 1000, "10", serial="A1")
    assert [code for code, _, _ in errors(audit(book))] == ["ROW-DUP"]
    book = opened().trade("2025-01-03", LineKind.BUY, "600001", 1000, "10", serial="A1")
    book.trade("2025-01-03", LineKind.BUY, "600001", 1000, "10", serial="A2")
    assert errors(audit(book)) == []


def test_look_alikes_without_serial_are_genuine_where_the_shares_need_both() -> None:
    book = opened().trade("2025-01-03", LineKind.BUY, "600001", 1000, "10")
    book.trade("2025-01-03", LineKind.BUY, "600001", 1000, "10")
    book.trade("2025-01-06", LineKind.SELL, "600001", 2000, "10")
    assert errors(audit(book)) == []


def test_more_sold_than_held() -> None:
    book = opened().trade("2025-01-03", LineKind.BUY, "600001", 1000, "10")
    book.trade("2025-01-06", LineKind.SELL, "600001", 1500, "10")
    assert [code for code, _, _ in errors(audit(book))] == ["QTY-BREAK"]
