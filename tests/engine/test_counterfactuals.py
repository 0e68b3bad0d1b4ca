"""Had the sale waited, stopped in time or not happened: estimates that name price, day and formula."""

from __future__ import annotations

from dataclasses import replace

from tests.engine.test_liquidation import CALL, TERMS, bars, ledger
from tests.engine.worlds import Book, D, audit, day
from workbench.domain.audit import AuditOptions
from workbench.domain.counterfactual import Counterfactual
from workbench.domain.findings import Verdict
from workbench.domain.market import Bar
from workbench.domain.terms import TermValue


def rows(
    terms: dict[str, TermValue] | None = None, prices: tuple[Bar, ...] = (), **options: object
) -> list[Counterfactual]:
    """Sell 40,000 at 8.5 on 2025-01-15 after a call on 2025-01-14 with a deadline on 2025-01-15 10:00."""
    found = audit(
        ledger("8.5"),
        {**TERMS, **(terms or {})},
        bars=prices or bars("8.5"),
        logs=(CALL,),
        options=AuditOptions(**options),  # type: ignore[arg-type]  # test keywords
    )
    return list(found.liquidation.otherwise)


def test_waiting_for_the_deadline_is_priced_at_open_mean_and_close_of_that_day() -> None:
    waited = [one for one in rows({"topup_deadline": "T+2 10:00"}) if one.theory == "waited"]
    assert [(one.price, one.day, one.otherwise, one.difference) for one in waited] == [
        (name, day("2025-01-16"), D("340000.00"), D("0.00")) for name in ("open", "vwap", "close")
    ]
    assert waited[0].rests_on == "LIQ-GRACE"
    assert waited[0].verdict is Verdict.PROVEN
    assert waited[0].formula == "600001 40000 × 8.5 = 340,000.00"


def test_holdings_kept_to_a_day_show_close_lowest_and_highest() -> None:
    later = {day("2025-01-16"): "8", day("2025-01-17"): "9.5"}
    prices = tuple(replace(bar, close=D(later[bar.date])) if bar.date in later else bar for bar in bars("8.5"))
    kept = [one for one in rows(prices=prices, keep_to=day("2025-01-17")) if one.theory == "kept"]
    assert [(one.price, one.day, one.difference) for one in kept] == [
        ("close", day("2025-01-17"), D("40000.00")),
        ("lowest", day("2025-01-16"), D("-20000.00")),
        ("highest", day("2025-01-17"), D("40000.00")),
    ]


def test_a_day_without_prices_is_named_and_not_filled_in() -> None:
    (kept,) = [one for one in rows(keep_to=day("2025-02-20")) if one.theory == "kept" and one.price == "close"]
    assert (kept.otherwise, kept.difference, kept.missing) == (None, None, ("600001",))


def test_only_what_was_needed() -> None:
    terms: dict[str, TermValue] = {
        "line_convention": "assets_over_debt",
        "warning_line": "1.3",
        "liquidation_line": "1.2",
        "sell_scope": "to_restore",
    }
    (same_day, _) = [one for one in rows(terms) if one.theory == "only_needed"]
    # assets 439,876 (cash 99,876 and 40,000 x 8.5), debt 402,600 on the day: (1.2 x 402,800 - 439,876) / 0.2 = 217,420
    assert same_day.actual == D("340000.00") - D("217420.00")
    assert same_day.difference == D("0.00")


def test_without_a_forced_sale_there_is_nothing_to_estimate() -> None:
    assert audit(Book().opened()).liquidation.otherwise == ()
