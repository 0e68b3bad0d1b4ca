"""Real files that public projects publish: postings, period and sums against the raw cells, counted here anew."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
import python_calamine

from workbench.domain.lines import LineKind, Statement
from workbench.intake.layouts import load_layouts
from workbench.intake.statements import read_statement

FOLDER = Path(__file__).parents[4] / "shared" / "formats" / "samples"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="../shared/formats/samples is not beside this repository")
Effect = Callable[[dict[str, str]], Decimal | None]


def _signed(column: str) -> Effect:
    return lambda row: _number(row[column])


def _pair(money_in: str, money_out: str) -> Effect:
    return lambda row: (_number(row[money_in]) or Decimal(0)) - (_number(row[money_out]) or Decimal(0))


def _sided(amount: str, side: str, received: str, paid: str) -> Effect:
    def effect(row: dict[str, str]) -> Decimal | None:
        value = _number(row[amount]) or Decimal(0)
        if row.get("交易类型") == "零钱提现":  # no side is printed, but the word says that it left the wallet
            return -value
        if row[side].startswith(received):
            return value
        return -value if row[side].startswith(paid) else None

    return effect


@dataclass(frozen=True)
class Sample:
    """How a file is read by hand."""

    name: str
    heading: str
    """A title of the heading row, its first cell."""
    effect: Effect
    balance: str = ""
    encoding: str = "utf-8-sig"
    book: str = "bank"
    mark: str = ","


_BOOKED = _pair("记账金额(收入)", "记账金额(支出)")
SAMPLES = (
    Sample("abc_debit-example-abc_debit-records.csv", "交易日期", _signed("交易金额"), "本次余额"),
    Sample(
        "alipay-example-alipay-records.csv", "交易时间", _sided("金额", "收/支", "收入", "支出"), encoding="gb18030"
    ),
    Sample("boc-debit-example-boc-records.csv", "记账日期", _signed("金额"), "余额"),
    Sample(
        "bocom_debit-example-bocom_debit-records.csv", "序号", _sided("交易金额", "借贷", "贷", "借"), "余额"
    ),
    Sample("ccb.xls", "记账日", _pair("收入", "支出"), "账户余额"),
    Sample("citic-credit-records.xls", "交易日期", lambda row: -(_number(row["结算金额"]) or Decimal(0))),
    Sample("cmb-debit-example-cmb-records.csv", "记账日期", _signed("交易金额"), "联机余额"),
    Sample("hxsec-records.xls", "交收日期", _signed("清算金额"), "资金本次余额", "gb18030", "account", "\t"),
    Sample("icbc-credit-example-icbc-credit-records.csv", "交易日期", _BOOKED, "余额"),
    Sample("icbc-debit-v1-example-icbc-debit-v1-records.csv", "交易日期", _BOOKED),
    Sample("icbc-debit-v2-example-icbc-debit-v2-records.csv", "交易日期", _BOOKED),
    Sample("spdb_debit-records.xls", "顺序号", _pair("存入金额", "取出金额"), "余额"),
    Sample("wechat-example-wechat-records.csv", "交易时间", _sided("金额(元)", "收/支", "收入", "支出")),
    Sample("wechat-example-wechat-records.xlsx", "交易时间", _sided("金额(元)", "收/支", "收入", "支出")),
)  # fmt: skip


def _number(text: str) -> Decimal | None:
    plain = text.replace(",", "").replace("¥", "").strip()
    return Decimal(plain) if re.fullmatch(r"[-+]?\d*\.?\d+", plain) else None


def _grid(sample: Sample, data: bytes) -> list[list[str]]:
    if data.startswith((b"PK", b"\xd0\xcf")):
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [[str(cell).strip() for cell in row] for row in book.get_sheet_by_index(0).to_python()]
    text = data.decode(sample.encoding)
    return [[_bare(cell) for cell in row] for row in csv.reader(io.StringIO(text), delimiter=sample.mark)]


def _bare(cell: str) -> str:
    return re.sub(r'^="?(.*?)"?$', r"\1", cell.strip()).strip()


def raw_rows(sample: Sample, data: bytes) -> list[dict[str, str]]:
    """Return the rows below the heading that start with a date or a running number, by title."""
    grid = _grid(sample, data)
    at = next(at for at, row in enumerate(grid) if row and row[0] == sample.heading)
    titles = [title.replace(" ", "") for title in grid[at]]
    return [dict(zip(titles, row, strict=False)) for row in grid[at + 1 :] if row and re.match(r"\d", row[0])]


def _read(name: str) -> Statement:
    return read_statement((FOLDER / name).read_bytes(), name, "0" * 64, load_layouts(None))


def _days(rows: Sequence[dict[str, str]]) -> list[date]:
    titles = ("交易日期", "交易时间", "记账日期", "记账日", "交收日期")
    found = []
    for row in rows:
        text = next(row[title] for title in titles if re.match(r"\d{4}", row.get(title, "")))
        digits = re.sub(r"\D", "", text)[:8]
        found.append(date.fromisoformat(digits))
    return found


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda one: one.name)
def test_postings_days_and_sums(sample: Sample) -> None:
    rows = raw_rows(sample, (FOLDER / sample.name).read_bytes())
    statement = _read(sample.name)
    effects = [sample.effect(row) for row in rows]
    told = [effect for effect in effects if effect is not None]
    assert statement.book == sample.book
    assert len(statement.lines) == len(rows)
    assert sorted(line.date for line in statement.lines) == sorted(_days(rows))
    assert sum(line.stated for line in statement.lines if line.stated > 0) == sum(one for one in told if one > 0)
    assert sum(line.stated for line in statement.lines if line.stated < 0) == sum(one for one in told if one < 0)
    asked = [line for line in statement.lines if line.kind is LineKind.UNKNOWN]
    assert len(asked) == effects.count(None)
    assert sum(issue.reason == "unknown_sign" for issue in statement.issues) == len(asked)


@pytest.mark.parametrize("sample", [one for one in SAMPLES if one.balance], ids=lambda one: one.name)
def test_the_balances_close_or_their_gaps_are_listed(sample: Sample) -> None:
    rows = raw_rows(sample, (FOLDER / sample.name).read_bytes())
    statement = _read(sample.name)
    assert statement.has_balance
    balances = [line.balance for line in statement.lines]
    assert sorted(map(str, map(_plain, balances))) == sorted(str(_plain(_number(row[sample.balance]))) for row in rows)
    open_rows = [
        after.balance - before.balance - after.stated
        for before, after in pairwise(statement.lines)
        if before.balance is not None and after.balance is not None
    ]
    gaps = [issue.difference for issue in statement.issues if issue.reason == "balance_gap"]
    assert sorted(gap for gap in gaps if gap is not None) == sorted(gap for gap in open_rows if gap)
    assert sum("balance" in line.proofs for line in statement.lines) >= len(rows) - 1 - len(gaps)


def _plain(value: Decimal | None) -> Decimal | None:
    return value.normalize() + 0 if value is not None else None


def test_the_complete_bank_files_close_without_a_gap() -> None:
    for name in ("boc-debit-example-boc-records.csv", "spdb_debit-records.xls"):
        assert not _read(name).issues


def test_the_borderless_ledger_comes_with_its_overlaps_listed() -> None:
    """Its particulars run into the next column: two debits cannot be told from text, and are listed, not guessed."""
    statement = _read("borderless-ledger-issue-912.pdf")
    openings = [line for line in statement.lines if line.kind is LineKind.OPENING]
    assert [line.balance for line in openings] == [Decimal(27614207), Decimal(24274200)]
    assert (len(statement.lines), statement.book) == (11, "account")
    unread = [issue.source.row for issue in statement.issues if issue.reason == "bad_number"]
    assert len(unread) <= 2
    second = [line for line in statement.lines if line.source.page == 2][1:]
    assert [line.stated for line in second] == [979400, -6530000, -18723600, 0, 39784, -39784]
    assert all("balance" in line.proofs for line in second)
