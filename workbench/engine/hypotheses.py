"""The space of plausible mistakes in an interest posting, simplest first.

Each hypothesis changes one of four things about the contract's formula: the principal, the basis, the rate or the
number of days; combinations change two. Source: domain specification, section 8 (cause inference).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from workbench.domain.audit import Segment
from workbench.domain.dates import DAY
from workbench.domain.lines import LineKind
from workbench.domain.money import ZERO, agrees, percent
from workbench.engine.account import Account
from workbench.engine.accrual import Accrued, InterestBook, with_interest
from workbench.engine.interest import Product, accrue, total, working
from workbench.engine.replay import PrincipalHistory
from workbench.errors import ReferenceGapError

NICE_DIGITS = 3
ROUGH_DIGITS = 4
IMPLIED_DIGITS = 7
"""Most digits of a rate that only its recurrence makes plausible."""
MAX_DAYS_OFF = 5
PAIRED_RATE = 26
"""Worst rank at which a solved rate may join a second mistake."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One way the platform may have got to a figure."""

    code: str
    """Finding code it leads to."""
    label: str
    """Name that is equal where the same mistake explains several postings."""
    rank: int
    """Simplicity: the lower the simpler."""
    amount: Decimal
    formula: str


@dataclass(frozen=True, slots=True)
class Change:
    """One changed ingredient of the formula."""

    code: str
    label: str
    rank: int
    product: Product | None = None
    principal: PrincipalHistory | None = None


def principal_changes(account: Account, book: InterestBook, posting: Accrued) -> Iterator[Change]:
    """Yield other principals: not reduced, gross of a deduction, with margin, with earlier interest."""
    first = book.principal.first
    if first is None:
        return
    inside = {amount for _, amount in posting.principal.segments(posting.covered.period)}
    seen = inside if len(inside) == 1 else set[Decimal]()
    margin = sum((line.stated for line in account.of_kind(LineKind.MARGIN_IN)), ZERO)
    financing = account.terms.number("financing")
    own = account.terms.number("margin")
    candidates: list[tuple[str, int, Decimal | None]] = [
        ("principal_not_reduced", 10, book.principal.peak),
        ("principal_gross_of_deduction", 10, book.principal.peak + account.withheld if account.withheld else None),
        ("principal_of_contract", 11, financing),
        ("principal_initial", 12, book.principal.at(first)),
        ("principal_with_margin", 19, financing + own if financing and own else None),
        ("principal_with_deposits", 28, book.principal.peak + margin),
    ]
    candidates += [("principal_earlier", 13, amount) for _, amount in book.principal.changes if amount > ZERO]
    for label, rank, amount in candidates:
        if amount is not None and amount not in seen:
            seen.add(amount)
            yield Change("INT-PRINCIPAL", label, rank, principal=PrincipalHistory(((first, amount),)))
    yield from _compounding(book, posting)


def _compounding(book: InterestBook, posting: Accrued) -> Iterator[Change]:
    """Yield principals with earlier interest in them: all of it, repeated charges too, or the last posting only."""
    start = posting.covered.period.start
    earlier = [one for one in book.postings if one.covered.line.date < posting.covered.line.date]
    everything = [(min(one.covered.line.date, start), one.stated) for one in earlier]
    once = [entry for entry, one in zip(everything, earlier, strict=True) if one.covered.repeats is None]
    if once:
        yield Change("INT-COMPOUND", "compounded", 16, principal=with_interest(posting.principal, once))
    if len(once) > 1:
        yield Change("INT-COMPOUND", "compounded_last", 17, principal=with_interest(posting.principal, once[-1:]))
    if len(everything) > len(once):
        yield Change("INT-COMPOUND", "compounded_repeats", 18, principal=with_interest(posting.principal, everything))


def basis_changes(product: Product) -> Iterator[Change]:
    """Yield the other day counts for the same quoted rate."""
    if product.rate_period in ("year", "month"):
        for other in ("ACT/360", "ACT/365", "30/360", "MONTH"):
            if other != product.day_count:
                label = f"basis_{other}".replace("ACT/", "").replace("30/360", "30_360").lower()
                yield Change("INT-BASIS", label, 14, product=replace(product, day_count=other))
    if product.rate_period == "month" and product.rate is not None:
        daily = replace(product, rate=product.rate / 30, rate_period="day", day_count="DAY")
        yield Change("INT-BASIS", "basis_thirtieths", 13, product=daily)
    if product.day_count == "TRADING":
        yield Change("INT-BASIS", "basis_calendar_days", 14, product=replace(product, day_count="DAY"))
    if product.day_count == "DAY":
        yield Change("INT-BASIS", "basis_trading_days", 15, product=replace(product, day_count="TRADING"))
        if product.rate is not None:
            monthly = replace(product, rate=product.rate * 30, rate_period="month", day_count="MONTH")
            yield Change("INT-BASIS", "basis_thirty_days_a_month", 15, product=monthly)
    if product.broken_month == "thirtieth" and product.day_count == "MONTH":
        yield Change("INT-DAYS", "broken_month_full", 15, product=replace(product, broken_month="full_month"))
    elif product.day_count == "MONTH":
        yield Change("INT-DAYS", "broken_month_thirtieths", 15, product=replace(product, broken_month="thirtieth"))


def rate_changes(account: Account, book: InterestBook, posting: Accrued) -> Iterator[Change]:
    """Yield stale floating rates and the other rates the contract names."""
    product = book.product
    if product.float_base is not None:
        five = product.float_base == "lpr_5y"
        start = posting.covered.period.start
        seen: set[Decimal] = set()
        for quote in reversed([one for one in account.tables.lpr if one.date <= posting.covered.period.end]):
            base = quote.five_year if five else quote.one_year
            if base in seen:
                continue
            seen.add(base)
            rank = 8 if quote.date <= start else 9
            fixed = replace(product, rate=base + product.spread, float_base=None)
            yield Change("INT-FLOAT", f"lpr_of_{quote.date}", rank + len(seen), product=fixed)
        for reset in ("none", "yearly", "on_publication"):
            if reset != product.reset:
                yield Change("INT-FLOAT", f"reset_{reset}", 8, product=replace(product, reset=reset))
        return
    uplift, rate = account.terms.number("penalty_uplift"), product.rate
    if uplift is not None and rate is not None:
        yield Change("INT-RATE", "penalty_rate", 18, product=replace(product, rate=rate * (1 + uplift)))


def solved_rate(book: InterestBook, posting: Accrued, segments: tuple[Segment, ...]) -> Hypothesis | None:
    """Return the short rate that gives the stated amount on these principals and days, None where it is not short."""
    weight = sum((part.principal * part.days / part.divisor for part in segments), ZERO)
    if weight <= ZERO or posting.stated <= ZERO:
        return None
    raw = posting.stated / weight
    for digits, rank in ((2, 20), (NICE_DIGITS, 26), (ROUGH_DIGITS, 32)):
        rate = shortest_rate(raw, weight, posting.stated, digits)
        if rate is None or rate == book.product.rate:
            continue
        tried = tuple(replace(part, rate=rate) for part in segments)
        return Hypothesis("INT-RATE", f"rate_{percent(rate)}", rank, total(tried), working(tried))
    return None


def shortest_rate(raw: Decimal, weight: Decimal, stated: Decimal, digits: int) -> Decimal | None:
    """Return the rate with the fewest digits that gives the stated amount to a cent, None where none is short.

    Args:
        raw: stated / weight.
        weight: principal x days / divisor, in yuan.
        stated: posted amount in yuan.
        digits: most significant digits a rate may have.
    """
    for count in range(1, digits + 1):
        exponent = raw.adjusted() - count + 1
        rate = raw.quantize(Decimal(1).scaleb(exponent))
        if agrees(rate * weight, stated):
            return rate
    return None


def recurring_rates(book: InterestBook, postings: Sequence[Accrued]) -> tuple[Decimal, ...]:
    """Return rates that give at least two of the postings to the cent, however many digits they have."""
    weighed = [(posting.stated, _weight(posting.segments)) for posting in postings]
    weighed = [(stated, weight) for stated, weight in weighed if weight > ZERO and stated > ZERO]
    found = []
    for stated, weight in weighed:
        raw = stated / weight
        for digits in range(1, IMPLIED_DIGITS + 1):
            rate = raw.quantize(Decimal(1).scaleb(raw.adjusted() - digits + 1))
            if sum(agrees(rate * other, amount) for amount, other in weighed) > 1:
                found.append(rate)
                break
    return tuple(dict.fromkeys(rate for rate in found if rate != book.product.rate))


def at_rate(posting: Accrued, rate: Decimal) -> Hypothesis:
    """Return the hypothesis that the contract's principals and days ran at another rate."""
    tried = tuple(replace(part, rate=rate) for part in posting.segments)
    return Hypothesis("INT-RATE", f"rate_{percent(rate)}", PAIRED_RATE, total(tried), working(tried))


def _weight(segments: tuple[Segment, ...]) -> Decimal:
    return sum((part.principal * part.days / part.divisor for part in segments), ZERO)


def day_changes(
    account: Account, book: InterestBook, posting: Accrued, segments: tuple[Segment, ...]
) -> Iterator[Hypothesis]:
    """Yield other numbers of days on the same principal: the printed number first, then a day more or less."""
    live = [part for part in segments if part.principal > ZERO] or list(segments)
    if not live:
        return
    last, printed = live[-1], posting.covered.line.period
    counted = sum((part.days for part in segments), ZERO)
    said = Decimal(printed.days) if printed and printed.days is not None else None
    for off in sorted((n for n in range(-MAX_DAYS_OFF, MAX_DAYS_OFF + 1) if n), key=lambda n: (abs(n), n < 0)):
        extra = Decimal(off)
        if last.days + extra <= 0:
            continue
        tried = tuple(replace(part, days=part.days + extra) if part is last else part for part in segments)
        rank = 9 if said is not None and said == counted + extra else 18 + 4 * (abs(off) - 1)
        if said is not None and said == counted:
            rank += 8
        yield Hypothesis("INT-DAYS", f"days_{off:+d}", rank, total(tried), working(tried))
        if off > 0 and book.product.float_base is not None:
            longer = _longer(account, book, posting, off)
            if longer:
                yield Hypothesis("INT-DAYS", f"days_{off:+d}", rank, total(longer), working(longer))


def _longer(account: Account, book: InterestBook, posting: Accrued, days: int) -> tuple[Segment, ...] | None:
    """Accrue a floating rate over more days, each at its own day's rate."""
    period = replace(posting.covered.period, end=posting.covered.period.end + days * DAY)
    flat = PrincipalHistory(((period.start, posting.principal.at(posting.covered.period.end - DAY)),))
    try:
        return accrue(book.product, period, flat, account.tables)
    except ReferenceGapError:
        return None


def start_changes(account: Account, book: InterestBook, posting: Accrued) -> Iterator[Hypothesis]:
    """Yield accrual from before the money arrived: from contract, term start, deposit or a printed day."""
    first = book.principal.first
    start = posting.covered.period.start
    if first is None or start > first or (posting.covered.printed and start == first):
        return
    deposits = [line.date for line in account.of_kind(LineKind.MARGIN_IN)]
    days = {account.terms.day("signed_on"), account.terms.day("term_start"), posting.covered.period.start, *deposits}
    arrived = book.principal.at(first)
    early = PrincipalHistory(((min(day for day in (*days, first) if day), arrived), *book.principal.changes[1:]))
    for start in sorted(day for day in days if day is not None and day < first):
        period = replace(posting.covered.period, start=start)
        segments = accrue(book.product, period, early, account.tables)
        rank = 5 if posting.covered.printed else 12
        yield Hypothesis("INT-START", "accrued_before_drawdown", rank, total(segments), working(segments))


def single(account: Account, book: InterestBook, posting: Accrued) -> Iterator[Hypothesis]:
    """Yield every hypothesis that changes one ingredient."""
    for change in _changes(account, book, posting):
        segments = _segments(account, book, posting, (change,))
        if segments:
            yield Hypothesis(change.code, change.label, change.rank, total(segments), working(segments))
    yield from start_changes(account, book, posting)
    yield from day_changes(account, book, posting, posting.segments)
    solved = solved_rate(book, posting, posting.segments)
    if solved is not None:
        yield solved


def double(account: Account, book: InterestBook, posting: Accrued) -> Iterator[Hypothesis]:
    """Yield every hypothesis that changes two ingredients of different kinds."""
    changes = list(_changes(account, book, posting))
    for index, first in enumerate(changes):
        one = _segments(account, book, posting, (first,))
        if one is None:
            continue
        follow = [*day_changes(account, book, posting, one)]
        solved = solved_rate(book, posting, one) if first.product is None else None
        if solved is not None and solved.rank <= PAIRED_RATE:
            follow.append(solved)
        for second in follow:
            yield _pair(first.code, first.label, first.rank, second)
        for other in changes[index + 1 :]:
            if (first.product is None) == (other.product is None):
                continue
            both = _segments(account, book, posting, (first, other))
            if both:
                found = Hypothesis(other.code, other.label, other.rank, total(both), working(both))
                yield _pair(first.code, first.label, first.rank, found)


def _pair(code: str, label: str, rank: int, second: Hypothesis) -> Hypothesis:
    return Hypothesis(code, f"{label}+{second.label}", 60 + rank + second.rank, second.amount, second.formula)


def _changes(account: Account, book: InterestBook, posting: Accrued) -> Iterator[Change]:
    yield from principal_changes(account, book, posting)
    yield from basis_changes(book.product)
    yield from rate_changes(account, book, posting)


def _segments(
    account: Account, book: InterestBook, posting: Accrued, changes: tuple[Change, ...]
) -> tuple[Segment, ...] | None:
    product, principal = book.product, posting.principal
    for change in changes:
        product = change.product or product
        principal = change.principal or principal
    try:
        return accrue(product, posting.covered.period, principal, account.tables)
    except ReferenceGapError:
        return None


def describe(hypothesis: Hypothesis) -> str:
    """Write a hypothesis for a list of alternatives."""
    return f"{hypothesis.label}: {hypothesis.formula}"
