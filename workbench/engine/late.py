"""Late fees and penalty interest: expected amounts and the mistake that gives the stated one.

Source: domain specification, sections 4 and 12 (late days = paid - due - grace, the payment day counted).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from workbench.domain.dates import DAY, DateRange
from workbench.domain.findings import Cause
from workbench.domain.lines import Line
from workbench.domain.money import ZERO, agrees, cents, grouped, percent
from workbench.engine.account import Account, Expectation
from workbench.engine.accrual import InterestBook
from workbench.engine.dues import Delay, Due, delay_of, late_base, late_fee
from workbench.engine.hypotheses import shortest_rate
from workbench.engine.interest import Product, accrue, total, working

NOTHING = Expectation(ZERO, "0.00")


def late_due(account: Account, line: Line, interest: InterestBook | None) -> Due | None:
    """Return a late fee beside the contract's, None where its delay or base cannot be told."""
    rate = account.terms.number("late_fee_rate")
    if rate is None:
        return Due(line, NOTHING, "FEE-UNLISTED")
    if interest is None:
        return None
    found = delay_of(account, line, tuple(posting.covered for posting in interest.postings))
    if found is None:
        return None
    delay, posting = found
    expected = next((one.expected for one in interest.postings if one.covered.line.id == posting.id), posting.charge)
    base = late_base(account, posting, expected)
    fee = late_fee(account, delay, base)
    if fee is None:
        return None
    follows = late_fee(account, delay, late_base(account, posting, posting.charge))
    if follows is not None and agrees(line.charge, follows.amount):
        return Due(line, replace(fee, amount=line.charge, working=follows.working), "LATE-BASE")
    if agrees(line.charge, fee.amount):
        return Due(line, fee, "LATE-RATE")
    code, cause = _late_cause(account, line, posting, delay, base, rate)
    return Due(line, fee, code, cause)


def _late_cause(
    account: Account, line: Line, posting: Line, delay: Delay, base: Decimal, rate: Decimal
) -> tuple[str, Cause]:
    printed = line.delay.days if line.delay else None
    for code, label, amount, formula in _late_guesses(account, posting, delay, base, rate):
        if code == "LATE-DAYS" and printed == delay.days:
            continue
        if agrees(amount, line.charge):
            return code, Cause(label, formula, exact=True)
    days = Decimal(delay.days)
    if base and days:
        short = shortest_rate(line.charge / (base * days), base * days, line.charge, 4)
        if short is not None:
            return "LATE-RATE", Cause(f"rate_{percent(short)}", _formula(base, short, days), exact=True)
        return "LATE-RATE", Cause("unknown", _formula(base, rate, days), exact=False)
    return "LATE-DAYS", Cause("not_late", _formula(base, rate, days), exact=False)


def _late_guesses(
    account: Account, posting: Line, delay: Delay, base: Decimal, rate: Decimal
) -> Iterator[tuple[str, str, Decimal, str]]:
    principal = account.replay.principal.at(posting.date - DAY) or account.replay.principal.peak
    days = Decimal(delay.days)
    bases = (base, posting.charge)
    for amount in bases:
        if delay.grace:
            whole = days + delay.grace
            yield "LATE-DAYS", "grace_ignored", cents(amount * rate * whole), _formula(amount, rate, whole)
        for off in (1, -1, 2, -2, 3, -3):
            tried = days + off
            if tried > 0:
                yield "LATE-DAYS", f"days_{off:+d}", cents(amount * rate * tried), _formula(amount, rate, tried)
    for label, other in (
        ("base_principal", principal),
        ("base_principal_and_interest", principal + base),
        ("base_financing", account.terms.number("financing") or principal),
        ("base_total", late_base(account, posting, posting.charge)),
    ):
        if other == base:
            continue
        for tried, extra in ((days, ""), (days + delay.grace, "+grace_ignored")):
            yield "LATE-BASE", label + extra, cents(other * rate * tried), _formula(other, rate, tried)


def _formula(base: Decimal, rate: Decimal, days: Decimal) -> str:
    return f"{grouped(base)} × {percent(rate)} × {days} = {grouped(base * rate * days)}"


def penalty_due(account: Account, line: Line, interest: InterestBook | None) -> Due | None:
    """Return penalty interest beside the contract's: its rate on overdue principal from the day after maturity."""
    if "penalty_rate" not in account.terms and "penalty_uplift" not in account.terms:
        return Due(line, NOTHING, "FEE-UNLISTED")
    end = account.terms.day("term_end")
    if interest is None or end is None:
        return None
    period = _penalty_period(account, line, end + DAY)
    history = account.replay.principal
    candidates = []
    for product in _penalty_products(account, interest.product):
        segments = accrue(product, period, history, account.tables)
        candidates.append((total(segments), working(segments), segments))
    if not candidates:
        return None
    amount, text, segments = next((one for one in candidates if agrees(one[0], line.charge)), candidates[0])
    return Due(line, Expectation(amount, text, ("penalty_rate", "penalty_uplift", "term_end"), segments), "LATE-RATE")


def _penalty_period(account: Account, line: Line, start: date) -> DateRange:
    if line.period is not None:
        return DateRange(max(start, line.period.start), line.period.end + DAY)
    closed = account.closed_on
    return DateRange(start, max(start, min(line.date, closed) if closed else line.date))


def _penalty_products(account: Account, product: Product) -> Iterator[Product]:
    uplift, own = account.terms.number("penalty_uplift"), account.terms.number("penalty_rate")
    if own is not None:
        term = account.terms.get("penalty_rate")
        quoted = product.day_count if product.rate_period == "year" else "ACT/365"
        count = term.unit if term is not None and term.unit in ("ACT/360", "ACT/365") else quoted
        yield replace(product, rate=own, rate_period="year", day_count=count, float_base=None)
    if uplift is not None and product.rate is not None:
        yield replace(product, rate=product.rate * (1 + uplift))
        yield replace(product, rate=product.rate * uplift)
