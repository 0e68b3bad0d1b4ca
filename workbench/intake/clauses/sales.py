"""The forced sale and the limits on holdings; where disputes go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from workbench.domain.money import plain
from workbench.intake import chinese
from workbench.intake.clauses import wording
from workbench.intake.clauses.model import Deed, Found, Known, Phrase, Sentence, phrases_found

_FORCED = (
    "(?:有权|可以|可)(?:随时|自行|直接)?卖出|强制平仓|强行平仓|强平|平仓|处置|斩仓|强制卖出|"
    "(?:有权|可以?|将|自动)[^。;]{0,30}(?:卖出|变现|清仓|清空)"
)
PHRASES: tuple[Phrase, ...] = (
    Phrase(
        "sell_scope",
        "to_restore",
        (
            r"(?:恢复|回升|达到|回到|不低于)[^。;]{0,16}(?:为限|为止|为度|即停止|即可)|(?:所需|必要|差额)[^。"
            r";]{0,6}为限|(?:为限|为止)[^。;]{0,"
            r"12}(?:卖出|平仓)|不得超[出过](?:必要|所需)|限于[^。;]{0,20}(?:所必[需要]|必要|"
            r"所需)|(?:仅|只)(?:限于|得|能|可)?(?:卖出|处置|平仓)[^。;]"
            r"{0,24}(?:必要|足以|所需|所必[需要])|直至[^。;]{0,20}(?:恢复|达到|以上|不低于)|"
            r"部分(?:强制)?平仓[^。;]{0,"
            r"14}(?:恢复|至)"
        ),
        _FORCED + "|卖出",
        "追加[^,。;]{0,20}恢复[^,。;]{0,12}为止|(?:偿还|清偿)[^,。;]{0,12}(?:债务|负债|本息)[^,。;]{0,6}为限",
    ),
    Phrase(
        "sell_scope",
        "all",
        (
            r"(?:平仓|卖出|处置)范围[:为]?[^,。;]{0,10}(?:全部|所有|一切)|(?:全部|所有|"
            r"一切)(?:的)?(?:证券|持仓|股票|合约|资产|仓位|头寸)[^。;]{0,10}(?:卖出|平仓|清仓|"
            r"变现|处置)|(?:卖出|平仓|处置|平掉|变现|清空|抛售)[^。;]{0,10}(?:全部|"
            r"所有)(?!的?(?:损失|后果|责任|费用|风险|亏损|剩余|款项|盈亏))(?:证券|持仓|股票|"
            r"合约|仓位|头寸)?|全部(?:强制)?(?:平仓|卖出|清仓|变现)|有权清仓|"
            r"对[^。;]{0,12}(?:全部|所有)[^。;]{0,8}(?:按照?|"
            r"以)?[^。;]{0,6}平仓|一次性(?:全部)?(?:平仓|清仓)"
        ),
        _FORCED,
        "密码|合同终止|提前了结|为限|为止|部分|全部或",
        1,
    ),
    Phrase("sell_scope", "all", r"全部或(?:者)?部分|部分或(?:者)?全部", _FORCED, "密码|为限|为止", 3),
)
_ORDER: tuple[tuple[str, str], ...] = (
    ("largest_loss", r"亏损(?:金额|幅度|比例|额)?(?:最大|最多|较大|大(?!小)|由大到小|从大到小|由高到低)|浮亏最大"),
    ("smallest_loss", r"亏损(?:金额|幅度)?(?:最小|较小)|亏损由小到大"),
    ("largest_profit", r"盈利(?:金额|幅度)?(?:最大|最多|由大到小)"),
    (
        "most_liquid",
        (
            r"流动性(?:最?好|最?强|较好|较强|最?高|佳|由[高强好]到)|成交(?:量|额)?(?:最)?(?:活跃|大)|易(?:于)"
            r"?变现|变现能力"
        ),
    ),
    ("largest_value", r"市值(?:最?大(?!小)|较大|最?高|由大到小|从大到小|由高到低)"),
    ("smallest_value", r"市值(?:最小|由小到大)"),
    ("lowest_haircut", r"折算率(?:最低|由低到高|低)"),
    ("largest_gain_today", r"当日涨幅"),
    ("first_bought", r"先(?:买入?|进)(?:的)?先(?:卖|出)|买入时间(?:最早|由先到后|先后)"),
    ("last_bought", r"后(?:买入?|进)(?:的)?先(?:卖|出)"),
)
_DISCRETION = re.compile(
    r"(?:自行|自主|有权)(?:决定|选择|确定)[^。;]{0,24}(?:顺序|次序|品种|先后)|(?:顺序|次序|品种)[^。;]"
    r"{0,16}由[甲乙]方(?:自行|自主)?(?:决定|选择|确定)"
)
_ORDER_CONTEXT = re.compile(r"先|顺序|次序|依次|优先|由大到小|由高到低")
_SINGLE = re.compile(
    r"(?:单(?:只|一|票|支|个)|同一(?:只|支)?|任[何意]?一(?:只|支|(?=股票|证券)))(?:股票|证券|"
    r"个股|品种|标的|持仓)?[^。;]{0,"
    r"40}?(?:不[得应可]?(?:超过|高于|大于)|不超过|上限为?|以内|控制在|≤|比例为|限(?:制|额)?(?:为|在)?)[^。"
    rf";\d一-九百]{{0,24}}(?P<rate>{chinese.RATE}|[一二三四五六七八九]成|[二三四五]分之[一二三四]|一半)"
)
_SINGLE_NOT = re.compile(
    rf"(?:不得|不可|不能)(?:持有|买入)[^,。;]{{0,6}}单(?:只|一|个)[^,。;]{{1,8}}(?:超过|高于|"
    rf"大于)[^,。;\d]{{0,12}}(?P<rate>{chinese.RATE}|[一二三四五六七八九]成)"
)
_SINGLE_FORM = re.compile(
    r"^[\d.、()]*(?:单票|单只股票|单一股票|个股|单只证券)(?:持仓)?(?:比例|上限|限制|限额|集中度)+[^。"
    rf";\d]{{0,12}}(?P<rate>{chinese.RATE}|[一二三四五六七八九]成)"
)
_BOARD = re.compile(r"创业板|科创板|中小创|北交所|ST|风险警示")
_BAN = re.compile(
    r"(?:不(?=买入|购买|持有|交易)|不得|禁止|不可|不能|不允许|严禁|限制|禁买|禁投)[^。;]{0,14}(?:买(?=[A-Z*]|"
    r"[创科新退权])|买入|购买|交易|持有|投资|买卖|"
    r"品种|证券|股票)|禁(?:止)?买"
)
BANNED: tuple[tuple[str, str], ...] = (
    ("ST", r"ST|风险警示"),
    ("delisting", r"退市"),
    ("unopened_new_listings", r"未开板|新股|次新股|上市(?:首日|不满|未满|不足)"),
    ("suspended", r"停牌|长期停牌"),
    ("chinext", r"创业板"),
    ("star_market", r"科创板"),
    ("bse", r"北交所|新三板|股转"),
    ("b_share", r"[Bb]股"),
    ("warrants", r"权证"),
    ("convertible", r"可转债|转债"),
    ("leveraged_funds", r"分级基金|分级B|杠杆基金|B类份额"),
    ("ex_rights", r"除权|配股|填权"),
    ("bad_news", r"立案|重大利空|业绩亏损|业绩预亏"),
    ("s_share", r"(?<![A-Z*])S股|S、ST|、S、|含S"),
)
_ITEM = re.compile(r"^(?:\([\d一二三四五六七八九十]{1,2}\)|\d{1,2}\)|[①-⑳])")
_HOLIDAY = re.compile(r"长假|节假日|假期|春节|国庆|休市")
_HOLIDAY_TO = re.compile(
    r"(?:(?:平仓|强平|止损|警戒|预警)(?:线|值|比例)|担保比例|保证金比例)[^。;]{0,10}(?:提高|上调|调整|提升|按|执行|"
    rf"上浮|调高|为|不低于|应达)(?:至|到|为)?(?P<rate>{chinese.RATE}|[01]\.\d+(?!\d*[%倍]))"
)
_HOLIDAY_BY = re.compile(
    rf"(?:平仓线|强平线)[^。;]{{0,10}}(?:提高|上调|上浮|调高|增加)(?P<n>{chinese.NUMBER})个?(?:百分点|"
    r"%)"
)
_COURT = re.compile(
    r"(?:提交|向|由|至|到|诉至|起诉至|去|在)?(?P<place>[^,。;:向由]{0,24}?)(?:有管辖权的|具有管辖权的)"
    r"?(?:人民)?法院(?!的?(?:判决|执行|裁定|生效)|[:为])"
)
_BLANK = re.compile(r"_{2,}[^,。;]{0,6}(?:法院|仲裁)|\(\s*\)[^,。;]{0,6}(?:法院|仲裁)|判决|执行法院")
_ARBITRATION = re.compile(r"(?:提交|提请|向|由|^|:)(?P<body>[^,。;]{0,24}?仲裁(?:委员会|院|机构|中心|庭)?)")


def sale(deed: Deed, known: Known) -> Iterator[Found]:
    """Yield scope and order of the forced sale."""
    del known
    yield from phrases_found(PHRASES, deed)
    for sentence in deed.sentences():
        text = sentence.text
        if not re.search(_FORCED + "|卖出", text) or not _ORDER_CONTEXT.search(text):
            if re.search(_FORCED, text) and _DISCRETION.search(text):
                yield Found("sell_order", "financier_discretion", sentence, 2)
            continue
        hits = sorted((match.start(), name) for name, pattern in _ORDER if (match := re.search(pattern, text)))
        if hits:
            names = [f"{name}_first" if at == 0 else f"then_{name}" for at, (_, name) in enumerate(hits)]
            yield Found("sell_order", ",".join(names), sentence)
        elif _DISCRETION.search(text):
            yield Found("sell_order", "financier_discretion", sentence, 2)


def holdings(deed: Deed, known: Known) -> Iterator[Found]:
    """Yield the single-stock limit, the banned securities and the line over long holidays."""
    for sentence in deed.sentences():
        text = sentence.text
        match = _SINGLE.search(text) or _SINGLE_NOT.search(text) or _SINGLE_FORM.search(text)
        if match and not _BOARD.search(text[: match.start("rate")]):
            value = _part(match["rate"])
            if value:
                yield Found("single_stock_limit", plain(value), sentence)
        if _BAN.search(text) and not re.search(r"融券|违规|密码", text):
            listed = _listed(deed, sentence)
            names = tuple(name for name, pattern in BANNED if re.search(pattern, listed))
            if names:
                yield Found("banned_securities", names, sentence)
        if _HOLIDAY.search(text):
            value = _holiday(text, known)
            if value is not None:
                yield Found("holiday_uplift", plain(value), sentence)


def _listed(deed: Deed, sentence: Sentence) -> str:
    """Return the sentence, with the items of a list that it opens (``下列品种:(1)…;(2)…``)."""
    if not re.search(r"下列|以下|如下|:(?:①|\(?1|\(一|第一)", sentence.text):
        return sentence.text
    rest = sentence.passage.text[sentence.start :]
    for passage in deed.passages[deed.passages.index(sentence.passage) + 1 :]:
        if not _ITEM.match(passage.text):
            break
        rest += passage.text
    return rest


def _holiday(text: str, known: Known) -> Decimal | None:
    """Return the line that holds over long holidays, added to the liquidation line where only the rise is given."""
    raised = _HOLIDAY_BY.search(text)
    if raised and "liquidation_line" in known:
        points = chinese.number(raised["n"])
        return None if points is None else Decimal(str(known["liquidation_line"].value)) + points / 100
    match = _HOLIDAY_TO.search(text)
    if match is None:
        return None
    return chinese.fraction(match["rate"]) or chinese.number(match["rate"])


def _part(text: str) -> Decimal | None:
    if text.endswith("成"):
        value = chinese.number(text[:-1])
        return None if value is None else value / 10
    if text == "一半":
        return Decimal("0.5")
    whole, over, part = text.partition("分之")
    if over and (below := chinese.number(whole)) and (above := chinese.number(part)) and whole not in "百千万":
        share = above / below
        return share if share == share.quantize(Decimal("0.0001")) else None
    return chinese.fraction(text)


def disputes(deed: Deed, known: Known) -> Iterator[Found]:
    """Yield ``court: <place>`` or ``arbitration: <body>``."""
    del known
    for sentence in deed.sentences():
        text = re.sub(wording.NUMBERING, "", sentence.text)
        if not re.search(r"争议|纠纷|诉讼|仲裁|管辖|商量不成|协商不成|法院", sentence.context) or _BLANK.search(text):
            continue
        arbitration = _ARBITRATION.search(text)
        court = _COURT.search(text)
        if arbitration:
            body = re.sub(r"^.*(?:提交|提请|向|由|:)", "", arbitration["body"])
            yield Found("dispute_resolution", f"arbitration: {body}", sentence)
        elif court:
            place = re.sub(
                r"^.*(?:提交|提请|向|由|应|至|可|去|:|在(?=[甲乙丙出借用合]))|(?:有管辖权|具有管辖权)的?$|的$",
                "",
                court["place"],
            )
            yield Found("dispute_resolution", f"court: {place or '-'}", sentence)
