"""Several statements of one account become one ledger: overlaps matched by content, identical fills all kept.

Source: domain specification section 10: identical fills in the same second are genuine; overlapping files are matched,
not doubled.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

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
        key = key_between(ledger, statement.lines)
        counted = Counter(map(key, ledger))
        seen: Counter[tuple[object, ...]] = Counter()
        anchor = -1
        places = _places(ledger, key)
        fresh: list[tuple[int, Line]] = []
        for line in statement.lines:
            content = key(line)
            seen[content] += 1
            if line.kind in _MARKERS and ledger:
                continue
            if seen[content] <= counted[content]:
                anchor = places[content, seen[content]]
                continue
            fresh.append((anchor, line))
        ledger = _woven(ledger, fresh)
    return tuple(ledger)


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


def _places(ledger: Sequence[Line], key: Key) -> dict[tuple[tuple[object, ...], int], int]:
    """Return where the n-th posting of each content stands."""
    times: Counter[tuple[object, ...]] = Counter()
    found = {}
    for at, line in enumerate(ledger):
        content = key(line)
        times[content] += 1
        found[content, times[content]] = at
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
