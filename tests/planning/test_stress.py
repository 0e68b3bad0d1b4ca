"""Stress on the articles' own accounts: what a fall leaves, and whether the line is reached."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.domain.terms import LINE_CONVENTIONS
from workbench.engine.calculators import limit_down, new_account
from workbench.engine.conventions import Position
from workbench.errors import UsageError
from workbench.planning.stress import (
    FALLS,
    INDEX,
    Contract,
    Holding,
    Outcome,
    Scenario,
    cushion,
    index_shock,
    limit_down_chain,
    outcome,
    sector_shock,
    uniform,
)

D = Decimal
SEED_003 = (new_account(D(100000), D(2)), Contract("equity_over_assets", D("0.25")))
"""C 100,000, three times in all, maintenance margin 25 %."""


def full(account: Position, limit: str | None = "0.1") -> tuple[Holding, ...]:
    """Return an account wholly in one share."""
    return (Holding("600519", account.assets, D(limit) if limit else None),)


def falls(account: Position, contract: Contract) -> list[Outcome]:
    held = full(account)
    return [outcome(held, account, contract, uniform(held, fall)) for fall in FALLS]


def test_seed_003_a_tenth_at_threefold_loses_30_percent_and_stays_above_the_line() -> None:
    """Seed 003: 仓位损失3万元; MV at the line 266,667, a fall of 11.11 %: 10 % does not reach it, 20 % does."""
    rows = falls(*SEED_003)
    assert [(row.loss, row.assets, row.reached) for row in rows] == [
        (D(15000), D(285000), False),
        (D(30000), D(270000), False),
        (D(60000), D(240000), True),
    ]
    assert round(rows[1].ratio or D(0), 4) == D("0.2593")


def test_seed_002_a_line_at_80_percent_of_the_margin() -> None:
    """Seed 002: 100,000 at 1:5, line at 580,000: 5 % of 600,000 is 30,000, more than the 20,000 that are left."""
    account = new_account(D(100000), D(5))
    contract = Contract("equity_over_margin", D("0.8"))
    first = falls(account, contract)[0]
    assert (first.assets, first.ratio, first.reached) == (D(570000), D("0.7"), True)
    assert cushion(account, contract) == 20000


def test_seed_004_between_the_lines_and_below() -> None:
    """Seed 004: lines at 480,000 and 460,000: 5 % leaves 475,000 (warning only), 10 % 450,000 (sale)."""
    account = new_account(D(100000), D(4))
    warning, sale = (falls(account, Contract("margin_coefficient", D(line))) for line in ("0.8", "0.6"))
    assert [row.reached for row in warning] == [True, True, True]
    assert [row.reached for row in sale] == [False, True, True]


def test_seed_001_three_limit_down_days_end_in_a_shortfall() -> None:
    """Seed 001, fivefold after a month: 500,000 x 0.9^3 = 364,500 against a debt of 406,000: 41,500 are missing."""
    account = new_account(D(100000), D(4), D("0.015"), 1)
    held = full(account)
    contract = Contract("assets_over_debt", D("1.2"))
    rows = [outcome(held, account, contract, limit_down_chain(held, days)) for days in (1, 2, 3)]
    assert [row.shortfall for row in rows] == [0, 1000, 41500]
    assert all(row.reached for row in rows)


def test_a_chain_of_one_board_is_the_engines_limit_down() -> None:
    account, contract = SEED_003
    held = full(account, "0.2")
    engine = limit_down(D(0), account.assets, account.debt, D("266666.67"), D("0.2"), 4)
    ours = [outcome(held, account, contract, limit_down_chain(held, days)) for days in (1, 2, 3, 4)]
    assert [(row.assets, row.shortfall) for row in ours] == [(row.assets, row.shortfall) for row in engine[1:]]


def test_each_board_falls_by_its_own_limit() -> None:
    held = tuple(
        Holding(code, D(1000), D(limit))
        for code, limit in (("600519", "0.1"), ("688981", "0.2"), ("600001", "0.05"), ("832000", "0.3"))
    )
    scenario = limit_down_chain(held, 2)
    assert [scenario.falls[one.code] for one in held] == [D("0.19"), D("0.36"), D("0.0975"), D("0.51")]


def test_an_unknown_limit_or_beta_gives_no_figure_and_is_named() -> None:
    held = (Holding("600519", D(1000), D("0.1"), {INDEX: D(1)}), Holding("510300", D(1000)))
    account = Position(D(2000), D(1000), D(1000), D(1000))
    for scenario in (limit_down_chain(held, 1), index_shock(held, D("0.1"))):
        row = outcome(held, account, Contract("assets_over_debt", D("1.3")), scenario)
        assert (row.loss, row.assets, row.reached) == (None, None, None)
        assert scenario.unknown == ("510300",)


def test_the_index_falls_by_beta_and_never_more_than_all() -> None:
    held = (Holding("600519", D(1000), None, {INDEX: D("1.5")}), Holding("300750", D(1000), None, {INDEX: D(6)}))
    assert dict(index_shock(held, D("0.2")).falls) == {"600519": D("0.3"), "300750": D(1)}


def test_a_sector_shock_leaves_the_others() -> None:
    held = (Holding("600519", D(1000), None, {"白酒": D("1.2")}), Holding("300750", D(1000)))
    assert dict(sector_shock(held, "白酒", D("0.1")).falls) == {"600519": D("0.12"), "300750": D(0)}
    with pytest.raises(UsageError, match="银行"):
        sector_shock(held, "银行", D("0.1"))


@settings(deadline=None)
@given(st.sampled_from(sorted(LINE_CONVENTIONS)), st.decimals("0.05", "0.9", places=2), st.integers(1, 99))
def test_the_line_is_reached_exactly_where_the_loss_exceeds_the_cushion(
    convention: str, line: Decimal, per_cent: int
) -> None:
    account = Position(D(500000), D(406000), D(400000), D(100000))
    contract = Contract(convention, line)
    held = full(account)
    row = outcome(held, account, contract, uniform(held, D(per_cent) / 100))
    assert row.loss is not None
    assert row.reached == (row.loss > cushion(account, contract))
    assert row.assets == account.assets - row.loss


@pytest.mark.parametrize("fall", ["0", "-0.1", "1.01"])
def test_a_fall_out_of_range_is_refused(fall: str) -> None:
    with pytest.raises(UsageError, match="fall"):
        uniform(full(SEED_003[0]), D(fall))


@pytest.mark.parametrize(
    ("account", "contract", "complaint"),
    [
        (SEED_003[0], Contract("equity_over_asset", D("0.25")), "unknown line convention"),
        (SEED_003[0], Contract("equity_over_assets", D(1)), "no assets can meet"),
        (Position(D(1), D(1), D(1), D(1)), SEED_003[1], "less than the holdings"),
        (Position(D(300000), D(-1), D(1), D(1)), SEED_003[1], "negative"),
    ],
)
def test_what_cannot_be_measured_is_refused(account: Position, contract: Contract, complaint: str) -> None:
    held = full(SEED_003[0])
    with pytest.raises(UsageError, match=complaint):
        outcome(held, account, contract, Scenario("", "", {"600519": D("0.1")}))
