"""Margin, financing, total and leverage: what was lent on what, with the amounts deciding how a multiple is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from workbench.domain.money import plain
from workbench.intake import chinese
from workbench.intake.clauses.model import Deed, Found, Known, Sentence

_MARGIN = (
    "(?:风险|交易|履约|操盘|初始|投资|配资)?保证金(?:本金)?|自有资金|自备资金|劣后(?:级)?(?:资金|出资(?:额|金额)?)|"
    "自有本金|操盘本金|风险金|履约金|押金"
)
_FINANCING = (
    "(?:配资|借款|融资|出借|优先(?:级)?|委托|融出|融入|垫付|拆借|拆出)(?:的)?(?:资金|本金|金额|额度|款项|总额|规模|"
    "款)(?:\\((?:借款|融资|配资)?(?:本金|资金|金额)\\))?(?:总额|数额|金额)?|"
    "配资额|融资额|借款额|操盘资金|贷款本金|贷款金额|本金金额"
)
_TOTAL = (
    "(?:总操盘|操盘总|账户总|合计操盘|实盘|总交易|交易总|实盘总)(?:资金|资产|金额)(?:总额)?|(?:总|合计)"
    "资金|资金总额|操盘总额|操盘账户总额"
)
_LINK = r"(?:[^\d。;¥=+×÷%,、人]{0,14}?|,(?:金额|数额|总额)(?:共计|合计|为|是|:)*|(?:共计|合计|为|是|:)*)"
_MONEY = chinese.MONEY
_BARE = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?(?!\d)|\d{4,9}(?:\.\d{1,2})?(?![\d年%])"
_NOT_SUM = re.compile(
    r"追加(?!后)|补足|补缴|补充|违约|赔偿|转让|退还|每月|每日|手续费|管理费|服务费|预警|平仓|警戒|止损|亏损|"
    r"不足|低于|滞纳|单笔|佣金"
)


def _labelled(label: str, never: str = "(?!)") -> re.Pattern[str]:
    """Return a label with its amount; between the two no word of ``never`` may stand."""
    return re.compile(
        rf"(?<!追加)(?<!剩余)(?<!总)(?:{label})(?![^,。;\d]{{0,12}}(?:{never})){_LINK}(?P<money>{_MONEY})"
    )


def _form(label: str) -> re.Pattern[str]:
    return re.compile(
        rf"^(?:[\d.、()一二三四五六七八九十]*)(?:{label})(?:\((?:元|人民币元|人民币|单位:元)\))?[^:\d]{{0,"
        rf"6}}:\s*(?P<money>{_BARE})(?:元)?$"
    )


_RULES: tuple[tuple[str, int, re.Pattern[str]], ...] = (
    ("margin", 0, _labelled(_MARGIN, "融资|借款|出借|配资")),
    (
        "margin",
        1,
        re.compile(
            rf"(?P<money>{_MONEY})(?:元)?(?:现金)?,?(?:作为?|充作|的|为)(?:其|本(?:合同|"
            rf"协议)(?:项下)?的?)?(?:{_MARGIN})"
        ),
    ),
    ("margin", 1, re.compile(rf"(?:{_MARGIN})为[^,。;]{{1,16}}[%成倍],?(?:即|计|共计)(?P<money>{_MONEY})")),
    ("margin", 2, _form(_MARGIN)),
    ("financing", 0, _labelled(_FINANCING)),
    (
        "financing",
        1,
        re.compile(
            r"(?:借款|借入|出借|融资|配资|借给乙方|借给甲方|提供(?:借款|配资|资金)?|融出)(?:给[甲乙]方)"
            rf"?(?P<money>{_MONEY})(?!的?(?:保证金|管理费|利息))"
        ),
    ),
    ("financing", 1, re.compile(rf"(?P<money>{_MONEY})(?:的|作为)?(?:配资|借款|融资|优先级?)(?:资金|款|本金|额)?")),
    ("financing", 2, _form(_FINANCING)),
    ("financing", 1, re.compile(rf"(?:今|现|兹)?(?:借到|借得)[^,。;\d]{{0,12}}?(?P<money>{_MONEY})")),
    ("financing", 2, re.compile(rf"(?<![甲乙丙]方)(?<!自有)出资(?:金额|额|资金)?{_LINK}(?P<money>{_MONEY})(?!作为)")),
    (
        "financing",
        1,
        re.compile(
            rf"(?:出借|借给|提供|配给|划给)(?:给)?[甲乙]方的(?:资金|款项|"
            rf"本金)(?:\([^()]*\))?{_LINK}(?P<money>{_MONEY})"
        ),
    ),
    ("financing", 2, re.compile(rf"(?:授信|最高)(?:融资)?额度{_LINK}(?P<money>{_MONEY})")),
    ("total", 0, re.compile(rf"(?:{_TOTAL})[^。;]{{0,24}}?(?P<money>{_MONEY})")),
    ("total", 2, _form(_TOTAL)),
)
_PARTY_SUM = re.compile(rf"(?P<who>[甲乙丙]方)(?:出资|投入资金|投入|资金|自有资金)(?:为|:|人民币)*(?P<money>{_MONEY})")
_RATIO = re.compile(
    r"(?P<left>\d+(?:\.\d+)?|[一二三四五六七八九十])\s*(?::|比|/)\s*(?P<right>\d+(?:\.\d+)?|"
    r"[一二三四五六七八九十])(?![\d:])"
)
_RATIO_WORDS = re.compile(
    r"配资比例|杠杆|融资比例|保证金比例|资金比例|操盘比例|保证金(?:与|和|:)|出资比例|配比|"
    r"比例|之比|保证金[^。;:]{1,14},1[:比]\d|\d[:比]"
    r"\d+(?:的)?(?:比例)?配资"
)
_TIMES = re.compile(r"(?P<n>\d+(?:\.\d+)?|[一二两三四五六七八九十]+)倍")
_TIMES_WORDS = re.compile(r"杠杆|倍数|配资|操盘资金|总资金|保证金的")
_NOT_LEVERAGE = re.compile(
    r"报价利率|LPR|利率|罚息|违约金|预警|平仓|警戒|低于|隔夜|不得超过|亏损|损失|担保比例|分成|盈利|"
    r"利润"
)


def sums(deed: Deed, known: Known) -> Iterator[Found]:
    """Yield margin, financing and (not a term, only for the checks) the total."""
    del known
    for sentence in deed.sentences():
        yield from _by_party(deed, sentence)
        for key, rank, pattern in _RULES:
            for match in pattern.finditer(sentence.text):
                before = sentence.text[max(0, match.start() - 10) : match.end()]
                value = _amount(match["money"])
                if value is None or value <= 0 or _NOT_SUM.search(before) or _is_total(key, sentence, match):
                    continue
                limit = key == "financing" and "额度" in match.group() and rank == 0
                yield Found(key, plain(value), sentence, 2 if limit else rank, "yuan")


def _by_party(deed: Deed, sentence: Sentence) -> Iterator[Found]:
    """Yield ``甲方出资 10 万元`` as margin or financing, by the party's role."""
    for match in _PARTY_SUM.finditer(sentence.text):
        key = {"client": "margin", "financier": "financing"}.get(deed.roles.get(match["who"], ""))
        value = _amount(match["money"])
        if key and value and not _NOT_SUM.search(match.group()):
            yield Found(key, plain(value), sentence, 3, "yuan")


def _is_total(key: str, sentence: Sentence, match: re.Match[str]) -> bool:
    """Tell whether a financing label is the end of a total's (``总操盘资金``) or stands in a total's formula."""
    if key == "total":
        return False
    return sentence.text[max(0, match.start() - 3) : match.start()].endswith(("总", "总操盘", "账户"))


def _amount(text: str) -> Decimal | None:
    values = chinese.amounts(text)
    if values:
        return values[0]
    return chinese.number(text) if re.fullmatch(_BARE, text) else None


def leverage(deed: Deed, known: Known) -> Iterator[Found]:
    """Yield the multiple and what it is a multiple of: by the amounts where they decide, else by the wording."""
    for sentence in deed.sentences():
        stated = _stated_multiple(sentence.text)
        if stated is None:
            continue
        multiple, worded = stated
        convention = worded if names_both(sentence.text) else _by_amounts(multiple, known) or worded
        yield Found("leverage", plain(multiple), sentence)
        if convention:
            yield Found("leverage_convention", convention, sentence)
        return


def _stated_multiple(text: str) -> tuple[Decimal, str | None] | None:
    if _NOT_LEVERAGE.search(text):
        return None
    ratio = _RATIO.search(text) if _RATIO_WORDS.search(text) else None
    if ratio:
        left, right = chinese.number(ratio["left"]), chinese.number(ratio["right"])
        if left and right:
            return max(left, right) / min(left, right), _ratio_meaning(text)
    times = _TIMES.search(text) if _TIMES_WORDS.search(text) else None
    value = chinese.number(times["n"]) if times else None
    if value is None:
        return None
    if re.search(r"总(?:操盘)?资金|操盘总|账户总", text):
        return value, "total_over_margin"
    return value, "financing_over_margin" if re.search(
        r"配资(?:资金|金额|额)?(?:为|是)|倍配资|倍的?配资|倍(?:的)?(?:借款|资金)", text
    ) else None


def names_both(text: str) -> bool:
    """Tell whether a ratio names both of its sides, so that amounts that differ contradict it."""
    ratio = _RATIO_WORDS.search(text) and _RATIO.search(text)
    return bool(ratio) and bool(re.search(r"保证金\s*[:与和比及]\s*(?:配资|借款|融资|出借|优先|操盘借款|总)", text))


def _ratio_meaning(text: str) -> str:
    return "total_over_margin" if re.search(r"保证金[:与和比](?:总|操盘总)", text) else "financing_over_margin"


def _by_amounts(multiple: Decimal, known: Known) -> str | None:
    margin, financing = _known(known, "margin"), _known(known, "financing")
    if not margin or not financing:
        return None
    if financing == multiple * margin:
        return "financing_over_margin"
    return "total_over_margin" if financing + margin == multiple * margin else None


def derived_financing(deed: Deed, known: Known) -> Iterator[Found]:
    """Yield the financing where the contract gives it only as total less margin, or as margin and multiple."""
    del deed
    margin, total, multiple = _known(known, "margin"), _known(known, "total"), _known(known, "leverage")
    if "financing" in known or not margin:
        return
    if total and total > margin:
        yield Found("financing", plain(total - margin), known["total"].sentence, 5, "yuan")
    elif multiple and "leverage_convention" in known:
        times = multiple if known["leverage_convention"].value == "financing_over_margin" else multiple - 1
        yield Found("financing", plain(times * margin), known["leverage"].sentence, 5, "yuan")


def _known(known: Known, key: str) -> Decimal | None:
    return Decimal(str(known[key].value)) if key in known else None
