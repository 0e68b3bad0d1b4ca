"""Steps 4 to 6 with a case: own assets and cash, offers and proposals, risk of what is left."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.services.conftest import CASE
from workbench.domain.case import CaseKind
from workbench.domain.money import cents
from workbench.errors import NotFoundError, UsageError
from workbench.planning.offers import Offer, Side
from workbench.services.assess_risk import assess_risk
from workbench.services.bundle_case import bundle_case
from workbench.services.create_case import create_case
from workbench.services.desk import Desk
from workbench.services.import_documents import import_documents
from workbench.services.negotiate import add_offer, compare_proposals, list_offers
from workbench.services.open_bundle import open_bundle
from workbench.services.raise_cash import import_assets, list_assets, plan_cash, remove_asset
from workbench.services.render_document import preview_markdown, set_fields
from workbench.services.review_case import review_case
from workbench.services.run_audit import compute_audit
from workbench.services.undo import undo
from workbench.services.verify_bundle import scratch_desk

D = Decimal
ASSETS = """名称,种类,代码,数量,价格,折价,到账天数,费率,保留
招商银行,股票,600036,3000,38.5,2%,1,0.00025,0
货币基金,基金,,50000,1,0,1,0,0
金条,实物,,200,900,8%,3,1%,全部
"""
PROPOSALS = """
discount_rate = 0.05
[suit]
enforcement_discount = 0.3
[suit.probability]
void = 0.6
[[proposal]]
name = "一次付清"
payer = "financier"
debt = 20000
lump_sum = 20000
start = 2026-12-01
"""


def test_own_assets_are_kept_planned_and_undone(filled: Desk, tmp_path: Path) -> None:
    path = tmp_path / "资产.csv"
    path.write_text(ASSETS, encoding="utf-8")
    assert import_assets(filled, CASE, path) == (1, 2, 3)
    assert list_assets(filled, CASE)[3].keep == 200
    found = plan_cash(filled, CASE, D(120_000), date(2026, 12, 4)).plan
    assert found.shortfall == 0
    assert found.total.net >= 120_000
    assert {row.asset.name for row in found.sales} == {"招商银行", "货币基金"}
    too_much = plan_cash(filled, CASE, D(1_000_000), date(2026, 12, 4)).plan
    assert too_much.shortfall == 1_000_000 - too_much.total.net
    remove_asset(filled, CASE, 2)
    assert sorted(list_assets(filled, CASE)) == [1, 3]
    undo(filled, CASE)
    undo(filled, CASE)
    assert list_assets(filled, CASE) == {}
    with pytest.raises(NotFoundError):
        remove_asset(filled, CASE, 9)


def test_a_wrong_row_adds_nothing(filled: Desk, tmp_path: Path) -> None:
    path = tmp_path / "资产.csv"
    path.write_text(ASSETS + "古董,古董,,1,1,0,1,0,0\n", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        import_assets(filled, CASE, path)
    assert caught.value.where.endswith(":5")
    assert list_assets(filled, CASE) == {}


def test_proposals_are_held_against_the_cases_own_settlements(filled: Desk, tmp_path: Path) -> None:
    path = tmp_path / "方案.toml"
    path.write_text(PROPOSALS, encoding="utf-8")
    bases = compute_audit(filled, CASE).bases
    add_offer(filled, CASE, Offer(date(2026, 11, 1), Side.FINANCIER, D("5000.00"), evidence=1))
    add_offer(filled, CASE, Offer(date(2026, 11, 3), Side.CLIENT, D("34000.00")))
    found = compare_proposals(filled, CASE, path)
    assert {one.basis: one.settlement for one in found.options} == {k: b.settlement for k, b in bases.items()}
    void = next(one for one in found.options if one.basis == "void")
    won = cents(bases["void"].settlement * D("0.7"))
    assert void.value == cents(D("0.6") * won - D("0.4") * void.fees)
    assert found.best is void
    (row,) = found.rows
    assert row.total == 20_000
    assert found.log.gap == 29_000
    assert [offer.evidence for offer in found.log.unproven] == [None]
    assert all(one.value is None for one in compare_proposals(filled, CASE).options)


def test_an_offer_needs_its_evidence_and_a_past_day(filled: Desk) -> None:
    with pytest.raises(NotFoundError):
        add_offer(filled, CASE, Offer(date(2026, 11, 1), Side.CLIENT, D(1), evidence=99))
    with pytest.raises(UsageError, match="future"):
        add_offer(filled, CASE, Offer(date(2027, 1, 1), Side.CLIENT, D(1)))
    assert list_offers(filled, CASE) == {}


def test_assets_and_offers_travel_with_the_bundle(filled: Desk, tmp_path: Path) -> None:
    path = tmp_path / "资产.csv"
    path.write_text(ASSETS, encoding="utf-8")
    import_assets(filled, CASE, path)
    add_offer(filled, CASE, Offer(date(2026, 11, 1), Side.FINANCIER, D("5000.00"), "一次性"))
    bundle = bundle_case(filled, CASE, tmp_path / "c.zip").path
    with scratch_desk(filled) as other:
        open_bundle(other, bundle)
        assert list_assets(other, CASE) == list_assets(filled, CASE)
        assert list_offers(other, CASE) == list_offers(filled, CASE)


def test_nothing_is_left_of_a_sold_out_account(filled: Desk) -> None:
    found = assess_risk(filled, CASE)
    assert found.snapshot is None or found.snapshot.holdings == ()
    assert (found.measures, found.reduction, found.missing) == ((), None, ())


CONTRACT = """配资合同
甲方（出资方）：海州融通配资有限公司
乙方（用资人）：张某
第一条 乙方缴纳保证金人民币100,000元，甲方提供配资资金人民币400,000元。
第二条 配资期限自2025年1月2日起至2025年12月31日止。
第三条 配资利率为月利率1.5%，按月预付。
第四条 账户总资产低于配资资金的110%时，甲方有权平仓。
"""
LEDGER = """日期,业务类型,证券代码,证券名称,数量,成交价格,发生金额,资金余额,备注
2025-01-02,入金,,,,,100000.00,100000.00,保证金
2025-01-02,配资款,,,,,400000.00,500000.00,配资入账
2025-01-03,证券买入,600000,浦发银行,20000,10.00,-200000.00,300000.00,
2025-01-03,证券买入,000001,平安银行,10000,12.00,-120000.00,180000.00,
2025-06-03,强制平仓,600000,浦发银行,10000,9.00,90000.00,270000.00,平台强制平仓
"""


def test_what_is_left_is_measured_and_reduced_riskiest_first(desk: Desk, tmp_path: Path) -> None:
    create_case(desk, CASE, CaseKind.OFF_EXCHANGE)
    days = [day for day in desk.tables().calendar.days if date(2025, 1, 2) <= day <= date(2025, 6, 3)]
    rows = ["date,code,open,high,low,close,volume,amount"]
    for at, day in enumerate(days):
        calm, wild = D("9.5") + D(at % 3) / 100, D(12) + D((at * 7) % 11) / 10
        for code, close in (("600000", calm), ("000001", wild)):
            rows.append(f"{day},{code},{close},{close + D('0.6')},{close - D('0.6')},{close},1000000,{close * 1000000}")
    for name, text in (("合同.txt", CONTRACT), ("流水.csv", LEDGER), ("行情.csv", "\n".join(rows) + "\n")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    import_documents(desk, CASE, [tmp_path / name for name in ("合同.txt", "流水.csv", "行情.csv")])
    found = assess_risk(desk, CASE)
    assert found.snapshot is not None
    assert {one.code: one.quantity for one in found.snapshot.holdings} == {"600000": 10_000, "000001": 10_000}
    assert found.portfolio is not None
    assert found.portfolio.value == found.snapshot.exposure
    historical, normal = found.measures
    losses = sorted(-one.total * found.portfolio.value for one in found.portfolio.returns)
    assert historical.value_at_risk == cents(losses[-(-len(losses) * 95 // 100) - 1])
    assert normal.value_at_risk > 0
    assert [one.code for one in found.contributions] == ["000001", "600000"]
    assert found.reduction is not None
    assert found.reduction.sales[0].code == "000001"
    assert sum(sale.value for sale in found.reduction.sales) >= found.portfolio.value / 2
    fall = next(row for row in found.stress if "5" in row.scenario.text_en)
    assert fall.loss == cents(found.portfolio.value * D("0.05"))


def test_the_review_report_adds_up_and_shows_what_was_planned(filled: Desk, tmp_path: Path) -> None:
    path = tmp_path / "资产.csv"
    path.write_text(ASSETS, encoding="utf-8")
    import_assets(filled, CASE, path)
    add_offer(filled, CASE, Offer(date(2026, 11, 1), Side.FINANCIER, D("5000.00"), "一次付清"))
    set_fields(filled, CASE, {"plan.target": "120000", "plan.by": "2026-12-04", "plan.stop_loss": "8%"})
    found = review_case(filled, CASE, stop_loss=D("0.08"))
    text = preview_markdown(filled, CASE, "review_report")
    change = f"{found.attribution.change:,.2f}".replace("-", "−")
    assert f"与 {change} 元 分毫不差" in text
    for part in found.attribution.parts:
        if part.amount:
            assert f"{part.amount:,.2f}".replace("-", "−") in text
    plan = plan_cash(filled, CASE, D(120_000), date(2026, 12, 4)).plan
    assert all(f"{row.proceeds.net:,.2f}" in text for row in plan.sales)
    assert "一次付清" in text
    assert "您定的止损线为成本价下方 8" in text
    assert "自设止损线" in text


def test_choices_that_no_longer_fit_are_left_out_of_the_report(filled: Desk) -> None:
    set_fields(
        filled, CASE, {"plan.index": "999999", "plan.target": "viel", "plan.by": "morgen", "plan.stop_loss": "x"}
    )
    text = preview_markdown(filled, CASE, "review_report")
    assert "亏损从哪里来" in text
    assert "拟变现" not in text
