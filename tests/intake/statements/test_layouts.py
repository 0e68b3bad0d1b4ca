"""One ledger printed in many ways must come back as the same postings, each proven."""

from __future__ import annotations

import html
import io
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tests.intake.statements.ledger import Entry, expected, make_ledger, table
from tests.intake.statements.printing import Style, pdf
from workbench.domain.lines import Statement
from workbench.intake.layouts import load_layouts
from workbench.intake.overlap import merge_statements
from workbench.intake.statements import read_statement

SAMPLES = Path(__file__).parents[4] / "shared" / "formats" / "samples"
LEDGER = make_ledger()


def read(data: bytes, name: str = "statement.dat") -> Statement:
    return read_statement(data, name, "0" * 64, load_layouts(None))


def postings(statement: Statement) -> list[tuple[object, str, object]]:
    return [(line.date, line.kind.value, line.stated) for line in statement.lines]


def delimited(rows: Sequence[Sequence[str]], mark: str = ",", encoding: str = "utf-8") -> bytes:
    return ("\r\n".join(mark.join(row) for row in rows) + "\r\n").encode(encoding)


@pytest.mark.parametrize(
    "style",
    [
        Style(),
        Style(rules="rows"),
        Style(rules="none"),
        Style(rules="frame"),
        Style(repeat_heading=False),
        Style(carry=True, subtotal=True),
        Style(turn=90),
        Style(rules="none", rows_per_page=12),
    ],
    ids=str,
)
def test_pdf_however_it_is_ruled(style: Style) -> None:
    statement = read(pdf(table(LEDGER), style), "statement.pdf")
    assert postings(statement) == expected(LEDGER)
    assert all("balance" in line.proofs for line in statement.lines[1:])


@pytest.mark.parametrize("money", ["plain", "grouped", "brackets", "minus", "trailing"])
def test_negative_amounts_in_every_print(money: str) -> None:
    assert postings(read(pdf(table(LEDGER, style=money)), "a.pdf")) == expected(LEDGER)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("mark", [",", "\t"])
def test_text_tables_in_every_encoding(encoding: str, mark: str) -> None:
    assert postings(read(delimited(table(LEDGER), mark, encoding))) == expected(LEDGER)


@pytest.mark.parametrize("day", ["%Y%m%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"])
def test_dates_in_every_print(day: str) -> None:
    assert postings(read(delimited(table(LEDGER, day=day)))) == expected(LEDGER)


def test_tab_text_named_xls_with_wrapped_cells() -> None:
    rows = [[f'="{cell}"' if column < 2 and cell else cell for column, cell in enumerate(row)] for row in table(LEDGER)]
    assert postings(read(delimited(rows, "\t", "gb18030"), "statement.xls")) == expected(LEDGER)


def test_html_named_xls_and_a_real_workbook() -> None:
    body = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in table(LEDGER))
    page = f"<html><body><table>{body}</table></body></html>".encode()
    assert postings(read(page, "statement.xls")) == expected(LEDGER)
    book = openpyxl.Workbook()
    for row in table(LEDGER):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    assert postings(read(stream.getvalue(), "statement.csv")) == expected(LEDGER)


def test_newest_first_comes_back_in_posting_order() -> None:
    heading, *rows = table(LEDGER)
    assert postings(read(delimited([heading, *reversed(rows)]))) == expected(LEDGER)


def test_a_preamble_and_a_total_row_are_no_postings() -> None:
    heading, *rows = table(LEDGER)
    total = ["合计", *[""] * (len(heading) - 1)]
    data = delimited([["某某平台资金流水"], ["客户姓名", "张三", "资金账号", "660012345"], heading, *rows, total])
    statement = read(data)
    assert postings(statement) == expected(LEDGER)
    assert (statement.holder, statement.account) == ("张三", "660012345")


def test_overlapping_files_do_not_double_and_identical_fills_stay() -> None:
    twin = next(entry for entry in LEDGER if entry.kind == "buy")
    at = LEDGER.index(twin)
    ledger = [*LEDGER[: at + 1], twin, *LEDGER[at + 1 :]]
    first, second = ledger[:25], ledger[18:]
    merged = merge_statements([read(delimited(table(part))) for part in (first, second)])
    assert [(line.date, line.kind.value, line.stated) for line in merged] == expected(ledger)


def test_an_unknown_operation_is_asked_about_and_never_a_credit() -> None:
    rows = table(LEDGER)
    column = rows[0].index("业务名称")
    rows[5][column] = "莫名调拨"
    statement = read(delimited(rows))
    line = statement.lines[4]
    assert line.kind.value == "unknown"
    assert any(issue.source.row == line.source.row for issue in statement.issues)


def test_a_row_whose_arithmetic_is_open_stays_with_its_difference() -> None:
    rows = table(LEDGER)
    balance = rows[0].index("资金余额")
    rows[8][balance] = "1.00"
    statement = read(delimited(rows))
    assert len(statement.lines) == len(LEDGER)
    assert any(issue.difference for issue in statement.issues)


def _entry_kinds(entries: Sequence[Entry]) -> set[str]:
    return {entry.kind for entry in entries}


def test_the_ledger_is_worth_printing() -> None:
    assert {"buy", "sell", "interest", "margin_in", "drawdown"} <= _entry_kinds(LEDGER)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="shared samples are not beside this repository")
def test_the_broker_sample_has_exactly_its_five_gaps() -> None:
    path = SAMPLES / "hxsec-records.xls"
    statement = read(path.read_bytes(), path.name)
    gaps = [issue.difference for issue in statement.issues if issue.reason == "balance_gap"]
    assert gaps == [Decimal(gap) for gap in ("-2787.74", "-2070.40", "-81347.77", "-9996.13", "-137903.82")]
