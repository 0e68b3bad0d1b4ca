"""A contract that disagrees with itself says so, and says with which figures; a sound one stays silent."""

from __future__ import annotations

import pytest

from workbench.domain.terms import Contract
from workbench.intake.contracts import contract_from
from workbench.readers.model import TextDocument, TextLine

WRONG = [
    ("乙方缴纳保证金人民币壹拾万元整(小写:¥120,000.00)。", "margin", "100,000.00"),
    ("配资资金(大写):叁拾万元整(小写):¥350,000.00。", "financing", "350,000.00"),
    ("保证金10万元,配资资金40万元,配资比例为1:3。", "leverage", "3"),
    ("保证金10万元。 ¶ 配资资金30万元。 ¶ 总操盘资金为保证金的5倍。", "leverage", "5"),
    ("保证金10万元,配资资金30万元,总操盘资金50万元。", "margin", "500,000.00"),
    ("预警线:维持担保比例120%;平仓线:维持担保比例130%。", "warning_line", "1.2"),
    ("亏损达保证金的60%时为预警线,亏损达保证金的40%时为平仓线。", "warning_line", "0.4"),
    ("3.1 月利率为2%。 ¶ 8.2 借款月利率为1.5%。", "rate", "1.5%"),
    ("年利率18%,月利率2%。", "rate", "18%"),
    ("2.1 保证金10万元。 ¶ 9.1 风险保证金人民币20万元。", "margin", "200000"),
    ("保证金10万元,配资资金30万元,配资比例:1:4(保证金:配资资金)。", "leverage", "杠杆 4"),
    ("保证金10万元,配资资金30万元。 ¶ 保证金与配资资金的比例为1:4。", "leverage", "杠杆 4"),
    ("使用期限4个月,自2025年3月14日起至2025年9月14日止。", "term_start", "4"),
    ("使用期限自2025年3月14日起至2024年9月14日止。", "term_start", "2024-09-14"),
    ("5.1 平仓线:维持担保比例130%。 ¶ 5.9 平仓线:维持担保比例140%。", "liquidation_line", "1.4"),
]
SOUND = [
    "乙方缴纳保证金人民币壹拾万元整(小写:¥100,000.00)。",
    "保证金10万元,配资资金30万元,配资比例为1:3,总操盘资金40万元。",
    "保证金10万元,配资资金40万元,杠杆倍数为5倍。",
    "保证金10万元,配资资金40万元,保证金与总操盘资金的比例为1:5。",
    "年利率18%,即月利率1.5%。",
    "日利率0.05%(年化18%)。",
    "日利率0.05%,年化18.25%。",
    "使用期限4个月,自2025年3月14日起至2025年7月13日止。",
    "融资总额:第一笔融资金额20万元,第二笔融资金额10万元,融资总额30万元。",
    "预警线150%,平仓线130%,维持担保比例低于平仓线的,补足至150%以上。",
    "月利率2%,逾期的按日万分之五支付滞纳金,佣金万分之三。",
]


def read(text: str) -> Contract:
    lines = tuple(TextLine(part.strip(), number) for number, part in enumerate(text.split("¶"), 1))
    return contract_from(TextDocument("txt", lines), "contract.txt", "0" * 64)


@pytest.mark.parametrize(("text", "key", "figure"), WRONG)
def test_a_contradiction_is_found_with_its_figures_and_place(text: str, key: str, figure: str) -> None:
    found = [entry for entry in read(text).contradictions if key in entry.keys]
    assert found
    assert any(figure in entry.detail for entry in found)
    assert all(entry.sources and entry.sources[0].text for entry in found)


@pytest.mark.parametrize("text", SOUND)
def test_a_sound_contract_has_none(text: str) -> None:
    assert read(text).contradictions == ()


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("甲方有权不经通知直接处置账户内证券,乙方不持异议。", "no_notice"),
        ("甲方有权不经通知直接处置账户内证券,乙方不持异议。", "waive_objection"),
        ("甲方按该号码发出的信息在发出时视为送达。", "deemed_service"),
        ("丙方有权单方变更规则内容。", "one_sided_change"),
        ("强制平仓造成的损失由乙方承担。", "loss_on_client"),
        ("结算金额以交易系统后台清算数据为准。", "data_final"),
        ("乙方违约的,风险保证金不予退还。", "no_refund"),
        ("甲方有权随时修改账户密码。", "lockout"),
        ("超出操盘保证金部分甲方保留追讨权利。", "pursue_shortfall"),
        ("不再补缴保证金的,默认为放弃该账户权益。", "forfeit_account"),
        ("首期利息从配资本金中预先扣除。", "pre_deduction"),
        ("因强制平仓产生的损失甲方不承担任何责任。", "lender_not_liable"),
        ("预警线为剩余保证金的50%,平仓线为维持担保比例115%。", "line_in_other_measure"),
    ],
)
def test_a_clause_is_kept_for_its_effect(text: str, topic: str) -> None:
    assert topic in {clause.topic for clause in read(text).clauses}


def test_a_fair_contract_has_no_such_clause() -> None:
    fair = "8.6 未经乙方书面同意,甲方不得擅自修改账户密码、限制账户交易。 ¶ "
    fair += "9.1 清偿后的剩余资金全部归乙方所有,甲方应当及时退还。"
    assert read(fair).clauses == ()
