"""Exact figures survive the database to the last digit, sum in SQL, and refuse what would have to be rounded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Connection, Integer, MetaData, Table, create_engine, func, insert, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import StatementError

from workbench.store.columns import Digits, Moment, NullableJson, Yuan, scaled, unscaled

METADATA = MetaData()
FIGURES = Table(
    "figures",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("yuan", Yuan()),
    Column("digits", Digits()),
    Column("at", Moment()),
    Column("extra", NullableJson()),
)


@pytest.fixture(name="connection")
def _connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    METADATA.create_all(engine)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


yuan = st.decimals(min_value=Decimal(-9000000000000), max_value=Decimal(9000000000000), places=6, allow_nan=False)


@given(yuan)
def test_every_storable_amount_comes_back_equal(amount: Decimal) -> None:
    assert unscaled(scaled(amount, 6), 6) == amount


@given(st.integers(min_value=-(2**63) + 1, max_value=2**63 - 1))
def test_every_stored_number_has_one_amount(number: int) -> None:
    assert scaled(unscaled(number, 6), 6) == number


def test_amounts_are_read_as_people_write_them() -> None:
    assert [str(unscaled(scaled(Decimal(text), 6), 6)) for text in ("600", "1.5", "-6200.00", "0.123", "12.3450")] == [
        "600",
        "1.50",
        "-6200",
        "0.123",
        "12.345",
    ]


def test_sums_in_sql_are_exact(connection: Connection) -> None:
    connection.execute(insert(FIGURES), [{"yuan": Decimal("0.1")} for _ in range(1000)])
    assert connection.execute(select(func.sum(FIGURES.c.yuan))).scalar_one() == Decimal(100)


@pytest.mark.parametrize("bad", [0.1, True, "0.0000001x"])
def test_anything_but_exact_figures_is_refused(connection: Connection, bad: object) -> None:
    with pytest.raises(StatementError):
        connection.execute(insert(FIGURES), {"yuan": bad})


@pytest.mark.parametrize(
    "bad", ["0.0000001", "1e30", "-9223372036854.775808", "1e-40", "12345678901234567890.5", "NaN", "Infinity"]
)
def test_what_would_be_rounded_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match=r"decimals|too large|finite"):
        scaled(Decimal(bad), 6)


def test_prices_keep_every_digit(connection: Connection) -> None:
    price = Decimal("10.33333333333333333333333333333")
    connection.execute(insert(FIGURES), {"digits": price})
    assert connection.execute(select(FIGURES.c.digits)).scalar_one() == price


def test_moments_keep_their_instant_and_refuse_to_guess_a_zone(connection: Connection) -> None:
    beijing = timezone(timedelta(hours=8))
    connection.execute(insert(FIGURES), {"at": datetime(2026, 11, 20, 8, 0, tzinfo=beijing)})
    assert connection.execute(select(FIGURES.c.at)).scalar_one() == datetime(2026, 11, 20, tzinfo=UTC)
    with pytest.raises(StatementError):
        connection.execute(insert(FIGURES), {"at": datetime(2026, 11, 20)})  # noqa: DTZ001


def test_postgresql_gets_whole_numbers_too() -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    assert Yuan().compile(dialect=dialect) == "BIGINT"
    bind = Yuan().bind_processor(dialect)
    assert bind is not None
    assert bind(Decimal("1.25")) == 1_250_000
