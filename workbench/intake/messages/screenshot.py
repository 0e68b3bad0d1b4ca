"""Screenshots of chats and message lists: bubbles left and right, times in the middle, a title on top.

A screenshot shows days as apps do: without the year, as ``昨天`` or a weekday, or a bare clock for today. These are
read against the day in the file's name; without one they stay unread, and the message is listed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from workbench.domain.dates import DAY
from workbench.domain.source import Box
from workbench.intake import chinese
from workbench.intake.messages.raw import Preamble, RawMessage
from workbench.readers.model import TextDocument, TextLine

LOW = 0.9
"""Confidence below which a figure of a recognised message is listed."""
_WHEN = re.compile(
    r"^(?:(?:(?P<year>20\d{2})\s?[年/.\-])?\s?(?P<month>\d{1,2})\s?[月/.\-]\s?(?P<day>\d{1,2})(?:\s?日|(?!\d)))?\s?"
    r"(?P<word>今天|昨天|前天|星期[一二三四五六日天]|周[一二三四五六日天])?\s?"
    r"(?P<half>上午|下午|晚上|早上|凌晨|中午)?\s?(?:(?P<h>[012]?\d)[:.](?P<m>[0-5]\d)(?:[:.][0-5]\d)?)?$"
)
_NAME_DAY = re.compile(r"(?<!\d)(20\d{2})[-_.年]?(0[1-9]|1[0-2]|[1-9](?=[-_.月]))[-_.月]?([0-2]\d|3[01]|\d(?!\d))")
_NAME_EPOCH = re.compile(r"(?<!\d)(1[4-9]\d{8})\d{0,3}(?!\d)")
_BEIJING = timedelta(hours=8)
_STATUS_BAR = re.compile(r"^\d{1,2}:\d{2}(?!\d).{0,24}$|^(?:中国(?:移动|联通|电信)|[45]G)")
_BACK = re.compile(r"^[<‹〈←くK]?\s*(?:\(?\d{1,3}\)?)?\s*")
_WEEKDAYS = {char: number for number, char in enumerate("一二三四五六日")} | {"天": 6}
_LOOSE_BLANK = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\s+|\s+(?=[\u3000-\u9fff\uff00-\uffef])")
_NEW_BUBBLE = 1.5
"""Blank between two lines, in line heights, from which they stand in two bubbles."""
_TITLE_LENGTH = 24
_LIST_RIGHT, _LIST_LEFT = 0.8, 0.4
_LATE = {"下午", "晚上"}
_NOON = 12


@dataclass(frozen=True, slots=True)
class Doubt:
    """A part of a screenshot that a person must look at."""

    reason: str
    """``ocr_doubt`` or ``no_date``."""
    detail: str
    page: int | None
    row: int
    box: Box | None


@dataclass(slots=True)
class Shot:
    """What a screenshot holds."""

    head: Preamble
    messages: tuple[RawMessage, ...]
    doubts: tuple[Doubt, ...] = ()


@dataclass(slots=True)
class _Bubble:
    lines: list[TextLine]
    side: str
    sender: str = ""
    when: datetime | None = None


@dataclass(slots=True)
class _State:
    today: date | None
    day: date | None = None
    moment: datetime | None = None
    sender: str = ""
    bubbles: list[_Bubble] = field(default_factory=list)
    title: str = ""


def split_screenshot(document: TextDocument, name: str) -> Shot | None:
    """Return the messages of a recognised picture; None where it is no chat and no list of messages."""
    if not document.widths or not document.lines:
        return None
    today = day_of_name(name)
    state = _State(today)
    items = _list_items(document, today)
    if items:
        bubbles, title = items, ""
    elif any(line.side in {"left", "right"} for line in document.lines):
        for number in range(1, len(document.widths) + 1):
            _read_page([line for line in document.lines if line.page == number], state)
        bubbles, title = state.bubbles, state.title
    else:
        return None
    messages = tuple(_message(bubble) for bubble in bubbles if bubble.when is not None)
    undated = tuple(_undated(bubble) for bubble in bubbles if bubble.when is None)
    unsure = tuple(doubt for bubble in bubbles for doubt in _unsure(bubble))
    return Shot(Preamble("聊天记录截图" if not items else "短信列表截图", title), messages, (*undated, *unsure))


def day_of_name(name: str) -> date | None:
    """Return the day a file's name tells: ``Screenshot_20240122_0915.png``, ``mmexport1705885740123.jpg``."""
    match = _NAME_DAY.search(name)
    if match:
        try:
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            return None
    epoch = _NAME_EPOCH.search(name)
    return (datetime.fromtimestamp(int(epoch[1]), UTC) + _BEIJING).date() if epoch else None


def _plain(line: TextLine) -> str:
    return re.sub(r"\s+", "", chinese.normalised(line.text))


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", chinese.normalised(text)).strip()


def _read_page(lines: Sequence[TextLine], state: _State) -> None:
    last: TextLine | None = None
    for at, line in enumerate(lines):
        text = _plain(line)
        if at == 0 and line.side != "centre" and _STATUS_BAR.match(text):
            continue
        goes_on = last is not None and not line.side and _near(last, line) and not _WHEN.match(_spaced(line.text))
        if line.side in {"left", "right"} or goes_on:
            _add_to_bubble(line, last, state)
            last = line
            continue
        match = _WHEN.match(_spaced(line.text))
        if match and match.group() and (match["h"] or match["month"] or match["word"]):
            _take_time(match, line, last, state)
        elif not state.bubbles and state.moment is None and len(text) <= _TITLE_LENGTH:
            state.title = re.sub(r"[.…·]+$", "", _BACK.sub("", text))
        elif line.side == "centre" and (state.bubbles or state.moment):
            state.bubbles.append(_Bubble([line], "centre", "系统消息", state.moment))
        elif len(text) <= _TITLE_LENGTH:
            state.sender = text
        last = None if line.side == "centre" else last


def _add_to_bubble(line: TextLine, last: TextLine | None, state: _State) -> None:
    current = state.bubbles[-1] if state.bubbles else None
    if current is not None and last is not None and _near(last, line):
        current.lines.append(line)
        return
    sender = "我" if line.side == "right" else state.sender
    state.bubbles.append(_Bubble([line], line.side, sender, state.moment))
    state.sender = ""


def _near(last: TextLine, line: TextLine) -> bool:
    if last.box is None or line.box is None or last.page != line.page:
        return False
    height = min(last.box.bottom - last.box.top, line.box.bottom - line.box.top)
    return line.box.top - last.box.bottom < _NEW_BUBBLE * height


def _take_time(match: re.Match[str], line: TextLine, last: TextLine | None, state: _State) -> None:
    """Set the time of what follows; a small clock under a bubble is that bubble's own time."""
    day = _day(match, state.today)
    named = bool(match["month"] or match["word"])
    if named:
        state.day = day
    if not match["h"]:
        state.moment = None
        return
    clock = _clock(match)
    if not named and line.side != "centre" and last is not None and state.bubbles:
        own = state.day or state.today
        state.bubbles[-1].when = datetime.combine(own, clock) if own else None
        return
    known = day if named else state.today
    state.moment = datetime.combine(known, clock) if known else None


def _day(match: re.Match[str], today: date | None) -> date | None:
    """Return the day a stamp names; without a year the last such day up to the day of the screenshot."""
    word = match["word"] or ""
    if match["month"]:
        year = int(match["year"]) if match["year"] else today.year if today else None
        if year is None:
            return None
        try:
            day = date(year, int(match["month"]), int(match["day"]))
        except ValueError:
            return None
        return day if match["year"] or today is None or day <= today else day.replace(year=year - 1)
    if today is None:
        return None
    if word in {"今天", "昨天", "前天"}:
        return today - DAY * ("今天", "昨天", "前天").index(word)
    if word:
        back = (today.weekday() - _WEEKDAYS[word[-1]]) % 7 or 7
        return today - DAY * back
    return today


def _clock(match: re.Match[str]) -> time:
    hour = int(match["h"])
    if match["half"] in _LATE and hour < _NOON:
        hour += _NOON
    return time(min(hour, 23), int(match["m"]))


def _list_items(document: TextDocument, today: date | None) -> list[_Bubble]:
    """Return the entries of a list of messages: a sender on the left and a time on the right, the words below."""
    found: list[_Bubble] = []
    heads = 0
    for line in document.lines:
        width = document.widths[(line.page or 1) - 1]
        head = _list_head(line, width)
        if head:
            heads += 1
            sender, match = head
            day = _day(match, today)
            clock = _clock(match) if match["h"] else time()
            found.append(_Bubble([], "left", sender, datetime.combine(day, clock) if day else None))
        elif found and line.side != "right":
            found[-1].lines.append(line)
    return [item for item in found if item.lines] if heads > 1 else []


def _list_head(line: TextLine, width: float) -> tuple[str, re.Match[str]] | None:
    if len(line.words) < 2 or line.words[0].box.x0 > _LIST_LEFT * width:  # noqa: PLR2004 - sender and time
        return None
    for at in range(1, len(line.words)):
        words = line.words[at:]
        text = _spaced(" ".join(word.text for word in words))
        match = _WHEN.match(text)
        wide = words[0].box.x0 - line.words[at - 1].box.x1
        height = line.words[0].box.bottom - line.words[0].box.top
        if match and text and words[-1].box.x1 >= _LIST_RIGHT * width and wide > 2 * height:
            return "".join(word.text for word in line.words[:at]), match
    return None


def _message(bubble: _Bubble) -> RawMessage:
    assert bubble.when is not None  # noqa: S101 - the caller checked
    first = bubble.lines[0]
    mine = {"right": True, "left": False}.get(bubble.side)
    return RawMessage(bubble.when, _text(bubble), first.number, bubble.sender, "", mine, first.page, _box(bubble.lines))


def _text(bubble: _Bubble) -> str:
    """Return a bubble's words; lines that only wrapped are joined."""
    text = ""
    for line in bubble.lines:
        piece = line.text.strip()
        latin = text[-1:].isascii() and text[-1:].isalpha() and piece[:1].isascii()
        text = f"{text} {piece}" if latin else text + piece
    return _LOOSE_BLANK.sub("", text)


def _box(lines: Sequence[TextLine]) -> Box | None:
    whole: Box | None = None
    for line in lines:
        if line.box is not None:
            whole = whole.union(line.box) if whole else line.box
    return whole


def _undated(bubble: _Bubble) -> Doubt:
    first = bubble.lines[0]
    return Doubt("no_date", _text(bubble), first.page, first.number, _box(bubble.lines))


def _unsure(bubble: _Bubble) -> list[Doubt]:
    """Return the doubtful figures of a message, told at the row where it starts."""
    row = bubble.lines[0].number
    return [
        Doubt("ocr_doubt", f"{word.text}（可信度 {word.confidence:.2f}）", line.page, row, word.box)
        for line in bubble.lines
        for word in line.words
        if word.confidence is not None and word.confidence < LOW and any(char.isdigit() for char in word.text)
    ]
