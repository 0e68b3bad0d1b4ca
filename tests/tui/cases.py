"""Two homes for the views of the steps: the packaged sample, sold out, and an account of which a part is left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from tests.services.conftest import Clock
from tests.services.test_plans import CONTRACT, LEDGER
from workbench.domain.case import CaseKind
from workbench.services.create_case import create_case
from workbench.services.desk import Desk
from workbench.services.import_documents import import_documents
from workbench.wiring import open_desk

D = Decimal
SAMPLE = Path(__file__).parents[2] / "sample_cases" / "off-exchange-forced-sale" / "inputs"
SOLD_OUT, REST = "Sold", "Rest"


def opener(home: Path) -> Callable[[], Desk]:
    """Return what opens a desk on a home, its clock standing still on a Friday."""
    return lambda: replace(open_desk(home), now=Clock())


def sold_out(home: Path) -> None:
    """Make a home with the packaged sample."""
    desk = opener(home)()
    create_case(desk, SOLD_OUT, CaseKind.OFF_EXCHANGE)
    import_documents(desk, SOLD_OUT, [SAMPLE])
    desk.close()


def with_rest(home: Path) -> None:
    """Make a home whose account still holds two shares, one calm and one wild, with an index beside them."""
    desk = opener(home)()
    create_case(desk, REST, CaseKind.OFF_EXCHANGE)
    days = [day for day in desk.tables().calendar.days if date(2025, 1, 2) <= day <= date(2025, 6, 3)]
    rows = ["date,code,open,high,low,close,volume,amount"]
    for at, day in enumerate(days):
        calm, wild, index = D("9.5") + D(at % 3) / 100, D(12) + D((at * 7) % 11) / 10, D(4000) + D((at * 5) % 13) * 3
        for code, close in (("600000", calm), ("000001", wild), ("000300", index)):
            rows.append(f"{day},{code},{close},{close + D('0.6')},{close - D('0.6')},{close},1000000,{close * 1000000}")
    files = home / "in"
    files.mkdir()
    for name, text in (("合同.txt", CONTRACT), ("流水.csv", LEDGER), ("行情.csv", "\n".join(rows) + "\n")):
        (files / name).write_text(text, encoding="utf-8")
    import_documents(desk, REST, sorted(files.iterdir()))
    desk.close()
