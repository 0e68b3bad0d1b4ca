"""A desk on a fresh home with a fixed clock, and a small account as real files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from workbench import wiring
from workbench.domain.case import CaseKind
from workbench.services.create_case import create_case
from workbench.services.desk import Desk
from workbench.services.import_documents import import_documents

BEIJING = timezone(timedelta(hours=8))

CONTRACT = """配资合同

合同编号：PZ-2025-017
签订日期：2025年3月1日
甲方（出资方）：海州融通配资有限公司
乙方（用资人）：张某
第一条 乙方缴纳保证金人民币100,000元，甲方提供配资资金人民币400,000元。
第二条 配资期限自2025年3月3日起至2025年6月2日止。
第三条 配资利率为月利率1.5%，按月预付，每月3日前支付当月利息。不足一月按一月计。
第四条 账户总资产低于配资资金加保证金的百分之六十时，甲方有权平仓。
"""

STATEMENT = """日期,业务类型,证券代码,证券名称,数量,成交价格,发生金额,资金余额,备注
2025-03-03,入金,,,,,100000.00,100000.00,保证金
2025-03-03,配资款,,,,,400000.00,500000.00,配资入账
2025-03-03,利息,,,,,-6200.00,493800.00,2025-03-03至2025-04-02利息
2025-03-04,证券买入,600000,浦发银行,10000,10.00,-100000.00,393800.00,
2025-04-03,利息,,,,,-6000.00,387800.00,2025-04-03至2025-05-02利息
2025-04-10,证券卖出,600000,浦发银行,10000,9.00,90000.00,477800.00,
"""


@dataclass
class Clock:
    """A clock that only moves when told to."""

    moment: datetime = datetime(2026, 11, 20, 9, 0, tzinfo=BEIJING)

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **span: int) -> None:
        self.moment += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    """Return the test's clock."""
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """Return a desk on a new home."""
    opened = replace(wiring.open_desk(tmp_path / "home"), now=clock)
    yield opened
    opened.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a contract and a statement."""
    files = tmp_path / "材料"
    files.mkdir()
    (files / "合同.txt").write_text(CONTRACT, encoding="utf-8")
    (files / "流水.csv").write_text(STATEMENT, encoding="gb18030")
    return files


SAMPLE = Path(__file__).parents[2] / "sample_cases" / "off-exchange-forced-sale" / "inputs"
CASE = "示例案"


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """Return a desk with one case that holds the packaged off-exchange sample."""
    create_case(desk, CASE, CaseKind.OFF_EXCHANGE)
    import_documents(desk, CASE, [SAMPLE])
    return desk
