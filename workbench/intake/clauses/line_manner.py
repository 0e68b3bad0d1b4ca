"""How a line works: whether reaching it is enough, when it is measured, and whether the sale is automatic."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.intake.clauses.model import Deed, Found, Known, Phrase, phrases_found

_FORCED = "平仓|强平|止损|清仓|斩仓|处置|变现|全部卖出|卖出(?:全部|所有|账户|股票|证券)|强制卖出"
PHRASES: tuple[Phrase, ...] = (
    Phrase(
        "line_comparator",
        "lt",
        r"(?:低于|小于|跌破|不足|少于|<)(?!或|等|人民币\d*元)(?![^,。;]{0,4}或等于)",
        _FORCED,
        r"不足的?(?:部分|按|一)|或等于|(?:补充|退还|返还).{0,6}不足|不足一|清偿后",
        0,
    ),
    Phrase(
        "line_comparator",
        "le",
        r"(?:小于|少于|低于)(?:或|或者)?等于|等于或(?:低于|小于)|≤|不高于|不大于|达到或(?:低于|跌破|超过)",
        _FORCED,
        "",
        -1,
    ),
    Phrase(
        "line_comparator",
        "lt",
        r"(?<!不)(?<!不得)(?:低于|小于|跌破|少于|<)(?!或|等)(?![^,。;]{0,4}或等于)",
        (
            r"(?:担保比例|净值|总资产|净资产率|风险率|剩余保证金)[^。;]*(?:追加|补足|补仓|补充|"
            r"通知)|低于\d[\d.]*%[^。;]*(?:追加|补足)"
        ),
        r"或等于|达到或|清偿后",
        3,
    ),
    Phrase(
        "line_comparator",
        "le",
        (
            r"触及|触碰|达到|降至|跌至|触发(?!(?:强制)?(?:平仓|强平|预警|警戒)(?!线|值|条件))|"
            r"到达|降到|亏到|亏至|(?:亏损|损失)达"
        ),
        _FORCED,
        r"达到[^,。;]{0,20}以上",
        2,
    ),
    Phrase(
        "line_measured",
        "close",
        (
            r"(?:收盘|收市|日终|日末|清算)(?!前)(?:后|时|价)?(?:清算|计算|核算)?(?:后|时|的)?[^。;]{0,20}(?:低于|"
            r"触及|达到|跌破|少于|小于|维持担保比例|总资产|净值|担保比例)|[按以](?:当日|每日|"
            r"每个?交易日)?的?收盘价(?:计算|核算|为准)|时点:[^,。;]{0,6}(?:收[盘市]|清算)后|"
            r"(?:收盘|收市|清算)后(?:计算|核定|核算|"
            r"确定)|以(?:当日|"
            r"每日)?(?:收盘|日终|清算)[^。;]{0,10}(?:为准|计算|核算)"
        ),
        "平仓|强平|预警|警戒|担保比例|总资产|净值|风险[率度]|[前上]述比例|以上比例|该比例|时点:",
    ),
    Phrase(
        "line_measured",
        "intraday",
        r"盘中|任[一何意](?:时[点刻间])|实时|交易时间内(?:任|随时)|盘中任|随时(?:低于|触及)",
        (
            "平仓|强平|预警|警戒|担保比例|总资产|净值|亏损|净资产率|线的?计[量算]|计量时点|"
            "计量方式|计算时点|[^,。;]{0,4}时点"
        ),
        "查询|买卖|实时监控账户|实时关注",
    ),
    Phrase(
        "line_action",
        "automatic",
        (
            r"(?:系统|软件|平台|账户)?(?:将|会)?自动(?:触发|执行|进行|启动|对|全部|予以|市价)?[^,。;]{0,"
            r"14}(?:平仓|强平|卖出|清仓|变现)|(?:平仓|强平)[^。;]{0,12}自动(?:执行|处理|完成)|"
            r"(?:立即|即刻)(?:自动)?强制平仓"
        ),
        "",
        r"有权",
    ),
    Phrase(
        "line_action",
        "may",
        r"(?:有权|(?<![不许])可以?(?!用)|(?<!不)得以)[^。;]{0,30}(?:平仓|强平|处置|卖出|清仓|斩仓|变现|清空)",
        "平仓|强平|处置|清仓|斩仓|卖出|变现|预警|警戒|风险|亏损达|补仓",
        "密码|自主|仅得|可以自行|可自行|应付|停牌",
    ),
)


def line_manner(deed: Deed, known: Known) -> Iterator[Found]:
    """Yield comparator, moment of measuring and whether the sale is automatic, from ``PHRASES``."""
    del known
    yield from phrases_found(PHRASES, deed)
