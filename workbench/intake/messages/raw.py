"""One message as the export holds it, and the times and ranges that exports print."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from workbench.domain.source import Box
from workbench.intake import chinese

_DAY = r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日)"
_TIME = r"(?:[上下中]午|晚上|凌晨)?\s*\d{1,2}(?::|时|点)\d{1,2}(?:(?::|分)\d{1,2})?(?:秒|分)?(?:\.\d+)?"
STAMP = rf"{_DAY}(?:\s*星期[一二三四五六日天])?[\sT,]*{_TIME}(?:Z|[+-]\d{{2}}:?\d{{2}})?"
"""Day and time of a message, as a fragment without groups."""
_STAMP = re.compile(
    rf"(?P<day>{_DAY}).*?(?P<half>[上下中]午|晚上|凌晨)?\s*(?P<h>\d{{1,2}})(?::|时|点)(?P<m>\d{{1,2}})"
    r"(?:(?::|分)(?P<s>\d{1,2}))?"
)
_RANGE = re.compile(rf"(?P<start>{_DAY}(?:\s*{_TIME})?)\s*(?:至|到|~|-{{1,2}}|—)\s*(?P<end>{_DAY}(?:\s*{_TIME})?)")
_ALL = re.compile(
    r"全部(?:消息|渠道|记录|通知|短信|聊天记录)|所有(?:消息|渠道|记录|通知)|完整(?:记录|导出|聊天记录)"
    r"|未作?(?:删减|删除)"
)
_NOT_ALL = re.compile(r"部分|节选|摘录|不完整|未包含|不含|筛选")
_PARTNER = re.compile(
    r"(?:对话方|聊天对象|对方|联系人|发送方|会话|通知方|出具方)\s*[::]\s*(?P<name>[^\s,;|]{1,40})|"
    r"与\s*(?P<with>[^\s,;|]{1,30}?)\s*的?聊天记录|(?:客户)?通知记录\s+(?P<org>[^\s,;|\d]{2,40})"
)
_BEIJING = timedelta(hours=8)
_EPOCH = re.compile(r"^\d{10}(?:\d{3})?$")
_NOON = 12


@dataclass(frozen=True, slots=True)
class RawMessage:
    """A message before its words are understood."""

    at: datetime
    text: str
    row: int
    """1-based line or row where it starts."""
    sender: str = ""
    channel: str = ""
    """The channel's words as printed; empty where the log has none."""
    mine: bool | None = None
    """Whether the exporting person wrote it; None where the log does not say."""
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Preamble:
    """What the log says of itself before its first message."""

    text: str = ""
    partner: str = ""
    start: datetime | None = None
    end: datetime | None = None
    complete: bool = False


def stamp(text: str) -> datetime | None:
    """Read a message time (local, or Unix seconds and milliseconds as Beijing time); None where it is none."""
    text = chinese.normalised(text.strip())
    if _EPOCH.match(text):
        seconds = int(text[:10])
        return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None) + _BEIJING
    match = _STAMP.match(text)
    day = chinese.day(match["day"]) if match else None
    if match is None or day is None:
        return None
    hour = int(match["h"])
    if match["half"] in ("下午", "晚上") and hour < _NOON:
        hour += _NOON
    try:
        return datetime.combine(day, time(hour, int(match["m"]), int(match["s"] or 0)))
    except ValueError:
        return None


def preamble(lines: Iterable[str]) -> Preamble:
    """Read partner, range and claim of completeness from the lines before the first message."""
    text = chinese.normalised("\n".join(lines))
    span = _RANGE.search(text)
    start = _edge(span["start"], time(0, 0)) if span else None
    end = _edge(span["end"], time(23, 59)) if span else None
    partner = _PARTNER.search(text)
    name = next((value for value in partner.groups() if value), "") if partner else ""
    complete = bool(span and _ALL.search(text) and not _NOT_ALL.search(text))
    return Preamble(text, name, start, end, complete)


def _edge(text: str, fallback: time) -> datetime | None:
    exact = stamp(text)
    if exact:
        return exact
    day = chinese.day(re.sub(r"\s.*", "", text.strip()))
    return datetime.combine(day, fallback) if day else None
