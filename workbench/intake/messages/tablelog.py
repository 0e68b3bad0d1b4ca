"""Logs in columns or JSON objects: the fields are found by their names, shifted rows by their times."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from workbench.intake.messages.placeholders import message_text
from workbench.intake.messages.raw import Preamble, RawMessage, preamble, stamp
from workbench.readers.model import Row

ALIASES: Mapping[str, tuple[str, ...]] = {
    "time": (
        "strtime",
        "time",
        "时间",
        "发送时间",
        "通知时间",
        "接收时间",
        "日期时间",
        "消息时间",
        "收到时间",
        "date",
        "datetime",
        "ts",
        "timestamp",
        "createtime",
        "日期",
    ),
    "sender": (
        "sendername",
        "nickname",
        "from_nickname",
        "发送人",
        "发送者",
        "发送方",
        "发件人",
        "昵称",
        "from",
        "sender",
        "sender_wxid",
        "remark",
        "号码",
        "对方",
        "联系人",
    ),
    "content": (
        "strcontent",
        "content",
        "内容",
        "短信内容",
        "消息内容",
        "通知内容",
        "正文",
        "消息",
        "text",
        "message",
        "msg",
        "body",
    ),
    "channel": ("channel", "渠道", "通知方式", "方式", "发送方式", "通知渠道", "途径", "送达方式"),
    "mine": ("issender", "is_self", "isself", "is_sender", "是否本人", "收发", "方向", "type_direction"),
    "type": ("type", "msg_type", "类型", "content_type", "消息类型"),
    "talker": ("talkername", "group_name", "会话", "聊天对象", "对话方"),
}
"""Field -> header names in order of preference, lower case."""
_YES = {"1", "true", "是", "发送", "发出", "out", "self", "我"}
_NO = {"0", "false", "否", "接收", "收到", "in", "对方"}


def columns_of(cells: Sequence[str]) -> dict[str, int] | None:
    """Return the columns of a header row, or None where time or content is missing."""
    names = [re.sub(r"[\s\ufeff]", "", cell).lower() for cell in cells]
    found: dict[str, int] = {}
    for field, aliases in ALIASES.items():
        at = next((names.index(alias) for alias in aliases if alias in names), None)
        if at is not None:
            found[field] = at
    return found if {"time", "content"} <= found.keys() else None


def split_table(rows: Sequence[Row]) -> tuple[Preamble, tuple[RawMessage, ...]] | None:
    """Return preamble and messages of a table log; None where no row is its header."""
    for at, row in enumerate(rows[:30]):
        columns = columns_of(row.texts)
        if columns:
            head = preamble(" ".join(cell for cell in row.texts if cell) for row in rows[:at])
            messages = tuple(_messages(rows[at + 1 :], columns, len(row.cells)))
            return _with_partner(head, rows[at + 1 :], columns), messages
    return None


def _with_partner(head: Preamble, rows: Sequence[Row], columns: Mapping[str, int]) -> Preamble:
    if head.partner or "talker" not in columns or not rows:
        return head
    cells = rows[0].texts
    at = columns["talker"]
    return Preamble(head.text, cells[at] if at < len(cells) else "", head.start, head.end, head.complete)


def _messages(rows: Iterable[Row], columns: Mapping[str, int], width: int) -> Iterator[RawMessage]:
    for row in rows:
        cells = row.texts
        shift = _shift(cells, columns, width)
        fields = {name: cells[at + shift] for name, at in columns.items() if 0 <= at + shift < len(cells)}
        for name in ("mine", "type"):  # these stand before the field that shifts the rest
            if name in columns and shift and columns[name] < len(cells):
                fields[name] = cells[columns[name]]
        message = _message(fields, row.row)
        if message:
            yield message


def _shift(cells: Sequence[str], columns: Mapping[str, int], width: int) -> int:
    """Return how far a row that is longer than its header is shifted where its time stands."""
    at = columns["time"]
    if len(cells) <= width or (at < len(cells) and stamp(cells[at])):
        return 0
    return next(
        (shift for shift in range(1, len(cells) - width + 1) if at + shift < len(cells) and stamp(cells[at + shift])), 0
    )


def _message(fields: Mapping[str, str], row: int) -> RawMessage | None:
    at = stamp(fields.get("time", ""))
    text = message_text(fields.get("type", ""), fields.get("content", "").strip())
    if at is None or not text:
        return None
    mine = fields.get("mine", "").strip().lower()
    known = True if mine in _YES else False if mine in _NO else None
    return RawMessage(at, text, row, fields.get("sender", "").strip(), fields.get("channel", "").strip(), known)


def split_json(text: str) -> tuple[Preamble, tuple[RawMessage, ...]] | None:
    """Return the messages of a JSON log (a list, an object holding one, or one object a line); None for other text."""
    records = _records(text)
    if not records:
        return None
    names = list(dict.fromkeys(name for record in records for name in record))
    columns = columns_of(names)
    if columns is None:
        return None
    messages = [
        message
        for number, record in enumerate(records, 1)
        if (message := _message({field: _plain(record.get(names[at])) for field, at in columns.items()}, number))
    ]
    talker = _plain(records[0].get(names[columns["talker"]])) if "talker" in columns else ""
    return Preamble(partner=talker), tuple(messages)


def _records(text: str) -> list[Mapping[str, object]]:
    stripped = text.lstrip("\ufeff \n")
    if not stripped.startswith(("{", "[")):
        return []
    try:
        value: object = json.loads(stripped)
    except ValueError:
        return _json_lines(stripped)
    if isinstance(value, dict):
        lists = [part for part in value.values() if isinstance(part, list)]
        value = max(lists, key=len, default=[value])
    return [record for record in value if isinstance(record, dict)] if isinstance(value, list) else []


def _json_lines(text: str) -> list[Mapping[str, object]]:
    records: list[Mapping[str, object]] = []
    for line in text.splitlines():
        try:
            value = json.loads(line) if line.strip() else None
        except ValueError:
            return []
        if isinstance(value, dict):
            records.append(value)
    return records


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, datetime) else "" if value is None else str(value)
