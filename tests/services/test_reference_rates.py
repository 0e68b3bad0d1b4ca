"""Rates published after this version can be added, are marked as the user's, and never leave a gap."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from workbench.errors import InputError, ReferenceGapError, UsageError
from workbench.services.desk import Desk
from workbench.services.reference_rates import add_lpr, add_trading_days, list_tables

THREE, FOUR = Decimal("0.03"), Decimal("0.035")


def test_an_added_rate_is_used_and_marked(desk: Desk) -> None:
    before = desk.tables()
    with pytest.raises(ReferenceGapError):
        before.lpr_at(date(2026, 10, 1))
    add_lpr(desk, date(2026, 9, 21), Decimal("0.0295"), FOUR)
    quote = desk.tables().lpr_at(date(2026, 10, 1))
    assert (quote.one_year, quote.by_user) == (Decimal("0.0295"), True)
    assert desk.tables().version != before.version
    assert desk.tables().lpr_at(date(2026, 8, 20)).by_user is False
    with pytest.raises(ReferenceGapError):
        desk.tables().lpr_at(date(2026, 10, 21))
    status = {table.name: table for table in list_tables(desk)}["lpr"]
    assert (status.last, status.valid_to, status.by_user) == (date(2026, 9, 21), date(2026, 10, 20), 1)
    assert status.expired


def test_the_same_month_again_replaces(desk: Desk) -> None:
    add_lpr(desk, date(2026, 9, 20), THREE, FOUR)
    add_lpr(desk, date(2026, 9, 21), Decimal("0.029"), FOUR)
    assert [quote.date for quote in desk.tables().lpr if quote.by_user] == [date(2026, 9, 21)]


@pytest.mark.parametrize(
    ("day", "rate"),
    [
        (date(2026, 10, 20), THREE),
        (date(2026, 8, 20), THREE),
        (date(2020, 1, 1), THREE),
        (date(2026, 12, 21), THREE),
        (date(2026, 9, 21), Decimal(3)),
        (date(2026, 9, 21), Decimal("0.0003")),
    ],
    ids=["skips a month", "packaged", "old", "future", "percent as fraction", "too small"],
)
def test_what_would_make_the_table_wrong_is_refused(desk: Desk, day: date, rate: Decimal) -> None:
    with pytest.raises(UsageError):
        add_lpr(desk, day, rate, FOUR)
    assert not desk.reference_dir.exists()


def test_added_trading_days_move_the_end(desk: Desk) -> None:
    add_trading_days(desk, [date(2027, 1, 4), date(2027, 1, 5)], date(2027, 1, 5))
    add_trading_days(desk, [date(2027, 1, 6)], date(2027, 1, 10))
    calendar = desk.tables().calendar
    assert calendar.after(date(2026, 12, 31), 3) == date(2027, 1, 6)
    assert not calendar.is_open(date(2027, 1, 9))
    with pytest.raises(ReferenceGapError):
        calendar.is_open(date(2027, 1, 11))


@pytest.mark.parametrize("day", [date(2026, 12, 30), date(2027, 1, 9), date(2027, 2, 1)])
def test_wrong_trading_days_are_refused(desk: Desk, day: date) -> None:
    with pytest.raises(UsageError):
        add_trading_days(desk, [day], date(2027, 1, 31))


def test_a_damaged_file_of_the_user_is_named(desk: Desk) -> None:
    desk.reference_dir.mkdir(parents=True)
    path = desk.reference_dir / "lpr.csv"
    for content in ("date,one_year,five_year\n2026-09-21,three,0.035\n", "date,one_year\n2026-09-21\n", "date\n\x00"):
        path.write_text(content, encoding="utf-8")
        desk.forget_tables()
        with pytest.raises(InputError, match=r"lpr\.csv"):
            desk.tables()
    path.write_text("date,one_year,five_year\n2026-11-20,0.03,0.035\n", encoding="utf-8")
    with pytest.raises(InputError, match="missing"):
        desk.tables()
