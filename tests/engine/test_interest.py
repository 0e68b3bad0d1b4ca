"""Interest by every convention, against the published vectors and by its properties."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.worlds import D, day, tables
from workbench.domain.dates import DateRange
from workbench.engine.calculators import interest
from workbench.engine.interest import Product, accrue, days_30_360, total
from workbench.engine.replay import PrincipalHistory

DATES = st.dates(date(2024, 1, 2), date(2026, 6, 1))
VECTORS = Path(__file__).parent / "vectors.json"


@pytest.mark.parametrize("vector", json.loads(VECTORS.read_text(encoding="utf-8")), ids=lambda one: one["id"])
def test_published_vectors_are_reproduced(vector: dict[str, str]) -> None:
    amount, segments = interest(
        D(vector["principal"]),
        D(vector["rate"]),
        vector.get("period", "year"),
        day(vector["from"]),
        day(vector["to"]),
        tables(),
        day_count=vector["basis"],
        both_ends=vector["ends"] == "both",
    )
    assert amount == D(vector["total"])
    assert sum(part.days for part in segments) == int(vector["days"])


@pytest.mark.parametrize(
    ("start", "end", "broken", "expected"),
    [
        ("2025-01-20", "2025-02-20", "thirtieth", "6000.00"),
        ("2025-01-31", "2025-02-28", "thirtieth", "6000.00"),
        ("2025-01-20", "2025-03-25", "thirtieth", "13000.00"),
        ("2025-01-20", "2025-03-25", "full_month", "18000.00"),
        ("2025-01-20", "2025-01-21", "full_month", "6000.00"),
    ],
)
def test_months_run_to_the_corresponding_day(start: str, end: str, broken: str, expected: str) -> None:
    amount, _ = interest(D(400000), D("0.015"), "month", day(start), day(end), tables(), broken_month=broken)
    assert amount == D(expected)


def test_trading_days_skip_weekends() -> None:
    amount, segments = interest(D(600000), D("0.0007"), "trading_day", day("2025-03-17"), day("2025-03-24"), tables())
    assert (amount, segments[0].days) == (D("2100.00"), D(5))


def test_floating_rate_changes_on_the_day_of_publication() -> None:
    product = Product(None, "year", "ACT/365", "thirtieth", "lpr_1y", D("0.05"), anchor=day("2025-02-01"))
    history = PrincipalHistory(((day("2025-02-01"), D(365000)),))
    parts = accrue(product, DateRange(day("2025-02-10"), day("2025-03-02")), history, tables())
    assert [(part.start, part.days, part.rate) for part in parts] == [
        (day("2025-02-10"), D(10), D("0.0845")),
        (day("2025-02-20"), D(10), D("0.081")),
    ]


def test_yearly_reset_waits_for_the_anniversary() -> None:
    product = Product(
        None, "year", "ACT/365", "thirtieth", "lpr_1y", D(0), "yearly", day("2024-03-01"), day("2024-03-01")
    )
    history = PrincipalHistory(((day("2024-03-01"), D(365)),))
    parts = accrue(product, DateRange(day("2025-02-19"), day("2025-03-03")), history, tables())
    assert [(part.start, part.rate) for part in parts] == [
        (day("2025-02-19"), D("0.0345")),
        (day("2025-03-01"), D("0.031")),
    ]


@given(start=DATES, length=st.integers(0, 200), cut=st.integers(0, 200), basis=st.sampled_from(["ACT/365", "ACT/360"]))
def test_splitting_a_period_changes_nothing_before_rounding(start: date, length: int, cut: int, basis: str) -> None:
    product = Product(D("0.08"), "year", basis, "thirtieth")
    history = PrincipalHistory(((date(2024, 1, 1), D(123456)), (date(2025, 1, 15), D(99999))))
    end, middle = start + timedelta(days=length), start + timedelta(days=min(cut, length))
    whole = accrue(product, DateRange(start, end), history, tables())
    parts = (
        *accrue(product, DateRange(start, middle), history, tables()),
        *accrue(product, DateRange(middle, end), history, tables()),
    )
    assert sum(part.days for part in whole) == length
    exact = sum((part.principal * part.days for part in whole), D(0))
    assert exact == sum((part.principal * part.days for part in parts), D(0))


@given(start=DATES, first=st.integers(0, 400), second=st.integers(0, 400))
def test_thirty_day_months_add_up(start: date, first: int, second: int) -> None:
    middle = start + timedelta(days=first)
    end = middle + timedelta(days=second)
    parts = days_30_360(DateRange(start, middle)) + days_30_360(DateRange(middle, end))
    assert parts == days_30_360(DateRange(start, end))


@given(
    principal=st.decimals(1, 10**7, places=2),
    factor=st.integers(1, 9),
    length=st.integers(1, 400),
    count=st.sampled_from(["ACT/365", "ACT/360", "30/360", "MONTH"]),
)
def test_accrual_scales_with_the_principal_and_is_never_negative(
    principal: Decimal, factor: int, length: int, count: str
) -> None:
    product = Product(D("0.01"), "month", count, "thirtieth")
    period = DateRange(date(2024, 3, 5), date(2024, 3, 5) + timedelta(days=length))
    one = accrue(product, period, PrincipalHistory(((period.start, principal),)), tables())
    many = accrue(product, period, PrincipalHistory(((period.start, principal * factor),)), tables())
    assert total(one) >= 0
    assert abs(sum((part.amount for part in many), D(0)) - factor * sum((part.amount for part in one), D(0))) < D(
        "1e-9"
    )
