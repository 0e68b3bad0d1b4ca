"""Figures on their way into the store: a spreadsheet's binary noise goes, a real digit too many is refused.

The store keeps money in millionths of a yuan. A workbook computes in binary, so a cell may read 3100.0000000000005;
what lies within a ten-millionth of a storable figure is that figure. Anything else would be rounding, and is refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, TypeVar

from workbench.domain.lines import Line, Statement
from workbench.domain.market import Bar, Notice, NoticeLog, PriceFile
from workbench.domain.source import Source
from workbench.errors import InputError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    RowT = TypeVar("RowT", bound=DataclassInstance)

STEP = Decimal("0.000001")
"""Smallest part of a yuan that is kept."""
NOISE = Decimal("0.0000001")
"""Largest distance, in yuan, that counts as binary noise."""
LIMIT = Decimal(9_000_000_000_000)
"""Largest amount that is kept, in yuan."""
_LINE = ("stated", "quantity", "gross", "balance", "position", "withheld")
_FEES = ("commission", "stamp_duty", "transfer_fee", "handling_fee", "regulatory_fee", "settlement_fee", "other")
_BAR = ("volume", "amount")
_NOTICE = ("assets", "amount")


def exact_statement(statement: Statement) -> Statement:
    """Return the statement with every amount storable.

    Raises:
        InputError: an amount has more decimals than are kept, or is too large; its row is named.
    """
    issues = tuple(_exact(issue, ("difference",), issue.source) for issue in statement.issues)
    return replace(statement, lines=tuple(_exact_line(line) for line in statement.lines), issues=issues)


def exact_prices(prices: PriceFile) -> PriceFile:
    """Return the bars with every volume and turnover storable; prices keep all their digits.

    Raises:
        InputError: see ``exact_statement``.
    """
    bars: tuple[Bar, ...] = tuple(_exact(bar, _BAR, bar.source) for bar in prices.bars)
    issues = tuple(_exact(issue, ("difference",), issue.source) for issue in prices.issues)
    return replace(prices, bars=bars, issues=issues)


def exact_notices(log: NoticeLog) -> NoticeLog:
    """Return the log with every amount storable.

    Raises:
        InputError: see ``exact_statement``.
    """
    notices: tuple[Notice, ...] = tuple(_exact(notice, _NOTICE, notice.source) for notice in log.notices)
    return replace(log, notices=notices)


def _exact_line(line: Line) -> Line:
    fees = _exact(line.fees, _FEES, line.source)
    settled = _exact(line, _LINE, line.source)
    return settled if fees is line.fees else replace(settled, fees=fees)


def _exact(row: RowT, names: Iterable[str], source: Source | None) -> RowT:
    """Return the row itself where every figure can be stored as it is, which is nearly always."""
    repaired = {}
    for name in names:
        figure = getattr(row, name)
        if figure is None:
            continue
        kept = _kept(figure, source)
        if kept != figure:
            repaired[name] = kept
    return replace(row, **repaired) if repaired else row


def _kept(figure: Decimal, source: Source | None) -> Decimal:
    try:
        kept = figure.quantize(STEP)
    except InvalidOperation:
        raise _unfit(figure, source) from None
    if abs(kept) > LIMIT or abs(kept - figure) > NOISE:
        raise _unfit(figure, source)
    return kept


def _unfit(figure: Decimal, source: Source | None) -> InputError:
    place = "" if source is None else f"{source.file}, page {source.page or '-'}, row {source.row or '-'}"
    return InputError(
        f"the figure {str(figure)[:40]} has too many digits for an amount",
        where=place,
        next_step="Check the cell: amounts have two decimals.",
        what_zh=f"数字 {str(figure)[:40]} 位数过多，不像金额",
        next_step_zh="请核对该单元格：金额应为两位小数。",
    )
