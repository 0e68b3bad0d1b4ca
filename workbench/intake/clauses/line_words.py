"""Vocabulary of warning and liquidation lines: names, figures, and the wordings of the nine conventions."""

from __future__ import annotations

import re
from decimal import Decimal

from workbench.intake import chinese
from workbench.intake.clauses import wording

EMERGENCY = r"(?:紧急|即时|立即|极限)(?:强制)?(?:平仓|强平)线|紧急线"
FLOOR = r"最低线|最低(?:维持)?担保比例"
FREE = r"(?:可)?(?:提取|转出|解冻|开仓|融资)线"
"""Lines that free or bar what stands above them; never a term."""
CALL = r"追保线|补仓线|追加(?:保证金|担保物)?线|追缴线"
WARNING = (
    r"(?:亏损|风险)?(?:预警|警戒|警示|报警|警告)(?:线|值|点|比例|水平|金额|标准|净值)|(?:预警|"
    r"警戒)(?=[和、/及与]|[:为]?(?:\d{2,3}(?:\.\d+)?%|[01]\.\d))|"
    r"关注线|(?:风险)?提[示醒]线|安全线"
)
LIQUIDATION = (
    r"(?:亏损|强制|强行)?(?:平仓|强平|止损|清仓|斩仓)(?:线|值|点|比例|水平|金额|标准|净值|"
    r"(?=[:为]?(?:\d{2,3}(?:\.\d+)?%|[01]\.\d)))"
)
NAMES: tuple[tuple[str, str], ...] = (
    ("emergency_line", EMERGENCY),
    ("floor_line", FLOOR),
    ("free_line", FREE),
    ("call_line", CALL),
    ("warning_line", WARNING),
    ("liquidation_line", LIQUIDATION),
)
NAME = re.compile("|".join(f"(?P<{key}>{pattern})" for key, pattern in NAMES))

_FACTOR = r"(?:0?\.\d+|\d\.\d+|[01](?![\d.])|\d{1,3}(?:\.\d+)?%)"
VALUE = re.compile(
    rf"(?P<rate>{chinese.RATE})(?!的?(?:利息|年|月))|(?P<times>\d+(?:\.\d+)?|[一二三]"
    r"点[零一二三四五六七八九]+)倍|(?P<tenths>(?:[一二三四五六七八九]|(?<![\d.])[1-9])(?:点[一二三四五六七八九])?)成|"
    rf"[×xX*](?P<after>{_FACTOR})(?![\d元万])|(?P<before>{_FACTOR})[×xX*]|(?P<money>{chinese.MONEY})|"
    r"(?<![\d.])(?P<plain>[01]\.\d+)(?![\d元%倍万.])"
)
"""A figure that a line may stand at."""

_MARGIN = (
    r"(?:初始|风险|操盘|履约|交易|原始|缴存的|交纳的|缴纳的|乙方|甲方|自有|投资|实缴|全部)*(?:保证金|"
    r"自有资金|自备资金|自有本金|劣后(?:级)?资金|(?<!配资)(?<!借款)(?<!融资)(?<!出借)(?<!贷款)本金)"
    r"(?:总额|金额|数额|余额)?"
)
_LOAN = (
    rf"(?:{wording.LOAN}|(?:放款|甲方|乙方)(?:方)?(?:的)?(?:{wording.LOAN}|资金|本金|金额|总额|额|款|款项|资金总额)+)"
)
_LOSS = r"(?:亏损|损失|浮亏|跌去|亏去|亏掉|亏蚀|亏(?=到|至))"
_TIMES_SIGN = r"[×xX*]"
LOCAL: tuple[tuple[str, str], ...] = (
    ("minus_margin", rf"(?:总(?:操盘)?(?:资金|资产)|操盘资金|总额)-{_MARGIN}(?:{_TIMES_SIGN}|的)"),
    (
        "margin_coefficient",
        (
            rf"(?:{_LOAN}|资金)\+{_MARGIN}(?:{_TIMES_SIGN}|的)|{_MARGIN}{_TIMES_SIGN}[^,。;+]{{1,10}}\+{_LOAN}|"
            rf"{_LOAN}(?:\+|加上?|与|和)(?:\d+(?:\.\d+)?%|"
            rf"百分之[一二三四五六七八九十]+)(?:的)?{_MARGIN}|{_LOAN}(?:\+|加上?|与|"
            rf"和)(?:\d+(?:\.\d+)?倍)(?:的)?{_MARGIN}|{_LOAN}(?:加上?|与|"
            rf"和)[^,。;]{{0,8}}{_MARGIN}(?:的|{_TIMES_SIGN})"
        ),
    ),
    (
        "loss_over_margin",
        (
            rf"{_LOSS}[^。;]{{0,14}}{_MARGIN}(?:的|比例)?|{_MARGIN}(?:的)?(?:累计)?{_LOSS}|占{_MARGIN}[^,。;]"
            rf"{{0,6}}{_LOSS}"
        ),
    ),
    ("loss_over_total", rf"{_LOSS}[^,。;]{{0,14}}(?:总(?:操盘)?资金|操盘资金|总资产|初始资产)(?:总额)?的"),
    (
        "net_value",
        (
            r"净值(?!.{0,8}保证金)|(?:初始|起始|期初)(?:总)?(?:操盘)?(?:资金|资产|规模)(?:总额)?(?:的|[×xX*])|"
            r"总(?:操盘)?资金(?:总额)?(?:的|[×xX*])"
        ),
    ),
    (
        "equity_over_margin",
        (
            rf"{_MARGIN}(?:的)?(?:剩余|降至|只剩|不足)?(?:的|比例)|剩余{_MARGIN}(?:比例)?|{_MARGIN}(?:剩余|"
            r"余额)(?:比例)?"
        ),
    ),
    ("financing_multiple", rf"{_LOAN}(?:的|{_TIMES_SIGN}|之)|(?:借款|配资|融资)的\d"),
    (
        "assets_over_debt",
        (
            r"维持担保比[例率]|维保比例|担保比[例率]|保障比例|资产负债(?:比|率)|总资产与(?:负债|"
            r"债务)(?:之比|的比[例率值])"
        ),
    ),
)
"""Wordings beside a figure, the most specific first; loss forms are turned into what is left."""

_MINUS = r"-[^()÷/=。;]{1,24}\)?\)?"
_OVER = r"(?:\)?(?:÷|/|除以|与|占))"
FORMULAS: tuple[tuple[str, str], ...] = (
    (
        "equity_over_assets",
        (
            rf"{_MINUS}{_OVER}(?:账户)?(?:总资产|资产总[额值])|(?:净资产|权益|自有资金)[^。;,]{{0,"
            rf"6}}{_OVER}(?:账户)?(?:总资产|资产总)"
        ),
    ),
    (
        "equity_over_margin",
        (
            rf"{_MINUS}{_OVER}[^=。;]{{0,6}}(?:保证金|自有资金|劣后资金)|剩余保证金|扣除(?:配资|借款|融资|负债)"
            rf"[^。;]{{0,10}}余额[^。;]{{0,30}}保证金|(?:净资产|权益)[^。;,]{{0,4}}{_OVER}[^。;,]{{0,6}}保证金"
        ),
    ),
    (
        "equity_over_debt",
        (
            rf"{_MINUS}{_OVER}[^=。;]{{0,10}}(?:负债|债务|本金|借款|融资|配资)|(?:净资产|"
            rf"权益)(?:\([^()]*\))?[^。;,]{{0,"
            rf"6}}{_OVER}[^。;,]{{0,10}}(?:负债|债务|本金|借款)"
        ),
    ),
    (
        "net_value",
        (
            r"净值|(?:总资产|净资产|资产|权益)(?:总[额值])?(?:与|÷|/|除以)[^。;,]{0,4}(?:总规模|"
            r"初始[^。;,]{0,4}(?:资产|资金|规模))"
        ),
    ),
    (
        "assets_over_debt",
        (
            r"(?:总资产|资产总[额值]|市值\)?|现金\)?)(?:之和)?\)?(?:÷|/|除以|与)\(?[^。;=]{0,30}(?:利息|息费|本息|"
            r"负债|债务|费用)|维持担保比例|维保比例"
        ),
    ),
    ("financing_multiple", rf"(?:总资产|总资金|资产总[额值]|市值\))\)?(?:÷|/|除以|与)\(?{_LOAN}"),
    ("loss_over_margin", r"亏损(?:比例|率|额)?[^。;]{0,14}(?:÷|/|除以|占)[^。;]{0,6}(?:保证金|本金|自有资金)"),
)
"""Definitions of the measure in the clause or its neighbours."""


def figure(match: re.Match[str]) -> Decimal | None:
    """Return the figure of a ``VALUE`` match: a fraction, a multiple, or yuan where ``money`` matched."""
    kind = match.lastgroup or ""
    text = match[kind]
    if kind == "rate":
        return chinese.fraction(text)
    if kind == "money":
        values = chinese.amounts(text)
        return values[0] if values else None
    if kind == "tenths":
        value = chinese.number(text)
        return None if value is None else value / 10
    if text.endswith("%"):
        return Decimal(text[:-1]) / 100
    return chinese.number(text) if not text.startswith(".") else Decimal(text)
