"""What a message does and which figures it names: kind, channel, ratio, assets, amount (days: :mod:`messages.days`)."""

from __future__ import annotations

import re
from decimal import Decimal

from workbench.domain.market import NoticeKind
from workbench.intake import chinese

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
_SALE = r"(?:强制平仓|强行平仓|强平|平仓|斩仓|砍仓|清仓|平掉|平了|爆仓|处置|卖出)(?!线|值|风险|预警|通知|程序|条件|价)"
_TOP_UP = (
    r"追加|补足|补仓|补充|补缴|补交|补齐|补上|补回|补保证金|补钱|追保|加保|入金|打款|打(?=[\d一两二三四五六七八九十])|"
    r"转入|汇入|存入|缴存|缴纳|减仓|偿还|还款|清偿|归还|了结"
)
_DEMAND = r"请|须|应|需|务必|要求|告知|限(?:您|你)?|赶紧|马上|尽快|抓紧|立即|立刻|必须|速|[日天时钟]之?内"
_ABOUT_LINES = r"保证金|担保|平仓|强平|预警|警戒|追保|补仓|劣后|穿仓|垫付"
_DUES = r"息费|利息|管理费|到期|展期|续期|续约|结息|扣费"
_NUMBER = rf"(?:\d[\d,.]*|[{chinese.CN_NUMERAL}]+)"
_KINDS: tuple[tuple[NoticeKind, str, str], ...] = (
    (
        NoticeKind.LIQUIDATED,
        (
            rf"(?:已|现已|遭|被)(?:(?!达|触|低于|跌破|未|将|可能|接近|临近|如|会|到)[^。;!?]){{0,24}}{_SALE}|"
            r"(?:平仓|斩仓|砍仓|强平|清仓)(?:完成|完毕|成功|成交回报|结果)|发生强制平仓|强制平仓通知\s*订单号|平仓数量"
        ),
        r"将(?:被|对)|(?:免|防止|否则|或|恐)[^。;,]{0,10}(?:平仓|强平|卖出)|(?:将|拟|可能|会)[^。;,]{0,12}(?:平仓|强平|卖出)|如(?:果|未|不)[^。]{0,20}(?:平仓|强平)$|即将",
    ),
    (
        NoticeKind.DEPOSIT_CONFIRMED,
        (
            r"(?:转入|汇入|追加|补充|补仓|入金|打款|存入|缴纳|缴存|补缴|加保)[^。;!]{0,40}(?:已收到|收到了|"
            r"已到账|到账成功|已入账|已确认|成功|已计入|收讫)|(?:已收到|收到)(?:您)?[^。;]{0,24}(?:追加|补充|"
            r"转入|汇入|保证金|款项)|追加[^。;]{0,20}(?:已处理|完成)|银证转账成功|"
            rf"(?<![未没])(?<!没有)收到[^。;?,]{{0,12}}{_NUMBER}(?:万|元|块|w)"
        ),
        r"请(?:于|在|尽快|及时|您)|(?:未|没)(?:收到|追加)|尚未",
    ),
    (
        NoticeKind.FUNDED,
        (
            r"账户已(?:开通|开立|激活)|配资[^。;]{0,10}已(?:划入|到账|发放|下款)|已放款|放款(?:成功|完成)|"
            r"资金已(?:到账|划入|下拨)|借款已发放|融资款已|(?:配资|借款|融资|操盘资金|额度)[^。;]{0,16}(?:已|已经)"
            r"[^。;,]{0,4}(?:划拨|划入|划至|打到|打入|打进|转入|拨付|拨到|到账|发放|下款|放款)"
        ),
        r"追加|补充",
    ),
    (
        NoticeKind.MARGIN_CALL,
        (
            r"追加(?:保证金|担保物)通知|追保通知|追缴通知|平仓预告|即将强制平仓|补仓通知|"
            rf"(?:{_DEMAND})[^。;]{{0,50}}(?:{_TOP_UP}|恢复[至到])|"
            rf"(?:不|未)(?:追加|补仓|补足|补)的?[^。;]{{0,14}}(?:平仓|强平|砍仓|平了|平掉|卖出)|保证金不足|即将执行强平"
        ),
        (
            r"做好[^。;]{0,10}准备|请保持账户可用资金充足|"
            rf"^(?!.*(?:{_ABOUT_LINES})).*(?:{_DUES})"
        ),
    ),
    (
        NoticeKind.WARNING,
        (
            r"预警|警戒|关注线|注意风险|关注账户风险|账户风险|风险提示|风险率|(?:临近|接近)平仓|"
            r"(?:低于|跌破|触及|触发)(?:平仓|强平|追保|补仓)|达(?:到)?(?:平仓|警戒)线|追加保证金准备|爆仓|"
            r"亏损[^。;]{0,6}(?:达|到|超过)[^。;]{0,4}保证金|(?:注意|控制)[^。;,]{0,6}仓位|"
            r"(?:将|拟|可能)[^。;]{0,20}(?:强制平仓|强平)"
        ),
        r"一般提示",
    ),
    (
        NoticeKind.DUE_REMINDER,
        (
            r"息费|结息|(?:利息|管理费)[^。;]{0,14}(?:到期|支付|扣|缴纳|请|充值)|续期|展期|即将到期|将[于在][^。;]{0,16}到期|"
            r"到期(?:提醒|通知|日)|扣费|余额不足|还款(?:提醒|日)|账单|支付[^。;]{0,8}管理费"
        ),
        "",
    ),
)
_RATIO_LABEL = r"维持担保比例|维保比例|担保比例|风险率|风险比例|风险度|保证金比例|资产负债比|负债比"
_PERCENT = r"(?P<n>\d+(?:\.\d+)?)%"
_RATIO = (
    re.compile(rf"(?:{_RATIO_LABEL})[^\d%,。;(]{{0,6}}\d+(?:\.\d+)?%?(?:下?降|升|跌|变|回升)[至到为]{_PERCENT}"),
    re.compile(rf"(?:{_RATIO_LABEL})[^\d%,。;(]{{0,10}}{_PERCENT}"),
    re.compile(rf"剩余保证金[^\d%,。;(]{{0,12}}{_PERCENT}"),
    re.compile(rf"(?:亏损)[^\d%,。;(]{{0,8}}(?:达|为|至|到)[^\d%,。;(]{{0,8}}保证金的?{_PERCENT}"),
    re.compile(r"(?:单位)?净值[^\d,。;(]{0,6}(?P<net>\d\.\d+)"),
    re.compile(r"总资产[/÷](?:总?负债|借款|融资额?|配资额?)[^\d%,。;(]{0,4}(?P<net>\d+(?:\.\d+)?)倍"),
    re.compile(rf"(?:{_RATIO_LABEL})[^\d%,。;(]{{0,10}}(?P<net>\d{{1,2}}\.\d+)(?![\d%万元])"),
    re.compile(rf"(?:{_RATIO_LABEL})[^\d%。;]{{0,14}}{_PERCENT}"),
)
_PLAIN = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_ASSETS = re.compile(
    rf"(?:总资产|总金额|资产总[额值]|账户资产|账户总[额值]|总资金|总操盘资金|账户权益)[^\d,。;(/÷]{{0,8}}(?P<n>{_PLAIN})"
    r"(?P<unit>万)?元?(?![%倍\d.])"
)
_MENTION = re.compile(
    rf"(?:(?P<n>{_PLAIN})(?P<unit>万|w)?(?P<yuan>元|块)?|(?P<cn>[{chinese.CN_NUMERAL}]+)(?P<cnyuan>元))"
    r"(?![%‰倍年月日号天时分点个笔股秒:\d])",
    re.IGNORECASE,
)
_ASKED = re.compile(
    rf"(?:(?:{_TOP_UP})|(?P<label>追加金额|追保金额|补足金额|缺口|差额|应补|需补)|(?<![未没])(?<!没有)收到|穿仓|打)"
    r"(?:(?!通知|资产|权益|[仓戒警]线|市值|恢复)[^,。;!\d]){0,18}$"
)
_ASKED_AFTER = re.compile(
    r"^(?:的)?(?:追加|补充)?(?:保证金|担保物)|^[^,。;\d]{0,4}请?[^,。;]{0,8}(?:补上|补足|补齐|补回)"
)
_KEPT = re.compile(r"(?:剩余|可用|初始|原有|成交)[^,。;]{0,6}$")


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
    """Return the amount demanded or confirmed in yuan: the first sum that stands with words of paying in."""
    for match in _MENTION.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        asked = _ASKED.search(before.removesuffix("¥").removesuffix("人民币"))
        stated = match["unit"] or match["yuan"] or match["cn"] or (asked and asked["label"])
        if stated and (asked or (_ASKED_AFTER.match(after) and not _KEPT.search(before))):
            value = chinese.number(match["n"] or match["cn"])
            return value * 10000 if value is not None and match["unit"] else value
    return None


def _yuan(match: re.Match[str] | None) -> Decimal | None:
    if match is None:
        return None
    value = Decimal(match["n"].replace(",", ""))
    return value * 10000 if match["unit"] else value
