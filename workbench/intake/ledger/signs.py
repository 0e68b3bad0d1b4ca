"""Which way cash moves: amount column, sign convention, balance column and file order, chosen by arithmetic.

A convention is believed when the printed balances follow from it: previous balance + effect = balance. Only where
there is no balance do the operations' names decide. Source: domain specification, section 10.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise, product

from workbench.domain.money import ZERO, agrees
from workbench.intake.ledger.columns import Columns
from workbench.intake.ledger.postings import Posting
from workbench.intake.vocabulary import Operations

_SAMPLE = 1500
_CREDIT = ("贷", "收", "入", "存", "cr", "+", "增", "转入", "流入", "c", "卖")
_DEBIT = ("借", "支", "付", "出", "dr", "-", "减", "取", "转出", "流出", "d", "买")
_MEANINGFUL = Decimal("0.35")
_FEW = 8
_HEADS = 3
_ORDER_BONUS = 2
"""Closed balances that a file order against the dates must win by."""
_MANY = Decimal("0.85")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a file's amounts."""

    cash: tuple[int, ...]
    """Amount column; or (in, out) columns; empty where the file prints no cash amount."""
    rule: str
    """``signed``, ``inverted``, ``side``, ``side_reversed``, ``operation``, ``pair`` or ``pair_reversed``."""
    balance: int | None = None
    newest_first: bool = False
    closed: int = 0
    """Balance transitions that close."""
    transitions: int = 0
    heads: int = 1
    """Number of interleaved balances (sub-accounts)."""


def choose_reading(
    postings: Sequence[Posting], columns: Columns, operations: Operations, amounts: str = "auto"
) -> Reading:
    """Return the reading under which most balances close; ties go to the plainer one."""
    sample = postings[:_SAMPLE]
    directions = [_direction(posting, operations) for posting in sample]
    ups, downs = _trend([posting.date for posting in sample])
    best: tuple[tuple[int, int, int], Reading] | None = None
    for order, (cash, rule) in enumerate(_readings(columns, amounts, sample)):
        effects = [effect_of(posting, cash, rule, way) for posting, way in zip(sample, directions, strict=True)]
        agreed = _agreed(effects, directions)
        for balance, reverse in product((*_balances(sample, columns), None), (False, True)):
            closed, transitions = _closed(sample, effects, balance, reverse=reverse)
            in_order = (ups == 0 and downs > 0) if reverse else (downs == 0 and ups > 0)
            score = (closed + _ORDER_BONUS * in_order, agreed, -order * 4 - 2 * (balance is None) - reverse)
            if best is None or score > best[0]:
                best = (score, Reading(cash, rule, balance, reverse, closed, transitions))
    assert best is not None  # noqa: S101 - there is always at least one reading
    return _settled(best[1], sample, directions)


def _readings(columns: Columns, amounts: str, sample: Sequence[Posting]) -> Iterator[tuple[tuple[int, ...], str]]:
    forced = {"signed": ("signed",), "out_positive": ("inverted",), "by_operation": ("operation",)}.get(amounts)
    nets = [column for column in columns.all("net") if any(column in posting.numbers for posting in sample)]
    sided = bool(columns.all("side"))
    for column in nets:
        if forced:
            yield from (((column,), rule) for rule in forced)
            continue
        unsigned = all(posting.numbers.get(column, ZERO) >= ZERO for posting in sample)
        plain = ["signed", "operation", "inverted"]
        by_side = ["side", "side_reversed"] if sided else []
        told = sum(bool(_side(posting.side)) for posting in sample) * 2 >= len(sample)
        if by_side and told and unsigned and not _balances(sample, columns):
            order = by_side
        else:
            order = [*by_side, "operation", "signed", "inverted"] if unsigned else [plain[0], *by_side, *plain[1:]]
        yield from (((column,), rule) for rule in order)
    for one, other in zip(columns.all("money_in"), columns.all("money_out"), strict=False):
        yield (one, other), "pair"
        yield (one, other), "pair_reversed"
    for debit, credit in zip(columns.all("debit"), columns.all("credit"), strict=False):
        yield (credit, debit), "pair"
        yield (credit, debit), "pair_reversed"
    for name, rule in (("money_in", "signed"), ("money_out", "inverted")):
        if columns.all(name) and not (columns.all("money_in") and columns.all("money_out")):
            yield (columns.all(name)[0],), rule
    yield (), "none"


def effect_of(posting: Posting, cash: tuple[int, ...], rule: str, direction: int) -> Decimal | None:
    """Return the effect on cash in yuan, or None where the amount or its direction is not known."""
    if rule.startswith("pair"):
        money_in, money_out = posting.numbers.get(cash[0]), posting.numbers.get(cash[1])
        if money_in is None and money_out is None:
            return None
        net = (money_in or ZERO) - (money_out or ZERO)
        return -net if rule == "pair_reversed" else net
    value = posting.numbers.get(cash[0]) if cash else None
    if value is None:
        return None
    if rule == "signed" or value == ZERO:
        return value
    if rule == "inverted":
        return -value
    way = _side(posting.side) if rule.startswith("side") else direction
    if rule == "side_reversed":
        way = -way
    if way == 0:
        return abs(value) * direction if direction else None
    return value * way if rule.startswith("side") and value < ZERO else abs(value) * way


def _side(text: str) -> int:
    """Return 1 for a credit (贷, 收, 存), -1 for a debit (借, 支, 取), 0 where the mark says neither."""
    plain = text.casefold()
    if not plain or "不计" in plain or "中性" in plain:
        return 0
    if plain.startswith(_DEBIT):
        return -1
    if plain.startswith(_CREDIT):
        return 1
    return 0


def _direction(posting: Posting, operations: Operations) -> int:
    rule = operations.find(posting.operation) or operations.find_exact(posting.remark)
    return rule.direction if rule else 0


def _agreed(effects: Sequence[Decimal | None], directions: Sequence[int]) -> int:
    return sum(
        (1 if effect * way > ZERO else -1)
        for effect, way in zip(effects, directions, strict=True)
        if way and effect is not None and effect != ZERO
    )


def _balances(postings: Sequence[Posting], columns: Columns) -> list[int]:
    """Return the balance columns that hold anything but zeros."""
    return [column for column in columns.all("balance") if any(posting.numbers.get(column) for posting in postings)]


def _closed(
    postings: Sequence[Posting], effects: Sequence[Decimal | None], balance: int | None, *, reverse: bool
) -> tuple[int, int]:
    if balance is None:
        return 0, 0
    closed = transitions = 0
    previous: Decimal | None = None
    order = range(len(postings) - 1, -1, -1) if reverse else range(len(postings))
    for at in order:
        printed, effect = postings[at].numbers.get(balance), effects[at]
        if previous is not None and printed is not None and effect is not None:
            transitions += 1
            closed += agrees(printed, previous + effect) and effect != ZERO
        if printed is not None:
            previous = printed
        elif previous is not None and effect is not None:
            previous += effect
    return closed, transitions


def _settled(reading: Reading, sample: Sequence[Posting], directions: Sequence[int]) -> Reading:
    """Decide the order where balances do not, and whether the balance column means anything."""
    ups, downs = _trend([posting.date for posting in sample])
    if reading.closed == 0:
        reading = replace(reading, newest_first=downs > ups)
    if reading.balance is None or reading.transitions <= _FEW:
        return reading
    if Decimal(reading.closed) >= _MEANINGFUL * _moving(sample, reading, directions):
        return reading
    return replace(reading, heads=_heads(sample, reading, directions))


def _moving(sample: Sequence[Posting], reading: Reading, directions: Sequence[int]) -> int:
    effects = (effect_of(p, reading.cash, reading.rule, way) for p, way in zip(sample, directions, strict=True))
    return max(1, sum(1 for effect in effects if effect) - 1)


def _heads(sample: Sequence[Posting], reading: Reading, directions: Sequence[int]) -> int:
    """Return over how many interleaved balances the rows close, or 0 where the column is no running balance."""
    heads: list[Decimal] = []
    closed = 0
    pairs = list(zip(sample, directions, strict=True))
    for posting, way in reversed(pairs) if reading.newest_first else pairs:
        printed = posting.numbers.get(reading.balance) if reading.balance is not None else None
        effect = effect_of(posting, reading.cash, reading.rule, way)
        if printed is None or effect is None:
            continue
        at = next((index for index, head in enumerate(heads) if agrees(head + effect, printed)), None)
        if at is not None:
            heads[at] = printed
            closed += 1
        elif len(heads) < _HEADS:
            heads.append(printed)
        else:
            nearest = min(range(len(heads)), key=lambda index: abs(heads[index] - printed))
            heads[nearest] = printed
    return len(heads) if closed >= _MANY * len(sample) else 0


def _trend(days: Sequence[date]) -> tuple[int, int]:
    """Return how often a date rises and how often it falls from one row to the next."""
    pairs = list(pairwise(days))
    return sum(a < b for a, b in pairs), sum(a > b for a, b in pairs)


def effects_of(
    postings: Sequence[Posting], reading: Reading, operations: Operations
) -> tuple[list[Decimal | None], set[int]]:
    """Return the effect of every posting in file order, and the indexes whose sign only the balances told."""
    ways = [_direction(posting, operations) for posting in postings]
    effects = [effect_of(p, reading.cash, reading.rule, way) for p, way in zip(postings, ways, strict=True)]
    told: set[int] = set()
    if reading.balance is None or reading.heads != 1 or len(reading.cash) != 1:
        return effects, told
    order: Mapping[int, int] = dict(enumerate(range(len(postings))))
    places = sorted(order, reverse=reading.newest_first)
    previous: Decimal | None = None
    for at in places:
        printed = postings[at].numbers.get(reading.balance)
        value = postings[at].numbers.get(reading.cash[0])
        if effects[at] is None and value is not None and previous is not None and printed is not None:
            fits = [way for way in (1, -1) if agrees(previous + abs(value) * way, printed)]
            if len(fits) == 1:
                effects[at] = abs(value) * fits[0]
                told.add(at)
        if printed is not None:
            previous = printed
    return effects, told
