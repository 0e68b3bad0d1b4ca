"""Court fees against published judgments, and the order of payments."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.worlds import D
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
