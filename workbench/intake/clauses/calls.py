"""The margin call: whether notice is owed, by which ways, and until when the client may act."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from workbench.domain.money import plain
from workbench.intake import chinese
from workbench.intake.clauses import wording
from workbench.intake.clauses.model import Deed, Found, Known

METHODS: tuple[tuple[str, str], ...] = (
    ("sms", r"短信|短消息|SMS|手机信息"),
    ("app", r"APP|App|app|站内信|站内消息|站内|客户端|交易系统|系统消息|系统通知|推送|弹窗|网站公告|交易软件"),
    ("phone", r"电话(?!号码)|致电|语音|录音"),
    ("wechat", r"微信"),
    ("letter", r"书面|函件|信函|邮寄|快递|挂号信|公函|特快专递|EMS"),
    ("email", r"电子邮件|邮件|邮箱|E-?mail"),
)
_TOPUP = re.compile(
    r"追加|补足|补仓|补充|补缴|追保|增加保证金|补交|补至|补到|补保|存入资金|回升至|恢复至|"
    r"自行减仓|偿还(?:部分)?(?:负债|债务|融资)"
)
_NOT_TOPUP = re.compile(r"停牌|付息|利息|滞纳|账单|异议|住所|地址|穿仓|超出保证金|清偿后|书面通知后补足差额")
_SHORTFALL = re.compile(r"亏损额?超过(?:风险|全部)?保证金")
_NUMBER = rf"(?:\d{{1,3}}|[{chinese.CN_NUMERAL}半]{{1,3}})"
_SESSION: tuple[tuple[str, str], ...] = (
    (r"(?:上午|早盘|午间)(?:收[市盘]|休市)|中午(?:休市|收盘)?|11(?::|点)30", "11:30"),
    (r"下午开[市盘]", "13:00"),
    (r"开[市盘]|集合竞价", "09:30"),
    (r"收[市盘]|闭市|日终|当日结束|交易结束", "15:00"),
)
_HOURS = re.compile(rf"(?P<n>{_NUMBER})(?:个)?(?:小时|h|H)")
_MINUTES = re.compile(rf"(?P<n>{_NUMBER})(?:个)?分钟")
_NATURAL = re.compile(rf"(?P<n>{_NUMBER})(?:个)?(?:自然日|日历日)")
_DAYS: tuple[tuple[str, str], ...] = (
    (r"[Tt]\+(?P<n>\d)(?:[日天])?", "n"),
    (r"第[二2][日天](?!.{0,2}交易)|[次翌]日", "1"),
    (rf"第(?P<n>{_NUMBER})(?:个)?(?:交易|工作)?[日天]", "n"),
    (r"次(?P<n>二|2)个?交易日", "n"),
    (r"(?:下|次)(?:一|1)?(?:个)?(?:交易|工作)?[日天]|翌日|隔日|第二天|明日", "1"),
    (r"(?:当|本|同)(?:个)?(?:交易)?[日天]|今日|[Tt]日", "0"),
    (rf"(?P<n>{_NUMBER})(?:个)?(?:交易|工作)?[日天](?:之|以)?内", "n"),
    (r"日内(?!交易)", "0"),
)
_LENDERS_ACT = re.compile(r"(?:发出|发送|通知|告知|提示|提醒|要求)[^,。;]{0,10}(?:追加|补足|补仓|补充)")
_UNMET = re.compile(r"(?<![前内])未能?(?:按[^,。;]{0,6})?(?:追加|补足|补仓)的|有权[自于](?:[Tt]\+|次|下)")
_GENERAL = re.compile(
    r"^通知:|[甲乙丙]方的通知|(?:通知|提醒)(?:的)?(?:方式|形式|途径|手段)|(?:本(?:合同|协议)(?:项下)?的?|各项|"
    r"一切|任何|所有|相关|^)(?:通知|提醒)[^,。;]{0,4}(?:以|采用|采取|通过)|"
    r"^[^,。;]{0,12}(?:以|采用|通过)[^。;]{1,40}(?:方式|形式)(?:之一)?(?:进行|予以)?(?:通知|告知|送达)"
)
"""How notices are given in general, outside the clause on the margin call."""
_NO_WAYS = re.compile(r"手机号码|联系方式|通讯地址|解除|终止|清偿后|差额|变更")
_OWED = re.compile(
    r"(?:应当?|须|必须|需|将|负责|有义务|会)[^。;]{0,40}(?:通知|告知|提示|提醒|发出|发送|致电)|"
    r"[甲乙丙]方(?:[^,。;可权仅未]{0,8}?)(?:以|通过|采用|用|经|电话|短信|微信|"
    r"书面)[^,。;可权]{0,24}(?:通知|告知|提醒|发出|发送)|"
    r"(?:提前|事先)(?:\d|[一二三])?[^,。;]{0,6}通知"
)
_SPEAKERS = (
    r"([甲乙丙]方)(?:应当?|须|必须|需|将|负责|有义务|会)[^。;,]{0,40}(?:通知|告知|提示|提醒|发出|发送|致电)(?!后)",
    r"([甲乙丙]方)(?:以|通过|采用)[^,。;可权]{0,24}(?:通知|告知|提醒|发出|发送)(?!后)",
)
_IMPLIED = re.compile(r"(?:通知|告知|提醒)[^,。;]{0,10}(?:后|到达|送达|发出|之时起|之日起)")
_WITHOUT = re.compile(
    r"(?:不经|无需|无须|毋须|不必|不再|不需|不用|未经|免于|不予)(?:另行|事先|提前|再)?(?:向[甲乙]方)"
    r"?(?:[^,。;]{0,8})?(?:通知|告知|催告|同意)|不(?:另行|事先|再行)?通知|没有通知(?:的)?义务|"
    r"不(?:承担|负有?|负担|具有)通知义务|不以[^,。;]{0,8}通知[^,。;]{0,6}为(?:前提|条件|必要)|"
    r"无(?:任何)?通知(?:的)?义务|(?:有权)?(?:直接|立即|"
    r"随时)(?:强制|强行)?(?:平仓|处置|卖出)"
)
_GENERAL_RANK = 3
_SALE = re.compile(r"平仓|强平|处置|卖出|变卖|变现|追加|清仓|斩仓")
_MARGIN_NOTICE = re.compile(
    r"追加|补仓|补足|补至|风险[度率]|净值|预警|警戒|平仓|卖出|清仓|处置|变现|风险提示|"
    r"担保比例|触及|补[足充缴]保证金|追保|强平"
)


def topup(deed: Deed, known: Known) -> Iterator[Found]:
    """Yield the deadline: ``T+1 10:00`` (trading days after notice, time of day) or ``24h``; a bare day ends 15:00."""
    del known
    for sentence in deed.sentences():
        if not _TOPUP.search(sentence.text) or not re.search(
            r"保证金|减仓|补仓|担保物|担保|负债|资金|追加|恢复|回升|补保|通知|告知|提醒|账户", sentence.text
        ):
            continue
        head = sentence.text.split(",")[0]
        if _SHORTFALL.search(sentence.text) or _NOT_TOPUP.search(head):
            continue
        value = _deadline(sentence.text)
        if value:
            rank = 0 if re.search("平仓|强平", sentence.text) else 1
            yield Found("topup_deadline", value, sentence, rank)


def _deadline(text: str) -> str | None:
    """Read the deadline from the part of the sentence that speaks of acting, else from the whole."""
    parts = [part for part in text.split(",") if _TOPUP.search(part) and not _UNMET.search(part)]
    whole = [] if _UNMET.search(text) else [text]
    for part in (*sorted(parts, key=_distance_from_acting), *whole):
        value = _span(part) or _moment(part)
        if value:
            return value
    return None


def _distance_from_acting(part: str) -> int:
    """Return 0 where the client has to act by a time, more where the lender speaks or a condition is set."""
    told = bool(_LENDERS_ACT.search(part))
    return 2 * told + (not re.search(r"(?:应|须|需|可|请).*(?:前|内|不[晚迟]于)|不[晚迟]于|时[间限]:", part))


def _span(text: str) -> str | None:
    for pattern, factor in ((_HOURS, Decimal(1)), (_NATURAL, Decimal(24)), (_MINUTES, Decimal(1) / 60)):
        match = pattern.search(text)
        if match and re.match(
            r"(?:之|以)?(?:内|前|届满)|后|的?(?:补仓|追加|补足|补充)[^,。;]{0,4}时间|[。;]?$", text[match.end() :]
        ):
            value = Decimal("0.5") if match["n"] == "半" else chinese.number(match["n"])
            if value is not None:
                return f"{plain((value * factor).quantize(Decimal('0.01')) if factor < 1 else value * factor)}h"
    return None


def _moment(text: str) -> str | None:
    for pattern, count in _DAYS:
        match = re.search(pattern, text)
        if match is None:
            continue
        value = chinese.number(match["n"]) if count == "n" else Decimal(count)
        if value is not None:
            return f"T+{value} {_time(text[match.end() :])}"
    clock = re.search(rf"(?P<clock>{chinese.CLOCK})(?:之|以)?前", text)
    time = chinese.clock(clock["clock"]) if clock else None
    if time:
        return f"T+0 {time}"
    return "T+0 15:00" if re.search(r"(?:收[市盘])前", text) else None


def _time(text: str) -> str:
    """Return the time of day named right after the day; the close where none is."""
    near = re.split(r"追加|补足|补仓|补充|自行|偿还|减仓", text)[0]
    afternoon = re.search(r"下午|午后", near)
    clock = re.search(chinese.CLOCK, near) or re.search(chinese.CN_CLOCK, near)
    value = chinese.clock(clock.group()) if clock else None
    if value and afternoon and int(value[:2]) < 12:  # noqa: PLR2004 - hours of a half day
        value = f"{int(value[:2]) + 12:02d}{value[2:]}"
    if value:
        return value
    return next((time for pattern, time in _SESSION if re.search(pattern, near)), "15:00")


def notice(deed: Deed, known: Known) -> Iterator[Found]:
    """Yield whether notice before the sale is owed and by which ways.

    A duty to call outranks a waiver elsewhere; a deadline counted from the notice implies one where nothing waives it.
    """
    del known
    found = [*_margin_notices(deed), *_general_notices(deed)]
    silent = any(item.value is False for item in found) and not any(item.value is True for item in found)
    for item in found:
        if not (silent and item.key == "notice_methods" and item.rank >= _GENERAL_RANK):
            yield item


def _general_notices(deed: Deed) -> Iterator[Found]:
    """Yield the ways of an article on notices, and the duty where a clause on the margin call says only how."""
    for sentence in deed.sentences():
        text = re.sub(wording.NUMBERING, "", sentence.text)
        ways = _ways(text)
        if not ways or _NO_WAYS.search(text) or _WITHOUT.search(text):
            continue
        margin = _MARGIN_NOTICE.search(sentence.passage.text)
        if margin and re.search(r"通知|告知|提醒", text) and (_OWED.search(text) or _GENERAL.search(text)):
            if _OWED.search(text) and _by_lender(deed, text):
                yield Found("notice_required", value=True, sentence=sentence, rank=2)
            yield Found("notice_methods", ways, sentence, 2)
        elif _GENERAL.search(text):
            yield Found("notice_methods", ways, sentence, _GENERAL_RANK)


def _margin_notices(deed: Deed) -> Iterator[Found]:
    for sentence in deed.sentences():
        text = sentence.text
        if not _MARGIN_NOTICE.search(text) or _NO_WAYS.search(text):
            continue
        waived = _WITHOUT.search(text) and _SALE.search(text) and re.search("通知|告知|催告", text)
        owed = _OWED.search(_WITHOUT.sub("", text)) and re.search(
            "通知|告知|提示|提醒|致电|发送", _WITHOUT.sub("", text)
        )
        if owed and _by_lender(deed, text):
            yield Found("notice_required", value=True, sentence=sentence, rank=_closeness(text))
        elif waived:
            yield Found("notice_required", value=False, sentence=sentence, rank=2)
        elif _IMPLIED.search(text) and re.search("追加|补仓|补足", text):
            yield Found("notice_required", value=True, sentence=sentence, rank=3)
        ways = _ways(text)
        if ways and not waived:
            yield Found("notice_methods", ways, sentence, _closeness(text) if owed else 2)


def _closeness(text: str) -> int:
    """Return 0 for the notice that starts the client's time to act, 1 for any other."""
    return 0 if re.search("追加|补仓|补足", text) else 1


def _by_lender(deed: Deed, text: str) -> bool:
    """Tell whether it is the lender (or nobody named) who has to speak."""
    speakers = [match[1] for pattern in _SPEAKERS for match in re.finditer(pattern, text)]
    return not speakers or any(deed.roles.get(party) != "client" for party in speakers)


def _ways(text: str) -> tuple[str, ...]:
    if not re.search(r"通知|告知|提示|提醒|发送|发出|致电", text):
        return ()
    hits = [(match.start(), name) for name, pattern in METHODS if (match := re.search(pattern, text))]
    return tuple(name for _, name in sorted(hits))
