"""Which of a case's files is the ledger: the broker's copy of the same trades is a witness, a fill list a supplement.

Two files that print the same trades with other balances or serials are two books of one account, not twice the
trades. The one with the financier's charges is the ledger; the other stays beside it for matching. A cash list
without securities and a fill list without balances are two halves of one ledger and are joined.

Source: domain specification section 10; ../shared/formats/formats.md section 3 (two files that must be joined).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

from workbench.domain.lines import CHARGES, SALES, TRADES, Line, LineKind, Statement
from workbench.domain.money import cents
from workbench.intake.overlap import key_between

_FINANCED = CHARGES | {LineKind.DRAWDOWN, LineKind.PRINCIPAL_REPAID}
WITNESS = "broker"
"""Book of a statement that tells of the ledger's trades a second time."""
_HALF = 2


def with_books(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Return the statements, witnesses marked as ``broker`` and cash lists filled in from their fill lists."""
    found = list(statements)
    ranks = [_ranks(statement) for statement in found]
    for main_at, at in permutations(range(len(found)), 2):
        main, other = found[main_at], found[at]
        if main.book != "account" or other.book != "account":
            continue
        joined = _joined(main, other)
        if joined is not None:
            found[main_at], ranks[main_at] = joined, _ranks(joined)
        if joined is not None or (ranks[main_at] > ranks[at] and _tells_again(main, other)):
            found[at] = replace(other, book=WITNESS)
    return tuple(found)


def _ranks(statement: Statement) -> tuple[int, bool, int]:
    """Return what makes a file the ledger: postings of the financing, a balance chain, size."""
    return _financed(statement), statement.has_balance, len(statement.lines)


def _financed(statement: Statement) -> int:
    return sum(line.kind in _FINANCED for line in statement.lines)


def _trades(statement: Statement) -> list[Line]:
    return [line for line in statement.lines if line.kind in TRADES and line.quantity]


def _tells_again(main: Statement, other: Statement) -> bool:
    """Tell whether a file prints trades of the main file's days again as rows of another book.

    None of its trades may be a row of the main file. Where only the main file has postings of the financing, one
    trade of the same day, side, security and size is enough; else half of them must agree, with their price.
    """
    mine = _trades(main)
    if not mine:
        return False
    first, last = min(line.date for line in mine), max(line.date for line in mine)
    theirs = [line for line in _trades(other) if first <= line.date <= last]
    if not theirs:
        return False
    key = key_between(main.lines, other.lines)
    rows = set(map(key, main.lines))
    if any(key(line) in rows for line in theirs):
        return False
    sizes = Counter(_size_key(line) for line in mine) & Counter(_size_key(line) for line in theirs)
    if _financed(main) and not _financed(other):
        return bool(sizes)
    prices = Counter(map(_price_key, mine)) & Counter(map(_price_key, theirs))
    return bool(prices) and prices.total() * _HALF >= len(theirs)


def _size_key(line: Line) -> tuple[object, ...]:
    return line.date, line.kind in SALES, line.code, line.quantity


def _price_key(line: Line) -> tuple[object, ...]:
    return *_size_key(line), line.price.normalize() if line.price else None


def _joined(cash: Statement, fills: Statement) -> Statement | None:
    """Return a cash list with securities from a fill list, or None where they are not two halves of one ledger."""
    if fills.has_balance or not cash.has_balance:
        return None
    bare: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for at, line in enumerate(cash.lines):
        if line.code is None and line.quantity is None and line.kind in TRADES | {LineKind.UNKNOWN}:
            bare[line.date, cents(line.stated)].append(at)
    trades = _trades(fills)
    lines, known = list(cash.lines), 0
    for trade in trades:
        places = bare.get((trade.date, cents(trade.stated)))
        if places:
            known += 1
            at = places.pop(0)
            lines[at] = _filled(lines[at], trade)
    return replace(cash, lines=tuple(lines)) if known and known * _HALF >= len(trades) else None


def _filled(line: Line, trade: Line) -> Line:
    return replace(
        line,
        kind=trade.kind if line.kind is LineKind.UNKNOWN else line.kind,
        time=line.time or trade.time,
        code=trade.code,
        name=trade.name,
        quantity=trade.quantity,
        price=trade.price,
        gross=trade.gross,
        fees=trade.fees,
        serial=line.serial or trade.serial,
        proofs=line.proofs | trade.proofs,
    )
