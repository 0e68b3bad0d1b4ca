"""``review``: a real case through the command line, in both languages, with and without what it wants."""

from __future__ import annotations

import csv
import json
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from workbench.cli.app import run

INPUTS = Path(__file__).parents[2] / "sample_cases" / "off-exchange-forced-sale" / "inputs"
D = Decimal


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with the off-exchange sample and an index made of one stock's bars at half its moves."""
    folder = tmp_path_factory.mktemp("review")
    index = folder / "index.csv"
    with (INPUTS / "prices.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["code"] == "600030"]
    level = [D(1000) * (1 + D(row["close"]) / D(rows[0]["close"])) / 2 for row in rows]
    lines = [f"{row['date']},000300,{one},{one},{one},{one},1000" for row, one in zip(rows, level, strict=True)]
    index.write_text("\n".join(["date,code,open,high,low,close,volume", *lines]), encoding="utf-8")
    home = folder / "home"
    for words in (["case", "new", "A"], ["import", "A", str(INPUTS)], ["import", "A", str(index)]):
        assert run(["--home", str(home), *words], {}, open_tui=lambda _: None) == 0
    return home


@pytest.fixture
def case(imported: Path, tmp_path: Path) -> str:
    """Return the name of that case in the test's own home."""
    shutil.copytree(imported, tmp_path / "home")
    return "A"


def test_the_parts_and_the_phases_add_up(cli: Cli, case: str) -> None:
    found = json.loads(cli("review", case, "--json").out)
    parts = found["attribution"]
    assert sum(D(part["amount"]) for part in parts["parts"] if part["amount"]) == D(parts["change"])
    assert D(parts["left"]) + D(parts["taken_out"]) - D(parts["paid_in"]) == D(parts["change"]) == D("-77338.15")
    assert sum(D(phase["change"]) for phase in found["rhythm"]["phases"]) == D(parts["change"])
    assert parts["forced_sale"]["rests_on"] == "LIQ-GRACE"
    assert found["event"] == "2024-10-23"


def test_without_an_index_the_market_cannot_be_told(cli: Cli, case: str) -> None:
    found = json.loads(cli("review", case, "--json").out)
    assert {one["conclusion"]["verdict"] for one in found["market"]} == {"cannot_tell"}
    assert all("--index" in one["conclusion"]["needs"]["en"] for one in found["market"])
    assert "bars of 399001" in cli("review", case, "--index", "399001").complaint


def test_with_an_index_each_security_is_split(cli: Cli, case: str) -> None:
    found = json.loads(cli("review", case, "--index", "000300", "--json").out)
    market = {one["code"]: one for one in found["market"]}
    parts = market["600030"]["decomposition"]
    assert parts["driver"] == "market"
    assert D(parts["fit"]["r_squared"]) > D("0.99")
    assert all(one["conclusion"]["weakness"]["zh"] for one in found["market"])
    assert {one["conclusion"]["verdict"] for one in found["market"]} <= {"wait", "hedge", "partial_exit", "cannot_tell"}


def test_a_stop_loss_fills_the_position_cap(cli: Cli, case: str) -> None:
    without = {rule["code"]: rule for rule in json.loads(cli("review", case, "--json").out)["rules"]}
    assert without["position"]["figure"] is None
    found = json.loads(cli("review", case, "--stop-loss", "8%", "--json").out)
    rules = {rule["code"]: rule for rule in found["rules"]}
    assert rules["position"]["figure"] == "6250.00"
    assert D(rules["leverage"]["figure"]) <= 2
    stops = found["rhythm"]["stop_loss"]
    assert stops["kept"] + stops["broken"] + stops["cannot_tell"] == len(stops["positions"])
    assert cli("review", case, "--stop-loss", "8").code == 2


@pytest.mark.parametrize(("lang", "words"), [("zh", ("合计", "违法", "下次的规则")), ("en", ("Together", "illegal"))])
def test_the_text_says_the_sum_the_law_and_the_rules(cli: Cli, case: str, lang: str, words: tuple[str, ...]) -> None:
    ended = cli("review", case, "--stop-loss", "8%", "--index", "000300", lang=lang)
    assert (ended.code, ended.err) == (0, "")
    assert "-77,338.15" in ended.out
    assert [word for word in words if word not in ended.out] == []
    assert "review." not in ended.out
    assert "market." not in ended.out


def test_a_case_without_statement_is_one_line(cli: Cli) -> None:
    cli("case", "new", "B")
    assert "has no statement yet" in cli("review", "B").complaint
    assert "nobody" in cli("review", "nobody").complaint
