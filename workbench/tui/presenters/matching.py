"""Three-way matching: each movement of the ledger beside the client's bank and the broker's statement."""

from __future__ import annotations

from decimal import Decimal

from workbench.domain.lines import Line
from workbench.domain.matching import Agreement, Matching, Pair
from workbench.domain.money import plain
from workbench.tui.presenters.base import DASH, Cell, Column, Detail, Row, Section, Words, day, label, money, signed

COLUMNS = (
    Column("agreement", 14),
    Column("date", 10),
    Column("book", 10, needs=84),
    Column("ledger_says", 14, right=True),
    Column("other_says", 14, right=True),
    Column("code", 7, needs=70),
    Column("days_apart", 6, right=True, needs=92),
    Column("", 0, flex=1),
)
MARKS = {
    Agreement.SAME: ("✓", "good"),
    Agreement.OTHER_DAY: ("·", "muted"),
    Agreement.OTHER_AMOUNT: ("▲", "warn"),
    Agreement.ONLY_LEDGER: ("▲", "warn"),
    Agreement.ONLY_OTHER: ("●", "bad"),
}


def theirs(pair: Pair) -> Decimal | None:
    """Return what the other book says in yuan, positive into the account."""
    if pair.other is None:
        return None
    return -pair.other.stated if pair.book == "bank" else pair.other.stated


def match_rows(matching: Matching, words: Words) -> tuple[Row, ...]:
    """Return what needs an answer first, then what agrees."""
    rows = []
    for at, pair in sorted(enumerate(matching.pairs), key=lambda item: item[1].agreement is Agreement.SAME):
        mark, tone = MARKS[pair.agreement]
        code = next((line.code for line in (pair.ledger, pair.other) if line and line.code), "")
        cells = (
            Cell(f"{mark} {label(words, 'agreement', pair.agreement.value)}", tone),
            Cell(day(pair.date), "muted"),
            Cell(label(words, "book", pair.book)),
            Cell(money(pair.ledger.stated) if pair.ledger else DASH),
            Cell(money(theirs(pair))),
            Cell(code),
            Cell(str(pair.days) if pair.days else "", "muted"),
            Cell(""),
        )
        rows.append(Row(str(at), cells))
    return tuple(rows)


def match_summary(matching: Matching, words: Words) -> str:
    """Say which books were compared and how much is open."""
    if not matching.coverage:
        return words("matching.nothing")
    books = "、".join(dict.fromkeys(label(words, "book", known.book) for known in matching.coverage))
    return words("matching.summary", books=books, count=len(matching.pairs), open=len(matching.open))


def match_detail(matching: Matching, key: str, words: Words) -> Detail | None:
    """Show both sides of one movement with their places."""
    if not key.isdigit() or int(key) >= len(matching.pairs):
        return None
    pair = matching.pairs[int(key)]
    mark, tone = MARKS[pair.agreement]
    sections = [Section("", (Cell(f"{mark} {words(f'matching.means.{pair.agreement.value}')}", tone),))]
    for heading, line in ((words("matching.ledger"), pair.ledger), (label(words, "book", pair.book), pair.other)):
        sections.append(Section(heading, _side(line) if line else (Cell(DASH, "muted"),)))
    difference = pair.difference
    if difference and pair.agreement is Agreement.OTHER_AMOUNT:
        sections.append(Section("", (Cell(words("matching.difference", sum=signed(difference)), "warn"),)))
    return Detail(
        f"{day(pair.date)} {label(words, 'agreement', pair.agreement.value)}",
        pair.file,
        tuple(sections),
        pair.ledger.id if pair.ledger else None,
    )


def _side(line: Line) -> tuple[Cell, ...]:
    trade = f"{line.code} {plain(line.quantity)} × {plain(line.price)}" if line.quantity and line.price else ""
    words = " ".join(filter(None, (line.operation, line.remark)))
    printed = (f"{day(line.date)}  {money(line.stated)}", trade, words, line.source.text)
    return tuple(Cell(text, "muted" if at == len(printed) - 1 else "") for at, text in enumerate(printed) if text)
