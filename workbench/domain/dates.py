"""Calendar arithmetic of loans: months by corresponding day, half-open ranges.

Source: domain specification, section 4.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class DateRange:
    """Days from ``start`` (included) to ``end`` (excluded)."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """Number of calendar days; never negative."""
        return max(0, (self.end - self.start).days)

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day < self.end

    def overlap(self, other: DateRange) -> DateRange:
        """Return the common days; an empty range starts and ends on the same day."""
        start = max(self.start, other.start)
        return DateRange(start, max(start, min(self.end, other.end)))


def add_months(day: date, months: int, anchor: int | None = None) -> date:
    """Return the corresponding day ``months`` later, or the last day of that month.

    Args:
        day: the day to start from.
        months: how many months later (negative: earlier).
        anchor: the day of the month to aim for, where ``day`` itself was already shortened by a short month.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(anchor or day.day, last))


def whole_months(start: date, end: date) -> tuple[int, int]:
    """Split [start, end) into whole months and odd days; (0, 0) for an empty range."""
    months = (end.year - start.year) * 12 + end.month - start.month
    while months > 0 and add_months(start, months) > end:
        months -= 1
    months = max(0, months)
    return months, max(0, (end - add_months(start, months)).days)
