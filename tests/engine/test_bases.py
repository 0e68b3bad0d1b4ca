"""Settlements: one identity, several legal bases, and properties every ledger keeps."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.worlds import Book, D, audit, day, tables
from workbench.domain.audit import AuditOptions, Basis
from workbench.domain.case import CaseKind
from workbench.domain.lines import LineKind
from workbench.engine.caps import cap_steps
from workbench.engine.cashflow import yearly_cost
from workbench.errors import ReferenceGapError


def identity(basis: Basis) -> bool:
    return basis.settlement == basis.money_in - basis.money_out + basis.trading + basis.positions - basis.allowed


def closed() -> Book:
    book = Book().opened().trade("2025-01-03", LineKind.BUY, "600001", 40000, "10", serial="1")
    book.interest("2025-02-02", "7440.00", "2025-01-02", "2025-02-02")
    book.trade("2025-02-03", LineKind.SELL, "600001", 40000, "9", serial="2")
    book.post("2025-02-03", LineKind.PRINCIPAL_REPAID, "-400000")
    return book.post("2025-02-03", LineKind.MARGIN_OUT, str(-book.cash))


def test_each_basis_keeps_the_identity_and_the_client_gains_by_law() -> None:
    result = audit(closed())
    assert all(identity(basis) for basis in result.bases.values())
    settled = {name: basis.settlement for name, basis in result.bases.items()}
    assert settled["as_stated"] == 0
    assert settled["as_contracted"] == D("1240.00") == result.overcharged
    assert settled["void"] == D("7440.00")
    accrued = (D(400000) * 31 + (D(400000) - D(7440) + D(400000) * 31 * D("0.138") / 365)) * D("0.138") / 365
    assert result.bases["lpr4"].allowed == accrued.quantize(D("0.01"))


def test_the_bridge_adds_up_line_by_line() -> None:
    result = audit(closed())
    for name, steps in result.bridges.items():
        assert sum(step.amount for step in steps) == result.bases[name].difference


def test_a_licensed_broker_is_bound_by_its_contract_only() -> None:
    assert set(audit(closed(), kind=CaseKind.BROKER_MARGIN).bases) == {"as_stated", "as_contracted"}


def test_occupancy_and_fault_move_the_void_basis() -> None:
    plain = audit(closed()).bases["void"].settlement
    used = audit(closed(), options=AuditOptions(occupancy="lpr_1y")).bases["void"].settlement
    blamed = audit(closed(), options=AuditOptions(fault_share=D("0.5"))).bases["void"]
    assert plain - used == (D(400000) * D("0.0345") * 32 / 365).quantize(D("0.01"))
    assert blamed.settlement - plain == (-blamed.trading / 2).quantize(D("0.01"))


def test_a_doubled_row_stays_in_the_books_and_leaves_the_true_result() -> None:
    book = Book().opened().trade("2025-01-03", LineKind.BUY, "600001", 100, "10", serial="1")
    book.trade("2025-01-03", LineKind.BUY, "600001", 100, "10", serial="1")
    book.trade("2025-01-06", LineKind.SELL, "600001", 100, "10", serial="2")
    result = audit(book)
    assert result.bases["as_contracted"].settlement - result.bases["as_stated"].settlement == D("1005.01")
    assert result.overcharged == 0


def test_caps_by_date_of_contract_and_filing() -> None:
    assert cap_steps(day("2025-03-01"), tables(), None)[0].rate == D("0.124")
    old = cap_steps(day("2019-05-01"), tables(), day("2025-06-01"))
    assert [step.rate for step in old] == [D("0.24"), D("0.12")]
    with pytest.raises(ReferenceGapError, match="no LPR is known"):
        cap_steps(day("2026-10-01"), tables(), None)


def test_yearly_cost_of_a_loan_with_interest_taken_in_advance() -> None:
    rate = yearly_cost([(day("2025-01-01"), D(90)), (day("2026-01-01"), D(-100))])
    assert rate == D("0.111111")
    assert yearly_cost([(day("2025-01-01"), D(90))]) is None


@given(order=st.permutations(range(4)))
def test_the_order_of_rows_of_one_day_changes_no_total(order: list[int]) -> None:
    def world(sequence: list[int]) -> Book:
        book = Book().opened().trade("2025-01-03", LineKind.BUY, "600001", 4000, "10", serial="0")
        for number in sequence:
            book.trade("2025-01-06", LineKind.SELL, "600001", 100 * (number + 1), "10", serial=str(number))
        return book

    first, second = audit(world([0, 1, 2, 3])), audit(world(order))
    assert first.bases == second.bases


def test_permuted_rows_keep_their_findings() -> None:
    book = closed()
    result = audit(book)
    renamed = Book()
    renamed.lines = [replace(line, id=line.id.replace("S1", "S2")) for line in book.lines]
    again = audit(renamed)
    assert [one.delta for one in again.findings] == [one.delta for one in result.findings]
