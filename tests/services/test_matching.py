"""Platform, broker and bank beside one another: the same movement, a missing one, another day, another amount."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from workbench.domain.audit import Audit
from workbench.domain.findings import Severity
from workbench.domain.matching import Agreement
from workbench.services.create_case import create_case
from workbench.services.desk import Desk
from workbench.services.import_documents import import_documents
from workbench.services.read_case import read_facts
from workbench.services.run_audit import run_audit

PLATFORM = """发生日期,业务名称,证券代码,证券名称,成交数量,成交价格,发生金额,资金余额,备注
2025-03-03,入金,,,,,100000.00,100000.00,客户保证金
2025-03-03,配资放款,,,,,400000.00,500000.00,
2025-03-04,证券买入,600000,浦发银行,10000,10.00,-100000.00,400000.00,
2025-03-05,证券买入,000001,平安银行,5000,12.00,-60000.00,340000.00,
2025-03-10,入金,,,,,29900.00,369900.00,追加保证金
2025-03-12,证券卖出,600000,浦发银行,10000,9.50,95000.00,464900.00,
2025-03-17,出金,,,,,-5000.00,459900.00,
2025-03-18,入金,,,,,7000.00,466900.00,
"""
BANK = """交易日期,交易摘要,收入,支出,账户余额,对方户名,对方账号
2025-03-01,工资,9000.00,,309000.00,某某商贸公司,6222000011112222333
2025-03-03,转账,,100000.00,209000.00,明远配资服务部,6217000099998888777
2025-03-08,超市,,350.00,208650.00,某超市,6222000011112222999
2025-03-10,转账,,30000.00,178650.00,明远配资服务部,6217000099998888777
2025-03-11,转账,,20000.00,158650.00,明远配资服务部,6217000099998888777
2025-03-19,转账,5000.00,,163650.00,明远配资服务部,6217000099998888777
2025-03-31,结息,12.30,,163662.30,,
"""
BROKER = """成交日期,买卖标志,证券代码,证券名称,成交数量,成交价格,成交金额,发生金额,资金余额,佣金,成交编号
20250304,证券买入,600000,浦发银行,10000,10.00,100000.00,-100030.00,899970.00,30.00,811
20250306,证券买入,600036,招商银行,1000,40.00,40000.00,-40012.00,859958.00,12.00,902
20250312,证券卖出,600000,浦发银行,10000,9.60,96000.00,95971.20,955929.20,28.80,977
"""


def audited(desk: Desk, folder: Path, **files: str) -> Audit:
    create_case(desk, "案", "off_exchange")
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    report = import_documents(desk, "案", [folder], as_kind=None)
    assert not report.failed
    return run_audit(desk, "案")


def test_every_transfer_is_seen_on_both_sides_or_named(desk: Desk, tmp_path: Path) -> None:
    audit = audited(desk, tmp_path, platform=PLATFORM, bank=BANK)
    found = [(pair.agreement, pair.into_account, pair.difference, pair.days) for pair in audit.matching.pairs]
    assert found == [
        (Agreement.SAME, Decimal("100000.00"), Decimal(0), 0),
        (Agreement.OTHER_AMOUNT, Decimal("29900.00"), Decimal("-100.00"), 0),
        (Agreement.ONLY_OTHER, Decimal("20000.00"), None, None),
        (Agreement.OTHER_DAY, Decimal("-5000.00"), Decimal(0), -2),
        (Agreement.ONLY_LEDGER, Decimal("7000.00"), None, None),
    ]
    (coverage,) = audit.matching.coverage
    assert (coverage.book, coverage.compared, coverage.unrelated) == ("bank", 4, 3)


def test_money_that_left_the_bank_uncredited_is_asked_about_and_changes_no_settlement(
    desk: Desk, tmp_path: Path
) -> None:
    audit = audited(desk, tmp_path, platform=PLATFORM, bank=BANK)
    asked = [(one.severity, one.stated, one.expected) for one in audit.findings if one.code == "CASH-MISSING"]
    assert asked == [
        (Severity.QUESTION, Decimal("29900.00"), Decimal("30000.00")),
        (Severity.QUESTION, Decimal(0), Decimal("20000.00")),
    ]
    assert audit.bases["as_stated"].money_in == Decimal("136900.00")
    assert not [one for one in audit.findings if one.code == "BAL-OPEN"], "a bank's balance is no part of the chain"


def test_the_brokers_copy_does_not_double_the_trades_and_contradicts_them(desk: Desk, tmp_path: Path) -> None:
    audit = audited(desk, tmp_path, platform=PLATFORM, broker=BROKER)
    assert len(audit.lines) == PLATFORM.count("\n") - 1
    found = [(pair.agreement, pair.ledger.code if pair.ledger else None) for pair in audit.matching.pairs]
    assert found == [
        (Agreement.SAME, "600000"),
        (Agreement.ONLY_LEDGER, "000001"),
        (Agreement.OTHER_AMOUNT, "600000"),
    ]
    asked = [one for one in audit.findings if one.code == "SIM-FILL"]
    assert [one.severity for one in asked] == [Severity.QUESTION] * 2
    assert "9.6" in asked[1].text_zh


CASH = """成交日期,操作,摘要,发生金额,资金余额
20250304,银行转证券,,50000.00,50000.00
20250305,买入,证券清算,-20006.00,29994.00
20250306,卖出,证券清算,10190.00,40184.00
"""
FILLS = """成交日期,成交时间,操作,证券代码,证券名称,成交数量,成交均价,成交金额,发生金额,合同编号
20250305,10:01:02,买入,600000,浦发银行,2000,10.000,20000.00,-20006.00,A1
20250306,14:00:00,卖出,600000,浦发银行,1000,10.200,10200.00,10190.00,A2
"""


def test_a_cash_list_and_a_fill_list_are_two_halves_of_one_ledger(desk: Desk, tmp_path: Path) -> None:
    create_case(desk, "案", "broker_margin")
    for name, text in (("cash", CASH), ("fills", FILLS)):
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    import_documents(desk, "案", [tmp_path])
    lines = read_facts(desk, "案").lines
    assert [(line.kind.value, line.code, line.quantity, line.balance) for line in lines] == [
        ("margin_in", None, None, Decimal("50000.00")),
        ("buy", "600000", Decimal(2000), Decimal("29994.00")),
        ("sell", "600000", Decimal(1000), Decimal("40184.00")),
    ]


def test_two_exports_of_one_account_numbered_differently_are_one_ledger(desk: Desk, tmp_path: Path) -> None:
    later = PLATFORM.splitlines()
    again = "\n".join([later[0] + ",流水号", *(f"{row},{7000 + at}" for at, row in enumerate(later[5:]))]) + "\n"
    audit = audited(desk, tmp_path, first="\n".join(later[:7]) + "\n", second=again)
    assert [line.line.stated for line in audit.lines] == [
        Decimal(text) for text in ("100000", "400000", "-100000", "-60000", "29900", "95000", "-5000", "7000")
    ]
