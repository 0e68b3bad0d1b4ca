"""Expected amounts of every posting, computed once and read by all checks, totals and bases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from workbench.domain.lines import CHARGES, SALES, TRADES, Line, LineKind
from workbench.domain.money import ZERO, agrees, grouped
from workbench.engine.account import Account, Expectation
from workbench.engine.accrual import InterestBook, interest_book
from workbench.engine.dues import Due, breach_penalty, management_fee, profit_shares, repeated_fees
from workbench.engine.late import late_due, penalty_due
from workbench.engine.trade_charges import ChargePart, charge_parts, net_of, turnover

NOTHING = Expectation(ZERO, "0.00")


@dataclass(frozen=True, slots=True)
class Books:
    """Everything expected of an account."""

    interest: InterestBook | None
    dues: tuple[Due, ...]
    trades: dict[str, tuple[ChargePart, ...]] = field(default_factory=dict)
    expected: Mapping[str, Expectation] = field(default_factory=dict)
    """Expectation of every charge and trade by line id: a charge's size, a trade's net size."""


def _trade(account: Account, line: Line, parts: tuple[ChargePart, ...]) -> Expectation:
    if line.id in account.doubled:
        return NOTHING
    gross = turnover(line)
    if gross is None or (not parts and line.fees.total == ZERO):
        return Expectation(abs(line.stated), "")
    fees = line.fees.total - sum((part.excess for part in parts), ZERO)
    sign = "−" if line.kind in SALES else "+"
    net = abs(net_of(line, gross, fees))
    return Expectation(net, f"{grouped(gross)} {sign} {grouped(fees)} = {grouped(net)}")


def build_books(account: Account) -> Books:
    """Compute every expected amount of an account."""
    interest = interest_book(account)
    twins = repeated_fees(account)
    dues = []
    for line in account.lines:
        if line.kind in CHARGES and line.kind is not LineKind.INTEREST:
            due = _due(account, line, twins, interest)
            if due is not None:
                dues.append(due)
    trades = {
        line.id: charge_parts(line, account.terms, account.tables)
        for line in account.lines
        if line.kind in TRADES and line.id not in account.doubled
    }
    return Books(interest, tuple(dues), trades, _expected(account, interest, dues, trades))


def _expected(
    account: Account, interest: InterestBook | None, dues: Sequence[Due], trades: Mapping[str, tuple[ChargePart, ...]]
) -> dict[str, Expectation]:
    found: dict[str, Expectation] = {}
    for posting in interest.postings if interest else ():
        terms = ("rate", "rate_period", "day_count")
        found[posting.covered.line.id] = Expectation(posting.expected, posting.working, terms, posting.segments)
    found.update({due.line.id: due.expectation for due in dues})
    for line in account.lines:
        if line.kind in TRADES:
            found[line.id] = _trade(account, line, trades.get(line.id, ()))
    return found


def _due(account: Account, line: Line, twins: dict[str, Line], interest: InterestBook | None) -> Due | None:
    closed = account.closed_on
    if closed is not None and line.date > closed:
        return Due(line, NOTHING, "LIQ-AFTER")
    if line.id in twins:
        return Due(line, NOTHING, "FEE-DUP", twin=twins[line.id])
    if line.kind is LineKind.LATE_FEE:
        return late_due(account, line, interest)
    if line.kind is LineKind.PENALTY_INTEREST:
        return penalty_due(account, line, interest)
    return _listed(account, line)


def _listed(account: Account, line: Line) -> Due:
    if line.kind is LineKind.MANAGEMENT_FEE:
        fee = management_fee(account, line)
        return Due(line, fee, "FEE-MGMT") if fee else Due(line, NOTHING, "FEE-UNLISTED")
    if line.kind is LineKind.PROFIT_SHARE:
        share = profit_shares(account, line)
        return Due(line, share, "FEE-SHARE") if share else Due(line, NOTHING, "FEE-UNLISTED")
    if line.kind is LineKind.BREACH_PENALTY:
        penalty = breach_penalty(account)
        if penalty is not None and penalty.amount > ZERO and not agrees(line.charge, penalty.amount):
            return Due(line, penalty, "PEN-EXCESS")
        return Due(line, penalty or NOTHING, "PEN-BREACH")
    return Due(line, NOTHING, "FEE-UNLISTED")
