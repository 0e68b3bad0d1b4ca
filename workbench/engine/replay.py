"""The running account: cash, principal and shares after every line, as the postings themselves give them.

Source: domain specification, sections 4 and 12 (principal is what arrived; a repayment stops accruing on its day).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise, takewhile
from operator import itemgetter

from workbench.domain.dates import DAY, DateRange
from workbench.domain.lines import SALES, TRADES, Line, LineKind
from workbench.domain.money import ZERO

_day = itemgetter(0)


@dataclass(frozen=True, slots=True)
class Stand:
    """The account after one line."""

    line: Line
    cash: Decimal
    principal: Decimal
    shares: Mapping[str, Decimal]
    """Shares by code; codes that fell to zero are absent."""


@dataclass(frozen=True, slots=True)
class PrincipalHistory:
    """Principal outstanding day by day, in yuan."""

    changes: tuple[tuple[date, Decimal], ...]
    """(first day on which it counts, principal from that day), days strictly rising."""

    def at(self, day: date) -> Decimal:
        """Return the principal that accrues on ``day``."""
        after = bisect_right(self.changes, day, key=_day)
        return self.changes[after - 1][1] if after else ZERO

    def segments(self, period: DateRange) -> tuple[tuple[DateRange, Decimal], ...]:
        """Split [start, end) where the principal changes; the parts add up to the period."""
        inside = self.changes[bisect_right(self.changes, period.start, key=_day) :]
        cuts = [period.start, *(day for day, _ in takewhile(lambda change: change[0] < period.end, inside)), period.end]
        return tuple((DateRange(start, end), self.at(start)) for start, end in pairwise(cuts) if start < end)

    @property
    def first(self) -> date | None:
        """First day with principal, None where nothing was drawn."""
        return self.changes[0][0] if self.changes else None

    @property
    def peak(self) -> Decimal:
        """Largest principal in yuan."""
        return max((principal for _, principal in self.changes), default=ZERO)

    @property
    def closed(self) -> date | None:
        """First day from which the principal stays zero, None while some is outstanding."""
        if not self.changes or self.changes[-1][1] > ZERO:
            return None
        return self.changes[-1][0]


@dataclass(frozen=True, slots=True)
class Replay:
    """The whole running account."""

    stands: tuple[Stand, ...]
    principal: PrincipalHistory

    @property
    def closing_cash(self) -> Decimal:
        """Cash in yuan at the end: the last printed balance, else the running one; zero without lines."""
        printed = [stand.line.balance for stand in self.stands if stand.line.balance is not None]
        return printed[-1] if printed else self.stands[-1].cash if self.stands else ZERO

    def before(self, day: date) -> Stand | None:
        """Return the account after the last line dated before ``day``."""
        found = None
        for stand in self.stands:
            if stand.line.date < day:
                found = stand
        return found


def replay(lines: Sequence[Line], *, accrue_last_day: bool, ignored: frozenset[str] = frozenset()) -> Replay:
    """Run the postings in order.

    Args:
        lines: the ledger in posting order.
        accrue_last_day: True for ``count_rule`` ``both``: a repayment stops accruing on the day after it.
        ignored: ids of doubled rows whose shares never existed; their cash was booked and stays.
    """
    cash, principal = ZERO, ZERO
    shares: dict[str, Decimal] = {}
    stands = []
    moves: dict[date, Decimal] = defaultdict(lambda: ZERO)
    opening = next((line for line in lines if line.kind is LineKind.OPENING), None)
    if opening is None and lines and lines[0].balance is not None and not lines[0].fees.total:
        cash = _opening_cash(lines[0])
    for line in lines:
        if line.kind is LineKind.OPENING:
            cash = line.balance if line.balance is not None else cash + line.stated
        elif line.kind is not LineKind.CLOSING:
            cash += line.stated
        if line.kind in (LineKind.DRAWDOWN, LineKind.PRINCIPAL_REPAID):
            principal += line.stated
            late = accrue_last_day and line.kind is LineKind.PRINCIPAL_REPAID
            moves[line.date + DAY if late else line.date] += line.stated
        if line.kind in TRADES and line.code and line.quantity and line.id not in ignored:
            held = shares.get(line.code, ZERO) + (-line.quantity if line.kind in SALES else line.quantity)
            shares = {**shares, line.code: held}
            if held == ZERO:
                shares = {code: count for code, count in shares.items() if code != line.code}
        stands.append(Stand(line, cash, principal, shares))
    return Replay(tuple(stands), _history(moves))


def _opening_cash(first: Line) -> Decimal:
    balance = first.balance if first.balance is not None else ZERO
    opening = balance - first.stated
    return max(ZERO, opening)


def _history(moves: Mapping[date, Decimal]) -> PrincipalHistory:
    total = ZERO
    changes = []
    for day in sorted(moves):
        total += moves[day]
        changes.append((day, total))
    return PrincipalHistory(tuple(changes))
