"""What a recognised statement says of itself: confidence on every line, repairs, and the figures nothing proves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from workbench.domain.lines import TRADES, Line, LineKind, RowIssue
from workbench.domain.source import Source
from workbench.intake.ledger.build import Place
from workbench.intake.ledger.columns import FEE_FIELDS, Columns
from workbench.intake.ledger.sections import Section
from workbench.intake.recognition.fixes import Fix
from workbench.readers.model import Cell, Row

LOW = 0.9
"""Confidence below which a figure that no arithmetic proves is listed."""
_CHECKS_ZH = {
    "balance": "余额链成立", "net": "成交金额与费用成立", "gross": "数量×价格成立", "date": "在前后日期之间",
    "vocabulary": "按词表",
}  # fmt: skip
_CASH = ("net", "money_in", "money_out", "debit", "credit")
_PLAIN_WORDS = ("code", "date")

Sheet = Mapping[tuple[int | None, int], tuple[Row, Columns]]


def sheet_of(sections: Sequence[Section]) -> Sheet:
    """Return the recognised rows of all sections by their places."""
    return {
        (row.page, row.row): (row, section.columns)
        for section in sections
        for row in section.rows
        if any(cell.confidence is not None for cell in row.cells)
    }


def fix_issues(fixes: Sequence[Fix], place: Place) -> Iterator[RowIssue]:
    """Yield one issue for every repaired cell: what was read, what it is taken for, and which check closes."""
    for fix in fixes:
        sure = f"，可信度 {fix.confidence:.2f}" if fix.confidence is not None else ""
        often = f" ×{fix.times}" if fix.times > 1 else ""
        title = f"{fix.title}: " if fix.title else ""
        detail = f"{title}{fix.before} → {fix.after}{often}（{_CHECKS_ZH[fix.why]}{sure}）"
        cell = next((cell for cell in fix.row.cells if cell.text == fix.before), None)
        yield RowIssue(_at(place.of(fix.row), cell), "ocr_repaired", detail)


def judged(
    lines: Sequence[Line], sheet: Sheet, issues: Sequence[RowIssue]
) -> tuple[tuple[Line, ...], tuple[RowIssue, ...]]:
    """Return the lines with their confidence, and an issue for every recognised figure that is not to be trusted.

    Args:
        lines: proven lines in posting order.
        sheet: recognised rows by place.
        issues: issues already found, repairs among them; a row with another one is not listed again as unproven.
    """
    if not sheet:
        return tuple(lines), ()
    open_rows = {(issue.source.page, issue.source.row) for issue in issues if issue.reason != "ocr_repaired"}
    mended = {(issue.source.page, issue.source.row) for issue in issues if issue.reason == "ocr_repaired"}
    pairs = [(line.code, line.name) for line in lines]
    found: list[Line] = []
    doubts: list[RowIssue] = []
    for at, line in enumerate(lines):
        key = (line.source.page, line.source.row or 0)
        if key not in sheet:
            found.append(line)
            continue
        row, columns = sheet[key]
        proofs = line.proofs | ({"balance"} if at == 0 and _opens(line) else set())
        marks = {f"ocr={_least(row, columns):.2f}"} | ({"repaired"} if key in mended else set())
        found.append(replace(line, proofs=proofs | marks))
        known = pairs.count((line.code, line.name)) > 1
        mine = list(_doubts(line, row, columns, proofs, known_code=known))
        if not mine and key not in open_rows and not _proven(line, proofs):
            detail = f"可信度 {_least(row, columns):.2f}，没有余额或成交数据可以印证"
            mine.append(RowIssue(line.source, "ocr_unproven", detail))
        doubts += mine
    return tuple(found), tuple(doubts)


def _opens(line: Line) -> bool:
    """Tell whether a first row proves itself: a balance that is just what came in."""
    return line.balance is not None and line.balance == line.stated


def _proven(line: Line, proofs: frozenset[str]) -> bool:
    if line.kind in (LineKind.OPENING, LineKind.CLOSING):
        return True
    return "balance" in proofs or {"gross", "net"} <= proofs


def _doubts(line: Line, row: Row, columns: Columns, proofs: frozenset[str], *, known_code: bool) -> Iterator[RowIssue]:
    covered = _covered(columns, proofs)
    trading = line.kind in TRADES
    for index in sorted(columns.numeric):
        cell = row.cells[index]
        if cell.confidence is None or cell.confidence >= LOW or index in covered or not _has_digit(cell):
            continue
        yield _doubt(line.source, columns.titles[index], cell)
    for name in _PLAIN_WORDS:
        for index in columns.all(name)[:1]:
            cell = row.cells[index]
            if cell.confidence is None or cell.confidence >= LOW or not _has_digit(cell):
                continue
            if name == "date" or (trading and not known_code):
                yield _doubt(line.source, columns.titles[index], cell)
    if line.period is not None or line.delay is not None:
        for index in columns.all("remark"):
            cell = row.cells[index]
            if cell.confidence is not None and cell.confidence < LOW and _has_digit(cell):
                yield _doubt(line.source, columns.titles[index], cell)


def _covered(columns: Columns, proofs: frozenset[str]) -> set[int]:
    """Return the columns whose figures a closed check of this row has used."""
    found: set[int] = set()
    for check, names in (
        ("balance", (*_CASH, "balance")),
        ("gross", ("quantity", "price", "gross")),
        ("net", (*FEE_FIELDS, "gross", *_CASH)),
    ):
        if check in proofs:
            found.update(index for name in names for index in columns.all(name))
    return found


def _doubt(source: Source, title: str, cell: Cell) -> RowIssue:
    assert cell.confidence is not None  # noqa: S101 - the caller checked
    return RowIssue(_at(source, cell), "ocr_doubt", f"{title}: {cell.text}（可信度 {cell.confidence:.2f}）")


def _at(source: Source, cell: Cell | None) -> Source:
    """Return a source that points at the cell itself."""
    return replace(source, box=cell.box) if cell is not None and cell.box is not None else source


def _has_digit(cell: Cell) -> bool:
    return any(char.isdigit() for char in cell.text)


def _least(row: Row, columns: Columns) -> Decimal:
    """Return the least confidence among the row's date and figures."""
    indexes = {*columns.numeric, *columns.all("date")}
    scores = [
        cell.confidence
        for index, cell in enumerate(row.cells)
        if index in indexes and cell.confidence is not None and _has_digit(cell)
    ]
    return Decimal(str(round(min(scores, default=0.0), 2)))
