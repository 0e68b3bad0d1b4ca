"""Misread figures of a recognised table, repaired only where the arithmetic of the row then closes, one way only.

The checks are those of the proof: previous balance + effect = balance, turnover and fees = net, quantity x price =
turnover, and the next row's balance. A platform's own wrong figure is not a misreading: a digit is only doubted where
recognition doubted it or two checks ask for the same other figure, and every repair is listed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, product

from workbench.domain.money import ZERO, agrees
from workbench.intake.ledger.columns import Columns
from workbench.intake.ledger.fees import FeeReading, Trade, choose_fees, gross_of, net_effect, trade_fees
from workbench.intake.ledger.postings import Posting, read_posting
from workbench.intake.ledger.proof import turnover_agrees
from workbench.intake.ledger.sections import Section
from workbench.intake.ledger.signs import Reading, choose_reading, effect_of
from workbench.intake.recognition.figures import Figure, figures
from workbench.intake.recognition.fixes import Fix
from workbench.intake.values import BadDateError
from workbench.intake.vocabulary import Operations
from workbench.readers.model import Cell, Row

_MOST_TRIED = 20_000
_SURE = 0.9
"""Confidence from which recognition was sure of a cell."""
_STRONG = 2
"""Checks that must close over a figure whose digits were changed though recognition was sure of them."""
_CASH = frozenset({"net", "money_in", "money_out", "debit", "credit"})
_DECIMALS: Mapping[str, tuple[int, ...]] = {"quantity": (0, 2), "price": (2, 3, 4), "position": (0, 2)}
_MONEY = (2,)


_Changes = tuple[tuple[int, Figure, str], ...]
"""(column, reading, the check that closes over it) of every changed cell of a row."""


@dataclass(slots=True)
class _Book:
    """What is needed to test a row."""

    columns: Columns
    reading: Reading
    fees: FeeReading
    words: Operations
    priced: bool
    """True where some trades close with their fees, so that this check means something."""


def repaired(section: Section, words: Operations, amounts: str = "auto") -> tuple[Section, tuple[Fix, ...]]:
    """Return a section whose misread dates and figures are repaired, and the repairs; other sections as they are."""
    if not any(cell.confidence is not None for row in section.rows for cell in row.cells):
        return section, ()
    rows, fixes = list(section.rows), list[Fix]()
    postings = [_posting(row, section.columns, filled=at in section.filled) for at, row in enumerate(rows)]
    read = [posting for posting in postings if posting is not None]
    if read:
        book = _book([_likely(posting, section.columns) for posting in read], section.columns, words, amounts)
        order = range(len(rows) - 1, -1, -1) if book.reading.newest_first else range(len(rows))
        fixes += _walk(rows, postings, list(order), book)
    return replace(section, rows=rows), tuple(fixes)


def _posting(row: Row, columns: Columns, *, filled: bool = False) -> Posting | None:
    try:
        return read_posting(row, columns, filled=filled)
    except BadDateError:
        return None


def _likely(posting: Posting, columns: Columns) -> Posting:
    """Return a posting whose unread figures with only one plain reading (``463.760.63``) are taken for that reading."""
    guesses = {at: found for at in _unread(posting, columns) if (found := _only_reading(posting, at, columns))}
    return _with(posting, guesses) if guesses else posting


def _unread(posting: Posting, columns: Columns) -> list[int]:
    return [at for at in sorted(columns.numeric) if at not in posting.numbers and _has_figure(posting, at)]


def _only_reading(posting: Posting, at: int, columns: Columns) -> Figure | None:
    found = [figure for figure in _options(posting, at, columns) if figure.kind == "marks"]
    return found[0] if len(found) == 1 else None


def _book(read: Sequence[Posting], columns: Columns, words: Operations, amounts: str) -> _Book:
    reading = choose_reading(read, columns, words, amounts)
    trades = []
    for posting in read:
        gross, effect = gross_of(posting, columns), _effect(posting, reading, words)
        if gross and effect and posting.number(columns.first("quantity")):
            trades.append(Trade(posting, gross, effect))
    fees = choose_fees(trades, columns)
    return _Book(columns, reading, fees, words, fees.closed * 2 >= len(trades) > 0)


def _effect(posting: Posting, reading: Reading, words: Operations) -> Decimal | None:
    rule = words.find(posting.operation) or words.find_exact(posting.remark)
    return effect_of(posting, reading.cash, reading.rule, rule.direction if rule else 0)


def _walk(rows: list[Row], postings: list[Posting | None], order: Sequence[int], book: _Book) -> list[Fix]:
    """Go through the rows in posting order and repair each against the balance before and the row after."""
    fixes: list[Fix] = []
    before: Decimal | None = None
    for place, at in enumerate(order):
        posting = postings[at]
        if posting is None:
            before = None
            continue
        following = postings[order[place + 1]] if place + 1 < len(order) else None
        after = _likely(following, book.columns) if following is not None else None
        changes = _search(posting, before, after, book)
        if changes:
            fixes += [_fix(rows[at], column, figure, why, book.columns) for column, figure, why in changes]
            rows[at] = _changed(rows[at], {column: figure.value for column, figure, _ in changes}, book.columns)
            posting = postings[at] = _posting(rows[at], book.columns) or posting
        posting = _likely(posting, book.columns)
        balance = _balance(posting, book)
        effect = _effect(posting, book.reading, book.words)
        if balance is not None:
            before = balance
        elif before is not None:
            before = before + effect if effect is not None else None
    return fixes


def _balance(posting: Posting, book: _Book) -> Decimal | None:
    return posting.number(book.reading.balance) if book.reading.heads == 1 else None


def _checks(
    posting: Posting, before: Decimal | None, after: Posting | None, book: _Book
) -> Iterator[tuple[str, frozenset[int], bool]]:
    """Yield (check, columns it speaks of, whether it closes) for every check that can be made."""
    columns, reading = book.columns, book.reading
    effect, balance = _effect(posting, reading, book.words), _balance(posting, book)
    cash = frozenset(reading.cash)
    head = frozenset() if reading.balance is None else frozenset({reading.balance})
    fees = frozenset(column for column, _ in book.fees.added)
    if before is not None and effect is not None and balance is not None:
        yield "balance", cash | head, agrees(balance, before + effect)
    elif before is None and effect and effect == balance:
        yield "balance", cash | head, True  # the first row of an account: its balance is what came in
    if after is not None and balance is not None:
        later, moved = _balance(after, book), _effect(after, reading, book.words)
        if later is not None and moved is not None:
            yield "next", head, agrees(later, balance + moved)
    gross_at = columns.first("gross")
    gross = posting.number(gross_at)
    quantity, price = posting.number(columns.first("quantity")), posting.number(columns.first("price"))
    if not quantity or not price or gross_at is None:
        return
    size = frozenset(at for name in ("quantity", "price") if (at := columns.first(name)) is not None)
    if gross is not None:
        yield "gross", size | {gross_at}, turnover_agrees(abs(gross), abs(quantity), price)
        if book.priced and effect:
            total = trade_fees(posting, book.fees).total
            yield "net", cash | fees | {gross_at}, agrees(effect, net_effect(abs(gross), total, effect))


def _search(posting: Posting, before: Decimal | None, after: Posting | None, book: _Book) -> _Changes:
    """Return the only cheapest change under which every check closes; nothing where there is none or several."""
    checks = list(_checks(posting, before, after, book))
    numeric = sorted(book.columns.numeric)
    unread = frozenset(_unread(posting, book.columns))
    failing = frozenset(at for name, cells, right in checks if not right and name != "next" for at in cells)
    if not unread and not failing:
        return ()
    plain = {at: only for at in sorted(unread) if (only := _only_reading(posting, at, book.columns))}
    if plain and len(plain) == len(unread):
        why = _why(_with(posting, plain), before, after, book, plain, sure=True)
        if why:
            return tuple((at, figure, why[at]) for at, figure in plain.items())
    options = {at: found for at in numeric if at in failing | unread and (found := _options(posting, at, book.columns))}
    for size in (1, 2):
        best = _solutions(posting, before, after, book, options, unread, size)
        if best:
            least = min(sum(figure.cost for _, figure, _ in found) for found in best)
            cheapest = [found for found in best if sum(figure.cost for _, figure, _ in found) == least]
            return cheapest[0] if len(cheapest) == 1 else ()
    return ()


def _solutions(
    posting: Posting,
    before: Decimal | None,
    after: Posting | None,
    book: _Book,
    options: Mapping[int, tuple[Figure, ...]],
    unread: frozenset[int],
    size: int,
) -> list[_Changes]:
    """Return every change of so many cells under which all checks close; nothing where there are too many to try."""
    found: list[_Changes] = []
    tried = 0
    for group in combinations(options, size):
        if not unread <= set(group):
            continue
        sure = all((posting.row.cells[at].confidence or 0) >= _SURE for at in group)
        for chosen in product(*(options[at] for at in group)):
            tried += 1
            if tried > _MOST_TRIED:
                return []
            changes = dict(zip(group, chosen, strict=True))
            why = _why(_with(posting, changes), before, after, book, changes, sure=sure)
            if why:
                found.append(tuple((at, figure, why[at]) for at, figure in changes.items()))
    return found


def _has_figure(posting: Posting, at: int) -> bool:
    return any(char.isdigit() for char in posting.row.cells[at].text)


def _options(posting: Posting, at: int, columns: Columns) -> tuple[Figure, ...]:
    cell = posting.row.cells[at]
    if cell.confidence is None or not _has_figure(posting, at):
        return ()
    name = next((name for name in _DECIMALS if at in columns.all(name)), "")
    found = figures(cell.text, cell.confidence, decimals=_DECIMALS.get(name, _MONEY))
    signed = at in columns.all("balance") or any(at in columns.all(cash) for cash in _CASH)
    return tuple(
        figure
        for figure in found
        if figure.value != posting.numbers.get(at) and (signed or (figure.kind != "sign" and figure.value >= ZERO))
    )


def _with(posting: Posting, changes: Mapping[int, Figure]) -> Posting:
    numbers = {**posting.numbers, **{at: figure.value for at, figure in changes.items()}}
    return replace(posting, numbers=numbers)


def _why(
    posting: Posting,
    before: Decimal | None,
    after: Posting | None,
    book: _Book,
    changes: Mapping[int, Figure],
    *,
    sure: bool,
) -> dict[int, str]:
    """Return, for every changed cell, a check that now closes over it; nothing where one is missing or still open."""
    checks = list(_checks(posting, before, after, book))
    if any(not right for name, _, right in checks if name != "next"):
        return {}
    found: dict[int, str] = {}
    for at, figure in changes.items():
        over = [name for name, cells, right in checks if right and at in cells]
        invented = figure.kind == "lost" or (sure and figure.kind in {"digit", "length"})
        needed = _STRONG if invented else 1
        if len(over) < needed:
            return {}
        found[at] = next((name for name in over if name != "next"), "balance")
    return found


def _fix(row: Row, column: int, figure: Figure, why: str, columns: Columns) -> Fix:
    cell = row.cells[column]
    return Fix(row, columns.titles[column], cell.text, f"{figure.value:f}", why, cell.confidence)


def _changed(row: Row, values: Mapping[int, Decimal], columns: Columns) -> Row:
    assert len(row.cells) >= len(columns.titles)  # noqa: S101 - rows are padded to their heading
    cells = tuple(
        Cell(f"{values[at]:f}", cell.box, None, cell.confidence) if at in values else cell
        for at, cell in enumerate(row.cells)
    )
    return replace(row, cells=cells)
