"""Floating rate, day count and the wordings that fix how interest is counted, settled and compounded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from workbench.domain.money import plain
from workbench.intake import chinese
from workbench.intake.clauses.counting import PAY, PHRASES, SETTLING
from workbench.intake.clauses.model import Deed, Found, Known, Sentence, phrases_found

_LPR = re.compile(r"LPR|贷款市场报价利率|贷款基础利率")
_SPREAD = re.compile(
    rf"(?P<sign>加点(?:数值|幅度|值)?(?:为|是|:)?|加计?|\+|上浮|上加|减|-|"
    rf"下浮)(?P<n>{chinese.NUMBER})(?:个)?(?P<unit>基点|BP|bp|Bp|个?百分点|%|个点)"
)
_FIVE_YEARS = re.compile(r"(?:五|5)年期(?:以上)?(?:的)?(?:贷款市场报价|LPR)|5Y|五年期以上|LPR-5Y", re.IGNORECASE)
_BASIS_WORDS: tuple[tuple[str, str], ...] = (
    (
        "30/360",
        (
            r"30/360|(?:每年|一年|全年|年)(?:按|以)?(?:360|三百六十)[天日]?[^。;]{0,6}(?:每|"
            r"按)?月(?:均)?(?:按|以)?(?:30|三十)[天日]|(?:每|按)?月(?:均)?(?:按|以)?(?:30|"
            r"三十)[天日][^。;]{0,12}(?:每年|一年|全年|"
            r"年)(?:按|以)?(?:360|三百六十)"
        ),
    ),
    (
        "ACT/365",
        (
            r"(?:÷|/|除以|折算?为?|按|以|(?:年(?:度)?(?:计息)?天数|(?:计息|基准)(?:年度|天数|基数|"
            r"天数基数))(?:为|按|取|:|=|是)?|一年(?:为|按)?|每年(?:为|按)?|全年(?:为|按)?|"
            r"年按)\s*(?:每年|一年)"
            r"?(?:365|三百六十五)(?:[天日])?(?!\d)"
        ),
    ),
    (
        "ACT/360",
        (
            r"(?:÷|/|除以|折算?为?|按|以|(?:年(?:度)?(?:计息)?天数|(?:计息|基准)(?:年度|天数|基数|"
            r"天数基数))(?:为|按|取|:|=|是)?|一年(?:为|按)?|每年(?:为|按)?|全年(?:为|按)?|"
            r"年按)\s*(?:每年|一年)"
            r"?(?:360|三百六十)(?:[天日])?(?![\d五])"
        ),
    ),
    ("MONTH", r"年(?:化)?(?:利率|息|利)?(?:÷|/|除以)12|(?:÷|除以)12(?!\d)|月利率=年利率[/÷]12"),
)
_LATE = re.compile(r"逾期|罚息|滞纳|违约")
_MONTH_SPLIT = re.compile(r"月(?:利率|息|费率)(?:÷|/|除以)30")

_DAY_OF_MONTH = re.compile(
    r"每(?:个)?(?:自然)?月(?:的)?(?:第)?(?P<n>(?:\d{1,2}|[一二三四五六七八九十廿]{1,3}|最后一)(?=[日号天])|末)"
    rf"(?:[日号天]|个自然日)?[^。;]{{0,10}}?(?:为|是)?(?:固定)?(?:扣息|计息结算|{PAY})"
)
_LABELLED_DAY = re.compile(
    r"(?:结息日?|付息日?|结算日|扣息日?|付息方式|结息方式|利息支付日?)(?:为|是|:|定为)*(?:每|"
    r"各)月(?:的)?(?P<n>\d{1,2}|"
    r"[一二三四五六七八九十廿]{1,3}|最后一|末)[日号天]?"
)
_NAMED_DAY = re.compile(r"(?<![\d月的])(?P<n>\d{1,2})[日号]为(?:结息|计息结算)日")
_DAY_OF_QUARTER = re.compile(
    r"(?:每(?:个)?(?:自然)?)?季(?:度)?(?:末|最后一|"
    r"末尾一)(?:个)?月(?:份)?(?:的)?(?P<n>\d{1,2})[日号]"
)
_MANAGEMENT = re.compile(r"管理费|服务费|滞纳|违约金")
_LAST_DAY = "31"


def floating(deed: Deed, known: Known) -> Iterator[Found]:
    """Yield type and spread of a rate built on the LPR; a cap such as ``四倍LPR`` is not one."""
    del known
    for sentence in deed.sentences():
        if not _LPR.search(sentence.text) or re.search(r"四倍|4倍|不(?:得)?超过|上限", sentence.text):
            continue
        spread = _SPREAD.search(sentence.text)
        if spread is None or _LATE.search(sentence.text[: spread.start()]):
            continue
        count = chinese.number(spread["n"])
        if count is None:
            continue
        points = count * (1 if spread["unit"].lower() in ("基点", "bp") else 100)
        points = -points if spread["sign"] in ("减", "-", "下浮") else points
        yield Found("rate_type", "lpr_5y" if _FIVE_YEARS.search(sentence.text) else "lpr_1y", sentence)
        yield Found("rate_spread_bp", plain(points), sentence, unit="bp")


def day_count(deed: Deed, known: Known) -> Iterator[Found]:
    """Yield the day count: a monthly rate is ``MONTH``, a trading-day rate ``TRADING``, a daily rate has none."""
    rate_period = known["rate_period"].value if "rate_period" in known else None
    if rate_period == "trading_day":
        yield Found("day_count", "TRADING", known["rate_period"].sentence)
    elif rate_period == "month":
        yield from _monthly(deed, known)
    elif rate_period == "year" or "rate_spread_bp" in known:
        yield from _stated_basis(deed)


def _monthly(deed: Deed, known: Known) -> Iterator[Found]:
    for sentence in deed.sentences():
        if _MONTH_SPLIT.search(sentence.text) and not re.search(r"不(?:足|满)", sentence.text):
            yield Found("day_count", "ACT/360", sentence)
            return
    yield Found("day_count", "MONTH", known["rate_period"].sentence)


def _stated_basis(deed: Deed) -> Iterator[Found]:
    for sentence in deed.sentences():
        if not re.search(r"息|利率|计算|年化|收益|回报|年(?:度)?天数", sentence.text):
            continue
        for value, pattern in _BASIS_WORDS:
            if re.search(pattern, sentence.text):
                yield Found("day_count", value, sentence, 1 if _LATE.search(sentence.text) else 0)
                break


def counting(deed: Deed, known: Known) -> Iterator[Found]:
    """Yield the choices of ``PHRASES``; a reset needs a floating rate, a broken month a monthly one."""
    for found in phrases_found(PHRASES, deed):
        if found.key == "rate_reset" and "rate_spread_bp" not in known:
            continue
        yield found


def settlement_day(deed: Deed, known: Known) -> Iterator[Found]:
    """Yield the day of the month on which interest settles (31: the month's last day)."""
    if "settlement" in known and known["settlement"].value not in ("monthly", "quarterly"):
        return
    for sentence in deed.sentences():
        match = (
            _NAMED_DAY.search(sentence.text)
            or _LABELLED_DAY.search(sentence.text)
            or _DAY_OF_MONTH.search(sentence.text)
        )
        match = match or _DAY_OF_QUARTER.search(sentence.text)
        if match is None or not _settles(sentence):
            continue
        value = Decimal(_LAST_DAY) if match["n"] in ("最后一", "末") else chinese.number(match["n"])
        if value and 1 <= value <= int(_LAST_DAY):
            yield Found("settlement_day", plain(value), sentence, 0 if "结息日" in sentence.text else 1)


def _settles(sentence: Sentence) -> bool:
    return bool(re.search(SETTLING + "|付息|每月|季末|每季", sentence.text)) and not _MANAGEMENT.search(sentence.text)
