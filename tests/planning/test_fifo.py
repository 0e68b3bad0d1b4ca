"""First in, first out: shares and cents are kept, and unknown purchases are said."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.engine.worlds import Book, D
from tests.planning.worlds import CODE
from workbench.domain.lines import LineKind
from workbench.engine.trade_charges import turnover
from workbench.planning.fifo import pieces

TRADES = st.lists(
    st.tuples(
        st.sampled_from([LineKind.BUY, LineKind.SELL, LineKind.FORCED_SELL]),
        st.sampled_from([CODE, "000001"]),
        st.integers(1, 9),
        st.integers(100, 9999),
    ),
    max_size=25,
)


def test_the_oldest_shares_leave_first() -> None:
    """1,000 at 10 and 1,000 at 12, then 1,500 sold at 11: 1,000 gained one yuan each, 500 lost one."""
    book = Book().opened().trade("2025-01-03", LineKind.BUY, CODE, 1000, "10")
    book.trade("2025-01-06", LineKind.BUY, CODE, 1000, "12").trade("2025-01-10", LineKind.SELL, CODE, 1500, "11")
    first, second, held = pieces(book.lines)
    assert [(one.quantity, one.result, one.days) for one in (first, second)] == [
        (D(1000), D(1000), 7),
        (D(500), D(-500), 4),
    ]
    assert (held.quantity, held.cost, held.sold, held.days) == (D(500), D(6000), None, None)


def test_shares_sold_without_a_purchase_have_no_cost_and_no_days() -> None:
    book = Book().opened().trade("2025-01-03", LineKind.BUY, CODE, 100, "10")
    book.trade("2025-01-06", LineKind.FORCED_SELL, CODE, 300, "9")
    known, unknown = pieces(book.lines)
    assert (known.result, known.forced) == (D(-100), True)
    assert (unknown.bought, unknown.quantity, unknown.proceeds, unknown.days) == (None, D(200), D(1800), None)


@given(TRADES)
def test_shares_and_cents_are_conserved(trades: list[tuple[LineKind, str, int, int]]) -> None:
    book = Book().opened()
    for side, code, lots, price in trades:
        book.trade("2025-01-03", side, code, lots * 100, str(Decimal(price) / 100))
    found = pieces(book.lines)
    bought = [line for line in book.lines if line.kind is LineKind.BUY]
    sold = [line for line in book.lines if line.code and line.kind is not LineKind.BUY]
    assert sum(one.quantity for one in found if one.bought) == sum(line.quantity or 0 for line in bought)
    assert sum(one.quantity for one in found if one.sold) == sum(line.quantity or 0 for line in sold)
    assert sum(one.cost for one in found) == sum(turnover(line) or 0 for line in bought)
    assert sum(one.proceeds for one in found) == sum(turnover(line) or 0 for line in sold)
    assert all(one.quantity > 0 and one.cost >= 0 and one.proceeds >= 0 for one in found)
    assert all(one.cost == one.cost.quantize(D("0.01")) for one in found)


def test_a_row_that_stands_twice_is_left_out() -> None:
    book = Book().opened().trade("2025-01-03", LineKind.BUY, CODE, 100, "10")
    assert pieces(book.lines, frozenset({"S1.3"})) == ()
