"""Hold the ledger against the client's bank and the broker's own statement, movement by movement.

A bank file is mostly other people's business: a row takes part when its amount and day fit a movement of the account,
or when it names the other side of the contract, or a party that a fitting row named.

Source: product.md (three-way reconciliation), domain specification section 8 (``CASH-MISSING``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from workbench.domain.lines import TRADES, Line, LineKind, Statement
from workbench.domain.matching import Agreement, Coverage, Matching, Pair
from workbench.domain.money import ZERO, agrees
from workbench.domain.terms import Terms
from workbench.engine.facts import CaseFacts

TRANSFERS = frozenset({LineKind.MARGIN_IN, LineKind.MARGIN_OUT, LineKind.TRANSFER_IN, LineKind.TRANSFER_OUT})
NEAR = timedelta(days=5)
"""How far the same movement may lie apart in two books: a long weekend."""
OTHER_AMOUNT = Decimal("0.1")
"""Part of the larger amount up to which two movements of one day may be one with a wrong figure."""
_NAMING = ("financier", "platform")
_ACCOUNT_WORDS = re.compile(r"银证|证券|三方存管|存管|配资|保证金|操盘")
_ACCOUNT_DIGITS = 16
_PARTY = re.compile(r"[\d*Xx]{8,}|.*(?:公司|平台|配资|证券|资管|投资|科技|商务|网络)")

Amount = Callable[[Line], Decimal]


def match_books(facts: CaseFacts) -> Matching:
    """Return every movement of the ledger beside the same one in the other books of the case."""
    ledger = [line for line in facts.lines if line.kind not in (LineKind.OPENING, LineKind.CLOSING)]
    pairs: list[Pair] = []
    coverage: list[Coverage] = []
    if not ledger:
        return Matching()
    for statement in facts.statements:
        if statement.book == "bank" and statement.lines:
            found, known = _bank(ledger, statement, facts.terms)
        elif statement.book == "broker" and statement.lines:
            found, known = _broker(ledger, statement)
        else:
            continue
        pairs += found
        coverage.append(known)
    pairs.sort(key=lambda pair: (pair.date, pair.ledger is None))
    return Matching(tuple(pairs), tuple(coverage))


def _span(statement: Statement) -> tuple[date, date]:
    days = [line.date for line in statement.lines]
    days += [day for day in (statement.start, statement.end) if day is not None]
    return min(days), max(days)


def _bank(ledger: Sequence[Line], statement: Statement, terms: Terms) -> tuple[list[Pair], Coverage]:
    start, end = _span(statement)
    ours = [line for line in ledger if line.kind in TRANSFERS]
    theirs = [line for line in statement.lines if line.stated]
    both = _nearest(ours, theirs, lambda line: line.stated, lambda line: -line.stated)
    parties = _parties(terms, [theirs[at] for _, at in both])
    used_ours, used_theirs = {at for at, _ in both}, {at for _, at in both}
    left = [line for at, line in enumerate(ours) if at not in used_ours and start <= line.date <= end]
    rest = [line for at, line in enumerate(theirs) if at not in used_theirs]
    known = [line for line in rest if _concerns(line, parties)]
    pairs = [_paired("bank", statement, ours[one], theirs[other]) for one, other in both]
    pairs += _leftovers("bank", statement, left, _inside(known, ledger), lambda line: -line.stated)
    inside = sum(start <= line.date <= end for line in ours)
    return pairs, Coverage("bank", statement.file, start, end, inside, len(rest) - len(known))


def _parties(terms: Terms, fitting: Sequence[Line]) -> frozenset[str]:
    """Return names and account numbers of the other side: from the contract, and from bank rows that fit."""
    names = {name for key in _NAMING if (name := terms.text(key)) and len(name) > 1}
    for line in fitting:
        cells = [cell.strip() for cell in line.source.text.split(" | ")]
        names |= {cell for cell in cells if _PARTY.fullmatch(cell) and not _is_figure(cell)}
    return frozenset(names)


def _is_figure(cell: str) -> bool:
    """Tell a date, a time stamp or a row's serial from an account number, which has sixteen digits or more."""
    return cell.isdigit() and (len(cell) < _ACCOUNT_DIGITS or cell.startswith("20"))


def _concerns(line: Line, parties: frozenset[str]) -> bool:
    text = line.source.text
    return any(name in text for name in parties) or bool(_ACCOUNT_WORDS.search(text))


def _broker(ledger: Sequence[Line], statement: Statement) -> tuple[list[Pair], Coverage]:
    """Compare trades; the broker's account may hold more than this client's trades, so extra rows are only counted."""
    start, end = _span(statement)
    ours = [line for line in ledger if line.kind in TRADES and line.quantity and start <= line.date <= end]
    theirs = [line for line in statement.lines if line.kind in TRADES and line.quantity]
    index: dict[tuple[object, ...], list[Line]] = defaultdict(list)
    for line in reversed(theirs):
        index[_trade(line)].append(line)
    pairs: list[Pair] = []
    missing: list[Line] = []
    for line in ours:
        same = index.get(_trade(line))
        if same:
            pairs.append(_paired("broker", statement, line, same.pop()))
        else:
            missing.append(line)
    left: dict[str | None, list[Line]] = defaultdict(list)
    for line in (one for found in index.values() for one in found):
        left[line.code].append(line)
    for line in missing:
        rest = left[line.code]
        other = min((one for one in rest if _alike(line, one)), key=lambda one: _apart(line, one), default=None)
        if other is not None:
            rest.remove(other)
            pairs.append(_paired("broker", statement, line, other))
        else:
            pairs.append(Pair(Agreement.ONLY_LEDGER, "broker", statement.file, line, None))
    return pairs, Coverage("broker", statement.file, start, end, len(ours), sum(map(len, left.values())))


def _side(line: Line) -> bool:
    return line.kind is LineKind.BUY


def _trade(line: Line) -> tuple[object, ...]:
    return line.date, _side(line), line.code, line.quantity, line.price.normalize() if line.price else None


def _alike(line: Line, other: Line) -> bool:
    """Tell whether two trades of a code are one: side and either size or price agree, near in time."""
    if _side(line) != _side(other) or abs(line.date - other.date) > NEAR:
        return False
    return line.quantity == other.quantity or (line.price == other.price and line.date == other.date)


def _apart(line: Line, other: Line) -> tuple[object, ...]:
    return line.quantity != other.quantity, abs(line.date - other.date), abs(line.stated - other.stated)


def _nearest(ours: Sequence[Line], theirs: Sequence[Line], amount: Amount, opposite: Amount) -> list[tuple[int, int]]:
    """Return pairs of places of equal amounts, nearest days first; each row is used once."""
    by_amount: dict[Decimal, list[int]] = defaultdict(list)
    for at, line in enumerate(theirs):
        by_amount[opposite(line)].append(at)
    candidates = sorted(
        (abs(theirs[other].date - line.date), one, other)
        for one, line in enumerate(ours)
        for other in by_amount.get(amount(line), ())
        if abs(theirs[other].date - line.date) <= NEAR
    )
    taken_ours: set[int] = set()
    taken_theirs: set[int] = set()
    found = []
    for _, one, other in candidates:
        if one not in taken_ours and other not in taken_theirs:
            taken_ours.add(one)
            taken_theirs.add(other)
            found.append((one, other))
    return found


def _paired(book: str, statement: Statement, ledger: Line, other: Line) -> Pair:
    pair = Pair(Agreement.SAME, book, statement.file, ledger, other)
    if book == "broker":
        differs = ledger.price != other.price or ledger.quantity != other.quantity
    else:
        differs = not agrees(pair.difference or ZERO, ZERO)
    agreement = Agreement.OTHER_AMOUNT if differs else Agreement.OTHER_DAY if pair.days else Agreement.SAME
    return Pair(agreement, book, statement.file, ledger, other)


def _leftovers(
    book: str, statement: Statement, ours: Sequence[Line], theirs: Sequence[Line], opposite: Amount
) -> Iterator[Pair]:
    """Yield what found no equal: pairs with another amount first, then each side alone."""
    rest = list(theirs)
    for line in ours:
        near = [other for other in rest if _nearly(line, other, opposite)]
        other = min(near, key=lambda one: abs(opposite(one) - line.stated), default=None)
        if other is None:
            yield Pair(Agreement.ONLY_LEDGER, book, statement.file, line, None)
        else:
            rest.remove(other)
            yield Pair(Agreement.OTHER_AMOUNT, book, statement.file, line, other)
    for other in rest:
        yield Pair(Agreement.ONLY_OTHER, book, statement.file, None, other)


def _nearly(line: Line, other: Line, opposite: Amount) -> bool:
    theirs = opposite(other)
    larger = max(abs(line.stated), abs(theirs))
    return (
        line.stated * theirs > ZERO
        and abs(line.stated - theirs) <= larger * OTHER_AMOUNT
        and abs(line.date - other.date) <= NEAR
    )


def _inside(lines: Sequence[Line], ledger: Sequence[Line]) -> list[Line]:
    """Return the rows whose day the ledger covers."""
    first, last = min(line.date for line in ledger), max(line.date for line in ledger)
    return [line for line in lines if first <= line.date <= last]
