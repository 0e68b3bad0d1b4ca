"""The rhythm of a case: frequency, holding time, add-ons, leverage, warnings, stop-loss (seed 000, 操作节奏)."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.engine.worlds import Book, D
from tests.planning.worlds import CODE, Reviewed, closes, reviewed, weekdays
from workbench.domain.lines import LineKind
from workbench.domain.market import Notice, NoticeKind, NoticeLog
from workbench.domain.source import Source
from workbench.errors import UsageError
from workbench.planning.events import total_change
from workbench.planning.stops import Stop

LINES: dict[str, str | bool | tuple[str, ...]] = {
    "line_convention": "margin_coefficient",
    "warning_line": "0.8",
    "liquidation_line": "0.6",
}
FALL = ["10", "10", "9.8", "9.6", "9.4", "9.2", "9", "9", "9"]
"""40,000 shares from 2025-01-02: assets 480,000 are the warning line, 460,000 the liquidation line (seed 004)."""
CALL = NoticeLog(
    "1" * 64,
    "notices.txt",
    (Notice(datetime(2025, 1, 9, 10), NoticeKind.MARGIN_CALL, "sms", "p", "追保", Source("1" * 64, "notices.txt")),),  # noqa: DTZ001  logs carry local time
)


def sold_out() -> Reviewed:
    """Deposit 100,000, 400,000 financed, bought on 3 January, more bought after the warning, sold by force."""
    book = Book().opened().trade("2025-01-03", LineKind.BUY, CODE, 40000, "10")
    book.trade("2025-01-10", LineKind.BUY, CODE, 2000, "9")
    book.trade("2025-01-13", LineKind.FORCED_SELL, CODE, 42000, "9", remark="强制平仓")
    return reviewed(book, LINES, closes(FALL), (CALL,))


def test_fills_orders_and_the_busiest_week() -> None:
    book = Book().opened()
    for side, price in (("2025-01-03", "10"), ("2025-01-03", "10.1"), ("2025-01-06", "10")):
        book.trade(side, LineKind.BUY, CODE, 100, price)
    book.trade("2025-01-10", LineKind.SELL, CODE, 300, "11")
    found = reviewed(book).rhythm().frequency
    assert (found.fills, found.orders, found.active, found.days) == (4, 3, 3, 6)
    assert found.per_week == D("2.5")
    assert found.busiest == (date(2025, 1, 3), 1)
    assert found.busiest_week == (date(2025, 1, 6), 2)


def test_forced_sales_are_not_the_clients_orders() -> None:
    found = sold_out().rhythm().frequency
    assert (found.fills, found.orders) == (2, 2)


def test_losers_held_longer_than_winners() -> None:
    book = Book().opened().trade("2025-01-03", LineKind.BUY, CODE, 1000, "10")
    book.trade("2025-01-03", LineKind.BUY, "000001", 1000, "10").trade("2025-01-06", LineKind.SELL, CODE, 1000, "11")
    book.trade("2025-02-03", LineKind.SELL, "000001", 1000, "8")
    found = reviewed(book).rhythm().holding
    assert (found.pieces, found.winners, found.losers) == (2, D(3), D(31))
    assert (found.mean, found.median) == (D(17), D(17))


def test_nothing_traded_has_no_rhythm() -> None:
    found = reviewed(Book().opened()).rhythm()
    assert (found.frequency.per_day, found.frequency.busiest, found.holding.mean) == (None, None, None)
    assert (found.add_ons, found.densest) == ((), None)


def test_add_ons_stand_against_average_cost_with_the_break_before() -> None:
    """1,000 at 10, 1,000 at 8 (20 % below, one trading day on), then at 9.9 against an average of 9, four days on."""
    book = Book().opened().trade("2025-01-03", LineKind.BUY, CODE, 1000, "10")
    book.trade("2025-01-06", LineKind.BUY, CODE, 1000, "8").trade("2025-01-06", LineKind.BUY, "000001", 100, "5")
    book.trade("2025-01-10", LineKind.BUY, CODE, 1000, "9.9").trade("2025-01-10", LineKind.BUY, CODE, 100, "9.9")
    found = reviewed(book).rhythm()
    assert [(one.against_cost, one.average, one.since) for one in found.add_ons] == [
        (D("-0.2"), D(10), 1),
        (D("0.1"), D(9), 4),
    ]
    assert [one.line for one in found.below_cost] == [found.add_ons[0].line]


def test_leverage_and_concentration_through_time() -> None:
    """Five to one at the start (seed 001: 5 倍), and more with each day's fall; one stock is most of it."""
    found = sold_out().rhythm()
    first = found.exposures[0]
    assert first.leverage is not None
    assert round(first.leverage, 2) == D("5.01")
    assert found.peak is not None
    assert found.peak.day >= date(2025, 1, 10)
    assert (found.peak.leverage or 0) > D("7")
    assert found.densest is not None
    assert found.densest.largest == CODE
    assert (found.densest.largest_part or 0) > D("0.8")


def test_purchases_after_each_warning_sign() -> None:
    """The warning line is crossed at the close of the 8th, the call comes on the 9th, 2,000 are bought on the 10th."""
    later = {one.turn.name: one for one in sold_out().rhythm().later}
    assert later["first_warning"].turn.day == date(2025, 1, 8)
    assert later["first_warning"].amount == later["first_notice"].amount == D(18000)
    assert later["forced_sale"].lines == ()


def test_phases_add_up_to_the_whole_change() -> None:
    case = sold_out()
    found = case.rhythm().phases
    assert [(one.start, one.until) for one in found][:2] == [
        ("opening", date(2025, 1, 8)),
        ("first_warning", date(2025, 1, 8)),
    ]
    assert sum(one.change for one in found) == total_change(case.audit)
    # 40,000 shares fell from 10 to 9.4 by the close of the warning, after commission, duty and seven days' interest.
    assert found[0].change == D(-24000) - (D(120) + D(4)) - D(400000) * D("0.0005") * 7


@pytest.mark.parametrize(
    ("sold_on", "verdict"), [("2025-01-09", "kept"), ("2025-01-10", "broken"), ("2025-01-13", "broken")]
)
def test_a_stop_is_kept_by_the_close_of_the_next_trading_day(sold_on: str, verdict: str) -> None:
    """A rule of 5 %: the close of 9.4 on 8 January lies below 9.5, so the 9th is the day to be out."""
    at = weekdays("2025-01-02", 9).index(date.fromisoformat(sold_on))
    book = Book().opened().trade("2025-01-03", LineKind.BUY, CODE, 1000, "10")
    book.trade(sold_on, LineKind.SELL, CODE, 1000, FALL[at])
    (found,) = _stops(reviewed(book, bars=closes(FALL)), "0.05")
    assert (found.verdict, found.breached, found.stop_price) == (verdict, date(2025, 1, 8), D("9.5"))
    assert found.beyond == (None if verdict == "kept" else (D("9.5") - D(FALL[at])) * 1000)


def _stops(case: Reviewed, rule: str) -> tuple[Stop, ...]:
    found = case.rhythm(D(rule)).stops
    assert found is not None
    return found.stops


def test_a_stop_never_reached_is_kept_and_one_without_bars_cannot_be_told() -> None:
    book = Book().opened().trade("2025-01-03", LineKind.BUY, CODE, 1000, "10")
    book.trade("2025-01-03", LineKind.BUY, "000001", 1000, "10").trade("2025-01-09", LineKind.SELL, CODE, 1000, "9.2")
    book.trade("2025-01-09", LineKind.SELL, "000001", 1000, "5")
    found = reviewed(book, bars=closes(FALL)).rhythm(D("0.2")).stops
    assert found is not None
    assert {one.code: one.verdict for one in found.stops} == {CODE: "kept", "000001": "cannot_tell"}
    assert (found.count("broken"), found.beyond) == (0, D(0))


def test_a_forced_sale_does_not_keep_the_clients_rule() -> None:
    found = sold_out().rhythm(D("0.05")).stops
    assert found is not None
    assert found.count("broken") == 1
    # 40,000 were held when 9.4 closed below 9.5; they brought 9.
    assert found.beyond == D(20000)


@pytest.mark.parametrize("rule", ["0", "1", "8"])
def test_a_stop_beyond_sense_is_refused(rule: str) -> None:
    with pytest.raises(UsageError, match="between 0 and 1"):
        sold_out().rhythm(D(rule))
