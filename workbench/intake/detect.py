"""What an imported file is: statement, contract, prices, notices, or evidence that is only kept."""

from __future__ import annotations

import re
from dataclasses import replace

from workbench.domain.case import DocumentKind
from workbench.errors import WorkbenchError
from workbench.intake.layouts import Layouts, load_layouts
from workbench.intake.ledger.columns import read_heading
from workbench.intake.messages.screenshot import split_screenshot
from workbench.intake.vocabulary import title_key
from workbench.readers.model import TableDocument, TextDocument
from workbench.readers.sniff import sniff
from workbench.readers.tables import read_table
from workbench.readers.text import read_text

_PRICES = (
    {"date", "open", "high", "low", "close"},
    {"日期", "开盘", "最高", "最低", "收盘"},
    {"日期", "开盘价", "最高价", "最低价", "收盘价"},
)
_PRICE_TITLES = {
    "trade_date": "date", "datetime": "date", "time": "date", "day": "date", "timestamp": "date",
    "交易日期": "日期", "时间": "日期",
    "交易时间": "日期", "开盘价": "开盘", "最高价": "最高", "最低价": "最低", "收盘价": "收盘",
    "今开": "开盘", "收盘价格": "收盘",
}  # fmt: skip
_CONTRACT_WORDS = (
    "合同",
    "协议",
    "甲方",
    "乙方",
    "第一条",
    "保证金",
    "利息",
    "利率",
    "平仓线",
    "预警线",
    "违约",
    "签订",
    "出借",
    "借款",
    "条款",
    "争议",
)
_NOTICE_WORDS = (
    "通知",
    "短信",
    "聊天记录",
    "追加保证金",
    "预警",
    "平仓",
    "您的账户",
    "尊敬的",
    "微信",
    "记录范围",
    "导出范围",
    "客服",
    "StrTime",
    "StrContent",
    "IsSender",
    "TalkerId",
)
_STAMP = re.compile(r"^\W*(?:\S{1,24}\s+)?\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?[\sT]+\d{1,2}:\d{2}")
_CHAT_TITLES = frozenset(
    {
        "strcontent",
        "strtime",
        "issender",
        "sendername",
        "talkername",
        "发送人",
        "内容",
        "消息id",
        "from_nickname",
        "content_type",
    }
)
_ACCOUNT_WORDS = (
    "保证金", "平仓", "强平", "预警", "警戒", "补仓", "追保", "担保比例", "维保", "配资", "爆仓", "打款", "利息",
    "管理费", "操盘", "账户", "融资", "入金", "出金",
)  # fmt: skip
PICTURES = frozenset({"png", "jpeg", "bmp", "tiff"})
_LEAST = 3
_LEAST_SCORE = 4
_SAMPLE_ROWS = 200


def detect_kind(data: bytes, name: str, layouts: Layouts | None = None) -> DocumentKind:
    """Return what a file is, by its content.

    Files that are no document are evidence, and so are pictures that show no text of interest or cannot be
    recognised. A file that cannot be read at all raises, so that the person learns why.

    Raises:
        UnreadableFileError: empty, encrypted, damaged, too large or garbled.
        OcrNeededError: a PDF of pictures without text recognition.
    """
    kind = sniff(data, name)
    if kind in PICTURES:
        return _of_picture(data, name, layouts or load_layouts(None))
    if kind not in {"pdf", "xlsx", "xls", "docx", "html", "text"}:
        return DocumentKind.EVIDENCE
    known = layouts or load_layouts(None)
    if kind in {"xlsx", "xls", "html", "text"}:
        found = _of_table(read_table(data, name), known)
        if found:
            return found
    if kind in {"xlsx", "xls"}:
        return DocumentKind.EVIDENCE
    return _by_words(kind, data, name, known)


def _by_words(kind: str, data: bytes, name: str, known: Layouts) -> DocumentKind:
    text = read_text(data, name)
    lines = [line.text for line in text.lines]
    notice, contract = _notice_score(lines), _contract_score(lines)
    if _is_screenshot(text, name):
        notice = max(notice, contract) + 2 * _LEAST_SCORE
    if max(notice, contract) >= _LEAST_SCORE * 2:
        return DocumentKind.NOTICE if notice > contract else DocumentKind.CONTRACT
    if kind in {"pdf", "docx"}:
        found = _of_table(read_table(data, name), known)
        if found:
            return found
    if max(notice, contract) >= _LEAST_SCORE:
        return DocumentKind.NOTICE if notice > contract else DocumentKind.CONTRACT
    return DocumentKind.EVIDENCE


def _of_picture(data: bytes, name: str, layouts: Layouts) -> DocumentKind:
    """Return what a picture shows; evidence where its text is not recognised, or says nothing of interest."""
    from workbench.readers import ocr  # noqa: PLC0415 - heavy and optional

    if not ocr.available():
        return DocumentKind.EVIDENCE
    try:
        text = read_text(data, name)
    except WorkbenchError:
        return DocumentKind.EVIDENCE
    found = _of_table(read_table(data, name), layouts)
    if found:
        return found
    lines = [line.text for line in text.lines]
    if _is_screenshot(text, name):
        return DocumentKind.NOTICE
    notice, contract = _notice_score(lines), _contract_score(lines)
    if max(notice, contract) < _LEAST_SCORE:
        return DocumentKind.EVIDENCE
    return DocumentKind.NOTICE if notice > contract else DocumentKind.CONTRACT


def _is_screenshot(text: TextDocument, name: str) -> bool:
    """Tell whether a recognised picture shows messages about the account."""
    if not any(word in line.text for line in text.lines for word in _ACCOUNT_WORDS):
        return False
    shot = split_screenshot(text, name)
    if shot is None or shot.messages:
        return shot is not None
    return bool(shot.doubts) and _contract_score([line.text for line in text.lines]) < _LEAST_SCORE


def _of_table(table: TableDocument, layouts: Layouts) -> DocumentKind | None:
    for row in table.rows[:_SAMPLE_ROWS]:
        titles = {title_key(text) for text in row.texts if text}
        plain = {_PRICE_TITLES.get(title, title) for title in titles}
        if any(wanted <= plain for wanted in _PRICES):
            return DocumentKind.PRICES
        if len(titles & _CHAT_TITLES) >= 2:  # noqa: PLR2004 - one such word may stand in any table
            return DocumentKind.NOTICE
        columns = read_heading(row.texts, layouts)
        if columns is not None and columns.is_ledger:
            return DocumentKind.STATEMENT
    return _two_row_heading(table, layouts)


def _two_row_heading(table: TableDocument, layouts: Layouts) -> DocumentKind | None:
    from workbench.intake.ledger.sections import sort_rows  # noqa: PLC0415 - only for headings over two rows

    sections = sort_rows(replace(table, rows=table.rows[:_SAMPLE_ROWS]), layouts, layouts.operations).sections
    return DocumentKind.STATEMENT if any(section.rows for section in sections) else None


def _contract_score(lines: list[str]) -> int:
    text = "".join(lines)
    articles = sum(bool(re.match(r"^\s*第[一二三四五六七八九十百\d]+条", line)) for line in lines)
    head = "".join(lines[:8])
    titled = 3 * any(word in head for word in ("合同", "协议", "确认书", "风险揭示"))
    return sum(word in text for word in _CONTRACT_WORDS) + min(articles, 8) + titled


def _notice_score(lines: list[str]) -> int:
    text = "".join(lines)
    stamps = sum(bool(_STAMP.match(line)) for line in lines)
    enough = stamps >= _LEAST or (stamps and stamps * 4 >= sum(bool(line.strip()) for line in lines))
    return sum(word in text for word in _NOTICE_WORDS) + (min(stamps, 12) * 2 if enough else 0)
