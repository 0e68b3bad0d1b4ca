"""The worked examples of the articles: every line by every convention."""

from __future__ import annotations

import pytest

from tests.engine.worlds import D
from workbench.domain.money import cents
from workbench.engine.calculators import drift, limit_down, line_row, new_account
from workbench.engine.conventions import Position, assets_at_line, repayment_to_restore
from workbench.engine.risk_calculators import position_cap, recovery
from workbench.errors import UsageError


@pytest.mark.parametrize(
    ("leverage", "warning", "fall_warning", "liquidation", "fall_liquidation"),
    [
        (1, "152250", "0.23875", "121800", "0.391"),
        (2, "304500", "-0.015", "243600", "0.188"),
        (4, "609000", "-0.218", "487200", "0.0256"),
        (7, "1065750", "-0.3321875", "852600", "-0.06575"),
    ],
)
def test_one_month_of_interest_in_the_debt(
    leverage: int, warning: str, fall_warning: str, liquidation: str, fall_liquidation: str
) -> None:
    account = new_account(D(100000), D(leverage), D("0.015"), 1)
    first = line_row("assets_over_debt", D("1.5"), account)
    second = line_row("assets_over_debt", D("1.2"), account)
    assert (first.assets_at_line, first.fall) == (D(warning), D(fall_warning))
    assert (second.assets_at_line, second.fall) == (D(liquidation), D(fall_liquidation))
    assert second.breached == (D(fall_liquidation) < 0)


def test_interest_alone_crosses_the_line() -> None:
    one, three = (line_row("assets_over_debt", D("1.2"), new_account(D(100000), D(4), D("0.015"), n)) for n in (1, 3))
    assert one.ratio is not None
    assert three.ratio is not None
    assert (round(one.ratio, 4), round(three.ratio, 4)) == (D("1.2315"), D("1.1962"))
    assert (one.breached, three.breached) == (False, True)


@pytest.mark.parametrize(
    ("convention", "line", "position", "expected"),
    [
        ("equity_over_margin", "0.8", (600000, 500000, 500000, 100000), "580000.00"),
        ("margin_coefficient", "0.8", (500000, 400000, 400000, 100000), "480000.00"),
        ("margin_coefficient", "0.6", (500000, 400000, 400000, 100000), "460000.00"),
        ("equity_over_assets", "0.25", (300000, 200000, 200000, 100000), "266666.67"),
        ("loss_over_margin", "0.4", (500000, 400000, 400000, 100000), "460000.00"),
        ("financing_multiple", "1.03", (110000, 100000, 100000, 10000), "103000.00"),
        ("net_value", "0.93", (500000, 400000, 400000, 100000), "465000.00"),
        ("equity_over_debt", "0.2", (500000, 400000, 400000, 100000), "480000.00"),
        ("absolute", "450000", (500000, 400000, 400000, 100000), "450000.00"),
    ],
)
def test_assets_at_the_line(convention: str, line: str, position: tuple[int, ...], expected: str) -> None:
    assert cents(assets_at_line(convention, D(line), Position(*map(D, position)))) == D(expected)


def test_loss_over_margin_is_the_mirror_of_equity_over_margin() -> None:
    account = Position(D(500000), D(400000), D(400000), D(100000))
    assert assets_at_line("loss_over_margin", D("0.4"), account) == assets_at_line(
        "equity_over_margin", D("0.6"), account
    )


def test_selling_restores_a_debt_ratio_and_cannot_restore_a_margin_line() -> None:
    account = Position(D(120), D(100), D(100), D(20))
    repaid = repayment_to_restore("assets_over_debt", D("1.3"), account)
    assert repaid is not None
    assert (account.assets - repaid) / (account.debt - repaid) == pytest.approx(D("1.3"), abs=D("1e-20"))
    assert repayment_to_restore("equity_over_margin", D("0.8"), account) is None


@pytest.mark.parametrize(("fall", "rise"), [("0.2", "0.25"), ("0.5", "1")])
def test_recovery_after_a_drawdown(fall: str, rise: str) -> None:
    assert recovery(D(fall)) == D(rise)


def test_position_cap_and_its_limits() -> None:
    assert position_cap(D(100000), D("0.02"), D(3), D("0.1")) == D("6666.67")
    with pytest.raises(UsageError):
        recovery(D(1))
    with pytest.raises(UsageError):
        line_row("made_up", D(1), new_account(D(1), D(1)))


def test_interest_alone_crosses_the_line_in_the_third_month() -> None:
    account = new_account(D(100000), D(4))
    assert drift("assets_over_debt", D("1.2"), account, D("0.015")) == 3
    assert drift("equity_over_margin", D("0.5"), account, D("0.015")) is None
    assert drift("assets_over_debt", D("1.5"), account, D("0.015")) == 0


def test_back_above_the_line_by_cash_or_where_it_helps_by_selling() -> None:
    account = new_account(D(100000), D(4), D("0.015"), 1)
    row = line_row("assets_over_debt", D("1.5"), account)
    assert (row.cash_needed, row.sale_needed) == (D("109000.00"), D("218000.00"))
    # selling x and repaying it: (500,000 - 218,000) / (406,000 - 218,000) = 1.5
    assert line_row("equity_over_margin", D("1.5"), account).sale_needed is None
    assert line_row("assets_over_debt", D("1.2"), account).cash_needed == 0


def test_a_chain_of_limit_down_days_ends_in_a_shortfall() -> None:
    rows = limit_down(D(0), D(500000), D(406000), D(487200), D("0.1"), 3)
    assert [(row.assets, row.breached, row.shortfall) for row in rows] == [
        (D("500000.00"), False, D(0)),
        (D("450000.00"), True, D(0)),
        (D("405000.00"), True, D("1000.00")),
        (D("364500.00"), True, D("41500.00")),
    ]


@pytest.mark.parametrize("limit", ["0", "1", "-0.1", "10"])
def test_a_price_limit_that_makes_no_sense_is_refused(limit: str) -> None:
    with pytest.raises(UsageError):
        limit_down(D(0), D(1), D(1), D(1), D(limit), 1)


def test_equity_of_all_the_assets_is_no_line() -> None:
    with pytest.raises(UsageError):
        line_row("equity_over_assets", D("1.5"), new_account(D(100000), D(4)))
