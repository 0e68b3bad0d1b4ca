"""What to sell: held against trying everything, and against what the article asks for (seed 000, 资产流动)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.planning.test_assets import FRIDAY, SATURDAY, deposit, goods, share
from workbench.domain.money import ZERO
from workbench.domain.reference import ReferenceTables
from workbench.errors import ReferenceGapError, UsageError
from workbench.planning.assets import Asset, AssetKind, sale_day
from workbench.planning.liquidity import Plan, Reason, attainable, plan_sales, sensitivity
from workbench.planning.sale import proceeds
from workbench.reference.loader import load_tables

D = Decimal
BY = date(2026, 11, 27)
TABLES = load_tables()
GAP = D("0.0001")
"""Part of the cost to which a plan is the cheapest."""
FEW_CENTS = D("0.10")
"""Charges are rounded one by one; the solver sees them in proportion."""


def plan(assets: list[Asset], target: str | Decimal, by: date = BY, today: date = FRIDAY) -> Plan:
    return plan_sales(assets, D(target), by, today, TABLES)


def cheapest(assets: list[Asset], target: Decimal) -> Decimal | None:
    """Return the least cost over every possible choice of quantities, None where nothing reaches the target."""
    best = None
    for chosen in product(*(_quantities(asset) for asset in assets)):
        sold = [
            proceeds(asset, units, sale_day(asset.kind, FRIDAY, TABLES.calendar), TABLES)
            for asset, units in zip(assets, chosen, strict=True)
        ]
        cost = sum((part.cost for part in sold), ZERO)
        if sum((part.net for part in sold), ZERO) >= target and (best is None or cost < best):
            best = cost
    return best


def _quantities(asset: Asset) -> list[Decimal]:
    free = asset.quantity - asset.keep
    whole = [asset.step * lots for lots in range(int(free // asset.step) + 1)]
    return whole + [units + asset.odd for units in whole if asset.odd and units + asset.odd <= free]


cents_ = st.integers(100, 9000).map(lambda number: D(number) / 100)
points = st.integers(0, 25).map(lambda number: D(number) / 100)
shares = st.builds(
    lambda lots, odd, price, haircut, kept, least: share(
        str(lots * 100 + odd), str(price), haircut=haircut, keep=D(min(kept, lots * 100 + odd)), fee_min=least
    ),
    st.integers(0, 5),
    st.sampled_from([0, 50]),
    cents_,
    points,
    st.sampled_from([0, 100, 130]),
    st.sampled_from([D(0), D(5), D(200)]),
)
pieces = st.builds(
    lambda count, price, haircut, fee: goods(count, str(price), str(haircut), fee_rate=fee, tax_rate=D("0.03")),
    st.integers(0, 4),
    cents_.map(lambda price: price * 100),
    points,
    points,
)


@given(st.lists(st.one_of(shares, pieces), min_size=1, max_size=3), st.integers(1, 20_000_00))
@settings(max_examples=60, deadline=None)
def test_no_other_choice_is_cheaper(assets: list[Asset], target_in_cents: int) -> None:
    target = D(target_in_cents) / 100
    found = plan(assets, target)
    best = cheapest(assets, target)
    if best is None:
        assert found.shortfall > 0
        assert all(row.sold in {ZERO, row.asset.most} for row in found.rows)
    else:
        assert found.shortfall == 0
        assert found.total.net >= target
        assert best <= found.total.cost <= best * (1 + GAP) + FEW_CENTS


@given(st.lists(st.one_of(shares, pieces), min_size=1, max_size=4), st.integers(1, 90_000))
@settings(max_examples=60, deadline=None)
def test_every_unit_is_either_sold_or_kept_for_a_reason(assets: list[Asset], target: int) -> None:
    for row in plan(assets, D(target)).rows:
        assert row.sold + sum((quantity for _, quantity in row.kept), ZERO) == row.asset.quantity
        assert row.sold <= row.asset.quantity - row.asset.keep
        assert row.sold in _quantities(row.asset)


@given(st.lists(st.one_of(shares, pieces), min_size=1, max_size=4), st.integers(1, 90_000))
@settings(max_examples=60, deadline=None)
def test_what_is_attainable_tells_what_a_plan_lacks(assets: list[Asset], target: int) -> None:
    most = attainable(assets, BY, FRIDAY, TABLES)
    assert plan(assets, D(target)).shortfall == max(ZERO, target - most)


def test_what_arrives_too_late_or_is_core_is_not_attainable() -> None:
    assets = [deposit("5000"), deposit("700", days=30), deposit("800", keep=D(800))]
    assert attainable(assets, BY, FRIDAY, TABLES) == 5000


def test_the_cheaper_asset_goes_first() -> None:
    """A deposit costs nothing, a share its charges, gold a tenth of its price."""
    assets = [goods(10, "1000", "0.1"), share(), deposit("5000")]
    found = plan(assets, "10000")
    assert [row.sold for row in found.rows] == [0, 300, D("4008.06")]
    assert found.total.net == 10000


def test_nothing_is_turned_into_money_for_nothing() -> None:
    """A free deposit is drawn on for the amount and no more."""
    (row,) = plan([deposit("50000")], "12345.67").rows
    assert row.sold == D("12345.67")
    assert row.kept == ((Reason.NOT_NEEDED, D("37654.33")),)


def test_a_minimum_fee_makes_one_sale_better_than_two() -> None:
    """Two shares alike at a minimum fee of 200: all 500 from one of them, 200 + 5.10, not 400."""
    assets = [share("500", "20", fee_min=D(200)), share("500", "20", fee_min=D(200))]
    found = plan(assets, "9000")
    assert sorted(row.sold for row in found.rows) == [0, 500]
    assert found.total.cost == D("205.10")


def test_what_the_person_marks_as_core_is_never_sold() -> None:
    """保留流动性高的核心资产以备谈判抵押."""
    found = plan([deposit("9000", keep=D(9000)), goods(2, "1000", "0.5")], "5000")
    assert found.rows[0].sold == 0
    assert found.rows[0].kept == ((Reason.CORE, D(9000)),)
    assert found.shortfall == 4000
    assert found.reachable is None


def test_money_that_comes_too_late_is_not_counted_and_the_day_is_said() -> None:
    late = goods(1, "90000", "0.2", days=30)
    found = plan([deposit("1000"), late], "50000")
    assert found.shortfall == 49000
    assert found.rows[1].kept == ((Reason.TOO_LATE, D(1)),)
    assert found.reachable == date(2026, 12, 20)


def test_the_last_day_is_included() -> None:
    assert plan([share()], "15000", by=date(2026, 11, 23)).shortfall == 0
    assert plan([share()], "15000", by=date(2026, 11, 22)).shortfall == 15000


def test_all_that_is_there_may_be_just_enough() -> None:
    """1,000 shares at 20: 20,000 - 5 - 10 - 0.20; the next cent is out of reach."""
    assert plan([share()], "19984.80").shortfall == 0
    assert plan([share()], "19984.81").shortfall == D("0.01")


def test_a_sale_that_its_fee_would_eat_is_left_alone() -> None:
    found = plan([share("100", "1", fee_min=D(150)), deposit("10")], "1000")
    assert found.rows[0].kept == ((Reason.COSTS_ALL, D(100)),)
    assert found.total.net == 10


def test_the_slowest_money_is_begun_first() -> None:
    repo = Asset("repo", AssetKind.REVERSE_REPO, D(3000), D(1), D(0), 6)
    found = plan([deposit("1000"), share("100", "20"), repo], "5900")
    assert [row.asset.kind for row in found.sales] == [AssetKind.REVERSE_REPO, AssetKind.SHARE, AssetKind.DEPOSIT]


def test_deeper_haircuts_leave_the_same_sales_short() -> None:
    """500 shares for 9,000 at 10 % off; ten points more cost 1,000 of proceeds less their charges of 0.51."""
    base = plan([share("1000", "20", haircut=D("0.1"), fee_min=D(0)), deposit("100", keep=D(100))], "8900")
    (case,) = sensitivity(base, TABLES, [D("0.1")])
    assert base.rows[0].sold == 500
    assert base.total.net - case.net == D(1000) * (1 - D("0.00025") - D("0.00051"))
    assert case.shortfall == 8900 - case.net
    assert case.again.rows[0].sold == 600
    assert case.again.shortfall == 0


def test_a_fall_of_the_market_does_not_touch_deposits() -> None:
    base = plan([deposit("10000")], "8000")
    assert [case.net for case in sensitivity(base, TABLES)] == [8000, 8000, 8000]


@given(st.lists(st.one_of(shares, pieces), min_size=1, max_size=3), st.integers(1, 90_000))
@settings(max_examples=40, deadline=None)
def test_deeper_haircuts_never_bring_more(assets: list[Asset], target: int) -> None:
    cases = sensitivity(plan(assets, D(target)), TABLES)
    assert [case.net for case in cases] == sorted((case.net for case in cases), reverse=True)


def test_many_assets_are_planned_to_the_cent() -> None:
    assets = [share(str(150 + 70 * at), str(7 + at), haircut=D(at % 7) / 100) for at in range(40)]
    target = sum((one.quantity * one.price for one in assets), ZERO) * D("0.4")
    assert 0 <= plan([*assets, deposit("3000")], target).total.net - target < 1000


@pytest.mark.parametrize(
    ("assets", "target", "by", "said"),
    [
        ([], "1", BY, "no assets"),
        ([deposit("1")], "0", BY, "above 0"),
        ([deposit("1")], "1", date(2026, 11, 20), "before"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(assets: list[Asset], target: str, by: date, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        plan(assets, target, by=by, today=SATURDAY)


def test_a_day_beyond_the_calendar_is_said(tables: ReferenceTables) -> None:
    with pytest.raises(ReferenceGapError, match="trading calendar"):
        plan_sales([share(days=90)], D(1), date(2027, 12, 1), FRIDAY, tables)
