"""Liquidity, instalments and proposals as a person would ask for them; seed 000, steps 4 and 5."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Cli
from workbench.services.remember_plan import set_plan
from workbench.wiring import open_desk

D = Decimal
ROOT = Path(__file__).parents[2]
ON = ["--target", "150000", "--by", "2026-11-27", "--today", "2026-11-21"]


def example(name: str, start: str) -> str:
    """Return an indented block of a README, found by its first line."""
    text = (ROOT / name).read_text(encoding="utf-8")
    found = re.search(rf"^    {re.escape(start)}(.*\n(?:    .*\n|\n(?=    ))*)", text, re.MULTILINE)
    assert found, start
    return re.sub(r"^    ", "", found.group(0), flags=re.MULTILINE)


def asked(cli: Cli, *words: str | Path) -> dict[str, Any]:
    ended = cli("calc", *words, "--json")
    assert ended.code == 0, ended.err
    found: dict[str, Any] = json.loads(ended.out)
    return found


@pytest.fixture
def assets(tmp_path: Path) -> Path:
    path = tmp_path / "assets.csv"
    path.write_text(example("README.md", "name,kind,"), encoding="utf-8")
    return path


@pytest.fixture
def negotiation(tmp_path: Path) -> Path:
    path = tmp_path / "proposals.toml"
    path.write_text(example("README.md", 'discount_rate = "3%"'), encoding="utf-8")
    return path


def test_the_readmes_assets_raise_the_money_and_keep_the_core(cli: Cli, assets: Path) -> None:
    """可快速变现的非配资担保资产（股票、基金、国债逆回购、实物资产等）: least cost, the core untouched."""
    found = asked(cli, "liquidity", assets, *ON)
    sold = {row["name"]: row for row in found["assets"]}
    assert found["shortfall"] == "0.00"
    assert D(found["totals"]["net"]) >= 150_000
    assert sold["Treasury reverse repo"]["net"] == "30000.00"
    assert sold["Deposit"]["kept"] == [{"reason": "core", "quantity": "20000"}]
    assert {"reason": "core", "quantity": "300"} in sold["Share A"]["kept"]
    totals = found["totals"]
    assert D(totals["cost"]) == D(totals["haircut_loss"]) + D(totals["fees"]) + D(totals["tax"])
    assert D(totals["net"]) == D(totals["value"]) - D(totals["cost"])


def test_the_chinese_example_is_the_same_plan(cli: Cli, assets: Path, tmp_path: Path) -> None:
    """Saved by Excel in GB18030."""
    other = tmp_path / "资产.csv"
    other.write_bytes(example("README.zh-CN.md", "名称,种类,").encode("gb18030"))
    assert asked(cli, "liquidity", other, *ON)["totals"] == asked(cli, "liquidity", assets, *ON)["totals"]


def test_toml_is_the_same_plan(cli: Cli, tmp_path: Path) -> None:
    csv, toml = tmp_path / "a.csv", tmp_path / "a.toml"
    csv.write_text("name,kind,quantity,price,haircut,days,fee_rate\nGold,goods,10,9000,3%,3,1%\n", encoding="utf-8")
    toml.write_text(
        '[[asset]]\nname = "Gold"\nkind = "实物"\nquantity = 10\nprice = 9000\nhaircut = 0.03\n'
        'days = 3\nfee_rate = "1%"\n',
        encoding="utf-8",
    )
    assert asked(cli, "liquidity", toml, *ON)["assets"] == asked(cli, "liquidity", csv, *ON)["assets"]


def test_what_is_missing_is_said_in_words(cli: Cli, assets: Path) -> None:
    ended = cli("calc", "liquidity", str(assets), "--target", "900000", "--by", "2026-11-27", "--today", "2026-11-21")
    assert ended.code == 0
    assert "is missing" in ended.out
    assert "not legal advice" in ended.out
    zh = cli("calc", "liquidity", str(assets), *ON, lang="zh")
    assert "保留的核心资产" in zh.out
    assert "calc_plan" not in ended.out + zh.out


def test_an_unknown_commission_is_said(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("name,kind,code,quantity,price,haircut\nA,share,600519,1000,20,2%\n", encoding="utf-8")
    words = ["--target", "100", "--by", "2026-11-27", "--today", "2026-11-21"]
    assert asked(cli, "liquidity", path, *words)["commission_assumed"] == ["A"]
    assert "legal maximum" in cli("calc", "liquidity", str(path), *words).out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,kind,quantity,price\nA,goods,1,10\n", "haircut"),
        ("name,kind,quantity,price,haircut\nA,gold,1,10,1%\n", "share, fund, reverse_repo"),
        ("name,kind,quantity,price,haircut\nA,goods,many,10,1%\n", "a.csv:2"),
        ("name,kind,quantity,price,haircut,colour\nA,goods,1,10,1%,red\n", "colour"),
        ("name,kind,quantity,price,haircut,days\nA,goods,1,10,1%,2.5\n", "whole number"),
        ("name,kind,quantity,price,haircut\n", "no assets"),
        ("name,kind,quantity,price,haircut\nA,goods,1e40,10,1%\n", "quantity"),
        ("", "empty"),
    ],
)
def test_a_bad_list_is_one_clear_line(cli: Cli, tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    ended = cli("calc", "liquidity", str(path), *ON)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.complaint


def test_a_file_that_is_not_there(cli: Cli, tmp_path: Path) -> None:
    ended = cli("calc", "liquidity", str(tmp_path / "none.csv"), *ON)
    assert ended.code == 2
    assert "none.csv" in ended.complaint


def test_instalments_of_equal_principal(cli: Cli) -> None:
    """120,000 at 6 % over 12 months: 10,600 first, 10,050 last, 3,900 of interest."""
    found = asked(cli, "instalments", "120000", "--rate", "6%", "--months", "12", "--start", "2026-01-15")
    assert [found["rows"][at]["payment"] for at in (0, -1)] == ["10600.00", "10050.00"]
    assert (found["interest"], found["paid"], found["present_value"]) == ("3900.00", "123900.00", None)


def test_the_debt_of_three_months_in_instalments(cli: Cli) -> None:
    """Seed 001: 418,000 after three months; paid off over a year without further interest it is 34,833.33 a month."""
    found = asked(cli, "instalments", "418000", "--rate", "0", "--months", "12", "--start", "2025-04-01")
    assert [row["payment"] for row in found["rows"]] == ["34833.33"] * 11 + ["34833.37"]
    assert found["effective_rate"] == "0"


def test_an_extension_with_a_lower_rate(cli: Cli) -> None:
    words = ["--rate", "6%", "--months", "12", "--start", "2026-01-15", "--discount", "0"]
    found = asked(cli, "instalments", "120000", *words, "--extend-after", "6", "--extend-by", "6", "--new-rate", "3%")
    assert len(found["rows"]) == 18
    assert found["rows"][6]["payment"] == "5150.00"
    assert found["present_value"] == found["paid"]


def test_instalments_in_words(cli: Cli) -> None:
    words = ["--rate", "6%", "--months", "3", "--kind", "annuity", "--start", "2026-01-31", "--waived", "20000"]
    ended = cli("calc", "instalments", "120000", *words, "--discount", "3%", lang="zh")
    assert "2026-02-28" in ended.out
    assert "减免 20,000.00 元" in ended.out
    assert "calc_plan" not in ended.out


@pytest.mark.parametrize("words", [["--months", "0"], ["--months", "3", "--grace", "3"], ["--months", "-1"]])
def test_instalments_that_do_not_fit(cli: Cli, words: list[str]) -> None:
    ended = cli("calc", "instalments", "1000", "--rate", "6%", *words)
    assert (ended.code, ended.out) == (2, "")
    assert "months" in ended.complaint or "grace" in ended.complaint


def test_the_readmes_proposal_beside_bases_and_suit(cli: Cli, negotiation: Path) -> None:
    """Void: 0.6 x 80,000 x 0.7 - 0.4 x 1,800 = 32,880; as booked no probability was given: unknown."""
    found = asked(cli, "proposals", negotiation, "--today", "2026-11-21")
    assert found["bases"]["void"]["value"] == "32880.00"
    assert found["bases"]["as_stated"]["value"] is None
    assert found["best"] == "void"
    (row,) = found["proposals"]
    assert row["total"] == "60000.00"
    assert row["better_than_suit"] == {"as_stated": None, "void": True}
    assert D(row["differences"]["as_stated"]) == D(row["present_value"]) + 50_000
    assert found["offers"]["financier"]["last"] == "40000.00"
    assert found["offers"]["gap"] is None


def test_the_chinese_proposals_are_the_same(cli: Cli, negotiation: Path, tmp_path: Path) -> None:
    other = tmp_path / "zh.toml"
    other.write_text(example("README.zh-CN.md", 'discount_rate = "3%"'), encoding="utf-8")
    day = ["--today", "2026-11-21"]
    zh, en = (asked(cli, "proposals", path, *day) for path in (other, negotiation))
    assert zh["bases"] == en["bases"]
    assert zh["proposals"][0]["schedule"] == en["proposals"][0]["schedule"]


def test_a_negotiation_in_words(cli: Cli, negotiation: Path) -> None:
    with negotiation.open("a", encoding="utf-8") as file:
        file.write(
            '[[offer]]\ndate = 2026-11-22\nby = "client"\namount = 70000\nnote = "by phone"\n'
            '[[proposal]]\nname = "Pledge"\npayer = "client"\ndebt = 50000\nrate = "3%"\nmonths = 12\n'
            'kind = "annuity"\nstart = 2026-12-01\nlump_sum = 10000\n'
            '[[proposal.pledge]]\nname = "ETF"\nquantity = 10000\nprice = 5\nhaircut = "20%"\n'
        )
    en = cli("calc", "proposals", str(negotiation), "--today", "2026-11-21").out
    zh = cli("calc", "proposals", str(negotiation), "--today", "2026-11-21", lang="zh").out
    assert "The gap left is 30,000.00" in en
    assert "cover 100.00%" in en
    assert "no proof" in en
    assert "未知" in zh
    assert "calc_plan" not in en + zh


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "discount_rate"),
        ('discount_rate = "3%"\n[bases]\nbest = 1\n', "best"),
        ('discount_rate = "3%"\n[bases]\nvoid = 1\n[suit.probability]\nlpr4 = 0.5\n', "lpr4"),
        ('discount_rate = "3%"\n[bases]\nvoid = 1\n[suit.probability]\nvoid = 60\n', "no probability"),
        ('discount_rate = "3%"\nbases = 3\n', "bases"),
        ('discount_rate = "3%"\nproposal = 3\n', "proposal"),
        ('discount_rate = "3%"\n[[proposal]]\npayer = "client"\ndebt = 5\nlump_sum = 5\n', "start"),
        ('discount_rate = "3%"\n[[offer]]\ndate = 2026-13-01\n', "TOML"),
        ('discount_rate = "-100%"\n[[proposal]]\npayer = "client"\ndebt = 5\nlump_sum = 5\nstart = 2026-01-01', "rate"),
        ('discount_rate = "3%"\n[suit]\npreserve = "yes"\n', "true or false"),
    ],
)
def test_a_bad_proposal_file_is_one_clear_line(cli: Cli, tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "p.toml"
    path.write_text(text, encoding="utf-8")
    ended = cli("calc", "proposals", str(path))
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.complaint


def test_the_remembered_amount_and_day_stand_for_what_is_not_given(cli: Cli, tmp_path: Path) -> None:
    """The terminal interface remembers both; the command line plans with them, or with another amount alone."""
    cli("case", "new", "C")
    file = tmp_path / "a.csv"
    file.write_text("name,kind,quantity,days\nsavings,deposit,50000,0\n", encoding="utf-8")
    assert cli("assets", "C", "add", file).code == 0
    refused = cli("assets", "C", "plan")
    assert refused.code == 2
    assert "not set" in refused.complaint
    desk = open_desk(tmp_path / "home")
    by = desk.today + timedelta(days=3)
    set_plan(desk, "C", {"target": "20000", "by": str(by)})
    desk.close()
    plans = [json.loads(cli("assets", "C", "plan", *more, "--json").out) for more in ((), ("--target", "60000"))]
    assert [plan["by"] for plan in plans] == [str(by)] * 2
    assert [Decimal(plan["target"]) for plan in plans] == [20_000, 60_000]
    assert [Decimal(plan["shortfall"]) for plan in plans] == [0, 10_000]
