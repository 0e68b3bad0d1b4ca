"""Expected interest of every posting of an account, with the days and principal behind it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from workbench.domain.audit import Segment
from workbench.domain.dates import DateRange
from workbench.domain.money import ZERO, agrees
from workbench.engine.account import Account
from workbench.engine.interest import Product, accrue, product_of, total, working
from workbench.engine.periods import Covered, covered_periods
from workbench.engine.replay import PrincipalHistory
from workbench.errors import ReferenceGapError


@dataclass(frozen=True, slots=True)
class Accrued:
    """One interest posting beside what the contract gives for its days."""

    covered: Covered
    expected: Decimal
    """Yuan, rounded once to the cent; zero for a repeated, late or upfront charge."""
    segments: tuple[Segment, ...]
    working: str
    principal: PrincipalHistory
    """Principal the expected amount runs on."""

    @property
    def stated(self) -> Decimal:
        """Size of the posting in yuan."""
        return self.covered.line.charge

    @property
    def agrees(self) -> bool:
        """True within a cent."""
        return agrees(self.stated, self.expected)


@dataclass(frozen=True, slots=True)
class InterestBook:
    """All interest postings of an account."""

    product: Product
    principal: PrincipalHistory
    """Principal the contract's interest runs on."""
    postings: tuple[Accrued, ...]
    unpriced: tuple[Covered, ...] = ()
    """Postings whose rate is beyond a reference table."""


def interest_book(account: Account) -> InterestBook | None:
    """Return the expected interest of every posting, None where the contract states no rate."""
    product = product_of(account.terms, account.replay.principal.first)
    if product is None:
        return None
    compounds = account.terms.text("compounding") == "on_settlement"
    postings: list[Accrued] = []
    unpriced: list[Covered] = []
    for covered in covered_periods(account):
        if covered.repeats is not None or covered.after_close or covered.upfront:
            postings.append(Accrued(covered, ZERO, (), "0.00", account.replay.principal))
            continue
        history = account.replay.principal
        if compounds:
            history = with_interest(history, [(one.covered.line.date, one.expected) for one in postings])
        try:
            postings.append(_accrued(account, covered, product, history))
        except ReferenceGapError:
            unpriced.append(covered)
    return InterestBook(product, account.replay.principal, tuple(postings), tuple(unpriced))


def _accrued(account: Account, covered: Covered, product: Product, history: PrincipalHistory) -> Accrued:
    """Compare a posting with its days; what is prepaid stays due though the principal goes back inside its month."""
    first = None
    if account.terms.text("settlement") == "prepaid_monthly":
        history = PrincipalHistory(((covered.period.start, history.at(covered.period.start)),))
    for period in _readings(account, covered):
        segments = accrue(product, period, history, account.tables)
        entry = Accrued(replace(covered, period=period), total(segments), segments, working(segments), history)
        if entry.agrees:
            return entry
        first = first or entry
    if first is None:
        raise AssertionError("a posting always has one reading")
    return first


def _readings(account: Account, covered: Covered) -> tuple[DateRange, ...]:
    """Return the days a posting may cover: the printed range alone, or the readings of a posting without range."""
    if covered.printed or account.terms.text("settlement") == "prepaid_monthly":
        return (covered.period,)
    posted = DateRange(covered.period.start, max(covered.period.start, covered.line.date))
    return (covered.period,) if posted == covered.period else (covered.period, posted)


def with_interest(history: PrincipalHistory, added: list[tuple[date, Decimal]]) -> PrincipalHistory:
    """Return the principal with earlier interest added from the day each was posted (compounding)."""
    posted: dict[date, Decimal] = defaultdict(lambda: ZERO)
    for day, amount in added:
        posted[day] += amount
    principal = dict(history.changes)
    lent, interest = ZERO, ZERO
    changes = []
    for day in sorted(principal.keys() | posted.keys()):
        lent = principal.get(day, lent)
        interest += posted.get(day, ZERO)
        changes.append((day, lent + interest))
    return PrincipalHistory(tuple(changes))
