"""Which days each interest posting covers, and which posting repeats another.

Source: domain specification, sections 4 and 12: a printed range takes its end from its neighbours on either side; a
posting without range covers [previous posting or drawdown, this posting); a prepaid one the month that starts on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from workbench.domain.dates import DAY, DateRange, add_months
from workbench.domain.lines import Line, LineKind, PrintedPeriod
from workbench.engine.account import Account


@dataclass(frozen=True, slots=True)
class Covered:
    """One interest posting with the days it covers."""

    line: Line
    period: DateRange
    printed: bool
    """True where the range stands in the statement."""
    repeats: Line | None = None
    """The earlier posting for the same days, where this one repeats it."""
    after_close: bool = False
    """True where the posting charges days after the account was closed out."""
    upfront: bool = False
    """True where interest is taken on the day of the drawdown although the contract does not say prepaid."""


USUAL_GAP = {"monthly": 28, "prepaid_monthly": 28, "quarterly": 80, "weekly": 7, "daily": 1, "at_maturity": 20}
"""Settlement -> days between two postings at least."""
LONGEST_USUAL = max(USUAL_GAP.values())


def covered_periods(account: Account) -> tuple[Covered, ...]:
    """Return every interest posting with its period, in posting order."""
    postings = account.of_kind(LineKind.INTEREST)
    ranged = [line.period for line in postings if line.period is not None]
    found: list[Covered] = []
    for line in postings:
        original = _original(line, found, account)
        if original is not None:
            found.append(Covered(line, original.period, original.printed, repeats=original.line))
            continue
        if line.period is not None:
            period = _printed(line, line.period, ranged, account)
        else:
            period = _implied(line, found, account)
        after = _after_close(account, period, line)
        upfront = not after and _upfront(account, line)
        found.append(Covered(line, period, line.period is not None, after_close=after, upfront=upfront))
    return tuple(found)


def _after_close(account: Account, period: DateRange, line: Line) -> bool:
    closed = account.closed_on
    return closed is not None and line.date >= closed and period.start >= closed and period.end > closed


def _upfront(account: Account, line: Line) -> bool:
    if account.terms.text("settlement") in (None, "prepaid_monthly", "daily"):
        return False
    drawn = [draw.date for draw in account.of_kind(LineKind.DRAWDOWN)]
    return line.date in drawn and account.replay.principal.at(line.date - DAY) == 0 and line.date == drawn[0]


def _original(line: Line, earlier: Sequence[Covered], account: Account) -> Covered | None:
    for other in reversed(earlier):
        if line.period is None and (line.date - other.line.date).days > LONGEST_USUAL:
            return None
        if other.repeats is not None:
            continue
        if line.period is not None and other.line.period is not None:
            if (line.period.start, line.period.end) == (other.line.period.start, other.line.period.end):
                return other
        elif line.period is None and other.line.period is None and _same_posting(line, other, account):
            return other
    return None


def _same_posting(line: Line, other: Covered, account: Account) -> bool:
    """Tell whether a posting without a range repeats the last one: same amount, far too early for the next."""
    if line.stated != other.line.stated:
        return False
    if any(entry.date == line.date for entry in account.of_kind(LineKind.PRINCIPAL_REPAID)):
        return False
    gap = (line.date - other.line.date).days
    expected_gap = USUAL_GAP.get(account.terms.text("settlement") or "", 0)
    return gap * 2 < expected_gap or (gap == 0 and other.period.days > 0)


def _printed(line: Line, printed: PrintedPeriod, ranges: Sequence[PrintedPeriod], account: Account) -> DateRange:
    included = _end_included(printed, ranges)
    if included is None:
        if account.terms.text("count_rule") == "both":
            included = True
        else:
            included = printed.end != line.date and not _settles(account, printed.end)
    return DateRange(printed.start, printed.end + DAY if included else printed.end)


def _settles(account: Account, day: date) -> bool:
    """Tell whether a day is one of repayment, a printed due day, or the contract's monthly settlement."""
    repaid = {entry.date for entry in account.of_kind(LineKind.PRINCIPAL_REPAID)}
    due = {entry.delay.due for entry in account.lines if entry.delay is not None}
    if day in repaid or day in due:
        return True
    first = account.replay.principal.first
    if account.terms.text("settlement") != "monthly" or first is None:
        return False
    settled = account.terms.number("settlement_day")
    if settled is not None:
        return add_months(day.replace(day=1), 0, int(settled)) + DAY == day
    months = (day.year - first.year) * 12 + day.month - first.month
    return months > 0 and add_months(first, months) == day


def _end_included(printed: PrintedPeriod, ranges: Sequence[PrintedPeriod]) -> bool | None:
    starts = {other.start for other in ranges}
    if printed.end > printed.start and printed.end in starts:
        return False
    if printed.end + DAY in starts:
        return True
    ends = {other.end for other in ranges if other != printed}
    if printed.start - DAY in ends:
        return True
    if printed.start in ends:
        return False
    joins = [(first.end in starts and first.end > first.start, first.end + DAY in starts) for first in ranges]
    shared, apart = sum(join[0] for join in joins), sum(join[1] for join in joins)
    return None if shared == apart else apart > shared


def _implied(line: Line, earlier: Sequence[Covered], account: Account) -> DateRange:
    drawn = account.replay.principal.first or line.date
    if account.terms.text("settlement") == "prepaid_monthly":
        return _prepaid(line, earlier, drawn)
    counted = [entry for entry in earlier if entry.repeats is None and not entry.upfront]
    start = counted[-1].period.end if counted else min(drawn, line.date)
    return DateRange(start, max(start, _settled_to(line, start, account)))


def _prepaid(line: Line, earlier: Sequence[Covered], drawn: date) -> DateRange:
    counted = [entry for entry in earlier if entry.repeats is None]
    start = counted[-1].period.end if counted else min(drawn, line.date)
    if counted and line.date < start and (start - line.date).days > 5:  # noqa: PLR2004 - paid a few days early at most
        start = line.date
    months = (start.year - drawn.year) * 12 + start.month - drawn.month
    return DateRange(start, max(start + DAY, add_months(drawn, months + 1)))


def _settled_to(line: Line, start: date, account: Account) -> date:
    """Return the first day not covered: the settlement day's next day where a late payment shows, else the posting."""
    day = account.terms.number("settlement_day")
    closed = account.closed_on
    if closed is not None and line.date >= closed:
        return max(start, closed) if start < closed else line.date
    if account.terms.text("settlement") != "monthly" or day is None:
        return line.date
    anchor = add_months(line.date.replace(day=1), 0, int(day)) + DAY
    if anchor > line.date:
        anchor = add_months(line.date.replace(day=1), -1, int(day)) + DAY
    return anchor if anchor > start else line.date
