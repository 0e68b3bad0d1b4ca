"""What a message does and which figures it names: kind, channel, ratio, assets, amount, day, deadline."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from workbench.domain.market import NoticeKind
from workbench.intake import chinese

TradingDayAfter = Callable[[date, int], date]
"""The n-th trading day after a day (0: the day itself)."""

CHANNELS: tuple[tuple[str, str], ...] = (
    ("phone", r"电话|致电|录音|语音|来电|通话"),
    ("sms", r"短信|短消息|SMS"),
    ("app", r"APP|站内|推送|客户端|系统消息|弹窗|公告"),
    ("wechat", r"微信|聊天|企微|WeChat"),
    ("letter", r"函|邮寄|书面|快递|挂号|EMS|信件|纸质"),
    ("email", r"邮件|email|e-mail|邮箱"),
)
_CALLED = re.compile(
    r"(?:致电|拨打|电话(?:联系|通知|告知)|来电)[^。;]{0,12}(?:客户|本人|您|用户)|(?:客户|本人)[^。;]"
    r"{0,10}接听|通话(?:记录|录音|摘要)"
)
_KINDS: tuple[tuple[NoticeKind, str, str], ...] = (
    (
        NoticeKind.LIQUIDATED,
        (
            r"(?:已被?|被|已经被?|已全部|已执行|已完成|现已|系统已执行|遭)(?:系统)?(?:执行|完成|予以|按约定|"
            r"全部)?(?:强制|强行)?(?:平仓|强平|卖出处置|斩仓|清仓|爆仓)|已强平|已(?:全部|部分)?(?:卖出|平掉|"
            r"处置)|全部平仓(?:完成|完毕)|平仓(?:完成|完毕|成交回报|结果)|发生强制平仓|强制平仓通知\s*订单号|"
            r"平仓数量"
        ),
        r"将(?:被|对)|如(?:果|未|不)[^。]{0,20}(?:平仓|强平)$|即将",
    ),
    (
        NoticeKind.DEPOSIT_CONFIRMED,
        (
            r"(?:转入|汇入|追加|补充|补仓|入金|打款|存入|缴纳|缴存|补缴|加保)[^。;!]{0,40}(?:已收到|收到了|"
            r"已到账|到账成功|已入账|已确认|成功|已计入|收讫)|(?:已收到|收到)(?:您)?[^。;]{0,24}(?:追加|补充|"
            r"转入|汇入|保证金|款项)|追加[^。;]{0,20}(?:已处理|完成)"
        ),
        r"请(?:于|在|尽快|及时|您)|未(?:收到|追加)|尚未",
    ),
    (
        NoticeKind.FUNDED,
        (
            r"账户已(?:开通|开立|激活)|配资[^。;]{0,10}已(?:划入|到账|发放|下款)|已放款|放款(?:成功|完成)|"
            r"资金已(?:到账|划入|下拨)|借款已发放|融资款已"
        ),
        r"追加|补充",
    ),
    (
        NoticeKind.MARGIN_CALL,
        (
            r"追加(?:保证金|担保物)通知|追保通知|追缴通知|平仓预告|即将强制平仓|补仓通知|(?:请|须|应|需|务必|"
            r"要求|告知)[^。;]{0,50}(?:追加|补足|补仓|补充|补缴|追保|减仓|偿还|还款|打款|加保|补保证金|补钱|"
            r"转入)|(?:不|未)(?:追加|补仓|补)[^。;]{0,14}(?:平仓|强平)|(?:赶紧|马上|尽快|抓紧)(?:补|追加|加)|"
            r"保证金不足|即将执行强平"
        ),
        r"做好[^。;]{0,10}准备|请保持账户可用资金充足|息费|利息到期",
    ),
    (
        NoticeKind.WARNING,
        (
            r"预警|警戒|关注线|注意风险|关注账户风险|账户风险|风险提示|风险率|临近平仓|接近平仓|低于(?:平仓|"
            r"强平|追保)线|触及(?:平仓|强平)|达(?:到)?(?:平仓|警戒)线|追加保证金准备|爆仓"
        ),
        r"一般提示",
    ),
    (
        NoticeKind.DUE_REMINDER,
        (
            r"息费|结息|利息[^。;]{0,14}(?:到期|支付|扣收|结算|扣划|缴纳|请)|续期|即将到期|到期(?:提醒|通知|"
            r"日)|扣费|余额不足|还款(?:提醒|日)|账单"
        ),
        "",
    ),
)
_RATIO_LABEL = r"维持担保比例|维保比例|担保比例|风险率|风险比例|风险度|保证金比例|资产负债比|负债比"
_RATIO = (
    re.compile(rf"(?:{_RATIO_LABEL})[^\d%,。;(]{{0,10}}(?P<n>\d+(?:\.\d+)?)%"),
    re.compile(r"剩余保证金[^\d%,。;(]{0,12}(?P<n>\d+(?:\.\d+)?)%"),
    re.compile(r"(?:亏损)[^\d%,。;(]{0,8}(?:达|为|至)[^\d%,。;(]{0,8}保证金的?(?P<n>\d+(?:\.\d+)?)%"),
    re.compile(r"(?:单位)?净值[^\d,。;(]{0,6}(?P<net>\d\.\d+)"),
    re.compile(rf"(?:{_RATIO_LABEL})[^\d%。;]{{0,14}}(?P<n>\d+(?:\.\d+)?)%"),
)
_PLAIN = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_ASSETS = re.compile(
    rf"(?:总资产|总金额|资产总[额值]|账户资产|账户总额|总资金|账户权益)[^\d,。;(]{{0,8}}(?P<n>{_PLAIN})"
    r"(?P<unit>万)?元?(?!%)"
)
_AMOUNT = (
    re.compile(
        r"(?:需|应|须|请|至少|还需|尚需)?(?:追加|补足|补仓|补充|补缴|转入|汇入|存入|缴存|缴纳|追保|偿还|"
        r"入金|打款|加保)(?:的)?(?:追加|保证金|担保物|资金|款项|金额|差额|数额|负债|了|不低于|不少于|至少|"
        rf"合计|约|共计|人民币|:|为|您|¥|\s)*(?P<n>{_PLAIN})(?P<unit>万)?元"
    ),
    re.compile(
        rf"(?:需追加金额|追加金额|追保金额|补足金额|缺口|差额|应补|需补)(?:为|:|约|人民币)*(?P<n>{_PLAIN})"
        r"(?P<unit>万)?元?"
    ),
    re.compile(rf"(?P<n>{_PLAIN})(?P<unit>万)?元(?:的)?(?:追加|补充)?(?:保证金|担保物)"),
)
_AS_OF = re.compile(
    rf"截[至止](?:到|于)?(?P<day>{chinese.DAY}|\d{{1,2}}月\d{{1,2}}日|今日|当日|本日|昨日)?(?:日终|"
    r"收盘|收市|清算|\d{1,2}:\d{2})?"
)
_DAY_PART = rf"(?P<day>{chinese.DAY}|\d{{1,2}}月\d{{1,2}}日)"
_SESSION: tuple[tuple[str, time], ...] = (
    (r"上午收[市盘]|午间|中午|早盘收", time(11, 30)),
    (r"开[市盘]", time(9, 30)),
    (r"收[市盘]|日终|闭市", time(15, 0)),
)
_ABSOLUTE = re.compile(
    rf"{_DAY_PART}\s*(?P<clock>{chinese.CLOCK}|上午收[市盘]|收[市盘]|开[市盘]|中午)?(?:\([^()]*\))"
    r"?\s*(?:之|以)?(?P<before>前)?"
)
_DEADLINE_WORD = re.compile(
    r"截止(?:时间|期限|日期)?[::为至是]*$|最迟[于]?$|(?:请|务必|须|应)(?:您)?(?:务必)?(?:于|在)$|"
    r"期限[::为至]*$|最晚$"
)
_TODAY = re.compile(
    rf"(?:今[日天]|当[日天]|本日)(?P<rest>[^,。;]{{0,12}}?(?:{chinese.CLOCK}|收[市盘]|开[市盘])?)(?:之|"
    r"以)?前"
)
_TOMORROW = re.compile(
    rf"(?:明[日天]|次日|第二天|翌日)(?P<rest>[^,。;]{{0,12}}?(?:{chinese.CLOCK}|收[市盘]|开[市盘])?)"
    r"(?:之|以)?前"
)
_HOURS = re.compile(rf"(?P<n>{chinese.NUMBER})(?:个)?(?P<unit>小时|分钟)(?:之|以)?内")
_TRADING = re.compile(
    rf"(?:[Tt]\+(?P<t>\d)日?|(?P<next>[下次](?:一|1)?个?交易日)|(?P<n>{chinese.NUMBER})个?交易日(?:之|"
    rf"以)?内|第(?P<k>{chinese.NUMBER})个交易日)(?P<rest>[^,。;]{{0,14}})"
)
_NATURAL = re.compile(rf"(?P<n>{chinese.NUMBER})(?:个)?(?:自然)?[日天](?:之|以)?内")
_CLOCK_ONLY = re.compile(rf"(?:请|务必|须)[^,。;\d]{{0,6}}?(?P<clock>(?:[上下]午)?{chinese.CLOCK})(?:之|以)?前")
_CLOSE = time(15, 0)


def channel_of(words: str, text: str, fallback: str | None) -> str | None:
    """Return the canonical channel: a call is a call even where a chat log tells of it."""
    if _CALLED.search(text) and not re.search("短信|函", words):
        return "phone"
    return (
        next((name for name, pattern in CHANNELS if re.search(pattern, words, re.IGNORECASE)), fallback)
        if words
        else fallback
    )


def kind_of(text: str) -> NoticeKind:
    """Return what a message of the other side does; the strongest act wins."""
    for kind, pattern, never in _KINDS:
        if re.search(pattern, text) and not (never and re.search(never, text)):
            return kind
    return NoticeKind.OTHER


def ratio_of(text: str) -> Decimal | None:
    """Return the stated ratio as a fraction; thresholds in brackets are not it."""
    for pattern in _RATIO:
        match = pattern.search(text)
        if match:
            found = match.groupdict()
            return Decimal(found["net"]) if found.get("net") else Decimal(found["n"]) / 100
    return None


def assets_of(text: str) -> Decimal | None:
    """Return stated total assets in yuan."""
    return _yuan(_ASSETS.search(text))


def amount_of(text: str) -> Decimal | None:
    """Return the amount demanded or confirmed in yuan."""
    return next((value for pattern in _AMOUNT if (value := _yuan(pattern.search(text))) is not None), None)


def _yuan(match: re.Match[str] | None) -> Decimal | None:
    if match is None:
        return None
    value = Decimal(match["n"].replace(",", ""))
    return value * 10000 if match["unit"] else value


def as_of_day(text: str, at: datetime) -> date | None:
    """Return the day whose close the message speaks of."""
    match = _AS_OF.search(text)
    words = match["day"] if match else None
    if words is None:
        return None
    if words in ("今日", "当日", "本日"):
        return at.date()
    return None if words == "昨日" else _day(words, at)


def _day(words: str, at: datetime) -> date | None:
    """Read a day; one without a year is the one nearest to the message."""
    if re.match(r"\d{1,2}月", words):
        options = (chinese.day(f"{year}年{words}") for year in (at.year - 1, at.year, at.year + 1))
        return min((day for day in options if day), key=lambda day: abs(day - at.date()), default=None)
    return chinese.day(words)


def deadline_of(text: str, at: datetime, trading_day_after: TradingDayAfter | None) -> datetime | None:
    """Return until when the client may act; None for a count of trading days without a calendar."""
    absolute = _absolute(text, at)
    if absolute:
        return absolute
    hours = _HOURS.search(text)
    if hours:
        count = chinese.number(hours["n"])
        return None if count is None else at + timedelta(minutes=int(count * (60 if hours["unit"] == "小时" else 1)))
    trading = _TRADING.search(text)
    if trading:
        words = "1" if trading["next"] else trading["t"] or trading["n"] or trading["k"]
        count = chinese.number(words)
        if count is None or trading_day_after is None:
            return None
        return datetime.combine(trading_day_after(at.date(), int(count)), _moment(trading["rest"]))
    for pattern, days in ((_TODAY, 0), (_TOMORROW, 1)):
        match = pattern.search(text)
        if match:
            return datetime.combine(at.date() + timedelta(days=days), _moment(match["rest"]))
    clock = _CLOCK_ONLY.search(text)
    if clock:
        return datetime.combine(at.date(), _moment(clock["clock"]))
    natural = _NATURAL.search(text)
    count = chinese.number(natural["n"]) if natural else None
    return None if count is None else datetime.combine(at.date() + timedelta(days=int(count)), _CLOSE)


def _absolute(text: str, at: datetime) -> datetime | None:
    for match in _ABSOLUTE.finditer(text):
        if not match["before"] and not _DEADLINE_WORD.search(text[: match.start()]):
            continue
        day = _day(match["day"], at)
        if day:
            return datetime.combine(day, _moment(match["clock"] or ""))
    return None


def _moment(words: str) -> time:
    found = re.search(chinese.CLOCK, words)
    text = chinese.clock(found.group()) if found else None
    if text:
        hour = int(text[:2]) + (12 if "下午" in words and int(text[:2]) < 12 else 0)  # noqa: PLR2004 - a half day
        return time(hour, int(text[3:]))
    return next((moment for pattern, moment in _SESSION if re.search(pattern, words)), _CLOSE)
