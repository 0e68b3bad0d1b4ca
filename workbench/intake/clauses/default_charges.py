"""What lateness and breach cost: late fee with base and grace, penalty interest, breach penalty."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from workbench.domain.money import plain
from workbench.intake import chinese
from workbench.intake.clauses import wording
from workbench.intake.clauses.model import Deed, Found, Known, Sentence

_LATE = re.compile(r"滞纳金|逾期违约金|迟延(?:履行)?金|延期费|逾期费|逾期利息|违约金|逾期罚金|罚息")
_PER_DAY = re.compile(
    r"每(?:逾期|延迟|迟延|拖延|超过)[一1]?[日天]|(?:逾期|延迟|迟延)一[日天]|每[日天]|按[日天]|"
    r"逐日|日(?:利率|息|费率)?(?:为|按|:)?$|/[日天]|"
    r"的日|以日|日$"
)
_BASE: tuple[tuple[str, str], ...] = (
    (
        "overdue_interest",
        (
            r"(?:逾期|应付|未付|拖欠|所欠|欠付|应付未付|迟延|延迟|延期)(?:未付|支付|的)*(?:当期)?"
            r"(?:利息|息费|收益|资金(?:占用|使用)费|使用费|配资费)|欠息|"
            r"利息金额|未付息费|逾期息费|未支付利息|未付利息|当期利息"
        ),
    ),
    (
        "overdue_total",
        (
            r"(?:逾期|迟延|延迟)(?:未付|应付|支付|的)?(?:总)?(?:金额|款项|款|总额|本息|部分)|"
            r"(?:欠款|应付|未付|未还|应还|拖欠|"
            r"欠付)(?:总额|款项|金额|款|本息|部分|总金额)|全部(?:应付|未付|欠)|借款本金|配资本金|融资本金|本金"
        ),
    ),
)
_GRACE = re.compile(
    rf"(?P<n>{chinese.NUMBER})(?:个)?(?:自然|工作)?[日天](?:的|为|作为)?宽限|宽限期?(?:为|是|:|限|\()"
    rf"*(?P<m>{chinese.NUMBER})(?:个)?(?:自然|工作)?[日天]|(?:逾期|超过|延迟|迟延)(?:付息日|还款日|"
    rf"到期日|支付)?(?:超过)?(?P<k>{chinese.NUMBER})(?:个)?[日天](?:以上|仍|未|后|的|起|内)|"
    rf"(?:前|宽限|到期日后|付息日后|应付日后|逾期在|迟延在|延期在|逾期不超过)(?P<f>{chinese.NUMBER})(?:个)?(?:自然|"
    rf"工作)?[日天](?=[^,。;]{{0,8}}(?:不计|不收|免))"
)
_FROM_DAY = re.compile(rf"[自从]逾期(?:之日起)?第(?P<n>{chinese.NUMBER})[日天]起")
"""A charge that begins on the n-th day of lateness leaves n - 1 days free."""
_OTHER_END = re.compile(r"解除|终止|收回|平仓|提前到期|没收|起诉|处置|违约行为")
"""What follows a longer lateness; such a time is no grace."""
_NO_GRACE = re.compile(r"(?:无|不设|没有|不给予|不享有)宽限")
_UPLIFT = re.compile(
    rf"(?:利率加|加收(?:合同|融资|借款|约定)?利率的?|上浮|加收|加罚|上调|提高|"
    rf"另加)(?:幅度)?(?:为|至|:)?(?P<rate>{chinese.RATE})|(?:利率)(?:水平)"
    rf"?(?:的)?(?P<times>{chinese.NUMBER})倍|利率[×xX*](?P<factor>1\.\d+)|利率(?:水平)?(?:的)?(?P<of>1[0-9]{{2}}%)"
)
_UPLIFT_ONLY = re.compile(r"上浮|加收[^,。;]{1,8}的?罚息|加收\d[^,。;]{0,6}$")
_PENALTY_WORD = re.compile(
    r"罚息|逾期(?:贷款|借款)?利率|逾期利息|逾期(?:期间|部分)[^,。;]{0,6}利率|到期未(?:偿还|归还|还)"
)
_YEARLY = re.compile(
    rf"(?:年利率|年息|年化|每年|按年)[^,。;\d百千万]{{0,8}}(?P<rate>{chinese.RATE})|"
    rf"(?P<rate2>{chinese.RATE})(?:/年|每年)"
)
_MONTHLY = re.compile(
    rf"(?:月利率|月息|每月|按月)[^,。;\d百千万]{{0,8}}(?P<rate>{chinese.RATE})|"
    rf"(?P<rate2>{chinese.RATE})(?:/月|每月)"
)
_DAILY = re.compile(
    rf"(?:日利率|日息|每日|每天|按日|日)[^,。;\d百千万]{{0,12}}(?P<rate>{chinese.RATE})|"
    rf"(?P<rate2>{chinese.RATE})(?:/[日天]|每[日天])"
)
_BREACH = re.compile(r"违约金|违约罚金|赔偿金|违约责任")
_BREACH_BASE: tuple[tuple[str, str], ...] = (
    ("margin", wording.OWN),
    (
        "financing",
        (
            r"配资(?:本金|金额|额|资金|总额)?|借款(?:本金|金额|总额|额)?|融资(?:本金|金额|额|总额)|合同(?:总)"
            rf"?(?:金额|总额|标的)|{wording.LOAN}|本金"
        ),
    ),
)


def late_fee(deed: Deed, known: Known) -> Iterator[Found]:
    """Yield the late fee per day with its base and the days of grace."""
    del known
    for passage in deed.passages:
        late = bool(_LATE.search(passage.text)) and bool(
            re.search(r"逾期|未按(?:时|期|约)|迟延|滞纳|拖欠|未付", passage.text + passage.heading)
        )
        if not late:
            continue
        for sentence in passage.sentences():
            yield from _late_rate(sentence, deed)
            yield from _grace(sentence)


def _late_rate(sentence: Sentence, deed: Deed) -> Iterator[Found]:
    text = sentence.text
    if not _LATE.search(text) or _UPLIFT_ONLY.search(text) or _by_lender(sentence, deed):
        return
    penalty = "罚息" in text and not re.search(r"滞纳金|违约金", text)
    if penalty or re.search(r"年利率|年息|年化", text):
        return
    for match in re.finditer(chinese.RATE, text):
        value = chinese.fraction(match.group())
        per_day = _PER_DAY.search(text[: match.start()]) or re.match(r"的?(?:/|每)[日天]", text[match.end() :])
        if value is None or not per_day:
            continue
        rank = 0 if "滞纳金" in text else 1
        yield Found("late_fee_rate", plain(value), sentence, rank)
        base = _base(text, match.start()) or _base(sentence.passage.text, len(sentence.passage.text))
        if base:
            yield Found("late_fee_base", base, sentence, rank)
        return


def _by_lender(sentence: Sentence, deed: Deed) -> bool:
    """Tell whether it is the lender who is late: with giving back what is left, say."""
    late = re.search(r"([甲乙丙]方)(?:逾期|迟延|延迟|未按[时期约])", sentence.text)
    return bool(late) and deed.roles.get(late[1] if late else "") in ("financier", "platform")


def _base(text: str, stop: int) -> str | None:
    """Return the base named last before the figure, or the first one named after it."""
    best: tuple[int, str] | None = None
    for name, pattern in _BASE:
        for match in re.finditer(pattern, text):
            distance = stop - match.end() if match.end() <= stop else match.start() - stop + 1000
            if best is None or distance < best[0]:
                best = (distance, name)
    return best[1] if best else None


def _grace(sentence: Sentence) -> Iterator[Found]:
    match = _GRACE.search(sentence.text)
    if match and not (match["k"] and _OTHER_END.search(sentence.text)):
        value = chinese.number(match["n"] or match["m"] or match["k"] or match["f"])
        if value is not None and not (match["k"] and value == 1 and "每逾期" in sentence.text):
            yield Found("late_grace_days", plain(value), sentence, 1 if match["k"] else 0)
    elif later := _FROM_DAY.search(sentence.text):
        first = chinese.number(later["n"])
        if first and first > 1:
            yield Found("late_grace_days", plain(first - 1), sentence, 1)
    elif _NO_GRACE.search(sentence.text):
        yield Found("late_grace_days", "0", sentence)


def penalty(deed: Deed, known: Known) -> Iterator[Found]:
    """Yield penalty interest: an uplift on the contract rate, or its own yearly rate (a daily one x 360)."""
    for sentence in deed.sentences():
        text = sentence.text
        if not _PENALTY_WORD.search(text):
            continue
        uplift = _uplift(text)
        if uplift is not None:
            yield Found("penalty_uplift", plain(uplift), sentence)
        elif "罚息" in text or re.search(r"逾期(?:贷款|借款|期间|部分)?[^,。;]{0,6}年?利率|逾期利息", text):
            yield from _own_rate(sentence, known)


def _uplift(text: str) -> Decimal | None:
    match = _UPLIFT.search(text)
    if match is None:
        return None
    if match["rate"]:
        return chinese.fraction(match["rate"])
    times = (
        chinese.number(match["times"] or match["factor"])
        if match["times"] or match["factor"]
        else chinese.fraction(match["of"])
    )
    return times - 1 if times and times > 1 else None


def _own_rate(sentence: Sentence, known: Known) -> Iterator[Found]:
    for pattern, factor, unit in ((_YEARLY, 1, None), (_MONTHLY, 12, None), (_DAILY, 360, "ACT/360")):
        match = pattern.search(sentence.text)
        value = chinese.fraction(match["rate"] or match["rate2"]) if match else None
        if value is None:
            continue
        if unit and "late_fee_rate" in known and known["late_fee_rate"].sentence == sentence:
            return
        yield Found("penalty_rate", plain(value * factor), sentence, 0, unit)
        return


def breach(deed: Deed, known: Known) -> Iterator[Found]:
    """Yield the penalty for a breach as a fraction of margin or financing; a charge per day is not one."""
    del known
    for sentence in deed.sentences():
        text = sentence.text
        if not _BREACH.search(text):
            continue
        for match in re.finditer(chinese.RATE, text):
            before = text[max(0, match.start() - 26) : match.start()]
            if (
                _PER_DAY.search(before[-12:])
                or re.match(r"/[日天]|每[日天]", text[match.end() :])
                or re.search(r"130%|损失", before[-8:])
            ):
                continue
            base = _nearest_base(before) or _nearest_base(text[match.end() : match.end() + 12])
            value = chinese.fraction(match.group())
            if base and value:
                yield Found("breach_penalty", plain(value), sentence)
                yield Found("breach_base", base, sentence)
                return


def _nearest_base(text: str) -> str | None:
    hits = [(match.end(), name) for name, pattern in _BREACH_BASE for match in re.finditer(pattern, text)]
    return max(hits)[1] if hits else None
