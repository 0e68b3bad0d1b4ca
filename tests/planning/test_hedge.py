"""Short hedges: rounded down, paid with own money, refused where the instrument is not open (articles 000, 003)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import UsageError
from workbench.planning.hedge import INSTRUMENTS, Hedge, Means, hedge

D = Decimal


def plan(
    *, code: str = "IF", own: str = "200000", account: bool | None = True, frozen: bool = False, target: str = "1"
) -> Hedge:
    means = Means(D(own), account, frozen)
    return hedge(INSTRUMENTS[code], D(2000000), D("1.1"), D(3900), D("0.14"), means, target=D(target))


@pytest.mark.parametrize(("code", "multiplier"), [("IF", 300), ("IH", 300), ("IC", 200), ("IM", 200)])
def test_the_multipliers_of_cffex(code: str, multiplier: int) -> None:
    assert INSTRUMENTS[code].multiplier == multiplier


def test_contracts_are_rounded_down() -> None:
    """2,000,000 x 1.1 = 2,200,000 over 3900 x 300 = 1,170,000: one contract, 1,030,000 stay open."""
    found = plan()
    assert (found.wanted, found.contracts, found.notional) == (D(2200000), 1, D(1170000))
    assert (found.margin, found.residual, found.refused) == (D(163800), D(1030000), ())


def test_what_a_move_does() -> None:
    rows = {row.move: row for row in plan().rows}
    assert (rows[D("-0.1")].holding, rows[D("-0.1")].hedge, rows[D("-0.1")].net) == (D(-220000), D(117000), D(-103000))
    assert rows[D("-0.1")].cash_needed == D("147420.00")
    assert rows[D("0.1")].cash_needed == 117000 + D("180180.00")


def test_the_rise_that_calls_the_short_uses_up_the_own_money() -> None:
    found = plan()
    assert found.rise_to_call is not None
    lost = found.notional * found.rise_to_call
    margin = found.notional * (1 + found.rise_to_call) * D("0.14")
    assert round(lost + margin, 6) == 200000


def test_borrowed_margin_is_refused_with_what_lacks() -> None:
    found = plan(own="100000")
    assert [note.code for note in found.refused] == ["borrowed"]
    assert (found.missing_cash, found.affordable, found.rise_to_call) == (D(63800), 0, None)
    assert "杠杆" in found.refused[0].text_zh


def test_a_frozen_account_and_no_account_are_told() -> None:
    assert [note.code for note in plan(account=False, frozen=True).refused] == ["frozen", "no_account"]
    assert "account_unknown" in {note.code for note in plan(account=None).notes}
    assert "account_unknown" not in {note.code for note in plan().notes}


def test_an_etf_is_short_only_by_securities_lending() -> None:
    found = hedge(INSTRUMENTS["ETF"], D(100000), D(1), D("3.9"), D("1"), Means(D(100000), has_account=True))
    assert (found.contracts, found.notional) == (256, D("99840.00"))
    assert found.notes[0].code == "lending_account"


def test_half_of_too_little_is_nothing() -> None:
    found = plan(target="0.5")
    assert (found.contracts, found.margin) == (0, D(0))
    assert [note.code for note in found.refused] == ["too_small"]


def test_more_than_the_exposure_would_be_a_new_bet() -> None:
    with pytest.raises(UsageError, match="target"):
        plan(target="1.01")


@settings(deadline=None)
@given(
    st.sampled_from(sorted(INSTRUMENTS)),
    st.decimals("1000", "50000000", places=2),
    st.decimals("0.1", "3", places=2),
    st.decimals("1", "9000", places=1),
    st.decimals("0.05", "1", places=2),
)
def test_it_never_hedges_more_than_there_is(
    code: str, holding: Decimal, beta: Decimal, price: Decimal, target: Decimal
) -> None:
    found = hedge(INSTRUMENTS[code], holding, beta, price, D("0.12"), Means(D(0)), target=target)
    assert 0 <= found.notional <= found.wanted + D("0.01")
    assert found.wanted - found.notional < price * INSTRUMENTS[code].multiplier + D("0.01")
    assert found.refused
    for row in found.rows:
        assert abs(row.net) <= abs(row.holding) + D("0.01")
