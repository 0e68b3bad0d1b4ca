"""Schedules held against numpy-financial, QuantLib and a bisection of their own; seed 000, step 5."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import numpy_financial as npf
import pytest
import QuantLib as ql  # noqa: N813 - the name its own examples use
from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.money import ZERO, cents
from workbench.errors import UsageError
from workbench.planning.pledge import Pledge, cover
from workbench.planning.repayment import RepaymentKind, RepaymentTerms, extend, present_value, schedule

D = Decimal
START = date(2026, 1, 15)
EQUAL, ANNUITY, BULLET = RepaymentKind.EQUAL_PRINCIPAL, RepaymentKind.ANNUITY, RepaymentKind.BULLET


def terms(kind: RepaymentKind, **more: Any) -> RepaymentTerms:
    given: dict[str, Any] = {"debt": D(120_000), "rate": D("0.06"), "months": 12, "start": START}
    return RepaymentTerms(kind=kind, **(given | more))


agreements = st.builds(
    lambda debt, rate, months, kind, grace, lump, waived: RepaymentTerms(
        debt=D(debt) / 100,
        rate=D(rate) / 10_000,
        months=months,
        kind=kind,
        start=date(2026, 1, 31),
        grace=min(grace, months - 1),
        lump_sum=cents(D(debt) / 100 * lump / 10),
        waived=cents(D(debt) / 100 * waived / 10),
    ),
    st.integers(1_000, 10**10),
    st.integers(0, 3600),
    st.integers(1, 120),
    st.sampled_from(RepaymentKind),
    st.integers(0, 12),
    st.integers(0, 4),
    st.integers(0, 4),
)


@given(agreements)
def test_principal_and_waiver_make_up_the_debt_exactly(agreed: RepaymentTerms) -> None:
    found = schedule(agreed)
    assert sum((row.principal for row in found.rows), ZERO) + found.waived == agreed.debt
    assert found.rows[-1].balance == 0
    assert all(row.principal >= 0 and row.interest >= 0 for row in found.rows)
    assert [row.date for row in found.rows] == sorted(row.date for row in found.rows)


@given(agreements)
def test_each_interest_is_a_twelfth_of_the_rate_on_what_is_left(agreed: RepaymentTerms) -> None:
    rows = schedule(agreed).rows
    later = rows[2:] if agreed.lump_sum else rows[1:]
    before = rows[1:] if agreed.lump_sum else rows
    for previous, row in zip(before, later, strict=False):
        assert row.interest == cents(previous.balance * agreed.rate / 12)


@given(agreements)
def test_a_longer_term_never_costs_less(agreed: RepaymentTerms) -> None:
    longer = RepaymentTerms(
        agreed.debt, agreed.rate, agreed.months + 1, agreed.kind, agreed.start, agreed.grace, agreed.lump_sum,
        agreed.waived,
    )  # fmt: skip
    a_cent_a_row = D("0.01") * agreed.months
    assert schedule(longer).interest >= schedule(agreed).interest - a_cent_a_row


def test_equal_principal_by_hand() -> None:
    """10,000 + 600 first, 10,000 + 50 last; interest 600 x 13 / 2 = 3,900."""
    found = schedule(terms(EQUAL))
    assert [found.rows[at].payment for at in (0, -1)] == [10_600, 10_050]
    assert found.interest == 3_900


@pytest.mark.parametrize(("debt", "rate", "months"), [("120000", "0.06", 12), ("418000", "0.18", 36), ("1", "0.24", 3)])
def test_the_annuity_of_numpy_financial(debt: str, rate: str, months: int) -> None:
    """418,000 is the debt of seed 001 after three months."""
    found = schedule(terms(ANNUITY, debt=D(debt), rate=D(rate), months=months))
    payment = D(str(-npf.pmt(float(rate) / 12, months, float(debt))))
    assert found.rows[0].payment == cents(payment)
    assert {row.payment for row in found.rows[:-1]} <= {cents(payment)}
    assert abs(found.rows[-1].payment - payment) <= D("0.01") * months


@pytest.mark.parametrize("at", [1, 5, 11])
def test_interest_and_principal_of_numpy_financial(at: int) -> None:
    row = schedule(terms(ANNUITY)).rows[at - 1]
    assert row.interest == pytest.approx(D(str(-npf.ipmt(0.005, at, 12, 120_000).item())), abs=D("0.03"))
    assert row.principal == pytest.approx(D(str(-npf.ppmt(0.005, at, 12, 120_000).item())), abs=D("0.03"))


def test_the_annuity_of_quantlib() -> None:
    """An amortising bond with level payments leaves the same balances."""
    issued = ql.Date(15, 1, 2026)
    notionals = ql.sinkingNotionals(ql.Period(1, ql.Years), ql.Monthly, 0.06, 120_000.0)
    found = schedule(terms(ANNUITY))
    assert len(notionals) == len(found.rows) + 1
    for row, notional in zip(found.rows, notionals[1:], strict=True):
        assert float(row.balance) == pytest.approx(notional, abs=0.08)
    days = list(ql.MakeSchedule(issued, ql.Date(15, 1, 2027), ql.Period(ql.Monthly)))
    assert [row.date.isoformat() for row in found.rows] == [day.ISO() for day in days[1:]]


def test_a_bullet_pays_interest_only_until_the_end() -> None:
    rows = schedule(terms(BULLET)).rows
    assert {row.payment for row in rows[:-1]} == {600}
    assert rows[-1].payment == 120_600


def test_a_bullet_with_grace_to_the_end_pays_once() -> None:
    """一次性还本付息: 12 months of 600, no interest on interest."""
    (row,) = schedule(terms(BULLET, grace=11)).rows
    assert (row.date, row.principal, row.interest) == (date(2027, 1, 15), D(120_000), D(7_200))


def test_interest_of_the_grace_is_due_with_the_first_payment() -> None:
    """Two months of 600 wait; nine months of grace-free annuity after it are those of ten instalments."""
    rows = schedule(terms(ANNUITY, grace=2)).rows
    level = cents(D(str(-npf.pmt(0.005, 10, 120_000))))
    assert (rows[0].date, rows[0].payment) == (date(2026, 4, 15), level + 1_200)
    assert rows[1].payment == level


def test_month_ends_stay_month_ends() -> None:
    days = [row.date for row in schedule(terms(EQUAL, start=date(2026, 1, 31), months=3)).rows]
    assert days == [date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]


def test_a_lump_sum_and_a_waiver_come_first() -> None:
    found = schedule(terms(EQUAL, lump_sum=D(30_000), waived=D(30_000), months=6, rate=D(0)))
    assert found.rows[0].payment == 30_000
    assert found.rows[0].date == START
    assert [row.payment for row in found.rows[1:]] == [10_000] * 6
    assert (found.paid, found.interest) == (D(90_000), D(0))
    assert found.effective_rate is not None
    assert found.effective_rate < 0


def test_all_may_be_settled_at_once() -> None:
    found = schedule(terms(BULLET, lump_sum=D(100_000), waived=D(20_000), months=0))
    assert [row.payment for row in found.rows] == [100_000]


def test_an_extension_keeps_what_was_paid_and_spreads_the_rest() -> None:
    """After 6 of 12 months 60,000 is left; over 12 instead of 6 months it is 5,000 each."""
    found = extend(terms(EQUAL), after=6, months=6)
    assert found.rows[:6] == schedule(terms(EQUAL)).rows[:6]
    assert [row.principal for row in found.rows[6:]] == [5_000] * 12
    assert [row.interest for row in found.rows[6:8]] == [300, 275]


def test_a_lower_rate_from_a_day_on_lowers_what_follows() -> None:
    found = extend(terms(EQUAL), after=6, months=0, rate=D("0.03"))
    assert [row.interest for row in found.rows[5:8]] == [350, 150, 125]


def test_an_extension_within_the_grace_owes_the_old_interest() -> None:
    """One month at 6 % (600), then one of two months of grace left at 3 % (300) and the month itself (300)."""
    found = extend(terms(BULLET, grace=2), after=1, months=3, rate=D("0.03"))
    assert found.rows[0].date == date(2026, 4, 15)
    assert found.rows[0].interest == 600 + 300 + 300
    assert found.rows[-1].date == date(2027, 4, 15)


@given(agreements, st.integers(1, 60), st.integers(0, 24))
def test_an_extension_still_makes_up_the_debt(agreed: RepaymentTerms, after: int, months: int) -> None:
    if after < agreed.months:
        found = extend(agreed, after, months)
        assert sum((row.principal for row in found.rows), ZERO) + found.waived == agreed.debt
        unchanged, first = extend(agreed, after, 0), schedule(agreed)
        assert [row.date for row in unchanged.rows] == [row.date for row in first.rows]
        # Each payment may differ by a cent, and a cent carries interest for at most the whole term.
        carried = 1 + agreed.rate / 12 * agreed.months
        assert abs(unchanged.interest - first.interest) <= D("0.01") * agreed.months * carried


def _bisected(flows: list[tuple[date, Decimal]]) -> float:
    """Return the yearly rate at which dated flows balance, by floats and halving alone."""
    low, high = -0.99, 10.0
    for _ in range(200):
        middle = (low + high) / 2
        value = sum(float(amount) / (1 + middle) ** ((day - flows[0][0]).days / 365) for day, amount in flows)
        low, high = (low, middle) if value > 0 else (middle, high)
    return low


@pytest.mark.parametrize("kind", list(RepaymentKind))
@pytest.mark.parametrize("more", [{}, {"grace": 3}, {"waived": D(20_000)}, {"lump_sum": D(50_000)}])
def test_the_effective_rate_by_another_bisection(kind: RepaymentKind, more: dict[str, Any]) -> None:
    found = schedule(terms(kind, **more))
    flows = [(START, D(120_000)), *((day, -amount) for day, amount in found.flows)]
    assert found.effective_rate is not None
    assert float(found.effective_rate) == pytest.approx(_bisected(flows), abs=2e-6)


def test_the_effective_rate_is_the_monthly_irr_of_numpy_financial() -> None:
    """(1 + irr)^12 - 1, up to the months' unequal days."""
    found = schedule(terms(ANNUITY))
    monthly = npf.irr([-120_000.0, *(float(amount) for _, amount in found.flows)])
    assert monthly == pytest.approx(0.005, abs=1e-7)
    assert float(found.effective_rate or 0) == pytest.approx((1 + monthly) ** 12 - 1, abs=3e-4)


def test_the_present_value_of_quantlib() -> None:
    found = schedule(terms(ANNUITY))
    day_count = ql.Actual365Fixed()
    today = ql.Date(15, 1, 2026)
    curve = ql.FlatForward(today, 0.03, day_count, ql.Compounded, ql.Annual)
    value = sum(float(a) * curve.discount(ql.Date(d.day, d.month, d.year)) for d, a in found.flows)
    assert float(present_value(found.flows, D("0.03"), START)) == pytest.approx(value, abs=0.006)


def test_discounted_at_its_own_rate_a_schedule_is_worth_the_debt() -> None:
    found = schedule(terms(EQUAL))
    assert present_value(found.flows, found.effective_rate or ZERO, START) == pytest.approx(D(120_000), abs=D("0.1"))


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("debt", {"debt": D(0)}),
        ("debt", {"debt": D("1.001")}),
        ("rate", {"rate": D(6)}),
        ("months", {"months": 0}),
        ("months", {"lump_sum": D(120_000)}),
        ("months", {"months": 601}),
        ("grace", {"grace": 12}),
        ("lump_sum", {"lump_sum": D(100_000), "waived": D(30_000)}),
        ("waived", {"waived": D(-1)}),
    ],
)
def test_terms_that_do_not_fit_are_named(field: str, more: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match=f"`{field}`"):
        terms(EQUAL, **more)


@pytest.mark.parametrize(("after", "months"), [(0, 1), (12, 1), (3, -1)])
def test_an_extension_lies_within_the_term(after: int, months: int) -> None:
    with pytest.raises(UsageError):
        extend(terms(EQUAL), after, months)


def test_what_a_pledge_covers() -> None:
    """1,000 at 100 less 30 % and 20,000 less nothing: 90,000 of 60,000, until all prices fall by a third."""
    found = cover([Pledge("A", D(1000), D(100), D("0.3")), Pledge("repo", D(20_000), D(1), D(0))], D(60_000))
    assert (found.market, found.value, found.ratio, found.uncovered) == (D(120_000), D(90_000), D("1.5"), D(0))
    assert found.fall == pytest.approx(D(1) / 3)


def test_a_pledge_that_falls_short() -> None:
    found = cover([Pledge("A", D(100), D(100), D("0.5"))], D(20_000))
    assert (found.ratio, found.uncovered, found.fall) == (D("0.25"), D(15_000), None)


def test_a_pledge_needs_a_debt_and_a_haircut_below_one() -> None:
    with pytest.raises(UsageError, match="no debt"):
        cover([], D(0))
    with pytest.raises(UsageError, match="haircut"):
        Pledge("A", D(1), D(1), D(1))
