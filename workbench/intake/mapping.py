"""A first guess at what the columns of an unknown table mean, for a person to correct once.

Titles that are known are taken; the others are told by their content: days, six-digit codes, an amount beside a
balance that rolls with it, shares times price. What is not sure stays open.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise

from workbench.domain.money import ZERO, agrees
from workbench.intake.layouts import Layout, Layouts
from workbench.intake.values import BadDateError, BadNumberError, amount, clock_time, moment
from workbench.readers.model import Row, TableDocument

OPEN = ""
"""Field of a column nobody has told the meaning of."""
_LEAST_CELLS = 3
_SAMPLES = 3
_ROWS = 8
_LOOKED_AT = 400
_MOST = Decimal("0.8")
_FEW = 12
"""Different words an operation column has at most, whatever the number of rows."""
_CODE = re.compile(r"\d{6}(?:\.(?:SH|SZ|BJ))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ColumnDraft:
    """One column with its guess."""

    key: str
    """Title as printed, or ``#n`` where the column has none or shares it."""
    field: str
    """Guessed field; empty where nothing tells."""
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LayoutDraft:
    """What is known of a table before a person maps it."""

    columns: tuple[ColumnDraft, ...]
    rows: tuple[tuple[str, ...], ...]
    """The first rows below the heading."""
    operations: tuple[tuple[str, str], ...]
    """(word, kind) met in the operation column, the most frequent first; kind empty where it is not known."""
    headed: bool
    """False where the table has no heading: such a layout has to be named at every import."""

    def layout(self, name: str, title: str = "") -> Layout:
        """Return the draft as a layout."""
        columns = {column.key: column.field for column in self.columns if column.field}
        needed = tuple(key for key in columns if not key.startswith("#"))
        return Layout(name, title or name, columns, needed)


def draft_layout(table: TableDocument, layouts: Layouts) -> LayoutDraft | None:
    """Return a draft of the largest table of a file, None where no row has a day and a figure."""
    data = [at for at, row in enumerate(table.rows) if _is_data(row)]
    if not data:
        return None
    width = Counter(len(table.rows[at].cells) for at in data).most_common(1)[0][0]
    heading = _heading(table.rows, data[0], width)
    rows = [table.rows[at] for at in data if len(table.rows[at].cells) == width][:_LOOKED_AT]
    keys = _keys(heading.texts if heading else (), width)
    fields = _guess(keys, rows, layouts)
    columns = tuple(ColumnDraft(key, fields[at], _samples(rows, at)) for at, key in enumerate(keys))
    return LayoutDraft(
        columns, tuple(row.texts for row in rows[:_ROWS]), operations_met(rows, fields, layouts), heading is not None
    )


def is_mapped(table: TableDocument, layouts: Layouts) -> bool:
    """Tell whether a user's layout fits a heading of the file."""
    own = [layout for layout in layouts if not layout.shipped and not layout.headless]
    return bool(own) and any(layout.fits(row.texts) for row in table.rows for layout in own)


def operations_met(rows: Sequence[Row], fields: Sequence[str], layouts: Layouts) -> tuple[tuple[str, str], ...]:
    """Return the words of the operation column with the kind the vocabulary gives them."""
    if "operation" not in fields:
        return ()
    at = list(fields).index("operation")
    met = Counter(text for row in rows if at < len(row.cells) and (text := row.cells[at].text.strip()))
    found = []
    for word, _ in met.most_common(_FEW * 2):
        rule = layouts.operations.find(word)
        found.append((word, rule.kind.value if rule else ""))
    return tuple(found)


def _is_data(row: Row) -> bool:
    filled = [cell for cell in row.cells if cell.text.strip()]
    return (
        len(filled) >= _LEAST_CELLS
        and any(_day(cell.text) for cell in filled)
        and any(_number(cell.text) is not None and not _day(cell.text) for cell in filled)
    )


def _heading(rows: Sequence[Row], first: int, width: int) -> Row | None:
    """Return the row above the data that names most of the columns and holds no figures."""
    for row in reversed(rows[max(0, first - 4) : first]):
        texts = [text for text in row.texts if text.strip()]
        if (
            len(texts) * 2 >= width
            and len(texts) >= _LEAST_CELLS
            and not any(_number(text) is not None for text in texts)
        ):
            return row
    return None


def _keys(titles: Sequence[str], width: int) -> list[str]:
    stripped = [titles[at].strip() if at < len(titles) else "" for at in range(width)]
    times = Counter(stripped)
    return [title if title and times[title] == 1 else f"#{at}" for at, title in enumerate(stripped, 1)]


def _samples(rows: Sequence[Row], at: int) -> tuple[str, ...]:
    texts = (row.cells[at].text.strip() for row in rows)
    return tuple(dict.fromkeys(text for text in texts if text))[:_SAMPLES]


def _guess(keys: Sequence[str], rows: Sequence[Row], layouts: Layouts) -> list[str]:
    fields = _by_title(keys, layouts)
    texts = [[row.cells[at].text.strip() for row in rows] for at in range(len(keys))]
    numbers = [[_number(text) for text in column] for column in texts]
    _tell(fields, "date", [at for at in range(len(keys)) if _share(texts[at], _day) >= _MOST])
    _tell(fields, "time", [at for at in range(len(keys)) if _share(texts[at], _clock) >= _MOST])
    _tell(fields, "code", [at for at in range(len(keys)) if _share(texts[at], _CODE.fullmatch) >= _MOST])
    open_ = [at for at in range(len(keys)) if fields[at] == OPEN and _share(texts[at], _number) >= _MOST]
    _roll(fields, open_, numbers)
    _product(fields, [at for at in open_ if fields[at] == OPEN], numbers)
    words = [at for at in range(len(keys)) if fields[at] == OPEN and at not in open_ and any(texts[at])]
    _tell(fields, "operation", _by_words(words, texts, layouts))
    _tell(fields, "remark", sorted((at for at in words if fields[at] == OPEN), key=lambda at: -_length(texts[at]))[:1])
    return fields


def _by_title(keys: Sequence[str], layouts: Layouts) -> list[str]:
    """Return the best meaning of each known title; a field that stands for one column is given once."""
    ranked = sorted((rank, at, name) for at, key in enumerate(keys) for name, rank in layouts.titles.meanings(key))
    fields, taken = [OPEN] * len(keys), set()
    for _, at, name in ranked:
        if fields[at] == OPEN and name not in taken:
            fields[at] = name
            taken.add(name)
    return fields


def _tell(fields: list[str], name: str, places: Sequence[int]) -> None:
    """Give a field to the first open column that fits, unless a title already gave it."""
    if name in fields:
        return
    at = next((place for place in places if fields[place] == OPEN), None)
    if at is not None:
        fields[at] = name


def _roll(fields: list[str], places: Sequence[int], numbers: Sequence[Sequence[Decimal | None]]) -> None:
    """Find an amount and a balance that rolls with it, forwards or backwards; else money in and out beside one."""
    if "balance" in fields or {"net", "money_in"} & set(fields):
        return
    for balance in places:
        for net in places:
            if net != balance and _rolls(numbers[balance], numbers[net]):
                fields[net], fields[balance] = "net", "balance"
                return
    for balance in places:
        for money_in in places:
            for money_out in places:
                if len({balance, money_in, money_out}) == _LEAST_CELLS:
                    pairs = zip(numbers[money_in], numbers[money_out], strict=True)
                    moved = [(one or ZERO) - (other or ZERO) for one, other in pairs]
                    if _rolls(numbers[balance], moved):
                        fields[money_in], fields[money_out], fields[balance] = "money_in", "money_out", "balance"
                        return


def _rolls(balance: Sequence[Decimal | None], moved: Sequence[Decimal | None]) -> bool:
    """Tell whether a filled column moves by another: at most rows, and not only where nothing moved."""
    if sum(value is not None for value in balance) < _MOST * len(balance):
        return False
    forward = backward = steps = 0
    for at, (before, after) in enumerate(pairwise(balance)):
        this, following = moved[at] or ZERO, moved[at + 1] or ZERO
        if before is not None and after is not None and (this or following):
            steps += 1
            forward += bool(following) and agrees(after, before + following)
            backward += bool(this) and agrees(before, after + this)
    return steps > 0 and max(forward, backward) >= _MOST * steps


def _product(fields: list[str], places: Sequence[int], numbers: Sequence[Sequence[Decimal | None]]) -> None:
    """Find shares and price: two columns whose product is a third one, or but for the fees the amount."""
    if {"quantity", "price"} & set(fields):
        return
    net = [fields.index("net")] if "net" in fields else []
    for one, other in combinations(places, 2):
        for gross in (*places, *net):
            if gross in (one, other) or not _multiplies(numbers[one], numbers[other], numbers[gross], gross in net):
                continue
            whole = all(number == number.to_integral_value() for number in numbers[one] if number)
            fields[one], fields[other] = ("quantity", "price") if whole else ("price", "quantity")
            if gross not in net:
                fields[gross] = "gross"
            return


def _multiplies(
    ones: Sequence[Decimal | None], others: Sequence[Decimal | None], products: Sequence[Decimal | None], fees: bool
) -> bool:
    rows = [(a, b, c) for a, b, c in zip(ones, others, products, strict=True) if a and b and c]
    slack = [max(Decimal("0.01") * abs(a), abs(c) / 50 if fees else ZERO) for a, _, c in rows]
    close = sum(abs(abs(a * b) - abs(c)) <= most for (a, b, c), most in zip(rows, slack, strict=True))
    return bool(rows) and close >= _MOST * len(rows)


def _by_words(places: Sequence[int], texts: Sequence[Sequence[str]], layouts: Layouts) -> list[int]:
    """Return text columns that may hold the operation: known words first, then few different words."""

    def known(at: int) -> int:
        return sum(layouts.operations.find(text) is not None for text in texts[at] if text)

    few = [at for at in places if len({text for text in texts[at] if text}) <= _FEW and any(texts[at])]
    return sorted((at for at in places if known(at) or at in few), key=lambda at: (-known(at), at))


def _share(texts: Sequence[str], test: object) -> Decimal:
    """Return which part of the filled cells pass a test."""
    filled = [text for text in texts if text]
    if not filled or not callable(test):
        return ZERO
    passed = [result for text in filled if (result := test(text)) is not None and result is not False]
    return Decimal(len(passed)) / len(filled)


def _length(texts: Sequence[str]) -> Decimal:
    return Decimal(sum(map(len, texts))) / max(1, len(texts))


def _day(text: str) -> bool:
    try:
        return moment(text) is not None
    except BadDateError:
        return False


def _clock(text: str) -> bool:
    return ":" in text and clock_time(text) is not None


def _number(text: str) -> Decimal | None:
    try:
        return amount(text)
    except BadNumberError:
        return None
