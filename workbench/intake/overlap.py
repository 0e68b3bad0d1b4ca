"""Several statements of one account become one ledger: overlaps matched by content, identical fills all kept.

Source: domain specification section 10: identical fills in the same second are genuine; overlapping files are matched,
not doubled.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from workbench.domain.lines import Line, LineKind, Statement
from workbench.domain.money import cents

_MARKERS = (LineKind.OPENING, LineKind.CLOSING)


def merge_statements(statements: Sequence[Statement]) -> tuple[Line, ...]:
    """Return one account ledger in posting order.

    A posting that several files print counts as often as the file that prints it most often; its id stays that of
    the file that starts first. The client's own bank files are no part of the ledger.
    """
    ledger: list[Line] = []
    counted: Counter[tuple[object, ...]] = Counter()
    own = [one for one in statements if one.book == "account" and one.lines]
    for statement in sorted(own, key=_starts):
        seen: Counter[tuple[object, ...]] = Counter()
        anchor = -1
        places = _places(ledger)
        fresh: list[tuple[int, Line]] = []
        for line in statement.lines:
            key = line_key(line)
            seen[key] += 1
            if line.kind in _MARKERS and ledger:
                continue
            if seen[key] <= counted[key]:
                anchor = places[key, seen[key]]
                continue
            fresh.append((anchor, line))
        ledger = _woven(ledger, fresh)
        counted = counted | seen
    return tuple(ledger)


def line_key(line: Line) -> tuple[object, ...]:
    """Return what makes a posting the same in two files: day, amount, security, size, balance where both print it."""
    return (
        line.date,
        cents(line.stated),
        line.code,
        line.quantity,
        line.price.normalize() if line.price else None,
        line.balance if line.balance is None else cents(line.balance),
        line.serial,
    )


def _starts(statement: Statement) -> tuple[object, ...]:
    return min(line.date for line in statement.lines), -len(statement.lines)


def _places(ledger: Sequence[Line]) -> dict[tuple[tuple[object, ...], int], int]:
    """Return where the n-th posting of each content stands."""
    times: Counter[tuple[object, ...]] = Counter()
    found = {}
    for at, line in enumerate(ledger):
        key = line_key(line)
        times[key] += 1
        found[key, times[key]] = at
    return found


def _woven(ledger: list[Line], fresh: Sequence[tuple[int, Line]]) -> list[Line]:
    """Put new postings after the last one both files share, else where their day belongs."""
    after: dict[int, list[Line]] = {}
    for anchor, line in fresh:
        place = anchor
        if anchor < 0 or (anchor == len(ledger) - 1):
            place = max((at for at, known in enumerate(ledger) if known.date <= line.date), default=-1)
            place = max(place, anchor)
        after.setdefault(place, []).append(line)
    result = list(after.get(-1, ()))
    for at, line in enumerate(ledger):
        result.append(line)
        result.extend(after.get(at, ()))
    return result
