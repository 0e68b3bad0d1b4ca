"""Rules for next time: the articles' figures backwards, never looser than the case, and what is missing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.worlds import Book, D
from tests.planning.test_rhythm import FALL, LINES, sold_out
from tests.planning.worlds import CODE, closes, reviewed
from workbench.domain.lines import LineKind
from workbench.domain.terms import LINE_CONVENTIONS
from workbench.engine.conventions import Position, assets_at_line
from workbench.planning.rules import leverage_cap


@pytest.mark.parametrize(
    ("convention", "line", "fall", "cap"),
    [
        ("equity_over_assets", "0.25", "0.1111111111", "3"),
        ("assets_over_debt", "1.2", "0.04", "5"),
        ("equity_over_margin", "0.8", "0.0333333333", "6"),
        ("margin_coefficient", "0.6", "0.08", "5"),
    ],
)
def test_the_articles_falls_give_their_leverage_back(convention: str, line: str, fall: str, cap: str) -> None:
    """Seed 003 (m 25 %, 11.11 %, L 3), 001 (1:4 at 120 %), 002 (580,000 of 600,000), 004 (460,000 of 500,000)."""
    found = leverage_cap(convention, D(line), D(fall))
    assert found is not None
    assert D(cap) - D("0.01") <= found <= D(cap)


@given(
    st.sampled_from([name for name in LINE_CONVENTIONS if name != "absolute"]),
    st.integers(1, 200).map(lambda n: Decimal(n) / 100),
    st.integers(1, 99).map(lambda n: Decimal(n) / 100),
)
def test_the_fall_at_the_cap_never_passes_the_line(convention: str, line: Decimal, fall: Decimal) -> None:
    found = leverage_cap(convention, line, fall)
    if found is None or found == 1:
        return
    borrowed = found - 1
    assert found * (1 - fall) >= assets_at_line(convention, line, Position(found, borrowed, borrowed, D(1)))


def test_a_line_in_yuan_says_nothing_of_another_account() -> None:
    assert leverage_cap("absolute", D(460000), D("0.1")) is None


def test_every_rule_has_a_figure_a_formula_and_the_cases_fact() -> None:
    rules = sold_out().rules(D("0.05"))
    assert set(rules) == {"leverage", "position", "stop_line", "single", "alert", "reserve"}
    for rule in rules.values():
        assert rule.figure is not None
        assert rule.formula
        assert rule.fact_zh
        assert rule.fact_en
        assert not rule.needs_zh
    # A fall of 10 % and 60 % of the margin would carry five to one; the careful bound of two holds.
    assert rules["leverage"].figure == 2
    assert "违法" in rules["leverage"].fact_zh
    # C x R / (L x S) of seed 003: 100,000 x 1 % / (2 x 5 %).
    assert rules["position"].figure == D(10000)
    # The warning line lies above one worst day (2.17 %, 9.2 to 9) over the liquidation line of 460,000.
    assert rules["stop_line"].figure == D(480000)
    assert rules["single"].figure == D("0.3")
    assert "CODE" not in rules["single"].fact_en
    assert "2025-01-02" in rules["alert"].fact_en


def test_the_reserve_is_what_the_warning_line_lacked_plus_a_months_interest() -> None:
    """At the close of 10 January: 42,000 x 9 + cash against 480,000; no interest was posted."""
    case = sold_out()
    friday = next(day for day in case.audit.margin.days if day.date.isoformat() == "2025-01-10")
    assert case.rules()["reserve"].figure == D(480000) - friday.assets


@pytest.mark.parametrize(("own", "most"), [("100000", "2"), ("1000000", "1.4")])
def test_the_cap_is_never_above_the_cases_own_leverage(own: str, most: str) -> None:
    book = Book().post("2025-01-02", LineKind.MARGIN_IN, own).post("2025-01-02", LineKind.DRAWDOWN, "400000")
    book.trade("2025-01-03", LineKind.BUY, CODE, 10000, "10").trade("2025-01-13", LineKind.SELL, CODE, 10000, "9")
    figure = reviewed(book, {**LINES, "margin": own}, closes(FALL)).rules()["leverage"].figure
    assert figure is not None
    assert 1 <= figure <= D(most)


def test_what_cannot_be_told_says_what_is_needed() -> None:
    book = Book().opened().trade("2025-01-03", LineKind.BUY, CODE, 1000, "10")
    rules = reviewed(book).rules()
    for code in ("leverage", "position", "stop_line", "reserve"):
        assert rules[code].figure is None
        assert rules[code].needs_zh
        assert rules[code].needs_en
