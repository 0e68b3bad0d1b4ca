"""The packaged tables are whole, exact and say how far they reach."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from workbench.domain.dates import DateRange
from workbench.domain.reference import ReferenceTables
from workbench.domain.statutes import cite_briefly
from workbench.errors import NotFoundError, ReferenceGapError
from workbench.reference.files import DATA, table_infos
from workbench.reference.loader import load_tables
from workbench.reference.statutes import load_statutes


@pytest.fixture(scope="module")
def tables() -> ReferenceTables:
    """Return the packaged tables."""
    return load_tables()


def test_lpr_is_a_fraction_and_holds_until_the_next_publication(tables: ReferenceTables) -> None:
    assert tables.lpr_at(date(2019, 8, 20)).one_year == Decimal("0.0425")
    assert tables.lpr_at(date(2021, 2, 20)).date == date(2021, 2, 20)
    assert tables.lpr_at(date(2023, 8, 20)).one_year == Decimal("0.0355")
    assert tables.lpr_at(date(2023, 8, 21)).one_year == Decimal("0.0345")
    assert tables.lpr_at(date(2024, 2, 20)).five_year == Decimal("0.0395")
    assert tables.lpr_at(date(2026, 9, 20)).one_year == Decimal("0.03")
    assert all(Decimal("0.02") < quote.one_year < Decimal("0.05") for quote in tables.lpr)


@pytest.mark.parametrize("day", [date(2019, 8, 19), date(2026, 9, 21)])
def test_no_rate_is_guessed_outside_the_table(tables: ReferenceTables, day: date) -> None:
    with pytest.raises(ReferenceGapError, match=r"2019-08-20 \.\. 2026-09-20"):
        tables.lpr_at(day)


def test_every_month_has_one_publication(tables: ReferenceTables) -> None:
    months = [(quote.date.year, quote.date.month) for quote in tables.lpr]
    assert len(months) == len(set(months)) == 85
    assert (months[0], months[-1]) == ((2019, 8), (2026, 8))


CHARGES = (
    ("stamp_duty", "SSE", "sell", date(2023, 8, 27), "0.001"),
    ("stamp_duty", "SSE", "sell", date(2023, 8, 28), "0.0005"),
    ("stamp_duty", "SZSE", "buy", date(2024, 1, 2), None),
    ("transfer_fee", "SSE", "buy", date(2022, 4, 28), "0.00002"),
    ("transfer_fee", "SZSE", "sell", date(2022, 4, 29), "0.00001"),
    ("handling_fee", "BSE", "buy", date(2023, 8, 28), "0.000125"),
    ("regulatory_fee", "SSE", "buy", date(2020, 1, 2), "0.00002"),
    ("commission_cap", "SSE", "buy", date(2020, 1, 2), "0.003"),
)


@pytest.mark.parametrize(("item", "market", "side", "day", "rate"), CHARGES)
def test_charges_by_date_and_side(
    tables: ReferenceTables, item: str, market: str, side: str, day: date, rate: str | None
) -> None:
    charge = tables.charge_at(item, market, side, day)
    assert (None if charge is None else charge.rate) == (None if rate is None else Decimal(rate))


def test_only_shanghai_before_august_2015_charges_by_par_value(tables: ReferenceTables) -> None:
    by_par = [rate for rate in tables.charges if rate.basis == "par_value"]
    assert [(rate.item, rate.market, rate.effective_to) for rate in by_par] == [
        ("transfer_fee", "SSE", date(2015, 7, 31))
    ]
    shenzhen = tables.charge_at("transfer_fee", "SZSE", "buy", date(2015, 7, 31))
    assert shenzhen is not None
    assert shenzhen.rate == Decimal("0.0000255")


def test_no_charge_overlaps_another(tables: ReferenceTables) -> None:
    for one in tables.charges:
        for other in tables.charges:
            if one is not other and (one.item, one.market) == (other.item, other.market):
                assert (one.effective_to or date.max) < other.effective_from or (
                    other.effective_to or date.max
                ) < one.effective_from


def test_the_calendar_counts_and_refuses(tables: ReferenceTables) -> None:
    assert tables.calendar.count(DateRange(date(2026, 1, 1), date(2027, 1, 1))) == 242
    assert not tables.calendar.is_open(date(2024, 2, 9))
    assert tables.calendar.after(date(2024, 2, 8), 1) == date(2024, 2, 19)
    with pytest.raises(ReferenceGapError):
        tables.calendar.is_open(date(2027, 1, 4))


def test_court_fees_add_up_as_published(tables: ReferenceTables) -> None:
    def fee(amount: int) -> Decimal:
        total = Decimal(0)
        for tier in tables.court_property:
            if amount > tier.lower:
                upper = Decimal(amount) if tier.upper is None else min(Decimal(amount), tier.upper)
                total += tier.fixed + tier.rate * (upper - tier.lower)
        return total

    assert [fee(amount) for amount in (10_000, 100_000, 200_000, 1_000_000, 20_000_000)] == [
        50,
        2300,
        4300,
        13800,
        141800,
    ]


def test_every_file_is_described_and_hashed(tables: ReferenceTables) -> None:
    infos = table_infos()
    described = {info.file for info in infos.values()} | {"sources.toml", "README.md"}
    assert {path.name for path in DATA.iterdir()} == described
    assert set(tables.sources) == set(infos)
    assert all(info.source and info.title_zh and info.title_en for info in infos.values())
    assert infos["lpr"].last == tables.lpr[-1].date
    assert infos["trading_days"].last == tables.calendar.days[-1]


def test_the_version_names_the_content() -> None:
    assert load_tables().version == load_tables().version
    assert len(load_tables().version) == 64


@pytest.mark.parametrize(
    ("key", "zh", "en"),
    [
        ("民法典/一百八十八", "《民法典》第一百八十八条", "《民法典》 art. 188"),
        ("信访工作条例/十七", "《信访工作条例》第十七条", "《信访工作条例》 art. 17"),
        ("民法典/一千零一十", "《民法典》第一千零一十条", "《民法典》 art. 1010"),
        ("九民纪要/87-rest", "《九民纪要》第87条", "《九民纪要》 art. 87"),
        ("九民纪要", "《九民纪要》", "《九民纪要》"),
        ("九民纪要/前言", "《九民纪要》前言", "《九民纪要》 前言"),
    ],
)
def test_a_screen_cites_an_article_briefly(key: str, zh: str, en: str) -> None:
    assert (cite_briefly(key, "zh"), cite_briefly(key, "en")) == (zh, en)


def test_statutes_are_quoted_with_version_and_status() -> None:
    statutes = load_statutes()
    assert len(list(statutes)) == 141
    article = statutes.get("证券法/一百二十")
    assert article.verified
    assert article.text.startswith("第一百二十条")
    old = statutes.get("民间借贷规定(2015)/二十六")
    assert (old.effective, old.effective_to) == (date(2015, 9, 1), date(2020, 8, 19))
    assert not statutes.get("九民纪要/87-rest").verified
    with pytest.raises(NotFoundError):
        statutes.get("民法典/零")


def test_no_path_of_a_machine_is_shipped() -> None:
    for path in DATA.iterdir():
        assert "/work/" not in path.read_text(encoding="utf-8")
        assert "/home/" not in path.read_text(encoding="utf-8")
    assert json.loads((DATA / "statutes.json").read_text(encoding="utf-8"))
