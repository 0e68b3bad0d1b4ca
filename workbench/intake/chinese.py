"""Chinese numbers as documents print them: amounts, fractions, days and times become exact decimals and dates.

Every fragment below is a regular expression without groups, so that rules can build on it; each has its parser
beside it. Text is expected in the normal form of :func:`normal`.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal

import cn2an

CN_DIGIT = "〇零○一二三四五六七八九两壹贰叁肆伍陆柒捌玖弌弍弎"
CN_NUMERAL = CN_DIGIT + "十百千万亿拾佰仟萬億廿卅"
ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_CN_FRACTION = f"[{CN_NUMERAL}]+(?:点[{CN_DIGIT}]+)?"
NUMBER = rf"(?:{ARABIC}|{_CN_FRACTION})"
"""A number in either script, without unit."""
_CN_YUAN = f"[{CN_NUMERAL}]+[元圆](?:[{CN_DIGIT}]角)?(?:[{CN_DIGIT}]分)?"
_ARABIC_YUAN = rf"(?:(?:{ARABIC})[万亿千百]*[元圆]|(?:{ARABIC})[万亿]|(?:¥|RMB|CNY|人民币)(?:{ARABIC})[万亿]?)"
_YUAN = rf"(?:{_ARABIC_YUAN}|{_CN_YUAN})[整正]?"
_MONEY_MARK = r"(?:人民币|RMB|CNY|¥|\(?[大小]写\)?|折合|[:(\s])*"
_AGAIN = (
    rf"(?:\([^()\d{CN_NUMERAL}]{{0,10}}{_YUAN}\)|[,、]?\(?[大小]写\)?:?(?:人民币|¥)?{_YUAN}\)?|"
    rf"\)(?:人民币|¥|[(:]|小写)*{_YUAN}\)?)"
)
MONEY = rf"{_MONEY_MARK}{_YUAN}{_AGAIN}?"
"""An amount in yuan, perhaps written twice (capitals and figures)."""
RATE = (
    rf"(?:(?:{ARABIC})[%‰]|(?:百|千|万)分之(?:{NUMBER})|(?<![\d{CN_NUMERAL}.])[万千](?:\d+(?:\.\d+)?|[{CN_DIGIT}])"
    rf"(?![\d{CN_NUMERAL}元股手人]))"
)
"""A fraction: ``2%``, ``0.5‰``, ``百分之二``, ``万分之五``, ``万2.5``, ``千一``."""
_YEAR = rf"(?:\d{{4}}|[{CN_DIGIT}]{{4}})"
_SMALL = rf"(?:\d{{1,2}}|[{CN_DIGIT}十拾廿卅]{{1,4}})"
DAY = rf"(?:{_YEAR}年{_SMALL}月{_SMALL}[日号]|\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}}(?!\d)|(?<!\d)(?:19|20)\d{{6}}(?!\d))"
"""A full date in any of the usual writings."""
CLOCK = r"(?:\d{1,2}:\d{2}(?::\d{2})?|\d{1,2}[时点](?:\d{1,2}分?|半|整)?)"
"""A time of day."""
_CN_SMALL = "[零〇一二三四五六七八九十]"
CN_CLOCK = rf"(?:{_CN_SMALL}{{1,3}}[时点](?:{_CN_SMALL}{{1,3}}分|半|整)?)"
"""A time of day in Chinese numerals; only where a deadline is expected, for ``一点`` also means a little."""

_YUAN_PART = re.compile(_YUAN)
_FRACTION_BASE = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10000)}
_SCALE = {"百": 100, "千": 1000, "万": 10000, "亿": 100000000}
_VARIANTS = str.maketrans("○弌弍弎萬億", "〇一二三万亿")
_KEPT = frozenset("。、“”《》×÷·…￥")


def normal(char: str) -> str:
    """Return the normal form of one character: half-width, one kind of dash, one kind of yen sign."""
    if char in "￥¥":
        return "¥"
    if char in "－—–―−":
        return "-"
    if char in "∶﹕":
        return ":"
    return char if char in _KEPT or "①" <= char <= "⑳" else unicodedata.normalize("NFKC", char)


def normalised(text: str) -> str:
    """Return the whole text in normal form."""
    return text if text.isascii() else "".join(normal(char) for char in text)


def number(text: str) -> Decimal | None:
    """Read a number in either script (``1,200.50``, ``10.5万``, ``三十``, ``一点五``); None where it is none."""
    text = text.strip().replace(",", "").translate(_VARIANTS)
    factor = 1
    while len(text) > 1 and text[-1] in _SCALE and text[0].isascii():
        factor *= _SCALE[text[-1]]
        text = text[:-1]
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return Decimal(text) * factor
    whole, _, fraction = text.partition("点")
    digits = _chinese(whole)
    if digits is None or not fraction:
        return digits
    tail = [_chinese(char) for char in fraction]
    if any(part is None for part in tail):
        return None
    return Decimal(f"{digits}.{''.join(str(part) for part in tail)}")


def _chinese(text: str) -> Decimal | None:
    """Read a whole number in Chinese numerals or capitals; ``两`` and ``廿`` included."""
    text = text.replace("廿", "二十").replace("卅", "三十").replace("〇", "零").replace("两", "二")
    if not text:
        return None
    try:
        return Decimal(str(cn2an.cn2an(text, "smart")))
    except ValueError:
        return None


def amounts(text: str) -> tuple[Decimal, ...]:
    """Return every amount in yuan that a matched ``MONEY`` holds, in order of print."""
    found = (_yuan(match.group()) for match in _YUAN_PART.finditer(text))
    return tuple(value for value in found if value is not None)


def _yuan(text: str) -> Decimal | None:
    text = re.sub(r"^(?:人民币|RMB|CNY|¥)+", "", text).rstrip("整正")
    whole, mark, rest = text.partition("元") if "元" in text else text.partition("圆")
    value = number(whole)
    if value is None or not mark:
        return value
    for unit, scale in (("角", Decimal("0.1")), ("分", Decimal("0.01"))):
        small = re.search(rf"([{CN_DIGIT}]){unit}", rest)
        value += (number(small[1]) or Decimal(0)) * scale if small else Decimal(0)
    return value


def fraction(text: str) -> Decimal | None:
    """Read a matched ``RATE`` as an exact fraction: ``2%`` is 0.02, ``万五`` is 0.0005."""
    if text[-1] in "%‰":
        value = number(text[:-1])
        return None if value is None else value / (100 if text[-1] == "%" else 1000)
    value = number(re.sub(r"^.(?:分之)?", "", text))
    return None if value is None else value / _FRACTION_BASE[text[0]]


def day(text: str) -> date | None:
    """Read a matched ``DAY``; None for a day that does not exist."""
    parts = [part for part in re.split(r"[年月日号./-]", text) if part]
    if len(parts) == 1 and len(text) == len("20250314"):
        parts = [text[:4], text[4:6], text[6:]]
    values = [_year(parts[0]), *(number(part) for part in parts[1:])]
    if len(values) != len(("year", "month", "day")) or any(value is None for value in values):
        return None
    try:
        return date(*(int(value or 0) for value in values))
    except ValueError:
        return None


def _year(text: str) -> Decimal | None:
    if text.isascii():
        return Decimal(text)
    digits = [_chinese(char.translate(_VARIANTS)) for char in text]
    return None if any(digit is None for digit in digits) else Decimal("".join(str(digit) for digit in digits))


def clock(text: str) -> str | None:
    """Read a matched ``CLOCK`` as ``HH:MM`` (``24:00`` as ``23:59``); None for a time that does not exist."""
    text = re.sub(f"{_CN_SMALL}+", lambda found: str(number(found.group()) or 0), text)
    match = re.match(r"(\d{1,2})[:时点](\d{1,2}|半)?", text)
    if match is None:
        return None
    minute = 30 if match[2] == "半" else int(match[2] or 0)
    hour = int(match[1])
    if hour == 24 and not minute:  # noqa: PLR2004 - the end of the day
        return "23:59"
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None  # noqa: PLR2004 - hours and minutes
