"""What is stored comes back equal, with its place in the file."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, time
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.store.facts import NOW, arrival, contract, notices, place, prices, statement
from workbench.domain.case import CaseKind
from workbench.domain.lines import Line, LineKind, PrintedDelay, PrintedPeriod, RowIssue, Statement, TradeFees
from workbench.store import converters
from workbench.store.columns import scaled, unscaled
from workbench.store.repositories.documents import numbered
from workbench.store.store import Store


def test_all_kinds_come_back_equal(store: Store) -> None:
    with store.write() as unit:
        unit.cases.create("案", CaseKind.OFF_EXCHANGE, NOW)
        key = unit.cases.key("案")
        for content in (statement(), contract(), prices(), notices(), None):
            unit.documents.add(key, arrival(content), NOW)
        unit.commit()
    with store.read() as unit:
        assert unit.documents.statements(key) == (numbered(statement(), 1),)
        assert unit.documents.contracts(key) == ((2, contract()),)
        assert unit.documents.price_files(key) == (prices(),)
        assert unit.documents.notice_logs(key) == (notices(),)
        assert [document.number for document in unit.documents.all(key)] == [1, 2, 3, 4, 5]
        assert unit.documents.line_source(key, "S1.3") == place("a.pdf", 3)
        assert unit.documents.line_kind(key, "S1.3") is LineKind.BUY
        assert unit.documents.line_kind(key, "S1.77") is None
        assert unit.documents.line_kind(key, "nonsense") is None


amounts = st.none() | st.decimals(min_value=-(10**12), max_value=10**12, places=6)
texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)
lines = st.builds(
    Line,
    id=st.integers(1, 10**6).map(lambda number: f"S3.{number}"),
    source=st.just(place("a.pdf", 3, "买入 | 600519")),
    date=st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    kind=st.sampled_from(LineKind),
    stated=amounts.map(lambda amount: amount or Decimal(0)),
    operation=texts,
    time=st.none() | st.just(time(9, 30, 1)),
    code=st.none() | st.just("600519"),
    price=st.none() | st.decimals(min_value=0, max_value=10**6, places=12),
    gross=amounts,
    fees=st.builds(TradeFees, commission=amounts, other=amounts),
    balance=amounts,
    remark=texts,
    period=st.none() | st.builds(PrintedPeriod, st.dates(), st.dates(), st.none() | st.integers(0, 400)),
    delay=st.none() | st.builds(PrintedDelay, st.none() | st.dates(), st.none() | st.dates(), st.none()),
    tranche=st.none() | st.integers(1, 40),
    proofs=st.frozensets(st.sampled_from(["gross", "net", "balance"])),
)


@given(lines)
def test_any_line_survives_conversion(line: Line) -> None:
    values = converters.line_values(1, 0, line)
    figures = {name: unscaled(scaled(value, 6), 6) for name, value in values.items() if _is_amount(name, value)}
    assert converters.line(values | figures, 3, line.source.sha256, line.source.file) == line


def _is_amount(name: str, value: object) -> bool:
    return isinstance(value, Decimal) and name != "price"


def test_a_large_statement_goes_in_and_out_whole(store: Store) -> None:
    first = statement().lines[2]
    many = tuple(replace(first, id=f"S0.{number}") for number in range(1, 12_001))
    large = replace(statement(), lines=many, issues=())
    with store.write() as unit:
        unit.cases.create("案", CaseKind.OFF_EXCHANGE, NOW)
        key = unit.cases.key("案")
        unit.documents.add(key, arrival(large), NOW)
        unit.commit()
    with store.read() as unit:
        assert unit.documents.statements(key)[0].lines == numbered(large, 1).lines
        assert unit.coverage.of(key).lines == 12_000


def full_statement() -> Statement:
    """Return a statement in which no field of any part has its default."""
    period = PrintedPeriod(date(2025, 3, 3), date(2025, 4, 3), 31)
    delay = PrintedDelay(date(2025, 4, 3), date(2025, 4, 9), 6)
    fees = TradeFees(*(Decimal(f"{number}.25") for number in range(1, 8)))
    line = Line(
        id="S0.1",
        source=place("full.pdf", 4, "2025-04-09 | 卖出"),
        date=date(2025, 4, 9),
        kind=LineKind.FORCED_SELL,
        stated=Decimal("-1.25"),
        operation="证券卖出",
        time=time(14, 57, 3),
        code="600519",
        name="贵州茅台",
        quantity=Decimal(600),
        price=Decimal("1500.123"),
        gross=Decimal("900073.80"),
        fees=fees,
        balance=Decimal("1.25"),
        position=Decimal(100),
        remark="2025-03-03至2025-04-03 31天",
        serial="A1",
        period=period,
        delay=delay,
        withheld=Decimal("6200.50"),
        tranche=2,
        proofs=frozenset({"net", "gross"}),
    )
    return Statement(
        sha256=line.source.sha256,
        file="full.pdf",
        layout="ruled",
        lines=(line,),
        issues=(RowIssue(place("full.pdf", 9), "no_amount", "合计", Decimal("0.5")),),
        title="对账单",
        holder="张某",
        account="8800",
        start=date(2025, 3, 3),
        end=date(2025, 4, 9),
        opening=Decimal("0.01"),
        closing=Decimal("1.25"),
        printed_count=1,
        has_balance=False,
        book="bank",
    )


def test_no_field_is_forgotten(store: Store) -> None:
    full = full_statement()
    parts = (full, full.lines[0], full.lines[0].fees, full.lines[0].period, full.lines[0].delay, full.issues[0])
    for part in parts:
        assert part is not None
        for field in fields(part):
            assert getattr(part, field.name) != field.default, f"give {field.name} a value, so that its loss shows"
    with store.write() as unit:
        unit.cases.create("案", CaseKind.OFF_EXCHANGE, NOW)
        key = unit.cases.key("案")
        unit.documents.add(key, arrival(full), NOW)
        assert unit.documents.statements(key) == (numbered(full, 1),)
