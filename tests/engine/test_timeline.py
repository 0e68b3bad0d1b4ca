"""The daily and the minute timeline: distance, the price a day lacks, the minute of the crossing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time

from tests.engine.test_liquidation import TERMS, bars, ledger
from tests.engine.worlds import Book, D, audit, day
from workbench.domain.lines import LineKind
from workbench.domain.margin import StalePrice
from workbench.domain.market import Bar

AT = day("2025-01-14")


def test_distance_to_the_line_in_yuan_and_as_a_fall() -> None:
    found = audit(ledger("8.5"), TERMS, bars=bars("9"))
    entry = next(one for one in found.margin.days if one.date == AT)
    fee = D("124")
    assert entry.assets == D(40000) * 9 + D(100000) - fee
    assert entry.lines == {"warning": D("480000.00"), "liquidation": D("450000.00")}
    assert entry.distance == entry.assets - D(450000)
    assert entry.fall is not None
    assert entry.assets * (1 - entry.fall) == entry.lines["liquidation"]


def test_a_holding_without_a_price_that_day_is_named_with_the_day_its_price_is_from() -> None:
    prices = tuple(bar for bar in bars("9") if bar.date != AT)
    days = {one.date: one for one in audit(ledger("8.5"), TERMS, bars=prices).margin.days}
    assert days[AT].stale == (StalePrice("600001", day("2025-01-13"), "bar"),)
    assert not days[day("2025-01-13")].stale


def test_without_any_price_assets_and_distance_are_unknown() -> None:
    book = Book().opened().post("2025-01-03", LineKind.TRANSFER_IN, "0", code="600002", quantity=D(100))
    entry = audit(book, TERMS).margin.days[-1]
    assert (entry.distance is None) == (entry.state == "unknown")


def test_without_bars_the_statements_own_trades_are_the_marks() -> None:
    entry = next(one for one in audit(ledger("8.5"), TERMS).margin.days if one.date == AT)
    assert entry.stale == (StalePrice("600001", day("2025-01-03"), "trade"),)


def minute(hour: int, past: int, price: str, low: str = "", code: str = "600001") -> Bar:
    """A minute bar of the day before the sale."""
    close = D(price)
    return Bar(AT, code, close, close, D(low or price), close, D(1000), None, time(hour, past))


def test_the_minute_of_the_first_crossing() -> None:
    minutes = (minute(9, 31, "9.6"), minute(9, 32, "8.6", low="8.4"), minute(9, 33, "8.4"))
    found = audit(ledger("8.5"), TERMS, bars=(*bars("9"), *minutes)).margin
    assert [(one.at.time(), one.state) for one in found.minutes] == [
        (time(9, 31), "normal"),
        (time(9, 32), "liquidation"),
        (time(9, 33), "liquidation"),
    ]
    first = found.first_minute({"liquidation"})
    assert first is not None
    assert first.at == datetime.combine(AT, time(9, 32))
    assert first.assets - first.low_assets == D("0.2") * 40000


def test_a_day_on_which_one_holding_has_no_minutes_is_left_out() -> None:
    book = ledger("8.5")
    other = Book().opened().trade("2025-01-03", LineKind.BUY, "600001", 10000, "10", serial="1")
    other.trade("2025-01-03", LineKind.BUY, "600002", 1000, "10", serial="2")
    minutes = (minute(9, 31, "9.5"), minute(9, 32, "9.4"))
    assert audit(book, TERMS, bars=minutes).margin.minutes
    assert not audit(other, TERMS, bars=minutes).margin.minutes


def test_a_fill_counts_from_its_own_minute() -> None:
    book = Book().opened().trade("2025-01-03", LineKind.BUY, "600001", 40000, "10", serial="1")
    book.trade(AT.isoformat(), LineKind.SELL, "600001", 40000, "9", serial="2", time=time(9, 32))
    minutes = (minute(9, 31, "9"), minute(9, 32, "9"), minute(9, 33, "8"))
    found = audit(book, TERMS, bars=(*bars("9"), *(replace(one) for one in minutes))).margin.minutes
    assert [one.assets - found[0].assets for one in found[1:]] == [-D("291.6"), -D("291.6")]
