"""Hedges, ladders, risk, stress and reduction by the commands a reader would type."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Cli
from tests.planning.series import walk

D = Decimal
PUT = ["put", "300000", "--spot", "2.5", "--strike", "2.4"]
HEDGE = ["hedge", "2000000", "--with", "IF", "--beta", "1.1", "--price", "3900", "--margin-rate", "14%"]
SEED_003 = ["600519=300000", "--financing", "200000", "--line", "25%", "--convention", "equity_over_assets"]


def asked(cli: Cli, *words: str) -> dict[str, Any]:
    ended = cli("calc", *words, "--json")
    assert ended.code == 0, ended.err
    found: dict[str, Any] = json.loads(ended.out)
    return found


@pytest.fixture
def prices(tmp_path: Path) -> str:
    """Return a file of closes; one day of one security is missing."""
    rows = [
        f"{day},{code},{price},10000"
        for code, of in walk(160).items()
        for day, price in of.items()
        if (code, str(day)) != ("000858", "2024-02-01")
    ]
    path = tmp_path / "closes.csv"
    path.write_text("\n".join(["date,code,close,volume", *rows]), encoding="utf-8")
    return str(path)


HELD = ["600519=1000", "000858=1000", "300750=1000"]


def test_a_put_by_its_quote(cli: Cli) -> None:
    found = asked(cli, *PUT, "--premium", "0.05", "--own-cash", "8000")
    assert (found["contracts"], found["cost"], found["floor"]) == (12, "6000.00", "282000.00")
    assert (found["break_even"], found["greeks"], found["refused"]) == ("2.55", None, [])
    assert "no_single_stock_options" in {note["code"] for note in found["access"]}


def test_a_put_by_volatility_has_the_model_s_premium_and_greeks(cli: Cli) -> None:
    found = asked(cli, *PUT, "--volatility", "20%", "--days", "60", "--own-cash", "3000")
    assert (found["premium"], found["cost"]) == ("0.0391", "4692.00")
    assert -1 < D(found["greeks"]["delta"]) < 0
    assert [note["code"] for note in found["refused"]] == ["borrowed"]
    assert (found["missing_cash"], found["affordable"]) == ("1692.00", 7)
    back = asked(cli, *PUT, "--premium", "0.0391", "--days", "60", "--own-cash", "5000")
    assert abs(D(back["volatility"]) - D("0.2")) < D("0.001")


@pytest.mark.parametrize(
    "words",
    [[], ["--volatility", "20%"], ["--premium", "0.05", "--volatility", "20%", "--days", "3"]],
)
def test_a_premium_has_one_source(cli: Cli, words: list[str]) -> None:
    assert "--volatility with --days" in cli("calc", *PUT, "--own-cash", "1", *words).complaint


def test_a_short_hedge_and_its_refusal(cli: Cli) -> None:
    found = asked(cli, *HEDGE, "--own-cash", "200000", "--account")
    assert (found["contracts"], found["margin"], found["residual"]) == (1, "163800.00", "1030000.00")
    assert found["refused"] == []
    refused = asked(cli, *HEDGE, "--own-cash", "1000", "--no-account", "--frozen")["refused"]
    assert [note["code"] for note in refused] == ["frozen", "no_account", "borrowed"]


def test_a_ladder_takes_tick_lot_and_limit_from_the_code(cli: Cli) -> None:
    words = [
        "600519",
        "1050",
        "--first",
        "1440",
        "--step",
        "50",
        "--rungs",
        "4",
        "--close",
        "1500",
        "--on",
        "2025-03-03",
    ]
    found = asked(cli, "ladder", *words, "--line-price", "1400")
    assert found["limit_down"] == "1350.00"
    assert [order["quantity"] for order in found["orders"]] == [300, 300, 200, 250]
    assert [order["fills_today"] for order in found["orders"]] == [True, True, False, False]
    assert [order["below_line"] for order in found["orders"]] == [False, True, True, True]
    assert asked(cli, "ladder", *words, "--st")["limit_down"] == "1425.00"


def test_a_fund_has_no_limit_in_the_tables(cli: Cli) -> None:
    words = ["510300", "1000", "--first", "3.055", "--step", "0.05", "--close", "3.1"]
    assert "--limit" in cli("calc", "ladder", *words).complaint
    assert asked(cli, "ladder", *words, "--limit", "10%")["limit_down"] == "2.79"


def test_value_at_risk_names_the_gap_and_tests_itself(cli: Cli, prices: str) -> None:
    found = asked(cli, "var", *HELD, "--prices", prices, "--confidence", "95%", "--window", "100")
    assert found["missing"] == [{"code": "000858", "date": "2024-02-01"}]
    assert found["returns"] == 157
    assert [row["method"] for row in found["risk"]] == ["historical", "normal"]
    assert all(D(row["expected_shortfall"]) > D(row["value_at_risk"]) > 0 for row in found["risk"])
    assert abs(sum((D(row["share"]) for row in found["contributions"]), D(-1))) < D("0.00001")
    assert [test["days"] for test in found["backtest"]] == [57, 57]


def test_a_reduction_sells_the_riskiest_first(cli: Cli, prices: str) -> None:
    held = asked(cli, "var", *HELD, "--prices", prices)
    found = asked(cli, "reduce", *HELD, "--prices", prices, "--target", "100000")
    assert found["order"] == [row["code"] for row in held["contributions"]]
    sold = sum(D(sale["value"]) for sale in found["sales"])
    assert D(held["value"]) - sold <= 100000
    assert found["sales"][0]["days"] == 1
    core = asked(cli, "reduce", *HELD, "--prices", prices, "--target", "0", "--core", found["order"][0])
    assert core["order"][-1] == found["order"][0]


def test_a_reduction_to_a_ratio_or_the_cash_it_takes(cli: Cli, prices: str) -> None:
    value = D(asked(cli, "var", *HELD, "--prices", prices)["value"])
    owed = ["--financing", str(value * D("0.8"))]
    found = asked(cli, "reduce", *HELD, "--prices", prices, "--line", "130%", *owed)
    assert abs(D(found["wanted"]) - (D("1.3") * D("0.8") - 1) * value / D("0.3")) < D("0.02")
    words = ["--line", "95%", "--convention", "net_value", "--margin", str(value * D("0.3")), *owed]
    found = asked(cli, "reduce", *HELD, "--prices", prices, *words)
    assert found["cannot_by_selling"]
    assert abs(D(found["cash_needed"]) - value * D("0.045")) < D("0.02")


def test_a_reduction_has_one_target(cli: Cli, prices: str) -> None:
    assert "either --target or --line" in cli("calc", "reduce", *HELD, "--prices", prices).complaint


def test_stress_on_the_account_of_seed_003(cli: Cli) -> None:
    found = asked(
        cli, "stress", *SEED_003, "--on", "2025-03-03", "--volatility", "2%", "--confidence", "95%", "--act", "4"
    )
    rows = {row["name"]["en"]: row for row in found["scenarios"]}
    assert found["assets_at_line"] == "266666.67"
    assert [rows[f"all fall {fall}"]["reached"] for fall in ("5%", "10%", "20%")] == [False, False, True]
    assert rows["limit-down x 2, each by its board's limit"]["assets"] == "243000.00"
    assert found["dynamic_margin"]["needed"] == "19738.24"


def test_stress_by_index_sector_and_board(cli: Cli) -> None:
    words = ["stress", "600519=100000", "688981=100000", "510300=100000", "--financing", "200000", "--line", "120%"]
    words += ["--beta", "600519=0.8", "--beta", "688981=1.5", "--sector", "600519=白酒", "--on", "2025-03-03"]
    rows: Mapping[str, Any] = {row["name"]["zh"]: row for row in asked(cli, *words, "--days", "1")["scenarios"]}
    assert rows["指数下跌 10%（按贝塔）"]["unknown"] == ["510300"]
    assert rows["连续 1 个跌停（按各板块幅度）"]["reached"] is None
    assert rows["白酒板块下跌 20%"]["loss"] == "20000.00"
    words += ["--limit", "510300=10%", "--beta", "510300=1"]
    rows = {row["name"]["zh"]: row for row in asked(cli, *words, "--days", "1")["scenarios"]}
    assert rows["连续 1 个跌停（按各板块幅度）"]["loss"] == "40000.00"
    assert rows["指数下跌 10%（按贝塔）"]["loss"] == "33000.00"


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["stress", *SEED_003, "--beta", "1=1"], "1 is not among the holdings"),
        (["stress", *SEED_003, "--sector", "600519=index"], "names no sector"),
        (["stress", "600519", *SEED_003[1:]], "not CODE=VALUE"),
        (["stress", "600519=-5", *SEED_003[1:]], "negative"),
        (["stress", *SEED_003[:-1], "equity"], "no line convention"),
        (["ladder", "600519", "10.5", "--first", "1", "--step", "1", "--close", "1"], "no whole number"),
        (["var", "600519=1", "600519=2", "--prices", "x.csv"], "twice"),
        (["var", "600519=1", "--prices", "nowhere.csv"], "No such file"),
    ],
)
def test_bad_input_is_one_line(cli: Cli, words: list[str], complaint: str) -> None:
    ended = cli("calc", *words)
    assert (ended.code, ended.out) == (2, "")
    assert complaint in ended.complaint


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_text_fills_every_place(cli: Cli, prices: str, lang: str) -> None:
    for words in (
        [*PUT, "--premium", "0.05", "--days", "60", "--own-cash", "10"],
        [*HEDGE, "--own-cash", "200000"],
        ["ladder", "600519", "900", "--first", "1440", "--step", "90", "--close", "1500", "--bought-today", "100"],
        ["var", *HELD, "--prices", prices, "--window", "60"],
        ["reduce", *HELD, "--prices", prices, "--target", "5"],
        ["reduce", *HELD, "--prices", prices, "--line", "99", "--convention", "absolute"],
        ["reduce", *HELD, "--prices", prices, "--line", "999999", "--convention", "absolute"],
        ["stress", *SEED_003, "--volatility", "9%", "--sector", "600519=白酒"],
    ):
        ended = cli("calc", *words, lang=lang)
        assert ended.code == 0, ended.err
        assert "{" not in ended.out
        assert "calc_hedge." not in ended.out
        assert ("不是投资建议" in ended.out or "不是建议" in ended.out) == (lang == "zh")
        assert ("not advice" in ended.out) == (lang == "en")


def test_no_command_proposes_to_borrow(cli: Cli) -> None:
    """Seed 000: 避免利用高杠杆进行二次抄底."""
    for words in ([*PUT, "--premium", "0.05", "--own-cash", "0"], [*HEDGE, "--own-cash", "0"]):
        found = asked(cli, *words)
        assert "borrowed" in {note["code"] for note in found["refused"]}
        assert found["affordable"] == 0
