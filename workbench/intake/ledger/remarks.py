"""What a remark says about its posting: interest period, delay, withheld interest, tranche.

Source: domain specification sections 3, 4 and 12; wordings in ../shared/formats/formats.md.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workbench.domain.lines import PrintedDelay, PrintedPeriod
from workbench.intake.values import BadDateError, moment

_FULL = r"(?:\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?|(?<!\d)(?:19|20)\d{6}(?!\d))"
_SHORT = r"(?:\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?)"
_TO = r"\s*(?:至|到|[~～—–−-]{1,3}|\.{2,3}|…+)\s*"
_RANGE = re.compile(rf"({_FULL}){_TO}({_FULL}|{_SHORT})")
_SHORT_RANGE = re.compile(rf"(?<!\d)(\d{{1,2}})月(\d{{1,2}})[日号]?{_TO}(\d{{1,2}})月(\d{{1,2}})[日号]?")
_DAYS = re.compile(r"(?<!逾期)(?<!\d)(?:共|计|合计|天数[:为]?)?\s*(\d{1,4})\s*(?:个)?(?:天|日历日|自然日|交易日)(?!内)")
_DUE = re.compile(rf"(?:应付|应还|应收|到期|应缴|应结)(?:款)?(?:日期|日)?\s*[:为]?\s*({_FULL})")
_PAID = re.compile(
    rf"(?:实付|实还|实收|支付|实缴|实际(?:支付|付款|扣收|还款)|扣收|付款)(?:日期|日)?\s*[:为]?\s*({_FULL})"
)
_LATE = re.compile(
    r"(?:逾期|延期|延迟|拖欠|迟延|超期)(?:付息|还款|支付|天数)?\s*[:为共计]?\s*(\d{1,4})\s*(?:个)?(?:天|日|自然日|交易日)"
)
_AMOUNT = r"(?:人民币|¥|￥)?\s*([\d,]+(?:\.\d+)?)\s*(万)?\s*元?"
_WITHHELD = re.compile(
    rf"(?:扣收|扣除|预扣|预收|扣取|先扣|代扣|扣划|内扣|扣)[^\d;；。]{{0,16}}?(?:利息|息费|管理费|服务费|费用|息)[^\d;；。]{{0,4}}{_AMOUNT}"
)
_WITHHELD_AFTER = re.compile(
    rf"(?:利息|息费|管理费|服务费)[^\d;；。]{{0,4}}{_AMOUNT}\s*(?:已|先|于)?[^\d;；。]{{0,4}}(?:扣收|扣除|预扣|扣取|内扣)"
)
_TRANCHE = re.compile(r"第\s*([\d一二三四五六七八九十]{1,3})\s*(?:期|个月|笔|次)")
_CHINESE = {char: number for number, char in enumerate("〇一二三四五六七八九十")}


@dataclass(frozen=True, slots=True)
class RemarkFacts:
    """What one remark printed."""

    period: PrintedPeriod | None = None
    delay: PrintedDelay | None = None
    withheld: Decimal | None = None
    tranche: int | None = None


def read_remark(remark: str, posted: date) -> RemarkFacts:
    """Return the facts in a remark; ``posted`` gives the year where a period prints only month and day."""
    text = unicodedata.normalize("NFKC", remark)
    if not text.strip():
        return RemarkFacts()
    return RemarkFacts(_period(text, posted), _delay(text), _withheld(text), _tranche(text))


def _period(text: str, posted: date) -> PrintedPeriod | None:
    match = _RANGE.search(text)
    if match:
        start = _day(match[1])
        end = _day(match[2]) or _in_year(match[2], start)
    else:
        short = _SHORT_RANGE.search(text)
        if not short:
            return None
        match = short
        start, end = _short_days(short, posted)
    if start is None or end is None or end < start:
        return None
    counted = _DAYS.search(text[match.end() :]) or _DAYS.search(text[: match.start()])
    return PrintedPeriod(start, end, int(counted[1]) if counted else None)


def _short_days(match: re.Match[str], posted: date) -> tuple[date | None, date | None]:
    """Place a range without years so that it starts no later than the posting month and runs forward."""
    months = int(match[1]), int(match[3])
    days = int(match[2]), int(match[4])
    start_year = posted.year - (months[0] > posted.month + 1)
    end_year = start_year + (months[1] < months[0])
    return _real(start_year, months[0], days[0]), _real(end_year, months[1], days[1])


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _in_year(text: str, start: date | None) -> date | None:
    numbers = [int(part) for part in re.findall(r"\d+", text)]
    if start is None or len(numbers) < 2:  # noqa: PLR2004 - month and day
        return None
    year = start.year + ((numbers[0], numbers[1]) < (start.month, start.day))
    return _real(year, numbers[0], numbers[1])


def _day(text: str) -> date | None:
    try:
        found = moment(re.sub(r"\s+", "", text))
    except BadDateError:
        return None
    return found[0] if found else None


def _delay(text: str) -> PrintedDelay | None:
    due, paid, late = _DUE.search(text), _PAID.search(text), _LATE.search(text)
    if not late and not (due and paid):
        return None
    return PrintedDelay(_day(due[1]) if due else None, _day(paid[1]) if paid else None, int(late[1]) if late else None)


def _withheld(text: str) -> Decimal | None:
    match = _WITHHELD.search(text) or _WITHHELD_AFTER.search(text)
    if not match:
        return None
    value = Decimal(match[1].replace(",", "")) if match[1].strip(",") else None
    return value * 10_000 if value is not None and match[2] else value


def _tranche(text: str) -> int | None:
    match = _TRANCHE.search(text)
    if not match:
        return None
    return int(match[1]) if match[1].isdigit() else _chinese(match[1])


def _chinese(text: str) -> int:
    if "十" not in text:
        return _CHINESE[text[-1]]
    tens, _, ones = text.partition("十")
    return (_CHINESE[tens] if tens else 1) * 10 + (_CHINESE[ones] if ones else 0)
