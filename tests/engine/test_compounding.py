"""Principal that earlier interest is added to, day by day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.dates import DateRange
from workbench.engine.accrual import with_interest
from workbench.engine.replay import PrincipalHistory

days = st.integers(1, 28).map(lambda day: date(2021, 3, day))
amounts = st.integers(-10_000, 10_000).map(lambda number: Decimal(number) / 100)
histories = st.dictionaries(days, amounts, max_size=6).map(lambda found: PrincipalHistory(tuple(sorted(found.items()))))


@given(histories, st.lists(st.tuples(days, amounts), max_size=8), days)
def test_each_day_carries_the_principal_and_all_interest_posted_up_to_it(
    history: PrincipalHistory, added: list[tuple[date, Decimal]], day: date
) -> None:
    lent = [amount for since, amount in history.changes if since <= day][-1:]

    found = with_interest(history, added)

    assert found.at(day) == sum([*lent, *(amount for since, amount in added if since <= day)])


@given(histories, days, days)
def test_the_parts_of_a_period_follow_one_another_and_change_with_the_principal_only(
    history: PrincipalHistory, one: date, other: date
) -> None:
    period = DateRange(min(one, other), max(one, other))
    parts = history.segments(period)

    changed = [start for start, _ in history.changes if period.start < start < period.end]
    assert [part.start for part, _ in parts[1:]] == changed
    assert sum(part.days for part, _ in parts) == period.days
    assert all(amount == history.at(part.start) for part, amount in parts)
