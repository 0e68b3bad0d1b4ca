"""Findings on charges: interest, dues and trade fees, each compared with the books.

Source: domain specification, sections 8 and 12: one finding per posting, trade-fee findings state the component.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from workbench.domain.findings import Cause, Finding
from workbench.domain.lines import Line
from workbench.domain.money import ZERO, grouped, percent
from workbench.engine.account import Account
from workbench.engine.books import Books
from workbench.engine.build import charge_finding
from workbench.engine.explain import explain_interest
from workbench.engine.hypotheses import shortest_rate
from workbench.engine.trade_charges import ChargePart, turnover

INTEREST_TERMS = ("rate", "rate_period", "day_count", "count_rule")
WHOLE_MINIMUM = Decimal(100)
"""Largest whole amount in yuan taken for a minimum commission."""
TRADE_CODES = {
    "stamp_duty": "FEE-STAMP",
    "transfer_fee": "FEE-TRANSFER",
    "handling_fee": "FEE-UNLISTED",
    "regulatory_fee": "FEE-UNLISTED",
    "other": "FEE-UNLISTED",
}


def check_interest(account: Account, books: Books) -> Iterator[Finding]:
    """``INT-*``: every interest posting against the contract, each with the formula that gives it."""
    book = books.interest
    if book is None:
        return
    for posting in book.postings:
        covered = posting.covered
        if covered.repeats is not None:
            yield charge_finding(
                "INT-DUP", covered.line, posting.stated, ZERO, working="0.00", more_lines=(covered.repeats.id,)
            )
        elif covered.after_close:
            yield charge_finding("INT-AFTER", covered.line, posting.stated, ZERO, working="0.00")
        elif covered.upfront:
            yield charge_finding("INT-PREDEDUCT", covered.line, posting.stated, ZERO, working="0.00")
    for found in explain_interest(account, book):
        posting = found.posting
        terms = tuple(key for key in INTEREST_TERMS if key in account.terms)
        yield charge_finding(
            found.code,
            posting.covered.line,
            posting.stated,
            posting.expected,
            working=posting.working,
            terms=terms,
            cause=found.cause,
        )


def check_dues(account: Account, books: Books) -> Iterator[Finding]:
    """``LATE-*``, ``PEN-*``, ``FEE-*`` and ``LIQ-AFTER`` on everything but interest and trades."""
    for due in books.dues:
        if due.agrees:
            continue
        expected = due.expectation
        yield charge_finding(
            due.code,
            due.line,
            due.line.charge,
            expected.amount,
            working=expected.working,
            terms=tuple(key for key in expected.terms if key in account.terms),
            cause=due.cause,
            more_lines=(due.twin.id,) if due.twin else (),
        )


def check_trade_fees(account: Account, books: Books) -> Iterator[Finding]:
    """``FEE-RATE``, ``FEE-MIN``, ``FEE-STAMP``, ``FEE-TRANSFER``: each component printed beside a trade."""
    for line in account.lines:
        for part in books.trades.get(line.id, ()):
            if part.excess == ZERO:
                continue
            code = TRADE_CODES.get(part.item) or _commission_code(account, books, line, part)
            terms = ("commission_rate", "commission_min") if part.item == "commission" else ()
            yield charge_finding(
                code,
                line,
                part.stated,
                part.expected,
                working=part.working,
                terms=terms,
                cause=_trade_cause(line, part),
            )


def _commission_code(account: Account, books: Books, line: Line, part: ChargePart) -> str:
    """Tell a wrong minimum from a wrong rate: a whole amount that recurs on other turnovers, or that no rate gives."""
    gross = turnover(line) or ZERO
    if part.stated != part.stated.to_integral_value() or part.stated > WHOLE_MINIMUM or not gross:
        return "FEE-RATE"
    recurs = any(
        other.stated == part.stated and other.excess and (turnover(account.by_id[row]) or ZERO) != gross
        for row, parts in books.trades.items()
        for other in parts
        if other.item == "commission"
    )
    least = account.terms.number("commission_min")
    if recurs or (least is not None and part.expected == least):
        return "FEE-MIN"
    return "FEE-RATE" if shortest_rate(part.stated / gross, gross, part.stated, 3) is not None else "FEE-MIN"


def _trade_cause(line: Line, part: ChargePart) -> Cause | None:
    gross = turnover(line)
    if not gross or part.stated <= ZERO:
        return None
    rate = shortest_rate(part.stated / gross, gross, part.stated, 3)
    if rate is None:
        return None
    return Cause(f"rate_{percent(rate)}", f"{grouped(gross)} × {percent(rate)} = {grouped(part.stated)}", exact=True)
