"""What a message does and which figures it names, wording by wording."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from workbench.domain.market import NoticeKind
from workbench.intake.messages import days, meaning


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


AT = at("2024-01-22 09:09")
KINDS = [
    ("您的账户维持担保比例为146.11%,已低于预警线,请注意风险。", "warning"),
    (
        "您的信用账户当前维保比例为 138.2%,已低于预警线(140%)。如持续低于警戒线(130%),我司将有权启动强制平仓程序。",
        "warning",
    ),
    ("请关注账户风险,做好追加保证金准备", "warning"),
    ("请您于 2024-01-24 15:00 前追加担保物,使维保比例恢复至 150% 以上。", "margin_call"),
    ("请尽快追加担保物或偿还负债", "margin_call"),
    ("请于T+1日上午收市前追加担保物或偿还负债", "margin_call"),
    ("您的账户已达到预警值,随时可能爆仓,请及时追加保证金。", "margin_call"),
    ("平仓预告通知:已低于平仓线(120%),经多次通知,您尚未追加担保物。我司将于明日启动强制平仓程序。", "margin_call"),
    ("赶紧补仓,不补今天就平了", "margin_call"),
    ("您的账户保证金不足,请及时追加保证金。需追加金额:30000.00元", "margin_call"),
    ("由于保证金不足,系统已执行强制平仓。平仓数量:3笔", "liquidated"),
    ("您的账户已被强制平仓,成交明细请查询对账单。", "liquidated"),
    ("融资账户已爆仓,持仓被强制平仓", "liquidated"),
    ("您转入的追加保证金20,000.00元已收到,将计入您的账户。", "deposit_confirmed"),
    ("已收到您补充的保证金5万元", "deposit_confirmed"),
    ("您的账户已开通,资金已到账,祝您交易顺利。", "funded"),
    ("温馨提示:您的账户即将结算息费,请保持账户可用资金充足。", "due_reminder"),
    ("您的利息将于本月20日到期,请及时支付", "due_reminder"),
    ("老师您好,在吗", "other"),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_kind(text: str, kind: str) -> None:
    assert meaning.kind_of(text) is NoticeKind(kind)


DEADLINES = [
    ("请于2024-01-24 15:00前追加保证金", at("2024-01-24 15:00")),
    ("请于2024年1月24日10时30分前追加保证金", at("2024-01-24 10:30")),
    ("请于1月24日15:00之前补足", at("2024-01-24 15:00")),
    ("请于2024-01-24收盘前追加保证金", at("2024-01-24 15:00")),
    ("截止时间2024-01-24 15:00", at("2024-01-24 15:00")),
    ("请在今日收盘前补仓", at("2024-01-22 15:00")),
    ("请您在今天下午2点前打款", at("2024-01-22 14:00")),
    ("明日开盘前补足", at("2024-01-23 09:30")),
    ("请在24小时内追加", AT + timedelta(hours=24)),
    ("30分钟内补仓", AT + timedelta(minutes=30)),
    ("乙方应于两日内补足", at("2024-01-24 15:00")),
    ("请务必11:30前追加", at("2024-01-22 11:30")),
    ("截至2024-01-19收盘,您的账户已低于预警线", None),
    ("请于T+1日上午收市前追加担保物", at("2024-01-23 11:30")),
    ("请于下一交易日10:00前追加", at("2024-01-23 10:00")),
    ("请于2个交易日内追加担保物", at("2024-01-24 15:00")),
    ("请尽快补仓", None),
]


@pytest.mark.parametrize(("text", "deadline"), DEADLINES)
def test_deadline(text: str, deadline: datetime | None) -> None:
    def after(day: date, count: int) -> date:
        return day + timedelta(days=count)

    assert days.deadline_of(text, AT, days.TradingDays(after, lambda _: None)) == deadline


def test_trading_days_need_a_calendar() -> None:
    assert days.deadline_of("请于T+1日收盘前追加", AT) is None


@pytest.mark.parametrize(
    ("text", "ratio"),
    [
        ("维持担保比例为126.89%,已触及平仓线", "1.2689"),
        ("当前维保比例为 128.35%,已低于预警线(140%)", "1.2835"),
        ("剩余保证金为保证金的49.13%,已触及平仓线", "0.4913"),
        ("您的账户风险率已达112.5%", "1.125"),
        ("账户单位净值0.912,低于预警线0.93", "0.912"),
        ("维持担保比例已低于预警线", None),
    ],
)
def test_ratio(text: str, ratio: str | None) -> None:
    found = meaning.ratio_of(text.replace(" ", ""))
    assert (None if found is None else str(found)) == ratio


@pytest.mark.parametrize(
    ("text", "assets", "amount"),
    [
        ("账户总资产为753,762.10元,已低于预警线", "753762.10", None),
        ("用户总资产已达平仓线:总金额:753762.1,平仓线:760000", "753762.1", None),
        ("需追加金额:12.5万元", None, "125000.0"),
        ("您转入的追加保证金20,000.00元已收到", None, "20000.00"),
        ("请追加保证金不低于30000元", None, "30000"),
        ("请补足3万元保证金", None, "30000"),
    ],
)
def test_amounts(text: str, assets: str | None, amount: str | None) -> None:
    found = meaning.assets_of(text), meaning.amount_of(text)
    assert tuple(None if value is None else str(value) for value in found) == (assets, amount)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("截至2024-01-19收盘", date(2024, 1, 19)),
        ("截止1月19日收盘", date(2024, 1, 19)),
        ("截至今日收盘", date(2024, 1, 22)),
        ("截至2024年1月19日日终", date(2024, 1, 19)),
        ("请尽快补仓", None),
    ],
)
def test_as_of(text: str, day: date | None) -> None:
    assert days.as_of_day(text, AT) == day
