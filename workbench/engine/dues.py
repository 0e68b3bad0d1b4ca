"""Expected amounts of everything but interest and trade charges: management fee, late fee, penalties, profit share.

Source: domain specification, sections 3, 4 (late fee), 8 and 12.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from workbench.domain.findings import Cause
from workbench.domain.lines import TRADES, Line, LineKind
from workbench.domain.money import ZERO, agrees, cents, grouped, percent
from workbench.engine.account import Account, Expectation
from workbench.engine.banned import breaches
from workbench.engine.periods import Covered


@dataclass(frozen=True, slots=True)
class Due:
    """One non-interest charge beside what it should be."""

    line: Line
    expectation: Expectation
    code: str
    """Finding code where the two disagree."""
    cause: Cause | None = None
    twin: Line | None = None
    """The earlier posting this one repeats."""

    @property
    def agrees(self) -> bool:
        """True within a cent."""
        return agrees(self.line.charge, self.expectation.amount)


@dataclass(frozen=True, slots=True)
class Delay:
    """Days late of one payment."""

    due: date
    paid: date
    grace: int

    @property
    def days(self) -> int:
        """Days charged: from the day after due date and grace, the payment day counted."""
        return max(0, (self.paid - self.due).days - self.grace)


def management_fee(account: Account, line: Line) -> Expectation | None:
    """Return the contract's management fee for one posting, None where the contract has none."""
    fee = account.terms.get("management_fee")
    if fee is None:
        return None
    rate = Decimal(str(fee.value))
    if fee.unit == "yuan":
        return Expectation(cents(rate), grouped(rate), ("management_fee",))
    terms = ("management_fee", "financing")
    financing = account.terms.number("financing") or account.replay.principal.peak
    outstanding = account.replay.principal.at(line.date)
    for base in (financing, outstanding):
        amount = cents(base * rate)
        if agrees(line.charge, amount):
            break
    else:
        base, amount = financing, cents(financing * rate)
    return Expectation(amount, f"{grouped(base)} × {percent(rate)} = {grouped(amount)}", terms)


def repeated_fees(account: Account) -> dict[str, Line]:
    """Return management fees and other fees charged twice: id of the later posting -> the earlier one."""
    found: dict[str, Line] = {}
    for kind in (LineKind.MANAGEMENT_FEE, LineKind.OTHER_FEE):
        seen: list[Line] = []
        for line in account.of_kind(kind):
            twin = next((other for other in seen if _same_fee(account, line, other)), None)
            if twin is not None:
                found[line.id] = twin
            else:
                seen.append(line)
    return found


def _same_fee(account: Account, line: Line, other: Line) -> bool:
    if line.operation != other.operation:
        return False
    if line.tranche is not None and other.tranche is not None:
        return line.tranche == other.tranche
    if line.period is not None and other.period is not None:
        return line.period.start == other.period.start and line.period.end == other.period.end
    if line.kind is LineKind.OTHER_FEE:
        return line.stated == other.stated and line.date == other.date
    if line.stated != other.stated:
        return False
    gap = (line.date - other.date).days
    usual = {"month": 28, "once": 10**6, "day": 1, "trading_day": 1}
    expected_gap = usual.get(account.terms.text("management_fee_period") or "month", 28)
    return gap * 2 < expected_gap


def delay_of(account: Account, line: Line, covered: tuple[Covered, ...]) -> tuple[Delay, Line] | None:
    """Return the delay a late fee charges and the interest posting it belongs to; None where it cannot be told."""
    paid_on = line.delay.paid if line.delay and line.delay.paid else line.date
    postings = [entry for entry in covered if entry.line.date <= line.date and entry.repeats is None]
    if not postings:
        return None
    entry = next((one for one in reversed(postings) if one.line.date == paid_on), postings[-1])
    if line.delay and line.delay.due:
        due = line.delay.due
    elif account.terms.text("settlement") == "prepaid_monthly":
        due = entry.period.start
    elif entry.period.end < entry.line.date:
        due = entry.period.end
    elif line.delay and line.delay.days is not None:
        due = paid_on - timedelta(days=line.delay.days)
    else:
        return None
    grace = int(account.terms.number("late_grace_days") or 0)
    return Delay(due, paid_on, grace), entry.line


def late_base(account: Account, posting: Line, expected_interest: Decimal) -> Decimal:
    """Return the base of a late fee in yuan: the overdue interest, or all that fell due with it."""
    if account.terms.text("late_fee_base") != "overdue_total":
        return expected_interest
    others = [line.charge for line in account.of_kind(LineKind.MANAGEMENT_FEE) if line.date == posting.date]
    overdue = expected_interest + sum(others, ZERO)
    end = account.terms.day("term_end")
    return overdue + account.replay.principal.at(posting.date) if end and posting.date > end else overdue


def late_fee(account: Account, delay: Delay, base: Decimal) -> Expectation | None:
    """Return rate x base x days late, None where the contract has no late fee."""
    rate = account.terms.number("late_fee_rate")
    if rate is None:
        return None
    amount = cents(rate * base * delay.days)
    text = f"{grouped(base)} × {percent(rate)} × {delay.days} = {grouped(amount)}"
    return Expectation(amount, text, ("late_fee_rate", "late_fee_base", "late_grace_days"))


def penalty_rate(account: Account) -> Decimal | None:
    """Return the penalty rate per the contract rate's period: its own yearly rate or the uplifted contract rate."""
    own, uplift = account.terms.number("penalty_rate"), account.terms.number("penalty_uplift")
    rate = account.terms.number("rate")
    if own is not None:
        return own
    return rate * (1 + uplift) if rate is not None and uplift is not None else None


def breach_penalty(account: Account) -> Expectation | None:
    """Return the contract's penalty for a breach the ledger shows, zero where it shows none, None without a clause."""
    rate = account.terms.number("breach_penalty")
    if rate is None:
        return None
    if not breaches(account):
        return Expectation(ZERO, "0.00", ("breach_penalty",))
    base = account.terms.number(account.terms.text("breach_base") or "margin") or ZERO
    amount = cents(base * rate)
    return Expectation(
        amount, f"{grouped(base)} × {percent(rate)} = {grouped(amount)}", ("breach_penalty", "breach_base")
    )


def profit_shares(account: Account, line: Line) -> Expectation | None:
    """Return the agreed fraction of the profit realised up to the posting, None without a clause."""
    share = account.terms.number("profit_share")
    if share is None:
        return None
    until = [entry for entry in account.lines if entry.date <= line.date]
    trading = sum((entry.stated for entry in until if entry.kind in TRADES), ZERO)
    dividends = sum((entry.stated for entry in until if entry.kind is LineKind.DIVIDEND), ZERO)
    costs = sum((entry.stated for entry in until if entry.kind in (LineKind.INTEREST, LineKind.MANAGEMENT_FEE)), ZERO)
    for profit in (trading, trading + dividends, trading + costs, trading + dividends + costs):
        if agrees(cents(max(ZERO, profit) * share), line.charge):
            break
    else:
        profit = trading
    amount = cents(max(ZERO, profit) * share)
    text = f"{grouped(max(ZERO, profit))} × {percent(share)} = {grouped(amount)}"
    return Expectation(amount, text, ("profit_share",))
