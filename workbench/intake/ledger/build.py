"""Postings become lines: effect, kind, fees, remark facts and source put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from workbench.domain.lines import TRADES, Line, RowIssue
from workbench.domain.money import ZERO, grouped
from workbench.domain.source import Source
from workbench.intake.ledger.columns import Columns
from workbench.intake.ledger.fees import FeeReading, gross_of, net_effect, trade_fees
from workbench.intake.ledger.kinds import Meaning
from workbench.intake.ledger.postings import Posting
from workbench.intake.ledger.remarks import read_remark
from workbench.intake.ledger.signs import Reading
from workbench.readers.model import Row


@dataclass(frozen=True, slots=True)
class Place:
    """Makes sources for the rows of one file."""

    sha256: str
    file: str

    def of(self, row: Row) -> Source:
        """Return a row's place with its cells as text."""
        return Source(self.sha256, self.file, row.page, row.row, row.box, " | ".join(row.texts))


def line_of(
    posting: Posting, effect: Decimal | None, meaning: Meaning, columns: Columns, reading: Reading, fees: FeeReading,
    place: Place,
) -> Line:  # fmt: skip
    """Return a line; its id is set later, when the order is known."""
    quantity = posting.number(columns.first("quantity"))
    trading = meaning.kind in TRADES
    gross = gross_of(posting, columns)
    remark = read_remark(posting.remark, posting.date)
    balance = posting.number(reading.balance) if reading.heads == 1 else None
    return Line(
        id="",
        source=place.of(posting.row),
        date=posting.date,
        kind=meaning.kind,
        stated=effect if effect is not None else ZERO,
        operation=posting.operation or posting.remark,
        time=posting.time,
        code=posting.code,
        name=posting.name,
        quantity=abs(quantity) if quantity else None,
        price=posting.number(columns.first("price")) or None,
        gross=gross,
        fees=trade_fees(posting, fees) if trading else trade_fees(posting, FeeReading(())),
        balance=balance,
        position=posting.number(columns.first("position")),
        remark=posting.remark,
        serial=posting.serial,
        period=remark.period,
        delay=remark.delay,
        withheld=remark.withheld,
        tranche=remark.tranche,
    )


def question_issue(
    posting: Posting, meaning: Meaning, effect: Decimal | None, source: Source, raw: Decimal | None
) -> RowIssue | None:
    """Return the issue of a posting whose word or sign is not understood."""
    if not meaning.question:
        return None
    words = " ".join(filter(None, (posting.operation, posting.remark))) or "-"
    amount = effect if effect is not None else raw
    return RowIssue(source, meaning.question, f"{words}: {grouped(amount)}" if amount is not None else words)


def derived_effect(kind_direction: int, posting: Posting, columns: Columns, fees: FeeReading) -> Decimal | None:
    """Return a trade's effect on cash where the file prints no net amount: turnover and fees by its direction."""
    gross = gross_of(posting, columns)
    if gross is None or kind_direction == 0:
        return None
    return net_effect(gross, trade_fees(posting, fees).total, gross * kind_direction)


def numbered(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return lines with ids ``S0.1``, ``S0.2`` … in their order."""
    return tuple(replace(line, id=f"S0.{number}") for number, line in enumerate(lines, 1))
