"""The market calculators from files as a price program exports them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from workbench.reference.loader import load_tables

D = Decimal
WAVE = [D(n % 7 - 3) / 100 for n in range(40)]


@pytest.fixture(scope="module")
def days() -> list[str]:
    """Return real trading days from March 2025 on."""
    known = load_tables().calendar.days
    first = next(at for at, day in enumerate(known) if day.isoformat() >= "2025-03-03")
    return [day.isoformat() for day in known[first : first + 41]]


def write(path: Path, days: Sequence[str], **series: Sequence[Decimal]) -> Path:
    """Write bars of one or several codes (``c600001=returns``), each day a range of one cent about its close."""
    rows = ["date,code,open,high,low,close,volume,amount"]
    for code, returns in series.items():
        price = D(100)
        for at, day in enumerate(days):
            price = price if at == 0 else (price * (1 + returns[at - 1])).quantize(D("0.01"))
            cells = (price, price + D("0.01"), price - D("0.01"), price, 10000, price * 10000)
            rows.append(f"{day},{code[1:]},{','.join(str(cell) for cell in cells)}")
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def test_beta_of_a_stock_that_moves_twice_as_far(cli: Cli, tmp_path: Path, days: list[str]) -> None:
    stock = write(tmp_path / "stock.csv", days, c600001=[2 * one for one in WAVE])
    index = write(tmp_path / "index.csv", days, c000300=WAVE)
    words = ("calc", "beta", stock, index, "--event", days[-1])
    found = json.loads(cli(*words, "--json").out)
    assert round(D(found["fit"]["beta"]), 2) == 2
    assert round(D(found["fit"]["r_squared"]), 3) == 1
    assert found["driver"] == "market"
    assert abs(D(found["total"]) - D(found["market"]) - D(found["own"])) <= D("0.000002")
    assert found["sector"] is None
    text = cli(*words)
    assert "beta 2.0" in text.out
    assert "大盘" in cli(*words, lang="zh").out


def test_a_file_of_several_securities_asks_which(cli: Cli, tmp_path: Path, days: list[str]) -> None:
    path = write(tmp_path / "prices.csv", days, c600001=WAVE, c600002=[2 * one for one in WAVE], c000300=WAVE)
    assert "600001, 600002" in cli("calc", "trend", path).complaint
    assert "no daily bars of 600009" in cli("calc", "atr", f"{path}:600009").complaint
    words = ("calc", "beta", f"{path}:600002", f"{path}:000300", "--event", days[-1])
    assert cli(*words).code == 0
    assert "cannot be told apart" in cli(*words, "--sector", f"{path}:600001").complaint


def test_too_few_bars_are_said(cli: Cli, tmp_path: Path, days: list[str]) -> None:
    path = write(tmp_path / "prices.csv", days[:10], c600001=WAVE, c000300=WAVE)
    ended = cli("calc", "beta", f"{path}:600001", f"{path}:000300", "--event", days[9])
    assert ended.code == 2
    assert "20 are needed" in ended.complaint
    assert "14 daily bars are needed, the file has 10" in cli("calc", "atr", f"{path}:600001").complaint


def test_average_true_range(cli: Cli, tmp_path: Path, days: list[str]) -> None:
    """A price that stands still with a range of two cents a day: 0.02 yuan, 0.02 % of 100."""
    path = write(tmp_path / "prices.csv", days, c600001=[D(0)] * 40)
    found = json.loads(cli("calc", "atr", path, "--json").out)
    assert found == {"schema": 1, "date": days[-1], "close": "100", "atr": "0.02", "part": "0.0002"}
    assert "0.02 yuan" in cli("calc", "atr", path, "--length", "5").out


def test_trend_of_a_rise(cli: Cli, tmp_path: Path, days: list[str]) -> None:
    path = write(tmp_path / "prices.csv", days, c600001=[D("0.01")] * 30 + [D("0.1")] * 10)
    found = json.loads(cli("calc", "trend", path, "--json").out)
    assert [(one["frame"], one["direction"]) for one in found["trends"]] == [
        ("day", "up"),
        ("week", "cannot_tell"),
        ("month", "cannot_tell"),
    ]
    assert found["divergence"] == "confirmed"
    assert (found["gaps"]["up"], found["gaps"]["down"]) == (40, 0)
    assert len(found["limits"]["beyond"]) == 10
    assert "too few bars" in cli("calc", "trend", path).out


def test_a_missing_file_is_one_line(cli: Cli, tmp_path: Path) -> None:
    ended = cli("calc", "atr", tmp_path / "nothing.csv")
    assert (ended.code, ended.out) == (2, "")
    assert "nothing.csv" in ended.complaint
