"""Running-text logs: time before name, name before time, one line a message, several lines a message."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.domain.source import Box
from workbench.intake import chinese
from workbench.intake.messages.raw import STAMP, Preamble, RawMessage, preamble, stamp
from workbench.readers.model import TextLine

_NAME = r"[^\s::,。;【\[\]()]{1,30}(?:\s?[^\s::,。;【\[\]()\d]{1,12})?"
CHANNEL = (
    r"(?:手机)?短信(?:通知)?|微信(?:消息)?|电话(?:录音(?:摘要)?|通知|记录)?|致电|函件|书面(?:函件|"
    r"通知)?|邮寄|挂号信|快递|信函|"
    r"APP(?:推送|消息|通知)?|App(?:推送)?|站内信|站内消息|推送|系统消息|客户端(?:推送|消息)?|电子邮件|邮件|QQ|公告"
)
_HEADS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "line",
        re.compile(
            rf"^\[?(?P<at>{STAMP})\]?[\s,|]+\[?(?P<channel>{CHANNEL})\]?[\s,|::]+(?:(?P<sender>{_NAME})[::]\s*)"
            r"?(?P<text>\S.*)$"
        ),
    ),
    ("line", re.compile(rf"^\[?(?P<at>{STAMP})\]?[\s,|]+(?P<sender>{_NAME})\s*[::]\s*(?P<text>\S.*)$")),
    ("line", re.compile(rf"^\[?(?P<at>{STAMP})\]?[\s,|]+(?P<text>【.*)$")),
    ("line", re.compile(rf"^\[?(?P<sender>{_NAME})\s*[(\[](?P<at>{STAMP})[)\]]\]?\s*[::]?\s*(?P<text>\S.*)$")),
    ("block", re.compile(rf"^\[?(?P<at>{STAMP})\]?\s+(?P<sender>{_NAME})\s*[::]?$")),
    ("block", re.compile(rf"^(?P<sender>{_NAME})\s+\[?(?P<at>{STAMP})\]?\s*[::]?$")),
    ("block", re.compile(rf"^\[?(?P<sender>{_NAME})\s*[(\[](?P<at>{STAMP})[)\]]\]?\s*[::]?$")),
    ("block", re.compile(rf"^(?P<at>{STAMP})$")),
)
"""``line``: head and message on one line; ``block``: the message follows on its own lines."""


@dataclass(slots=True)
class _Open:
    head: re.Match[str]
    row: int
    lines: list[TextLine]
    first: str


def split_text(lines: Sequence[TextLine]) -> tuple[Preamble, tuple[RawMessage, ...]]:
    """Return what stands before the first message, and the messages in file order."""
    strict = _separated(lines)
    before: list[str] = []
    messages: list[RawMessage] = []
    current: _Open | None = None
    blank = True
    for line in lines:
        head = _head(line.text) if blank or not strict else None
        if head:
            if current:
                messages.extend(_closed(current))
            current = _Open(head, line.number, [line], head.groupdict().get("text") or "")
        elif current is None:
            before.append(line.text)
        else:
            current.lines.append(line)
        blank = not line.text.strip()
    if current:
        messages.extend(_closed(current))
    return preamble(before), tuple(messages)


def _head(text: str) -> re.Match[str] | None:
    plain = chinese.normalised(text.strip())
    for _, pattern in _HEADS:
        match = pattern.match(plain)
        if match and stamp(match["at"]):
            return match
    return None


def _separated(lines: Sequence[TextLine]) -> bool:
    """Tell whether the log parts messages by blank lines; then a date line inside a message is no new message."""
    total = after_blank = 0
    blank = True
    for line in lines:
        match = _head(line.text)
        if match and "text" not in match.groupdict():
            total += 1
            after_blank += blank
        blank = not line.text.strip()
    return total > 0 and after_blank >= 0.6 * total


def _closed(current: _Open) -> list[RawMessage]:
    found = current.head.groupdict()
    at = stamp(found["at"])
    body = "\n".join([current.first, *(line.text.strip() for line in current.lines[1:])]).strip()
    if at is None or not body:
        return []
    first = current.lines[0]
    return [
        RawMessage(
            at,
            body,
            current.row,
            sender=(found.get("sender") or "").strip(),
            channel=found.get("channel") or "",
            page=first.page,
            box=_box([line for line in current.lines if line.page == first.page]),
        )
    ]


def _box(lines: Sequence[TextLine]) -> Box | None:
    boxes = [line.box for line in lines if line.box is not None]
    whole = boxes[0] if boxes else None
    for box in boxes[1:]:
        whole = whole.union(box) if whole else box
    return whole
