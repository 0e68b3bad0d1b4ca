"""Floating rate, day count and the wordings that fix how interest is counted, settled and compounded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from workbench.domain.money import plain
from workbench.intake import chinese
from workbench.intake.clauses.model import Deed, Found, Known, Phrase, Sentence, phrases_found

_LPR = re.compile(r"LPR|贷款市场报价利率|贷款基础利率")
_SPREAD = re.compile(
    rf"(?P<sign>加计?|\+|上浮|上加|减|-|下浮)(?P<n>{chinese.NUMBER})(?:个)?(?P<unit>基点|BP|bp|Bp|个?百分点|%|个点)"
)
_FIVE_YEARS = re.compile(r"(?:五|5)年期(?:以上)?(?:的)?(?:贷款市场报价|LPR)|5Y|五年期以上|LPR-5Y", re.IGNORECASE)
_BASIS_WORDS: tuple[tuple[str, str], ...] = (
    (
        "30/360",
        (
            r"30/360|(?:每|按)?月(?:均)?(?:按|以)?(?:30|三十)[天日][^。;]{0,12}(?:每年|一年|全年|"
            r"年)(?:按|以)?(?:360|三百六十)"
        ),
    ),
    (
        "ACT/365",
        (
            r"(?:÷|/|除以|折算?为?|按|以|(?:年(?:度)?(?:计息)?天数|计息(?:年度|基数|"
            r"天数基数))(?:为|按|:|=|是)?|一年(?:为|按)?|每年(?:为|按)?|全年(?:为|按)?|"
            r"年按)\s*(?:每年|一年)"
            r"?(?:365|三百六十五)(?:[天日])?(?!\d)"
        ),
    ),
    (
        "ACT/360",
        (
            r"(?:÷|/|除以|折算?为?|按|以|(?:年(?:度)?(?:计息)?天数|计息(?:年度|基数|"
            r"天数基数))(?:为|按|:|=|是)?|一年(?:为|按)?|每年(?:为|按)?|全年(?:为|按)?|"
            r"年按)\s*(?:每年|一年)"
            r"?(?:360|三百六十)(?:[天日])?(?![\d五])"
        ),
    ),
    ("MONTH", r"年(?:化)?(?:利率|息|利)?(?:÷|/|除以)12|(?:÷|除以)12(?!\d)|月利率=年利率[/÷]12"),
)
_LATE = re.compile(r"逾期|罚息|滞纳|违约")
_MONTH_SPLIT = re.compile(r"月(?:利率|息|费率)(?:÷|/|除以)30")

SETTLING = "息|扣费|回报|利随本清|结算|扣收|收益(?!分成)|(?:占用|使用|配资)费|资金成本|融资成本|费用于"
PHRASES: tuple[Phrase, ...] = (
    Phrase(
        "rate_reset",
        "on_publication",
        (
            r"(?:公布|发布|调整)(?:之日|当日|日|后)?(?:起)?[^。;]{0,18}(?:重新确定|调整|执行|重定价|适用)|"
            r"随(?:之)?(?:LPR|市场报价利率|报价利率)[^。;]{0,12}(?:调整|浮动|变)"
        ),
        "LPR|报价利率",
        r"每年|按年|不(?:再|予|作|随)?调整|不(?:随|因)|固定不变",
        1,
    ),
    Phrase(
        "rate_reset",
        "yearly",
        (
            r"每年[^。;]{0,20}(?:调整|重定价|重新确定)|(?:每满一年|按年)(?:[^。;]{0,14})(?:调整|重定价|"
            r"重新确定)|(?:放款|对应|对月)[^。;]{0,8}日[^。;]{0,16}(?:每年|周年)"
        ),
        "LPR|报价利率|重定价|利率",
        r"不(?:再|予|作)?调整",
    ),
    Phrase(
        "rate_reset",
        "none",
        (
            r"(?:期限内|合同期内|期间|存续期|有效期内|不随)[^。;]{0,20}(?:不(?:再|予|作|"
            r"做)?调整|固定不变|不变|保持不变|不因)|"
            r"不随[^。;]{0,14}(?:调整|变)"
        ),
        "LPR|报价利率|利率",
    ),
    Phrase(
        "count_rule",
        "first_not_last",
        (
            r"算头不算尾|计头不计尾|(?:首日|放款日|起息日)(?:计息|计算|起算)?,?(?:末日|尾日|"
            r"最后一日|到期日)不(?:计|算)|不(?:包括|含|计)(?:归?还款?|到期|结清)(?:当)?日|"
            r"(?:还款|归还|还清|到期|结清)(?:当)?日[^,。;]{0,6}不(?:计|算|收)|不(?:计|"
            r"含|算)(?:还款|归还|到期|尾)[^,。;]{0,3}日|起息日计息[^。;]{0,12}不计"
        ),
    ),
    Phrase(
        "count_rule",
        "both",
        (
            r"算头(?:又|也|且)?算尾|头尾(?:都|均|皆|两天)?(?:计|算)|(?:放款|"
            r"借款)当?[日天][^。;]{0,6}还款当?[日天](?:也|都|均|亦)(?:算|计)|首尾(?:两日|"
            r"两天)?(?:都|均|皆)?(?:计|算)|"
            r"含(?:首尾|头尾)|(?:还款|归还|还清)(?:当)?日[^,。;]{0,6}(?<!不)(?:计息|计收|照常计|仍计)"
        ),
        "",
        r"不(?:计|算)",
    ),
    Phrase(
        "settlement",
        "prepaid_monthly",
        (
            r"(?:按月|每月|逐月)[^。;]{0,12}(?:预付|预收|提前(?:支付|扣|收|缴)|先付|上打息)|"
            r"支付(?:下|次)(?:一|1)?个?月(?:的)?(?:利息|息费|费用)|[(,](?:先付|先付后用|"
            r"预付)[),。]|(?:预付|先付|"
            r"上打息|预收)[^。;]{0,8}(?:利息|息费|当月|下月|次月|一个月)|首日支付当月利息|(?:每|各)(?:个)"
            r"?(?:计息)?月(?:的)?(?:首日|第一日|第一天|初)[^。;]{0,6}(?:支付|收取|扣收|缴)[^。;]{0,4}当月|"
            r"每月利息提前|月初(?:预|先)付|先息后用|先付息后用款"
        ),
        SETTLING,
        "",
        0,
    ),
    Phrase("settlement", "weekly", r"每周|按周|每星期|每五个交易日", SETTLING, "管理费", 1),
    Phrase("settlement", "quarterly", r"按季|每季|每自然季|季度末|季末|每三个月", SETTLING, "管理费|LPR|重定价", 1),
    Phrase(
        "settlement",
        "monthly",
        (
            r"按月(?:结算|结息|付息|支付|扣收|扣划|收取|结|计收|偿付|后付|清偿|支取|缴)|"
            r"按月[^,。;]{0,4}支付|(?:付息|结息|结算|利息支付)(?:方式|日|时间)?:每月(?=\d|"
            r"[一二三末底])|每满(?:一|1)个?月[^。;]{0,8}支付|每月[^,。;\d百千万]{0,10}(?:支付|"
            r"付清|结清)[^,。;]{0,4}(?:利息|息费)|"
            r"每月(?:(?:\d{1,2}|[一二三四五六七八九十廿]{1,3})[日号]|末|底|"
            r"最后一[日天个])[^。;]{0,10}(?:结息|付(?!款)|"
            r"付息|结算|扣收|"
            r"支付|扣划|收取|还息|缴)|月结|每月(?:结算|结息|付息|支付|扣收|扣划)(?:一次)?|(?:逐月|每满(?:一|1)"
            r"?个?月[^,。;]{0,4}|月末|月底)"
            r"(?:结算|支付|扣收|结息|付息)|后付"
        ),
        SETTLING,
        "管理费|滞纳|违约金|分成|盈利",
        2,
    ),
    Phrase(
        "settlement",
        "daily",
        (
            r"每(?:个)?(?:交易)?日[^,。;\d百千万]{0,12}(?:扣收|结算|扣划|扣除|代扣|扣费|收取|"
            r"结息|划扣|清算后扣)|按日(?:结算|扣收|"
            r"扣划|收取|结息|付息)|逐日(?:扣收|结算|扣划|收取)|日结|(?:当日|"
            r"当天)(?:收[市盘]后)?(?:利息|息费|由|从)?[^,。;]{0,8}(?:扣收|扣划|代扣|"
            r"收取)"
        ),
        "息|利随本清|结算|扣收|扣费",
        "管理费|滞纳|违约金|逾期|结息日",
        3,
    ),
    Phrase(
        "settlement",
        "at_maturity",
        (
            r"到期(?:日)?(?:时)?(?:一次性|一并|统一)?(?:付清|还清|还本付息|支付(?:全部)?利息|"
            r"结清(?:本息)?|付息|结算)|"
            r"(?:还本|归还本金|偿还本金)时(?:一并|一次性)(?:支付|结清|收取)|利随本清|一次性还本付息|"
            r"到期还本付息"
        ),
        SETTLING,
        "逾期",
        4,
    ),
    Phrase(
        "broken_month",
        "full_month",
        (
            r"[不未](?:足|满)(?:一|1)?个?(?:整)?月[^。;]{0,6}(?:按|以|作)(?:照)?(?:一|1)?个?(?:整|"
            r"足|满)?月(?!利|息|费率)"
        ),
    ),
    Phrase(
        "broken_month",
        "thirtieth",
        (
            r"[不未](?:足|满)(?:一|1)?个?(?:整)?月[^。;]{0,8}(?:按(?:照)?|以)?(?:实际|日|天|每日|占用|使用)[^。;]"
            r"{0,8}(?:折算|计算|计收|计息|天数|计)?|零头天数[^。;]{0,6}(?:折算|按日)|"
            r"(?:不(?:足|满)|零头|余下|剩余)[^。;]{0,16}(?:÷|/|除以)30"
        ),
    ),
    Phrase(
        "compounding",
        "none",
        (
            r"(?:不|无)(?:计|计算|收|收取|计收|产生)?(?:任何)?复利|单利|不(?:得)?(?:计入|滚入|并入)本金|"
            r"(?:未付|逾期|应付)(?:的)?利息[^。;]{0,6}不再计息"
        ),
    ),
    Phrase(
        "compounding",
        "on_settlement",
        (
            r"(?<![不无])(?:计收?|收取|计算|按)复利|复利计(?:算|息)|(?<!不)(?<!得)(?:计入|滚入|并入|转入|转为|"
            r"归入)(?:借款|配资|下期|下月)?本金|利息归本|利滚利|息转本"
        ),
        "",
        r"不计复利|不(?:得)?(?:计收|收取|计算)复利|单利|不计算?复利",
    ),
    Phrase(
        "accrual_rounding",
        "per_day",
        r"(?:每日|逐日|按日)[^。;]{0,14}(?:四舍五入|保留(?:至|到)?(?:两|二|2)位|精确到分)",
        "息",
    ),
)
_DAY_OF_MONTH = re.compile(
    r"每月(?:的)?(?:第)?(?P<n>(?:\d{1,2}|[一二三四五六七八九十廿]{1,3}|最后一)(?=[日号天])|末)(?:[日号天]|"
    r"个自然日)?[^。;]{0,10}?(?:为|是)?(?:固定)?(?:结息|付息|结算|扣息|计息结算|扣收|支付|收取|还息|"
    r"扣划|缴纳|付(?!款))"
)
_LABELLED_DAY = re.compile(
    r"(?:结息日?|付息日?|结算日|扣息日?|付息方式|结息方式|利息支付日?)(?:为|是|:|定为)*(?:每|"
    r"各)月(?:的)?(?P<n>\d{1,2}|"
    r"[一二三四五六七八九十廿]{1,3}|最后一|末)[日号天]?"
)
_DAY_OF_QUARTER = re.compile(r"每(?:自然)?季(?:度)?(?:末|最后一|末尾一)(?:个)?月(?:份)?(?:的)?(?P<n>\d{1,2})[日号]")
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
        if not re.search(r"息|利率|计算|年化|收益|回报", sentence.text):
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
        match = _LABELLED_DAY.search(sentence.text) or _DAY_OF_MONTH.search(sentence.text)
        match = match or _DAY_OF_QUARTER.search(sentence.text)
        if match is None or not _settles(sentence):
            continue
        value = Decimal(_LAST_DAY) if match["n"] in ("最后一", "末") else chinese.number(match["n"])
        if value and 1 <= value <= int(_LAST_DAY):
            yield Found("settlement_day", plain(value), sentence, 0 if "结息日" in sentence.text else 1)


def _settles(sentence: Sentence) -> bool:
    return bool(re.search(SETTLING + "|付息|每月", sentence.text)) and not _MANAGEMENT.search(sentence.text)
