"""CSV, JSON and journal of the recomputed ledger."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.documents.sample import audit
from workbench.documents.audit_json import audit_to_json, write_json
from workbench.documents.journal import beancount, quoted, write_beancount
from workbench.documents.ledger_csv import ledger_csv, write_csv
from workbench.domain.audit import Audit
from workbench.domain.case import CaseKind
from workbench.errors import UsageError

SHAPE = {
    "case": {"name", "kind", "as_of"},
    "totals": {"stated", "expected", "overcharged"},
    "margin": {"convention", "debt", "lines", "first_warning", "first_liquidation", "days"},
    "liquidation": {"started", "fills", "proceeds", "tests"},
}


def hostile() -> Audit:
    plain = audit(name='x"\\\n; evil')
    first = plain.lines[0]
    line = replace(first.line, operation='=1+"a\\', remark="-x\ny", name="@\x07")
    return replace(plain, lines=(replace(first, line=line, working="+1"), *plain.lines[1:]))


def test_json_has_the_shape_of_the_interface() -> None:
    found = audit_to_json(audit())
    assert found["schema"] == 1
    for key, names in SHAPE.items():
        assert set(found[key]) == names
    assert set(found["terms"][0]) == {"key", "value", "unit", "status", "source"}
    line = found["lines"][9]
    assert line == {
        "id": "S1.10",
        "file": "对账单2025.pdf",
        "page": 1,
        "row": 10,
        "date": "2025-04-03",
        "kind": "interest",
        "code": None,
        "quantity": None,
        "price": None,
        "stated": "-4960.00",
        "expected": "-4892.05",
        "delta": "67.95",
        "cash_balance": "58664.43",
        "working": "400,000.00 × 14.4% × 31 ÷ 365 = 4,892.05",
    }
    finding = found["findings"][0]
    assert finding["cause"] == {
        "hypothesis": "basis_360",
        "formula": "400,000.00 × 14.4% × 31 ÷ 360 = 4,960.00",
        "exact": True,
    }
    assert finding["text"]["zh"].startswith("利息应按")
    assert found["bases"]["as_stated"] == {"allowed": "17148.00", "paid": "17148.00", "settlement": "0.00"}
    assert set(found["bases"]["void"]) == {"allowed", "paid", "settlement", "difference"}
    assert found["margin"]["lines"] == {"warning": "484000.00", "liquidation": "460000.00", "emergency": None}
    assert found["liquidation"]["tests"][1]["why"] == "通知记录中没有追保通知。"
    assert audit_to_json(audit(), "en")["gaps"] == ["No price bars: the forced fills cannot be checked."]


def test_json_survives_a_round_trip_without_a_single_float(tmp_path: Path) -> None:
    write_json(hostile(), tmp_path / "a.json")
    text = (tmp_path / "a.json").read_text(encoding="utf-8")
    json.loads(text, parse_float=lambda value: pytest.fail(f"a float: {value}"))
    assert json.loads(text)["case"]["name"] == 'x"\\\n; evil'


def test_csv_reads_back_with_the_same_cents() -> None:
    rows = list(csv.DictReader(io.StringIO(ledger_csv(audit()))))
    assert len(rows) == 30
    assert sum(Decimal(row["stated"]) for row in rows) == audit().lines[-1].cash
    assert rows[9]["expected"] == "-4892.05"


def test_csv_text_cannot_run_and_excel_sees_utf8(tmp_path: Path) -> None:
    write_csv(hostile(), tmp_path / "l.csv")
    data = (tmp_path / "l.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    row = next(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert row["operation"].startswith("'=")
    assert row["remark"].startswith("'-")
    assert row["name"].startswith("'@")
    assert row["stated"] == "100000.00"


@pytest.mark.parametrize("made", [audit(), audit(CaseKind.BROKER_MARGIN), hostile(), replace(audit(), lines=())])
def test_bean_check_passes(made: Audit, tmp_path: Path) -> None:
    out = tmp_path / "l.beancount"
    write_beancount(made, out)
    tool = Path(sys.executable).with_name("bean-check")
    result = subprocess.run([str(tool), str(out)], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")


def test_a_break_in_the_balance_is_booked_in_the_open(tmp_path: Path) -> None:
    plain = audit()
    lines = (*plain.lines[:5], *(replace(entry, cash=entry.cash + 100) for entry in plain.lines[5:]))
    text = beancount(replace(plain, lines=lines))
    assert text.count("Equity:Unexplained  -100.00 CNY") == 1
    (tmp_path / "l.beancount").write_text(text, encoding="utf-8")
    tool = Path(sys.executable).with_name("bean-check")
    assert subprocess.run([str(tool), str(tmp_path / "l.beancount")], capture_output=True, check=False).returncode == 0


def test_beancount_strings_are_one_line() -> None:
    assert quoted('a"b\\c\nd\x07') == '"a\\"b\\\\c d"'


def test_exports_leave_nothing_half_written(tmp_path: Path) -> None:
    for write in (write_json, write_csv, write_beancount):
        with pytest.raises(UsageError):
            write(audit(), tmp_path / "none" / "x")
    assert list(tmp_path.iterdir()) == []
