"""What stands above and below the table: title, holder, account, period, opening and closing balance, row count."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workbench.intake.values import BadDateError, BadNumberError, amount, moment, plain_text
from workbench.readers.model import Row

_DAY = r"\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?|(?<!\d)(?:19|20)\d{6}(?!\d)"
_LABELS: tuple[tuple[str, frozenset[str]], ...] = (
    (
        "holder",
        frozenset(
            [
                "客户姓名",
                "姓名",
                "户名",
                "客户名称",
                "账户名称",
                "投资者姓名",
                "投资者名称",
                "客户",
                "账户名",
                "股东姓名",
                "客户名",
                "会员姓名",
                "用户姓名",
                "持有人",
                "账户姓名",
            ]
        ),
    ),
    (
        "account",
        frozenset(
            [
                "资金账号",
                "资金账户",
                "账号",
                "客户号",
                "资产账号",
                "账户",
                "客户编号",
                "客户代码",
                "资金账户号",
                "卡号",
                "交易账号",
                "账户编号",
                "资金账户账号",
                "信用资金账号",
                "信用账号",
                "操盘账号",
                "子账号",
                "牛卡号",
                "账户号",
                "支付宝账户",
            ]
        ),
    ),
    (
        "period",
        frozenset(
            [
                "起止日期",
                "查询区间",
                "统计日期",
                "日期范围",
                "对账日期",
                "查询日期",
                "统计期间",
                "查询期间",
                "对账期间",
                "起止时间",
                "账单周期",
                "期间",
                "查询时间",
                "账单期间",
                "交易区间",
                "日期区间",
                "区间",
                "统计区间",
                "对账单期间",
                "报告期间",
                "日期",
                "时间范围",
                "查询起止日期",
            ]
        ),
    ),
    ("start", frozenset(["起始日期", "开始日期", "起始时间", "查询开始日期", "开始时间", "起日"])),
    ("end", frozenset(["终止日期", "结束日期", "截止日期", "终止时间", "查询结束日期", "结束时间", "止日"])),
    (
        "opening",
        frozenset(
            [
                "期初余额",
                "期初资金余额",
                "上期余额",
                "上期结余",
                "承上日资金余额",
                "上日余额",
                "期初",
                "期初资金",
                "期初结余",
                "上期结存",
            ]
        ),
    ),
    (
        "closing",
        frozenset(["期末余额", "期末资金余额", "本期余额", "期末", "期末资金", "期末结余", "本期结余", "本期结存"]),
    ),
)
_FIELD_OF = {label: name for name, labels in _LABELS for label in labels}
_PAIR = re.compile(r"([^\s:：,，;；|]{1,12}(?:[ \u3000]{1,4}[^\s:：,，;；|\d]{1,2})?)\s*[:：]\s*")
_COUNT = re.compile(
    r"共\s*(?:计\s*)?(\d+)\s*(?:条|笔|行|项)(?:记录|明细|流水|交易)?|(?:记录数|总笔数|总条数|记录条数|合计笔数|笔数)\s*[:：]?\s*(\d+)"
)
_LEAST_TITLE, _LONGEST_TITLE = 4, 40
_NO_TITLE = re.compile(r"导出|注|说明|打印|\d{1,2}[.、]|.*[；;。]$")
_TITLE_WORD = re.compile(r"对账单|明细|流水|账单|清单|交割单|资金|成交|ledger|statement", re.IGNORECASE)


@dataclass(slots=True)
class Heading:
    """Figures printed outside of the table; None where they are not printed."""

    title: str = ""
    holder: str | None = None
    account: str | None = None
    start: date | None = None
    end: date | None = None
    opening: Decimal | None = None
    closing: Decimal | None = None
    count: int | None = None


def read_heading_rows(rows: Iterable[Row]) -> Heading:
    """Return what the rows outside of tables say; the first statement of a fact wins, except the closing balance."""
    found = Heading()
    for row in rows:
        texts = [text for text in row.texts if text.strip()]
        if not texts:
            continue
        if not found.title and _is_title(texts):
            found.title = " ".join(texts[0].split())
        counted = _COUNT.search(" ".join(texts))
        if counted and found.count is None:
            found.count = int(counted[1] or counted[2])
        for label, value in _pairs(texts):
            _take(found, label, value)
    return found


def is_labelled(row: Row) -> bool:
    """Tell whether a row holds labels of a heading (姓名：…, 期初余额：…) rather than a posting."""
    return any(True for _ in _pairs([text for text in row.texts if text.strip()]))


def _is_title(texts: Sequence[str]) -> bool:
    first = texts[0]
    plain = ":" not in first and "：" not in first and len(plain_text(first)) >= _LEAST_TITLE
    if _COUNT.search(first) or _NO_TITLE.match(first) or len(first) > _LONGEST_TITLE:
        return False
    return plain and not re.fullmatch(r"[\W\d_]+", first) and (len(texts) == 1 or bool(_TITLE_WORD.search(first)))


def _pairs(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield (field, value) of the labels in a row, inside one cell or in neighbouring cells."""
    for index, raw in enumerate(texts):
        text = unicodedata.normalize("NFKC", raw)
        marks = list(_PAIR.finditer(text))
        for at, mark in enumerate(marks):
            end = marks[at + 1].start() if at + 1 < len(marks) else len(text)
            name = _FIELD_OF.get(plain_text(mark[1]))
            value = text[mark.end() : end].strip(" \u3000;,|[]")
            if name and not value and index + 1 < len(texts):
                value = texts[index + 1].strip()
            if name:
                yield name, value
        if not marks and index + 1 < len(texts):
            name = _FIELD_OF.get(plain_text(text))
            if name:
                yield name, texts[index + 1].strip()


def _take(found: Heading, name: str, value: str) -> None:
    if name == "holder" and found.holder is None and value:
        found.holder = value.split(maxsplit=1)[0]
    elif name == "account" and found.account is None and value:
        found.account = value.split(maxsplit=1)[0]
    elif name == "period" and found.start is None:
        days = [day for text in re.findall(_DAY, value) if (day := _day(text))]
        if len(days) > 1:
            found.start, found.end = days[0], days[1]
    elif name == "start" and found.start is None:
        found.start = _first_day(value)
    elif name == "end" and found.end is None:
        found.end = _first_day(value)
    elif name == "opening" and found.opening is None:
        found.opening = _number(value)
    elif name == "closing":
        found.closing = _number(value) if found.closing is None else found.closing


def _first_day(value: str) -> date | None:
    match = re.search(_DAY, value)
    return _day(match.group()) if match else None


def _day(text: str) -> date | None:
    try:
        found = moment(re.sub(r"\s+", "", text))
    except BadDateError:
        return None
    return found[0] if found else None


def _number(text: str) -> Decimal | None:
    match = re.match(r"[(¥￥+\-−]*[\d,]+(?:\.\d+)?[)\-]?", unicodedata.normalize("NFKC", text).strip())
    try:
        return amount(match.group()) if match else None
    except BadNumberError:
        return None
