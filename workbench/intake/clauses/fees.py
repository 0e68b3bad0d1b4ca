"""Management fee, profit share and commission."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from workbench.domain.money import plain
from workbench.intake import chinese
from workbench.intake.clauses.model import Deed, Found, Known, Phrase, Sentence, phrases_found

_MANAGEMENT = re.compile(
    r"(?:账户|资金|操盘|综合|账户使用)?管理费(?:用|率)?|账户使用费|系统使用费|技术服务费|信息服务费|"
    r"平台服务费|综合服务费|通道(?:使用)?费|顾问费|风控费|软件(?:服务|使用)费|(?<!证券)服务费"
)
_NOT_MANAGEMENT = re.compile(r"逾期|滞纳|不再?收取(?!其|任何其|额外)|不得收取|免收|免除|证管费|违约|律师")
_PER: tuple[tuple[str, str], ...] = (
    ("trading_day", r"每一?个?交易日|/交易日|按交易日|(?:周末|节假日|非交易日)[^,。;]{0,8}(?:免|不)"),
    ("once", r"一次性|单次|一次收取|放款时(?:收取|扣收)"),
    ("day", r"每日|每天|按[日天]|/[日天]|日管理费|逐日"),
    ("month", r"每个?月|按月|/月|月管理费|月服务费|月度|元每月|月费|/30日|每30[天日]"),
)
_PER_TEN_THOUSAND = re.compile(rf"每(?:一)?万元?(?:配资|资金)?(?:每个?)?(?:交易日|[天日月])(?P<n>{chinese.NUMBER})元")
_PROFIT = re.compile(r"盈利|利润|收益|分成|分红|提成")
_RATE = rf"(?:{chinese.RATE}|[一二两三四五六七八九](?:点[一二三四五六七八九])?成)"
_SHARE_TO = re.compile(
    rf"(?:的|为|按|:|提取|扣除)?(?P<rate>{_RATE})(?:(?!其余|剩余|"
    rf"余下)[^。;]){{0,14}}?(?:归|支付给|分配给|作为[^,。;]"
    r"{0,10}(?:支付给|给|归)|给付|分给)(?P<who>[甲乙丙]方|操盘[者方人手]|出借[人方]|配资方|资方|"
    r"客户|用资[人方]|平台)"
)
_SHARE_OF = re.compile(
    r"(?P<who>[甲乙丙]方|操盘[者方人手]|出借[人方]|配资方|资方|客户|用资[人方]|平台)[^,。;]{0,"
    rf"12}}?(?:分得|享有|分享|获得|分成|分配|提取|收取|占)[^,。;]{{0,12}}?(?P<rate>{_RATE})"
)
_SHARE_ON = re.compile(
    rf"(?P<who>[甲乙丙]方)(?:有权)?(?:按|就|对)[^,。;]{{0,8}}(?:盈利|利润|"
    rf"收益)[^,。;\d]{{0,6}}?(?P<rate>{_RATE})[^,。;]{{0,6}}(?:提取|收取|分成|计提)"
)
_SHARE_LABEL = re.compile(rf"(?:收益|盈利|利润|业绩)(?:分成|提成|报酬)(?:比例)?[^,。;\d]{{0,10}}(?P<rate>{_RATE})")
_SHARE_BY = re.compile(
    rf"(?:盈利|利润|收益)(?:\([^()]*\))?的(?P<rate>{_RATE})[^,。;]{{0,4}}(?:收取|提取|计收|支付|计提|作为)"
)
"""A part of the profit named before the verb; whoever collects or pays it, it goes to the financier."""
_SPLIT = re.compile(
    r"(?P<order>甲乙|乙甲)(?:双方)?[^,。;]{0,6}?(?P<one>[\d一二三四五六七八九])(?::|比)"
    r"?(?P<two>[\d一二三四五六七八九])(?:开|的)?(?:比例)?[^,。;]{0,4}分"
)
"""``甲乙双方按2:8分成``, ``甲乙三七分成``: the parts in the order the parties are named."""
_LOSS = re.compile(r"亏损(?!由)|预警|平仓|超过.{0,8}(?:归还|退还)")
_BROKERAGE = re.compile(r"佣金|交易手续费|交易费率|证券手续费|券商手续费|手续费")
_MINIMUM = re.compile(
    r"(?:不足|低于|少于|最低(?:每笔|单笔|收取|收费|标准|佣金)?|起点|最少|起收|保底|至少|"
    r"不低于)(?:为|人民币|收取|按|:)"
    rf"*(?P<n>{chinese.NUMBER})元|(?P<from>{chinese.NUMBER})元起(?!点)"
)
_OF_TURNOVER = re.compile(rf"成交(?:金?额|总额)的?(?P<rate>{chinese.RATE})[^,。;]{{0,8}}(?:佣金|手续费)")
_NO_MINIMUM = re.compile(r"免五|免5|免最低|不设(?:最低|起点)|无最低|(?:免收|不收取?|没有)最低|不设置?最低")
PHRASES: tuple[Phrase, ...] = (
    Phrase(
        "commission_inclusive",
        value=True,
        pattern=(
            r"(?:已|均|全部)?(?:包含|包括|涵盖|含)(?:了)?[^。;]{0,14}(?:经手费|证管费|规费|监管费)|全佣|"
            r"全包|含(?:一切|全部|所有)?规费|(?:经手费|证管费|规费|监管费)[^。;]{0,8}(?:包含|"
            r"包括|含|计)[在于入][^。;]{0,6}"
            r"(?:佣金|手续费|其|内)"
        ),
        needs="佣金|手续费|全佣",
        never=r"(?:不|未)(?:包?含|包括)|(?:规费|经手费|证管费|监管费)[^,。;]{0,8}另[行收计外]",
    ),
    Phrase(
        "commission_inclusive",
        value=True,
        pattern=r"不(?:再)?(?:另行?|额外)(?:向[甲乙]方)?(?:收取|计收|收)[^。;]{0,4}(?:规费|经手费|证管费|监管费)",
        needs="佣金|手续费|全佣",
        rank=-1,
    ),
    Phrase(
        "commission_inclusive",
        value=False,
        pattern=(
            r"(?:不|未)(?:包?含|包括|涵盖)[^。;]{0,16}(?:经手费|证管费|规费|监管费)|(?:规费|经手费|证管费|"
            r"监管费)[^,。;]{0,12}(?:另[行外]?(?:收|计|付)|另计|另收|另付|单独收取|代收|由[^,。;]{0,4}另)|"
            r"净佣金|裸佣|另[行外]?(?:代收|收取|计收|支付|加收)[^,。;]{0,12}(?:规费|经手费|证管费|监管费)"
        ),
        needs="佣金|手续费|规费|经手费|证管费",
    ),
    Phrase(
        "commission_min_per",
        "order",
        r"(?:每|单)笔(?:委托|订单|指令)|每单|每一?委托|按委托|元/(?:笔)?委托",
        "佣金|手续费",
    ),
    Phrase("commission_min_per", "row", r"(?:每|单)笔成交|每一?成交|逐笔成交", "佣金|手续费"),
)


def management(deed: Deed, known: Known) -> Iterator[Found]:
    """Yield the management fee: a fraction of the financing per period, or yuan with unit ``yuan``."""
    del known
    for sentence in deed.sentences():
        label = _MANAGEMENT.search(sentence.text)
        if label is None or _NOT_MANAGEMENT.search(sentence.text):
            continue
        period = _period(sentence)
        value, unit = _fee(sentence.text, label)
        if value is None or value <= 0:
            continue
        rank = 0 if "管理费" in sentence.text else 2
        yield Found("management_fee", plain(value), sentence, rank, unit)
        if period:
            yield Found("management_fee_period", period, sentence, rank)


def _fee(text: str, label: re.Match[str]) -> tuple[Decimal | None, str | None]:
    """Return the figure nearest to the label, with unit ``yuan`` for an amount."""
    candidates: list[tuple[int, Decimal | None, str | None]] = [
        (_distance(match, label), chinese.fraction(match.group()), None) for match in re.finditer(chinese.RATE, text)
    ]
    for match in _PER_TEN_THOUSAND.finditer(text):
        count = chinese.number(match["n"])
        candidates.append((0, None if count is None else count / 10000, None))
    for match in re.finditer(chinese.MONEY, text):
        values = chinese.amounts(match.group())
        before = text[max(0, match.start() - 6) : match.start()]
        if values and not re.search(r"(?:配资|借款|融资|出借|合同)(?:总)?金额|本金|资金|额$|每万", before):
            candidates.append((_distance(match, label), values[0], "yuan"))
    if not candidates:
        return None, None
    _, value, unit = min(candidates, key=lambda item: item[0])
    return value, unit


def _distance(match: re.Match[str], label: re.Match[str]) -> int:
    return match.start() - label.end() if match.start() >= label.end() else label.start() - match.end()


def _period(sentence: Sentence) -> str | None:
    for period, pattern in _PER:
        if re.search(pattern, sentence.text):
            return period
    return next((period for period, pattern in _PER if re.search(pattern, sentence.passage.text)), None)


def profit_share(deed: Deed, known: Known) -> Iterator[Found]:
    """Yield the financier's part of realised profit; a client's part is turned round."""
    del known
    for sentence in deed.sentences():
        if not _PROFIT.search(sentence.text) or _LOSS.search(sentence.text):
            continue
        split = _split_share(sentence.text, deed)
        if split is not None:
            yield Found("profit_share", plain(split), sentence)
            continue
        for rank, pattern in enumerate((_SHARE_TO, _SHARE_ON, _SHARE_OF, _SHARE_BY, _SHARE_LABEL)):
            match = pattern.search(sentence.text)
            value = _part(match["rate"]) if match else None
            if match is None or value is None:
                continue
            who = match.groupdict().get("who") or ""
            if _is_client(who, deed):
                value = 1 - value
            yield Found("profit_share", plain(value), sentence, rank)
            break


def _part(text: str) -> Decimal | None:
    if text.endswith("成"):
        value = chinese.number(text[:-1])
        return None if value is None else value / 10
    return chinese.fraction(text)


def _split_share(text: str, deed: Deed) -> Decimal | None:
    """Return the lender's part where both parties' parts are given side by side."""
    match = _SPLIT.search(text)
    parts = [chinese.number(match[name]) for name in ("one", "two")] if match else []
    if match is None or not all(parts):
        return None
    for letter, part in zip(match["order"], parts, strict=True):
        if deed.roles.get(f"{letter}方") == "financier" and part:
            return part / sum(other for other in parts if other)
    return None


def _is_client(who: str, deed: Deed) -> bool:
    return deed.roles.get(who) == "client" or bool(re.match(r"操盘|客户|用资", who))


def commission(deed: Deed, known: Known) -> Iterator[Found]:
    """Yield commission rate and minimum; whether exchange fees are inside follows from ``PHRASES``."""
    del known
    for sentence in deed.sentences():
        text = sentence.text
        if not _BROKERAGE.search(text) and not _BROKERAGE.search(sentence.passage.text):
            continue
        label = _BROKERAGE.search(text)
        rank = 0 if "佣金" in text else 2
        rate = re.search(chinese.RATE, text[label.start() :]) if label else None
        rate = rate or _OF_TURNOVER.search(text)
        value = chinese.fraction(rate["rate"] if rate.re is _OF_TURNOVER else rate.group()) if rate else None
        if value and value <= Decimal("0.05"):
            yield Found("commission_rate", plain(value), sentence, rank)
        minimum = _MINIMUM.search(text)
        least = chinese.number(minimum["n"] or minimum["from"]) if minimum else None
        if _NO_MINIMUM.search(text):
            yield Found("commission_min", "0", sentence, rank, "yuan")
        elif least is not None:
            yield Found("commission_min", plain(least), sentence, rank, "yuan")
    yield from phrases_found(PHRASES, deed)
