"""What an unknown column title means, told by the cells below it: dates, operations, codes, and figures that close.

Nothing is guessed: an amount or balance column is believed only where the balances follow from it, a fee only where
turnover and net amount do. Source: domain specification, section 10.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from workbench.domain.money import ZERO, agrees
from workbench.intake.ledger.columns import Columns
from workbench.intake.ledger.rows import is_title_like, padded_to
from workbench.intake.values import BadNumberError, amount, looks_like_date
from workbench.intake.vocabulary import Operations, Titles
from workbench.readers.model import Cell, Row

LOOK_AHEAD = 80
"""Rows that are looked at."""
_LEAST = 3
_SHARE = Decimal("0.8")
_WORDS_SHARE = Decimal("0.6")
_CODE_DIGITS = 6
_CASH = ("net", "money_in", "money_out", "debit", "credit")
_TRADE = ("quantity", "price", "gross")
_LEAST_TEXT = 2
_WIDE = re.compile(r"[\u4e00-\u9fff]")
_MOST_FEES = Decimal("0.01")
"""Largest share of the turnover by which a net amount may differ from it."""
Numbers = list[Decimal | None]


def completed(columns: Columns, rows: Sequence[Row], operations: Operations, titles: Titles) -> Columns:
    """Return the columns with the missing fields found among those whose titles nobody knows.

    Args:
        columns: a heading as its titles tell.
        rows: the rows below it.
        operations: the vocabulary of business types.
        titles: the known titles; those of other tables mean no field.
    """
    free = [index for index in columns.unnamed if not titles.is_foreign(columns.titles[index])]
    if not columns.fields or columns.layout or not free:
        return columns
    sample = list(_sample(columns, rows))
    if len(sample) < _LEAST:
        return columns
    fields = dict(columns.fields)
    for name, test, share in (
        ("date", looks_like_date, _SHARE),
        ("operation", lambda cell: operations.find_exact(cell.text) is not None, _WORDS_SHARE),
        ("code", lambda cell: len(cell.text) == _CODE_DIGITS and cell.text.isdigit(), _SHARE),
    ):
        found = None if fields.get(name) else _by_cells(sample, free, test, share)
        if found is not None:
            fields[name] = (found,)
            free.remove(found)
    for name, index in _by_arithmetic(replace(columns, fields=fields), sample, free):
        fields[name] = (*fields.get(name, ()), index)
        free = [one for one in free if one != index]
    if not fields.get("remark"):
        fields["remark"] = tuple(index for index in free if _has_words(sample, index))
    return replace(columns, fields=fields)


def _sample(columns: Columns, rows: Sequence[Row]) -> Iterator[Row]:
    for row in rows[:LOOK_AHEAD]:
        if len(row.cells) * 2 >= len(columns.titles) and not is_title_like(row):
            yield padded_to(row, len(columns.titles))


def _by_cells(sample: Sequence[Row], free: Sequence[int], test: Callable[[Cell], bool], least: Decimal) -> int | None:
    """Return the first free column of whose filled cells most pass a test."""
    for index in free:
        cells = [row.cells[index] for row in sample if row.cells[index].text]
        if len(cells) >= _LEAST and sum(map(test, cells)) >= least * len(cells):
            return index
    return None


def _has_words(sample: Sequence[Row], index: int) -> bool:
    """Tell whether a column holds Chinese text, which is read like a remark."""
    return any(len(_WIDE.findall(row.cells[index].text)) >= _LEAST_TEXT for row in sample)


def _by_arithmetic(columns: Columns, sample: Sequence[Row], free: Sequence[int]) -> Iterator[tuple[str, int]]:
    cash = [_numbers(sample, index) for name in _CASH for index in columns.all(name)]
    balances = [_numbers(sample, index) for index in columns.all("balance")]
    open_columns = {index: numbers for index in free if any(numbers := _numbers(sample, index))}
    if not cash and balances:
        found = (at for at, numbers in open_columns.items() if any(_chained(numbers, one) for one in balances))
        yield from (("net", at) for at in list(found)[:1])
    elif cash and not any(any(numbers) for numbers in balances):
        moved = [_first(values) for values in zip(*cash, strict=True)]
        found = (at for at, numbers in open_columns.items() if _chained(moved, numbers))
        yield from (("balance", at) for at in list(found)[:1])
    if not cash and not balances:
        found = (at for at, numbers in open_columns.items() if _is_net(columns, sample, numbers))
        yield from (("net", at) for at in list(found)[:1])
    trade = {name: _numbers(sample, columns.all(name)[0]) for name in _TRADE if columns.all(name)}
    if "gross" not in trade and len(columns.all("net")) == 1:
        for at in [at for at, numbers in open_columns.items() if _is_gross(columns, sample, numbers)][:1]:
            trade["gross"] = open_columns.pop(at)
            yield "gross", at
    missing = [name for name in _TRADE if name not in trade]
    if len(missing) == 1:
        yield from ((missing[0], at) for at, numbers in open_columns.items() if _multiplies(trade, missing[0], numbers))
    if len(columns.all("net")) == 1:
        yield from (("other", at) for at, numbers in open_columns.items() if _is_fee(columns, sample, numbers))


def _numbers(sample: Sequence[Row], index: int) -> Numbers:
    found: Numbers = []
    for row in sample:
        try:
            found.append(amount(row.cells[index]))
        except BadNumberError:
            found.append(None)
    return found


def _first(values: Sequence[Decimal | None]) -> Decimal | None:
    return next((value for value in values if value), None)


def _chained(moved: Numbers, balances: Numbers) -> bool:
    """Tell whether a balance changes from row to row by the amounts, in one of the two orders."""
    pairs = [
        (abs(balance - before), move)
        for (before, balance), move in zip(pairwise(balances), moved[1:], strict=True)
        if before is not None and balance is not None and move
    ]
    backward = [
        (abs(balance - before), move)
        for (balance, before), move in zip(pairwise(balances), moved, strict=False)
        if before is not None and balance is not None and move
    ]
    return any(
        len(some) >= _LEAST and sum(agrees(step, abs(move)) for step, move in some) >= _SHARE * len(some)
        for some in (pairs, backward)
    )


def _multiplies(trade: Mapping[str, Numbers], missing: str, numbers: Numbers) -> bool:
    """Tell whether quantity x price = turnover holds with a column in the missing place."""
    columns = {**trade, missing: numbers}
    rows = [row for row in zip(*(columns[name] for name in _TRADE), strict=True) if all(row)]
    closed = sum(
        agrees(abs(quantity * price), abs(gross))
        for quantity, price, gross in rows
        if quantity is not None and price is not None and gross is not None
    )
    return len(rows) >= _LEAST and closed >= _SHARE * len(rows)


def _is_fee(columns: Columns, sample: Sequence[Row], numbers: Numbers) -> bool:
    """Tell whether a column is what turnover and net amount still differ by once the known fees are counted."""
    known = [_numbers(sample, index) for index, _ in columns.fees]
    net, gross = _numbers(sample, columns.all("net")[0]), _turnover(columns, sample)
    closed = tried = 0
    for at, value in enumerate(numbers):
        moved, turnover = net[at], gross[at]
        if not value or not moved or not turnover:
            continue
        fees = sum((abs(one[at] or ZERO) for one in known), ZERO)
        rest = abs(abs(moved) - turnover) - fees
        tried += 1
        closed += agrees(abs(value), rest)
    return tried >= _LEAST and closed >= _SHARE * tried


def _is_gross(columns: Columns, sample: Sequence[Row], numbers: Numbers) -> bool:
    """Tell whether a column is the net amount without the printed fees."""
    known = [_numbers(sample, index) for index, _ in columns.fees]
    net = _numbers(sample, columns.all("net")[0])
    closed = tried = 0
    for at, value in enumerate(numbers):
        moved, fees = net[at], sum((abs(one[at] or ZERO) for one in known), ZERO)
        if moved and fees:
            tried += 1
            closed += bool(value) and agrees(abs(abs(moved) - abs(value or ZERO)), fees)
    return tried >= _LEAST and closed >= _SHARE * tried


def _is_net(columns: Columns, sample: Sequence[Row], numbers: Numbers) -> bool:
    """Tell whether a signed column is the turnover and a small charge: a purchase costs more, a sale brings less."""
    pairs = [
        (value, gross) for value, gross in zip(numbers, _turnover(columns, sample), strict=True) if value and gross
    ]
    fits = sum(ZERO <= -value - gross <= _MOST_FEES * gross for value, gross in pairs if value < ZERO)
    fits += sum(ZERO <= gross - value <= _MOST_FEES * gross for value, gross in pairs if value > ZERO)
    signed = any(value < ZERO for value, _ in pairs)
    return signed and len(pairs) >= _LEAST and fits >= _SHARE * len(pairs)


def _turnover(columns: Columns, sample: Sequence[Row]) -> Numbers:
    index = columns.first("gross")
    if index is not None:
        return [abs(value) if value else None for value in _numbers(sample, index)]
    quantity, price = columns.first("quantity"), columns.first("price")
    if quantity is None or price is None:
        return [None] * len(sample)
    pairs = zip(_numbers(sample, quantity), _numbers(sample, price), strict=True)
    return [abs(count * each) if count and each else None for count, each in pairs]
