"""Messages, calls and letters become notices: whatever app exported them, each with its words and place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from workbench.domain.lines import RowIssue
from workbench.domain.market import Notice, NoticeKind, NoticeLog
from workbench.domain.reference import TradingCalendar
from workbench.domain.source import Source
from workbench.errors import InputError, WorkbenchError
from workbench.intake.chinese import normalised
from workbench.intake.messages import meaning
from workbench.intake.messages.days import TradingDays, as_of_day, deadline_of, trading_days
from workbench.intake.messages.placeholders import spoken
from workbench.intake.messages.quoted import quoted_rows
from workbench.intake.messages.raw import STAMP, Preamble, RawMessage
from workbench.intake.messages.screenshot import Doubt, split_screenshot
from workbench.intake.messages.tablelog import columns_of, split_json, split_table
from workbench.intake.messages.textlog import CHANNEL, split_text
from workbench.readers.model import TextDocument
from workbench.readers.tables import read_table
from workbench.readers.text import read_text

_ME = {"我", "本人", "自己", "me", "客户", "客户本人", "用户"}
_STAFF = re.compile(r"客服|平台|配资|证券|公司|经理|老师|专员|系统|风控|助理|顾问|通知")
_SIGNED = re.compile(r"^【(?P<name>[^】]{2,30})】")
_CHAT = re.compile(r"聊天记录|微信|对话方|WeChat", re.IGNORECASE)
_WORDS = re.compile(
    (
        r"聊天记录|通知记录|短信记录|导出范围|记录范围|对话方|追加保证金|平仓|StrContent|SenderName|"
        r"TalkerName"
    ),
    re.IGNORECASE,
)


def read_notices(data: bytes, name: str, sha256: str, calendar: TradingCalendar | None = None) -> NoticeLog:
    """Read a log of messages (TXT, CSV, XLSX, JSON, DOCX, PDF, HTML).

    Args:
        data: the file.
        name: its name, for the sources.
        sha256: its hash.
        calendar: trading days for what is counted in them; without it, or beyond its range, that stays None.

    Raises:
        InputError: where no message with a time is found.
    """
    head, messages, chat, doubts = _split(data, name)
    if not messages:
        raise (
            _undated(name)
            if doubts
            else InputError(
                "no message with a date and time was found",
                where=name,
                next_step="Export the chat or SMS list again with times, or keep the file as evidence (--as evidence).",
                what_zh="没有找到带日期时间的消息",
                next_step_zh="请重新导出带时间的聊天或短信记录，或把文件留作证据（命令行加 --as evidence）。",
            )
        )
    fallback = _default_channel(head, chat=chat)
    partner = head.partner or _partner(messages)
    days = trading_days(calendar)
    notices = tuple(_notice(message, name, sha256, fallback, partner, days) for message in messages)
    issues = tuple(
        RowIssue(Source(sha256, name, doubt.page, doubt.row, doubt.box, doubt.detail), doubt.reason, doubt.detail)
        for doubt in doubts
    )
    return NoticeLog(sha256, name, notices, head.complete, head.start, head.end, partner, issues)


def _undated(name: str) -> InputError:
    return InputError(
        "the screenshot shows no full date, only a clock, a weekday or a day without year",
        where=name,
        next_step="Put the day of the screenshot into the file's name (chat_2024-01-22.png) and import it again.",
        what_zh="截图上没有完整日期(只有时刻、星期或缺年份的日期)",
        next_step_zh="请把截图日期写进文件名（如 聊天_2024-01-22.png）后重新导入，"
        "或把文件留作证据（命令行加 --as evidence）。",
    )


def _split(data: bytes, name: str) -> tuple[Preamble, tuple[RawMessage, ...], bool, tuple[Doubt, ...]]:
    """Return the preamble, the messages, whether the shape itself is a chat export, and what is in doubt."""
    text = _text(data, name)
    shot = split_screenshot(text, name) if text is not None else None
    if shot is not None:
        return shot.head, shot.messages, "聊天" in shot.head.text, shot.doubts
    return *_split_log(data, name, text), ()


def _split_log(data: bytes, name: str, text: TextDocument | None) -> tuple[Preamble, tuple[RawMessage, ...], bool]:
    if text is not None:
        body = "\n".join(line.text for line in text.lines)
        found = split_json(body)
        if found:
            return *found, True
        head, messages = split_text(text.lines)
        if messages and not _tabular(text):
            return head, messages, _is_chat(messages)
    quoted = quoted_rows(text.lines) if text is not None and text.format == "txt" else None
    table = split_table(quoted) if quoted else None
    if not table or not table[1]:
        table = split_table(read_table(data, name).rows)
    if table and table[1]:
        return *table, _chat_columns(text)
    return (head, messages, _is_chat(messages)) if text is not None else (Preamble(), (), False)


def _text(data: bytes, name: str) -> TextDocument | None:
    """Return the file as lines, or None for a workbook."""
    try:
        return read_text(data, name)
    except WorkbenchError:
        read_table(data, name)
        return None


def _tabular(text: TextDocument) -> bool:
    """Tell whether a header row of fields stands near the top."""
    return _fields([line.text for line in text.lines])


def _fields(lines: Sequence[str]) -> bool:
    """Tell whether one of the first lines names a time and a content field."""
    return any(columns_of(re.split(r"[,\t;|]", line.replace('"', ""))) for line in lines[:30])


def _chat_columns(text: TextDocument | None) -> bool:
    top = "\n".join(line.text for line in text.lines[:5]) if text else ""
    return bool(re.search(r"StrContent|TalkerId|TalkerName|from_nickname|消息ID|sender_wxid|聊天记录", top))


def _is_chat(messages: tuple[RawMessage, ...]) -> bool:
    return any(message.sender for message in messages) and not any(message.channel for message in messages)


def _default_channel(head: Preamble, *, chat: bool) -> str | None:
    if re.search(r"短信", head.text) and not _CHAT.search(head.text):
        return "sms"
    return "wechat" if _CHAT.search(head.text) or chat else None


def _partner(messages: tuple[RawMessage, ...]) -> str:
    """Return the other side's name: the sender that signs, sounds like staff, or is known not to be the client."""
    names = Counter(_signature(message) or message.sender for message in messages if message.mine is not True)
    staff = [name for name, _ in names.most_common() if name and name not in _ME and _STAFF.search(name)]
    others = [name for name, _ in names.most_common() if name and name not in _ME]
    return (staff or others or [""])[0]


def _signature(message: RawMessage) -> str:
    match = _SIGNED.match(message.text)
    return match["name"] if match else ""


def _notice(
    message: RawMessage,
    name: str,
    sha256: str,
    fallback: str | None,
    partner: str,
    days: TradingDays,
) -> Notice:
    text = spoken(normalised(message.text))
    mine = _is_mine(message, partner)
    return Notice(
        at=message.at,
        kind=NoticeKind.CLIENT if mine else meaning.kind_of(text),
        channel=meaning.channel_of(message.channel, text, fallback),
        sender=message.sender or _signature(message) or partner,
        text=message.text,
        source=Source(sha256, name, message.page, message.row, message.box, message.text),
        from_client=mine,
        as_of=as_of_day(text, message.at, days),
        ratio=meaning.ratio_of(text),
        assets=meaning.assets_of(text),
        amount=meaning.amount_of(text),
        deadline=None if mine else deadline_of(text, message.at, days),
    )


def _is_mine(message: RawMessage, partner: str) -> bool:
    if message.mine is not None:
        return message.mine
    if not message.sender or message.sender in _ME:
        return bool(message.sender)
    same = message.sender == partner or partner in message.sender or message.sender in partner
    return bool(partner) and not same and not _STAFF.search(message.sender)


def looks_like_notices(text: str) -> float:
    """Return how far a text looks like a log of messages, 0 to 1."""
    plain = normalised(text[:20000])
    lines = [line for line in plain.splitlines() if line.strip()]
    if not lines:
        return 0.0
    stamped = sum(
        bool(re.match(rf"^\[?{STAMP}|^\S{{1,30}}\s+\[?{STAMP}\]?\s*:?$|^\S{{1,30}}\s*[(\[]{STAMP}", line))
        for line in lines
    )
    prose = sum(bool(re.search(rf"【|您|请|[,。!]|{CHANNEL}", line)) for line in lines) / len(lines)
    score = min(0.5, stamped / len(lines)) + 0.25 * prose
    score += (
        0.4 if re.search(r"聊天记录|通知记录|短信记录|对话方|StrContent|TalkerName|sender_wxid|消息ID", plain) else 0.0
    )
    fields = _fields(lines) or split_json(text) is not None
    score += 0.45 if fields else 0.0
    score += 0.1 if _WORDS.search(plain) else 0.0
    return min(1.0, score if stamped or fields else 0.3 * score)
