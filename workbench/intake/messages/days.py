"""Which day a message speaks of, and until when the client may act: printed days, clocks, and counted days.

Days of the exchanges come from a calendar that the caller passes in; where there is none, or where it ends, a counted
trading day stays unknown rather than guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from workbench.domain.dates import DAY
from workbench.domain.reference import TradingCalendar
from workbench.errors import ReferenceGapError
from workbench.intake import chinese

_CLOSE = time(15, 0)
_DAY_WORDS = rf"{chinese.DAY}|\d{{1,2}}月\d{{1,2}}[日号]"
_WEEK = r"(?:本周|这周|下周|下个?星期|本星期|周|星期|礼拜)[一二三四五六日天末]"
_SESSION: tuple[tuple[str, time], ...] = (
    (r"上午收[市盘]|午间|中午|早盘收|午盘", time(11, 30)),
    (r"集合竞价", time(9, 15)),
    (r"开[市盘]", time(9, 30)),
    (r"收[市盘]|日终|闭市|盘后|尾盘", _CLOSE),
)
_SESSION_WORD = r"(?:上午)?收[市盘]|开[市盘]|闭市|集合竞价|午盘"
_CLOCK = rf"(?:早上|上午|中午|下午|晚上|今晚)?{chinese.CLOCK}"
_ABSOLUTE = re.compile(
    rf"(?P<day>{_DAY_WORDS})(?:\([^()]*\))?\s*(?P<clock>{_CLOCK}|{_SESSION_WORD}|中午)?(?:\([^()]*\))?\s*"
    r"(?:之|以)?(?P<before>前)?"
)
_DEADLINE_WORD = re.compile(
    r"截止(?:时间|期限|日期)?[::为至是]*$|最迟[于]?$|(?:请|务必|须|应)(?:您)?(?:务必)?(?:于|在)$|期限[::为至]*$|最晚$"
)
_REST = rf"(?P<rest>[^,。;]{{0,12}}?(?:{chinese.CLOCK}|{_SESSION_WORD})?)"
_TODAY = re.compile(rf"(?:今[日天早晚]|当[日天]|本日){_REST}(?:之|以)?前")
_TOMORROW = re.compile(rf"(?P<word>明[日天早]|次日|第二天|翌日|隔[日天]){_REST}(?:之|以)?前")
_AFTER_NEXT = re.compile(rf"后[日天]{_REST}(?:之|以)?前")
_WEEKDAY = re.compile(rf"(?P<week>{_WEEK}){_REST}(?:之|以)?前")
_HOURS = re.compile(
    rf"(?P<n>{chinese.NUMBER})(?:个)?(?P<half>半)?(?P<unit>小时|钟头|分钟)(?:之|以)?内|(?P<limit>限|给)(?:你|您)?"
    rf"(?P<m>{chinese.NUMBER})(?:个)?(?P<unit2>小时|钟头|分钟)"
)
_HALF_HOUR = re.compile(r"(?:给(?:你|您)?|限(?:你|您)?)半(?:个)?(?:小时|钟头)|半(?:个)?(?:小时|钟头)(?:之|以)?内")
_TRADING = re.compile(
    rf"(?:[Tt]\+(?P<t>\d)日?|(?P<next>[下次](?:一|1)?个?交易日)|(?P<n>{chinese.NUMBER})个?(?:交易日|工作日)(?:之|"
    rf"以)?内|第(?P<k>{chinese.NUMBER})个交易日)(?P<rest>[^,。;]{{0,14}})"
)
_NATURAL = re.compile(rf"(?P<n>{chinese.NUMBER})(?:个)?(?:自然|日历)?[日天](?:之|以)?内")
_CLOCK_ONLY = re.compile(
    rf"(?:(?:请|务必|须|需|烦请|必须)[^,。;\d]{{0,8}}?|[,。;!]|^)(?P<clock>(?:[上下]午|晚上|早上)?{chinese.CLOCK})"
    r"(?:之|以)?前"
)
_ACTS = re.compile(r"前|内|完成|补|追加|转入|打")
_LATER = re.compile(r"^[^,。;]{0,6}起|^[^,。;]{0,8}(?:启动|执行|实施|强制|平仓|强平)")
_AS_OF = re.compile(
    rf"截[至止](?:到|于)?(?P<day>{_DAY_WORDS}|今日|当日|本日|昨日|昨天|上(?:一|个)+交易日|前一交易日|上日|[Tt]-1日?)?"
    r"(?:日终|收盘|收市|清算|\d{1,2}:\d{2})?"
)
_LAST_CLOSE = re.compile(
    r"(?P<day>昨[日天]|上(?:一|个)+交易日|前一(?:个)?交易日|上日|[Tt]-1日?)(?:日终|收盘|收市|闭市|清算|终)"
)
_OWN_DAY = frozenset({"今日", "当日", "本日"})
_WEEKDAYS = {char: number for number, char in enumerate("一二三四五六日")} | {"天": 6, "末": 4}
_HALF_DAY = 12


@dataclass(frozen=True, slots=True)
class TradingDays:
    """Counts trading days; both functions return None where the day is not known."""

    after: Callable[[date, int], date | None]
    """The n-th trading day after a day."""
    before: Callable[[date], date | None]
    """The last trading day before a day."""


def trading_days(calendar: TradingCalendar | None) -> TradingDays:
    """Return how trading days are counted by a calendar; without one, or outside of its range, nothing is known."""

    def after(day: date, count: int) -> date | None:
        try:
            return calendar.after(day, count) if calendar else None
        except ReferenceGapError:
            return None

    def before(day: date) -> date | None:
        try:
            return calendar.previous(day) if calendar else None
        except ReferenceGapError:
            return None

    return TradingDays(after, before)


UNKNOWN = trading_days(None)


def as_of_day(text: str, at: datetime, days: TradingDays = UNKNOWN) -> date | None:
    """Return the day whose close the message speaks of; ``昨日`` is the trading day before."""
    match = _AS_OF.search(text)
    words = match["day"] if match else None
    if words is None:
        last = _LAST_CLOSE.search(text)
        words = last["day"] if last else None
    if words is None:
        return None
    if words in _OWN_DAY:
        return at.date()
    return day_of(words, at) or days.before(at.date())


def day_of(words: str, at: datetime) -> date | None:
    """Read a printed day; one without a year is the one nearest to the message."""
    words = words.replace("号", "日")
    if re.match(r"\d{1,2}月", words):
        options = (chinese.day(f"{year}年{words}") for year in (at.year - 1, at.year, at.year + 1))
        return min((day for day in options if day), key=lambda day: abs(day - at.date()), default=None)
    return chinese.day(words)


def deadline_of(text: str, at: datetime, days: TradingDays = UNKNOWN) -> datetime | None:
    """Return until when the client may act; None where none is stated or a trading day is not known."""
    for reading in (_absolute, _hours, _by_trading_day, _by_near_day, _by_clock, _by_natural_days):
        stated, moment = reading(text, at, days)
        if stated:
            return moment
    return None


_Stated = tuple[bool, datetime | None]
"""Whether the message states a deadline of this form, and when it is."""
_NOTHING: _Stated = (False, None)


def _absolute(text: str, at: datetime, _days: TradingDays) -> _Stated:
    for match in _ABSOLUTE.finditer(text):
        if not match["before"] and not _DEADLINE_WORD.search(text[: match.start()]):
            continue
        day = day_of(match["day"], at)
        if day:
            return True, datetime.combine(day, clock_of(match["clock"] or ""))
    return _NOTHING


def _hours(text: str, at: datetime, _days: TradingDays) -> _Stated:
    if _HALF_HOUR.search(text):
        return True, at + timedelta(minutes=30)
    match = _HOURS.search(text)
    if not match:
        return _NOTHING
    count = chinese.number(match["n"] or match["m"])
    minutes = 1 if (match["unit"] or match["unit2"]) == "分钟" else 60
    if count is None:
        return True, None
    return True, at + timedelta(minutes=int(count * minutes) + (30 if match["half"] else 0))


def _by_trading_day(text: str, at: datetime, days: TradingDays) -> _Stated:
    for match in _TRADING.finditer(text):
        rest = match["rest"]
        if match["n"] is None and (_LATER.search(rest) or not _ACTS.search(rest)):
            continue
        count = chinese.number("1" if match["next"] else match["t"] or match["n"] or match["k"])
        day = None if count is None else days.after(at.date(), int(count))
        return True, None if day is None else datetime.combine(day, clock_of(rest))
    return _NOTHING


def _by_near_day(text: str, at: datetime, days: TradingDays) -> _Stated:
    today = at.date()
    match = _TODAY.search(text)
    if match:
        return True, datetime.combine(today, clock_of(match["rest"]))
    match = _TOMORROW.search(text)
    if match:
        session = re.search(_SESSION_WORD, match["rest"])
        day = (days.after(today, 1) if session else None) or today + DAY
        return True, datetime.combine(day, clock_of(match["rest"]))
    match = _AFTER_NEXT.search(text)
    if match:
        return True, datetime.combine(today + 2 * DAY, clock_of(match["rest"]))
    match = _WEEKDAY.search(text)
    if match:
        return True, datetime.combine(_weekday(match["week"], today), clock_of(match["rest"]))
    return _NOTHING


def _weekday(words: str, today: date) -> date:
    """Return the day of a weekday's name: ``下周`` is the week after, a bare name the next such day."""
    wanted = _WEEKDAYS[words[-1]]
    monday = today - DAY * today.weekday()
    if words.startswith("下"):
        return monday + DAY * (7 + wanted)
    day = monday + DAY * wanted
    return day if day >= today else day + DAY * 7


def _by_clock(text: str, at: datetime, _days: TradingDays) -> _Stated:
    match = _CLOCK_ONLY.search(text)
    return (True, datetime.combine(at.date(), clock_of(match["clock"]))) if match else _NOTHING


def _by_natural_days(text: str, at: datetime, _days: TradingDays) -> _Stated:
    match = _NATURAL.search(text)
    count = chinese.number(match["n"]) if match else None
    return _NOTHING if count is None else (True, datetime.combine(at.date() + DAY * int(count), _CLOSE))


def clock_of(words: str) -> time:
    """Return the time of day that words name; the close where they name none."""
    found = re.search(chinese.CLOCK, words)
    text = chinese.clock(found.group()) if found else None
    if text:
        hour = int(text[:2])
        late = re.search("下午|晚上|今晚", words) and hour < _HALF_DAY
        return time((hour + _HALF_DAY if late else hour) % 24, int(text[3:]))
    return next((moment for pattern, moment in _SESSION if re.search(pattern, words)), _CLOSE)
