"""Do balances, shares and statements follow one another: breaks, gaps and wrong openings.

A balance that jumps where shares jump too means missing rows (``ROW-GAP``), and what follows from them is not a finding
of its own. Source: domain specification, sections 8, 10 and 12.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from workbench.domain.findings import Finding
from workbench.domain.lines import SALES, TRADES, Line, LineKind, Statement
from workbench.domain.money import ZERO, agrees, grouped, plain
from workbench.engine.account import Account
from workbench.engine.build import charge_finding

QUIET = timedelta(days=20)
"""Longest stretch between two statements that may simply have no postings."""
FRAME = (LineKind.OPENING, LineKind.CLOSING)


def check_chain(account: Account) -> Iterator[Finding]:
    """``BAL-OPEN``, ``BAL-BREAK``, ``ROW-GAP`` and ``QTY-BREAK``, each cause once."""
    breaks = tuple(_share_breaks(account))
    days = tuple(found.date for found in breaks if found.date is not None)
    chain = (*_openings(account, days), *_balances(account, days))
    yield from chain
    gap = min((found.date for found in chain if found.code == "ROW-GAP" and found.date), default=None)
    for found in breaks:
        if gap is None or found.date is None or found.date < gap:
            yield found


def _balances(account: Account, breaks: tuple[date, ...]) -> Iterator[Finding]:
    """Compare each printed balance with the previous printed one plus the posting."""
    known = {line.id for line in account.lines}
    for statement in account.facts.ledgers:
        if not statement.has_balance:
            continue
        short = statement.printed_count is not None and statement.printed_count > len(_postings(statement))
        previous = statement.opening
        for line in statement.lines:
            if line.balance is None:
                continue
            if previous is not None and line.kind not in FRAME and line.id in known:
                rolled = previous + line.stated
                if not agrees(line.balance, rolled) and line is not statement.lines[0]:
                    missing = short or any(day >= line.date for day in breaks) or _shares_jump(statement, line)
                    working = f"{grouped(previous)} + {grouped(line.stated)} = {grouped(rolled)}"
                    code = "ROW-GAP" if missing else "BAL-BREAK"
                    yield charge_finding(code, line, line.balance, rolled, working=working)
            previous = line.balance


def _postings(statement: Statement) -> list[Line]:
    return [line for line in statement.lines if line.kind not in FRAME]


def _shares_jump(statement: Statement, line: Line) -> bool:
    """Tell whether the printed share balance jumps at the same row, which a missing row does and a typing slip not."""
    if line.position is None or not line.quantity or not line.code:
        return False
    last = None
    for other in statement.lines:
        if other is line:
            break
        if other.code == line.code and other.position is not None:
            last = other.position
    if last is None:
        return False
    moved = -line.quantity if line.kind in SALES else line.quantity
    return last + moved != line.position


def _openings(account: Account, breaks: tuple[date, ...]) -> Iterator[Finding]:
    """Compare each statement's opening with its own first row and with the previous statement's closing."""
    ordered = sorted(
        (one for one in account.facts.ledgers if one.lines and one.has_balance), key=lambda one: one.lines[0].date
    )
    closing: Decimal | None = None
    last: Statement | None = None
    for statement in ordered:
        postings = _postings(statement)
        if not postings or postings[0].balance is None:
            continue
        first = postings[0]
        implied = (first.balance or ZERO) - first.stated
        opening = statement.opening if statement.opening is not None else implied
        overlaps = last is not None and last.lines[-1].date >= first.date
        if closing is not None and last is not None and not overlaps and not agrees(implied, closing):
            missing = any(day >= first.date for day in breaks) or _apart(last, statement) or _left_over(account)
            found = charge_finding("ROW-GAP" if missing else "BAL-OPEN", first, implied, closing)
            yield replace(found, working=f"{grouped(implied)} − {grouped(closing)} = {grouped(implied - closing)}")
        elif not agrees(opening, implied):
            yield charge_finding("BAL-OPEN", first, opening, implied)
        closing, last = postings[-1].balance, statement


def _left_over(account: Account) -> bool:
    """Tell whether a closed-out account still shows shares: the rows that sold them are missing."""
    stands = account.replay.stands
    return account.replay.principal.closed is not None and bool(stands) and bool(stands[-1].shares)


def _apart(earlier: Statement, later: Statement) -> bool:
    """Tell whether the printed ranges of two statements leave a long stretch out, not just days without postings."""
    return earlier.end is not None and later.start is not None and later.start - earlier.end > QUIET


def _share_breaks(account: Account) -> Iterator[Finding]:
    """Find a sale of more shares than were held, or a printed share balance that does not roll."""
    held: dict[str, Decimal] = defaultdict(lambda: ZERO)
    printed: dict[str, Decimal] = {}
    starts_empty = _starts_empty(account)
    for line in account.lines:
        if line.kind not in TRADES or not line.code or not line.quantity or line.id in account.doubled:
            continue
        move = -line.quantity if line.kind in SALES else line.quantity
        held[line.code] += move
        rolled = printed.get(line.code)
        if line.position is not None and line.position > ZERO and rolled is not None and rolled + move != line.position:
            yield _share_break(line, line.position, rolled + move)
            held[line.code] = line.position
        elif starts_empty and held[line.code] < ZERO:
            yield _share_break(line, line.quantity, line.quantity + held[line.code])
            held[line.code] = ZERO
        if line.position is not None:
            printed[line.code] = line.position


def _share_break(line: Line, stated: Decimal, expected: Decimal) -> Finding:
    detail = f"{line.code} {plain(stated)} ≠ {plain(expected)}"
    return charge_finding("QTY-BREAK", line, stated, expected, detail=detail)


def _starts_empty(account: Account) -> bool:
    """Tell whether the ledger starts with an account that held nothing."""
    first = account.lines[0] if account.lines else None
    return (
        first is not None
        and first.kind in (LineKind.MARGIN_IN, LineKind.DRAWDOWN, LineKind.OPENING)
        and (first.balance is None or agrees(first.balance, first.stated))
    )
