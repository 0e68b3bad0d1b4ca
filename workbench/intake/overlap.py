"""Several statements of one account become one ledger: overlaps matched by content, identical fills all kept.

Source: domain specification section 10: identical fills in the same second are genuine; overlapping files are matched,
not doubled.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from itertools import accumulate

from workbench.domain.lines import Line, LineKind, Statement
from workbench.domain.money import cents

_MARKERS = (LineKind.OPENING, LineKind.CLOSING)


Key = Callable[[Line], tuple[object, ...]]


def merge_statements(statements: Sequence[Statement]) -> tuple[Line, ...]:
    """Return one account ledger in posting order.

    A posting that several files print counts as often as the file that prints it most often; its id stays that of
    the file that starts first. The client's own bank files and the broker's copies are no part of the ledger.
    """
    ledger: list[Line] = []
    own = [one for one in statements if one.book == "account" and one.lines]
    for statement in sorted(own, key=_starts):
        ledger = _woven(ledger, _fresh(ledger, statement.lines)) if ledger else list(statement.lines)
    return tuple(ledger)


def _fresh(ledger: Sequence[Line], lines: Sequence[Line]) -> list[tuple[int, Line]]:
    """Return the lines that the ledger lacks, each with the place of the last line before it that both share."""
    key = key_between(ledger, lines)
    common = {line.date for line in ledger} & {line.date for line in lines}  # no other day can have an equal posting
    places = _places(ledger, key, common)
    seen: Counter[tuple[object, ...]] = Counter()
    anchor = -1
    fresh: list[tuple[int, Line]] = []
    for line in lines:
        place = None
        if line.date in common:
            content = key(line)
            seen[content] += 1
            place = places.get((content, seen[content]))
        if line.kind in _MARKERS:
            continue
        if place is None:
            fresh.append((anchor, line))
        else:
            anchor = place
    return fresh


def key_between(ones: Sequence[Line], others: Sequence[Line]) -> Key:
    """Return what makes a posting the same in two books: day, amount, security, size, and what both print.

    Balances count where both print them; serials where the two share one, for another export may number anew.
    """
    balances = all(any(line.balance is not None for line in side) for side in (ones, others))
    serials = {line.serial for line in ones if line.serial} & {line.serial for line in others if line.serial}

    def key(line: Line) -> tuple[object, ...]:
        return (
            line.date,
            cents(line.stated),
            line.code,
            line.quantity,
            line.price.normalize() if line.price else None,
            cents(line.balance) if balances and line.balance is not None else None,
            line.serial if serials else None,
        )

    return key


def _starts(statement: Statement) -> tuple[object, ...]:
    return min(line.date for line in statement.lines), -len(statement.lines)


def _places(ledger: Sequence[Line], key: Key, days: AbstractSet[date]) -> dict[tuple[tuple[object, ...], int], int]:
    """Return where the n-th posting of each content stands, of postings on some days."""
    times: Counter[tuple[object, ...]] = Counter()
    found = {}
    for at, line in enumerate(ledger):
        if line.date not in days:
            continue
        content = key(line)
        times[content] += 1
        found[content, times[content]] = at
    return found


def _woven(ledger: list[Line], fresh: Sequence[tuple[int, Line]]) -> list[Line]:
    """Put new postings after the last one both files share, else where their day belongs."""
    after: dict[int, list[Line]] = {}
    # The earliest day from each place on: it only rises, so the last posting up to a day is found by halving.
    earliest = list(accumulate((line.date for line in reversed(ledger)), min))[::-1]
    for anchor, line in fresh:
        place = anchor
        if anchor < 0 or (anchor == len(ledger) - 1):
            place = max(bisect_right(earliest, line.date) - 1, anchor)
        after.setdefault(place, []).append(line)
    result = list(after.get(-1, ()))
    for at, line in enumerate(ledger):
        result.append(line)
        result.extend(after.get(at, ()))
    return result
