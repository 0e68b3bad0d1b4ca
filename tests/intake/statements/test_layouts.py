"""One ledger printed in many ways must come back as the same postings, each proven."""

from __future__ import annotations

import html
import io
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest

from tests.intake.statements.ledger import Entry, expected, make_ledger, table
from tests.intake.statements.printing import Style, pdf, pdf_sections
from workbench.domain.lines import LineKind, Statement
from workbench.intake.layouts import load_layouts
from workbench.intake.overlap import merge_statements
from workbench.intake.statements import read_statement

SAMPLES = Path(__file__).parents[4] / "shared" / "formats" / "samples"
LEDGER = make_ledger()


def read(data: bytes, name: str = "statement.dat") -> Statement:
    return read_statement(data, name, "0" * 64, load_layouts(None))


def postings(statement: Statement) -> list[tuple[object, str, object]]:
    """Return the postings without opening, closing and carried balances."""
    lines = [line for line in statement.lines if line.kind not in {LineKind.OPENING, LineKind.CLOSING}]
    return [(line.date, line.kind.value, line.stated) for line in lines]


def delimited(rows: Sequence[Sequence[str]], mark: str = ",", encoding: str = "utf-8") -> bytes:
    return ("\r\n".join(mark.join(row) for row in rows) + "\r\n").encode(encoding)


RULES = ("all", "rows", "none", "frame", "columns")
STYLES = {
    "plain": Style(),
    "no_second_heading": Style(repeat_heading=False, rows_per_page=12),
    "carried": Style(carry=True, subtotal=True, rows_per_page=12),
    "quarter_turn": Style(turn=90),
    "half_turn": Style(turn=180),
    "three_quarters": Style(turn=270),
    "short_pages": Style(rows_per_page=12),
    "no_footer": Style(footer=False, rows_per_page=10),
    "watermark": Style(watermark="内部资料 仅供参考 2025"),
    "small": Style(size=5.2),
    "large": Style(size=9.0, page=(1191, 842)),
    "preamble": Style(preamble=("某某平台资金流水对账单", "客户姓名：张三  资金账号：660012345", "期初余额：0.00")),
    **{f"wrapped_{wrap}_top": Style(wrap=wrap, middle=False, rows_per_page=20) for wrap in (4, 6, 9)},
    **{f"wrapped_{wrap}_middle": Style(wrap=wrap, rows_per_page=20) for wrap in (4, 6, 9)},
}
BROKEN = {
    f"{rules}_{wrap}_{middle}": Style(rules, rows_per_page=12, wrap=wrap, wrap_figures=True, middle=middle)
    for rules in ("all", "rows")
    for wrap in (4, 6, 9)
    for middle in (True, False)
}


@pytest.mark.parametrize("rules", RULES)
@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES.keys())
def test_pdf_however_it_is_ruled(rules: str, style: Style) -> None:
    check_pdf(replace(style, rules=rules))


@pytest.mark.parametrize("style", BROKEN.values(), ids=BROKEN.keys())
def test_pdf_with_dates_and_amounts_broken_over_lines(style: Style) -> None:
    check_pdf(style)


def check_pdf(style: Style) -> None:
    statement = read(pdf(table(LEDGER), style), "statement.pdf")
    lines = [line for line in statement.lines if line.kind not in {LineKind.OPENING, LineKind.CLOSING}]
    assert postings(statement) == expected(LEDGER)
    assert [(line.code, line.remark) for line in lines] == [(entry.code or None, entry.remark) for entry in LEDGER]
    assert all("balance" in line.proofs for line in statement.lines[1:])
    assert not statement.issues


def test_one_pdf_with_a_section_for_every_month_under_titles() -> None:
    parts = [LEDGER[:15], LEDGER[15:30], LEDGER[30:]]
    sections = [(f"2025年{at}月资金流水", table(part)) for at, part in enumerate(parts, 1)]
    for rules in RULES:
        statement = read(pdf_sections(sections, Style(rules=rules, rows_per_page=9)), "months.pdf")
        assert postings(statement) == expected(LEDGER)
        assert not statement.issues


def test_two_statements_in_one_pdf_are_both_read_and_their_seam_is_listed() -> None:
    second = make_ledger(20, seed=7)
    for rules in RULES:
        pages = pdf_sections([("甲账户对账单", table(LEDGER)), ("乙账户对账单", table(second))], Style(rules=rules))
        statement = read(pages, "two.pdf")
        assert postings(statement) == expected([*LEDGER, *second])
        assert [issue.reason for issue in statement.issues] == ["balance_gap"]


def test_a_pdf_that_prints_dates_only_when_they_change() -> None:
    heading, *rows = table(LEDGER)
    once = [["" if row[0] == before[0] else row[0], *row[1:]] for before, row in pairwise([heading, *rows])]
    for rules in RULES:
        statement = read(pdf([heading, *once], Style(rules=rules, rows_per_page=12)), "once.pdf")
        assert postings(statement) == expected(LEDGER)
        assert not statement.issues


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
