"""Clauses kept for their legal effect: one-sided, waiving, deeming; a lawyer decides what they are worth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.domain.terms import Clause
from workbench.intake.clauses.model import Deed
from workbench.intake.clauses.place import source_of


@dataclass(frozen=True, slots=True)
class Topic:
    """A wording and the code it is filed under."""

    code: str
    pattern: str
    never: str = ""


TOPICS: tuple[Topic, ...] = (
    Topic(
        "no_notice",
        (
            r"(?:不经|无需|无须|毋须|不再|不需|未经|不必|有权不)(?:另行|事先|提前)?(?:[^,。;]{0,8})?(?:通知|告知|"
            r"催告)[^。;]{0,20}|(?:不承担|没有|无)通知义务"
        ),
        "书面同意",
    ),
    Topic(
        "deemed_service",
        (
            r"视为(?:已)?(?:有效)?(?:送达|收到|知悉|通知)|即(?:为|视为)送达|发出(?:即|之时)[^,。;]{0,4}送达|"
            r"默认(?:已)?(?:收到|知悉)"
        ),
    ),
    Topic(
        "one_sided_change",
        (
            r"(?:有权|可以?)(?:随时|单方|自行|根据[^,。;]{0,20})+[^。;]{0,24}(?:调整|变更|修改|提高|上调|修订)"
            r"|单方(?:面)?(?:变更|修改|调整)"
        ),
        "乙方书面同意|协商一致",
    ),
    Topic(
        "loss_on_client",
        (
            r"(?:损失|后果|风险|责任|亏损|差额)[^。;]{0,10}(?:均|全部|概|一律|自行)?由(?:乙方|甲方|客户|"
            r"用资[人方]|借款[人方]|操盘[人方手])(?:自行|全部|独自|全额)?承担|承担(?:全部|一切|所有)(?:交易)"
            r"?(?:风险|损失|责任)|(?:风险|亏损|盈亏)自(?:担|负)"
        ),
        "投资盈利归|双方按照",
    ),
    Topic(
        "data_final",
        (
            r"以(?:甲方|乙方|丙方|平台|交易系统|系统|后台|公司)[^。;]{0,20}(?:数据|记录|清算|账务|对账单|"
            r"计算结果)[^。;]{0,8}为准|最终(?:成交价)?以[^。;]{0,16}为准"
        ),
    ),
    Topic(
        "waive_objection",
        (
            r"(?:不持|无|不得提出|放弃|不提出)[^,。;]{0,6}异议|放弃[^。;]{0,14}(?:抗辩|追究|索赔|追索|权利|"
            r"起诉)|逾期(?:未|不)[^。;]{0,8}异议[^。;]{0,10}视为|视为(?:认可|确认|无异议|放弃)"
        ),
    ),
    Topic(
        "no_refund",
        (
            r"不(?:予|再)?(?:退还|退回|返还|退)(?!时)|概不退|归(?:甲方|出借[人方]|平台)所有(?!.{0,4}(?:资金|"
            r"账户))|予以没收|没收"
        ),
        "退市|剩余资金|投资盈利归",
    ),
    Topic(
        "lender_not_liable",
        (
            r"(?:甲方|乙方|丙方|平台|出借[人方]|本公司|我司)[^。;]{0,8}(?:不承担|不负|免于承担|概不)[^。;]{0,"
            r"10}(?:责任|损失|赔偿)"
        ),
        "该方不承担",
    ),
    Topic(
        "lockout",
        (
            r"(?:有权|可以?)[^。;]{0,24}(?:修改|变更|重置|更改)[^。;]{0,6}密码|(?:有权|可以?)[^。;]{0,"
            r"20}(?:限制|冻结|暂停|禁止|锁定|关闭)[^。;]{0,12}(?:交易|账户|开仓|买入|权限)"
        ),
    ),
    Topic("forfeit_account", r"(?:视为|默认)(?:[^。;]{0,8})放弃[^。;]{0,8}(?:账户|权益|保证金)|放弃该账户"),
    Topic(
        "pursue_shortfall",
        r"(?:追偿|追讨|追索)(?:权|的?权利)?|不足[^。;]{0,14}(?:无限|连带|全额)[^。;]{0,6}(?:清偿|补足|承担)",
        "追加保证金",
    ),
    Topic(
        "financier_discretion",
        r"(?:自行|自主)(?:决定|选择|确定)[^。;]{0,20}(?:平仓|卖出|处置|价格|顺序|时机|品种)",
        "乙方自主决定买卖|甲方自主决定买卖",
    ),
    Topic("legal_costs", r"(?:律师费|诉讼费|保全费)[^。;]{0,30}由?[^。;]{0,6}承担|承担[^。;]{0,10}律师费"),
    Topic("interpretation", r"(?:最终)?解释权(?:归|属)|保留[^。;]{0,12}解释权"),
    Topic(
        "pre_deduction",
        (
            r"(?:预先|提前|事先|先行)[^。;]{0,6}(?:扣除|扣收|扣划)[^。;]{0,12}(?:利息|息费|费用)|(?:利息|息费)"
            r"[^。;]{0,12}(?:从|在)[^。;]{0,10}(?:本金|放款|配资款|借款)[^。;]{0,10}(?:扣除|扣收|预扣)|砍头息"
        ),
        "不得预先",
    ),
    Topic("acceleration", r"(?:提前|立即)(?:收回|清偿|到期)[^。;]{0,10}(?:全部|所有)"),
    Topic(
        "private_account",
        r"(?:以|使用|通过)(?:他人|甲方|第三人)[^。;]{0,8}(?:名义|名下)[^。;]{0,10}账户|账户由甲方提供",
    ),
)
"""``no_notice`` to ``private_account``: code, wording, and words that make it something else."""


def clauses(deed: Deed) -> Iterator[Clause]:
    """Yield every notable clause once per topic and sentence."""
    for sentence in deed.sentences():
        for topic in TOPICS:
            if re.search(topic.pattern, sentence.text) and not (topic.never and re.search(topic.never, sentence.text)):
                yield Clause(topic.code, source_of(deed, sentence))
