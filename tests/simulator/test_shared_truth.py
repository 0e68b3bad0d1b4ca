"""The generator's arithmetic re-derives the bases of the shared acceptance cases from their own truth lines."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.simulator.bases import compute_bases
from tests.simulator.model import Finding, Posting
from tests.simulator.tables import ZERO

SHARED = Path(__file__).resolve().parents[3] / "shared" / "cases"
CASES = sorted(SHARED.glob("*/truth.json"))


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _open_positions(folder: Path) -> Decimal:
    """Value at the last close what a tab text statement leaves in the account."""
    held: dict[str, int] = defaultdict(int)
    for line in (folder / "statement.xls").read_bytes().decode("gb18030").splitlines()[1:]:
        cells = [cell.strip('="') for cell in line.split("\t")]
        if cells[1] in {"买入", "卖出"}:
            held[cells[2]] += int(cells[5]) * (1 if cells[1] == "买入" else -1)
    with (folder / "prices.csv").open(encoding="utf-8") as handle:
        last = {row["code"]: Decimal(row["close"]) for row in csv.DictReader(handle) if row["date"] <= "2025-07-14"}
    return sum((last[code] * quantity for code, quantity in held.items()), ZERO)


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.parent.name)
def test_bases_follow_from_rows_and_findings(path: Path) -> None:
    truth: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    rows = [Posting(date.fromisoformat(r["date"]), r["kind"], Decimal(r["stated"])) for r in truth["lines"]]
    findings = [
        Finding(
            f["code"],
            date.fromisoformat(f["date"]) if f["date"] else None,
            _number(f["stated"]),
            _number(f["expected"]),
        )
        for f in truth["findings"]
    ]
    withheld = sum((f.delta or ZERO for f in findings if f.code == "INT-PREDEDUCT"), ZERO)
    result = compute_bases(
        rows,
        findings,
        off_exchange=truth["kind"] == "off_exchange",
        signed_on=date.fromisoformat(truth["terms"]["signed_on"]),
        as_of=date.fromisoformat(truth["as_of"]),
        positions_value=_open_positions(path.parent) if path.parent.name.startswith("04-") else ZERO,
        withheld=withheld,
    )
    assert result.truth == truth["bases"]
    assert f"{result.overcharged:.2f}" == truth["overcharged"]
