"""Does the statement agree with itself: balances, shares, doubled and missing rows, arithmetic of each trade.

Source: domain specification, sections 8, 10 and 12.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from workbench.domain.findings import Finding, Severity
from workbench.domain.lines import SALES, TRADES, Line, LineKind
from workbench.domain.market import NoticeKind
from workbench.domain.money import TOLERANCE, ZERO, agrees, grouped, plain
from workbench.engine.account import Account
from workbench.engine.build import charge_finding
from workbench.engine.facts import CaseFacts
from workbench.engine.trade_charges import net_of, turnover

DEPOSIT_WINDOW = timedelta(days=3)
"""How far a confirmed deposit may be from its posting."""


def doubled_rows(facts: CaseFacts) -> dict[str, Line]:
    """Return trade rows that stand twice: id of the later row -> the earlier one.

    Rows with serials double only under one serial, rows with times only at one time. Rows with neither are identical
    in everything printed; the closing position clears them where it needs both.
    """
    found: dict[str, Line] = {}
    seen: dict[tuple[object, ...], Line] = {}
    for line in facts.lines:
        if line.kind not in TRADES or not line.quantity:
            continue
        key = (line.date, line.time, line.kind, line.code, line.quantity, line.price, line.stated, line.serial)
        if key in seen and not (line.time and not line.serial):
            found[line.id] = seen[key]
        else:
            seen[key] = line
    needed = _needed(facts, found)
    return {row: twin for row, twin in found.items() if row not in needed}


def _needed(facts: CaseFacts, doubled: dict[str, Line]) -> set[str]:
    """Return look-alikes without serials that the share balance needs: with them the account ends flat."""
    held: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for line in facts.lines:
        if line.kind in TRADES and line.code and line.quantity:
            held[line.code] += -line.quantity if line.kind in SALES else line.quantity
    by_id = {line.id: line for line in facts.lines}
    return {
        row for row in doubled if by_id[row].serial is None and by_id[row].code and held[by_id[row].code or ""] == ZERO
    }


def check_doubled(account: Account) -> Iterator[Finding]:
    """``ROW-DUP``: identical trade rows."""
    twins = doubled_rows(account.facts) if account.doubled else {}
    for row in sorted(account.doubled):
        line = account.by_id[row]
        size = abs(line.stated)
        yield charge_finding("ROW-DUP", line, size, ZERO, more_lines=(twins[row].id,) if row in twins else ())


def check_arithmetic(account: Account) -> Iterator[Finding]:
    """``AMT-ARITH`` and ``CASH-MISSING``: the net amount of every trade against price, quantity and printed fees."""
    for line in account.lines:
        gross = turnover(line) if line.kind in TRADES else None
        if gross is None or line.id in account.doubled:
            continue
        net = net_of(line, gross, line.fees.total)
        if agrees(net, line.stated):
            continue
        if line.stated == ZERO:
            yield charge_finding("CASH-MISSING", line, ZERO, abs(net), working=_net_working(line, gross))
        elif not _closes_otherwise(line, gross):
            yield charge_finding("AMT-ARITH", line, abs(line.stated), abs(net), working=_net_working(line, gross))


def _closes_otherwise(line: Line, gross: Decimal) -> bool:
    """Tell whether the row closes with no printed fees at all (they may stand in columns of their own postings)."""
    return line.fees.total == ZERO and line.fees.commission is None and abs(abs(line.stated) - gross) < gross / 50


def _net_working(line: Line, gross: Decimal) -> str:
    sign = "−" if line.kind in SALES else "+"
    net = abs(net_of(line, gross, line.fees.total))
    quantity, price = plain(line.quantity or ZERO), plain(line.price or ZERO)
    return f"{quantity} × {price} {sign} {grouped(line.fees.total)} = {grouped(net)}"


def check_deposits(account: Account) -> Iterator[Finding]:
    """``CASH-MISSING``: a deposit the other side confirmed and the statement does not show, dated by the message."""
    open_posts = Counter((line.date, line.stated) for line in account.of_kind(LineKind.MARGIN_IN))
    anchor = account.lines[0] if account.lines else None
    for log in account.facts.notice_logs:
        for notice in log.notices:
            if notice.kind is not NoticeKind.DEPOSIT_CONFIRMED or notice.amount is None or anchor is None:
                continue
            day = notice.at.date()
            match = next(
                (
                    key
                    for key, count in open_posts.items()
                    if count and key[1] == notice.amount and abs(key[0] - day) <= DEPOSIT_WINDOW
                ),
                None,
            )
            if match is not None:
                open_posts[match] -= 1
            elif account.lines[0].date <= day <= account.lines[-1].date:
                yield _unbooked(anchor, day, notice.amount)


def _unbooked(anchor: Line, day: date, amount: Decimal) -> Finding:
    found = charge_finding("CASH-MISSING", replace(anchor, date=day), ZERO, amount)
    return replace(found, lines=())


def check_principal(account: Account) -> Iterator[Finding]:
    """``PRIN-MISMATCH`` and ``INT-PREDEDUCT``: what was drawn against what was agreed."""
    drawn = account.of_kind(LineKind.DRAWDOWN)
    if not drawn:
        return
    for line in drawn:
        if line.withheld:
            yield charge_finding("INT-PREDEDUCT", line, line.withheld, ZERO)
    agreed = account.terms.number("financing")
    total = sum((line.stated for line in drawn), ZERO)
    if agreed is None or agrees(total + account.withheld, agreed) or agrees(account.replay.principal.peak, agreed):
        return
    if account.withheld and abs(total + account.withheld - agreed) <= TOLERANCE * len(drawn):
        return
    yield charge_finding(
        "PRIN-MISMATCH",
        drawn[0],
        total,
        agreed,
        terms=("financing",),
        more_lines=tuple(line.id for line in drawn[1:]),
        severity=Severity.ERROR,
    )
