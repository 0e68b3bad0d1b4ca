"""Own assets: lots, the odd rest, the day the money is there, and what a sale costs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from workbench.domain.reference import ReferenceTables
from workbench.errors import UsageError
from workbench.planning.assets import Asset, AssetKind, cash_day
from workbench.planning.sale import proceeds

D = Decimal
FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)


def share(quantity: str = "1000", price: str = "20", **more: Any) -> Asset:
    given: dict[str, Any] = {"haircut": D(0), "days": 1, "code": "600519", "fee_rate": D("0.00025"), "fee_min": D(5)}
    return Asset("A", AssetKind.SHARE, D(quantity), D(price), **(given | more))


def deposit(amount: str, **more: Any) -> Asset:
    return Asset("deposit", AssetKind.DEPOSIT, D(amount), D(1), D(0), **({"days": 0} | more))


def goods(pieces: int, price: str, haircut: str, **more: Any) -> Asset:
    given: dict[str, Any] = {"days": 3, "fee_rate": D(0)} | more
    return Asset("goods", AssetKind.GOODS, D(pieces), D(price), D(haircut), **given)


def test_the_day_of_the_cash_by_kind(tables: ReferenceTables) -> None:
    def paid(asset: Asset, today: date) -> date:
        return cash_day(asset, today, tables.calendar)

    repo = Asset("repo", AssetKind.REVERSE_REPO, D(1000), D(1), D(0), 1)
    assert paid(share(), FRIDAY) == date(2026, 11, 23)
    assert paid(share(), SATURDAY) == date(2026, 11, 24)
    assert paid(repo, FRIDAY) == date(2026, 11, 23)
    assert paid(deposit("1", days=1), FRIDAY) == SATURDAY
    assert paid(goods(1, "1", "0", days=30), FRIDAY) == date(2026, 12, 20)


def test_a_rest_below_a_lot_goes_in_one_piece() -> None:
    assert share("1250").most == 1250
    assert share("1250", keep=D(300)).most == 950
    assert share("1250", keep=D(1030)).most == 200
    assert share("1250", keep=D(1210)).most == 0


def test_a_star_share_goes_in_two_hundreds() -> None:
    assert share("450", code="688001").step == 200


def test_a_sale_bears_commission_stamp_duty_and_transfer_fee(tables: ReferenceTables) -> None:
    """20,000 less 2 %: 19,600; commission 5 (4.90 by rate), stamp duty 9.80, transfer fee 0.20."""
    sold = proceeds(share(haircut=D("0.02")), D(1000), date(2026, 11, 23), tables)
    assert (sold.value, sold.haircut_loss, sold.fees, sold.tax) == (D(20000), D(400), D(5), D("10.00"))
    assert (sold.cost, sold.net) == (D("415.00"), D("19585.00"))


def test_stamp_duty_is_that_of_the_day(tables: ReferenceTables) -> None:
    """0.1 % to 2023-08-27, 0.05 % after."""
    before, after = (proceeds(share(), D(1000), day, tables).tax for day in (date(2023, 8, 25), date(2023, 8, 28)))
    assert (before, after) == (D("20.20"), D("10.20"))


def test_an_unknown_commission_counts_at_the_legal_maximum(tables: ReferenceTables) -> None:
    unknown = share(fee_rate=None, fee_min=D(0))
    assert unknown.fee_assumed
    assert proceeds(unknown, D(1000), FRIDAY, tables).fees == 60
    assert proceeds(unknown, D(50), FRIDAY, tables).fees == 5


def test_goods_bear_the_percentage_the_person_gives(tables: ReferenceTables) -> None:
    sold = proceeds(goods(2, "9000", "0.03", fee_rate=D("0.01"), tax_rate=D("0.02")), D(2), FRIDAY, tables)
    assert (sold.gross, sold.fees, sold.tax, sold.net) == (D(17460), D("174.60"), D("349.20"), D("16936.20"))


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("haircut", {"haircut": D(1)}),
        ("haircut", {"haircut": D("-0.1")}),
        ("keep", {"keep": D(1001)}),
        ("days", {"days": -1}),
        ("code", {"code": "6005"}),
        ("tax_rate", {"fee_rate": D("0.5"), "tax_rate": D("0.5")}),
        ("lot", {"lot": D(0)}),
    ],
)
def test_a_figure_out_of_range_is_named(field: str, more: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match=f"`{field}`"):
        share(**more)


def test_the_fee_of_a_fund_is_never_guessed() -> None:
    with pytest.raises(UsageError, match="`fee_rate`"):
        Asset("fund", AssetKind.FUND, D(100), D(1), D(0), 2)
