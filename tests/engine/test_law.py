"""Court fees against published judgments, and the order of payments."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.worlds import Book, D, audit
from workbench.domain.lines import LineKind
from workbench.domain.terms import TermValue
from workbench.engine.allocation import Owed, allocate
from workbench.engine.court_fees import court_fees
from workbench.reference.loader import load_tables

AMOUNTS = st.decimals(0, 10**6, places=2)


@pytest.mark.parametrize(
    ("claim", "preserved", "full", "half", "preservation"),
    [
        ("240924", None, "4913.86", "2456.93", "1724.62"),
        ("556494", "555384", "9364.94", "4682.47", "3296.92"),
        ("10000", None, "50.00", "25.00", "120.00"),
        ("896000", None, "12760.00", "6380.00", "5000.00"),
    ],
)
def test_fees_of_published_cases(claim: str, preserved: str | None, full: str, half: str, preservation: str) -> None:
    fees = court_fees(D(claim), load_tables(), D(preserved) if preserved else None)
    assert (fees.acceptance, fees.acceptance_half, fees.preservation) == (D(full), D(half), D(preservation))


@given(payment=AMOUNTS, costs=AMOUNTS, interest=AMOUNTS, principal=AMOUNTS)
def test_no_cent_of_a_payment_is_lost(payment: object, costs: object, interest: object, principal: object) -> None:
    owed = Owed(D(str(costs)), D(str(interest)), D(str(principal)))
    done = allocate(D(str(payment)), owed)
    paid = done.paid
    assert paid.costs + paid.interest + paid.principal + done.surplus == D(str(payment))
    assert not paid.principal or done.left.interest == 0
    assert not paid.interest or done.left.costs == 0


def test_payments_that_fall_short_pay_interest_before_principal() -> None:
    book = Book().opened()
    book.interest("2025-02-02", "5000.00", "2025-01-02", "2025-02-01")
    book.post("2025-02-10", LineKind.PRINCIPAL_REPAID, "-390000.00")
    rows = audit(book).allocation
    # 400,000 x 0.05 % x 31 = 6,200 were due on 2025-02-02, 5,000 were paid: 1,200 of the next payment are interest.
    assert [(row.to_interest, row.to_principal, row.principal_left, row.booked_principal) for row in rows] == [
        (D("5000.00"), D(0), D("400000"), D("400000")),
        (D("1200.00"), D("388800.00"), D("11200.00"), D("10000.00")),
    ]


def test_nothing_is_allocated_where_the_debt_was_paid() -> None:
    assert audit(Book().opened().post("2025-02-10", LineKind.PRINCIPAL_REPAID, "-400000.00")).allocation == ()


def test_only_what_can_be_claimed_has_court_fees() -> None:
    book = Book().opened().interest("2025-02-02", "7000.00", "2025-01-02", "2025-02-01")
    book.post("2025-02-10", LineKind.PRINCIPAL_REPAID, "-400000.00").post(
        "2025-02-10", LineKind.MARGIN_OUT, "-93000.00"
    )
    found = audit(book)
    assert found.bases["as_contracted"].settlement == D("800.00")
    assert "as_contracted" in found.claim_fees
    assert "as_stated" not in found.claim_fees


def test_only_errors_stand_in_the_bridge_by_contract() -> None:
    terms: dict[str, TermValue] = {"settlement": "prepaid_monthly", "rate": "0.015", "rate_period": "month"}
    book = Book().opened().interest("2025-01-02", "6000.00").interest("2025-02-02", "6500.00")
    steps = audit(book, terms).bridges["as_contracted"]
    assert [(step.label, step.amount) for step in steps] == [("INT-RATE", D("500.00"))]
