"""Small facts of the domain for tests of the store and the services, built by hand."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from workbench.domain.case import DocumentKind
from workbench.domain.lines import Line, LineKind, RowIssue, Statement, TradeFees
from workbench.domain.market import Bar, Notice, NoticeKind, NoticeLog, PriceFile
from workbench.domain.source import Box, Source
from workbench.domain.terms import Clause, Contract, Contradiction, Term, Terms
from workbench.store.arrival import Arrival, Content

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def place(file: str, row: int, text: str = "") -> Source:
    return Source(sha(file), file, page=1, row=row, box=Box(10, 20.5 + row, 500, 30.5 + row), text=text)


def posting(file: str, number: int, kind: LineKind, stated: str, day: date = date(2025, 3, 3)) -> Line:
    return Line(f"S0.{number}", place(file, number), day, kind, Decimal(stated), operation=kind.value)


def trade(file: str, number: int, kind: LineKind, day: date, quantity: int, price: str) -> Line:
    gross = Decimal(quantity) * Decimal(price)
    return Line(
        id=f"S0.{number}",
        source=place(file, number),
        date=day,
        kind=kind,
        stated=-gross if kind is LineKind.BUY else gross,
        code="600519",
        quantity=Decimal(quantity),
        price=Decimal(price),
        gross=gross,
        fees=TradeFees(commission=Decimal("5.00")),
    )


def statement(file: str = "a.pdf", *, months: int = 1, start: date = date(2025, 3, 3)) -> Statement:
    lines = [
        posting(file, 1, LineKind.MARGIN_IN, "100000", start),
        posting(file, 2, LineKind.DRAWDOWN, "400000", start),
        trade(file, 3, LineKind.BUY, start, 600, "700.12"),
        trade(file, 4, LineKind.SELL, start + timedelta(days=3), 600, "650.5"),
    ]
    lines += [
        posting(file, 5 + month, LineKind.INTEREST, "-6200", start + timedelta(days=10 + 30 * month))
        for month in range(months)
    ]
    issue = RowIssue(place(file, 99, "合计 | "), "no_amount", "合计", Decimal("0.01"))
    return Statement(sha(file), file, "ruled", tuple(lines), (issue,), title="交割单", start=start, end=lines[-1].date)


def contract(file: str = "c.docx", signed: str | None = "2025-03-01", **values: str) -> Contract:
    chosen = {"rate": "0.015", "rate_period": "month", "financing": "400000", **values}
    if signed is not None:
        chosen["signed_on"] = signed
    terms = tuple(Term(key, value, source=place(file, row, key)) for row, (key, value) in enumerate(chosen.items()))
    return Contract(
        sha(file),
        file,
        Terms(terms),
        (Contradiction(("margin", "leverage"), "10万 × 4 ≠ 50万", (place(file, 7), place(file, 9))),),
        (Clause("no_notice", place(file, 12, "甲方有权不经通知强制平仓")),),
    )


def prices(file: str = "p.csv") -> PriceFile:
    bars = tuple(
        Bar(
            date(2025, 3, 3) + timedelta(days=day),
            "600519",
            Decimal("700.123"),
            Decimal(710),
            Decimal("690.1"),
            Decimal("699.99"),
            Decimal(120_000),
            Decimal("84000000.55"),
            source=None if day == 0 else place(file, day),
        )
        for day in range(4)
    )
    return PriceFile(sha(file), file, bars, (RowIssue(place(file, 9), "bad_price", "停牌"),))


def notices(file: str = "n.txt") -> NoticeLog:
    notice = Notice(
        datetime(2025, 3, 5, 14, 2),  # noqa: DTZ001  a log states local time
        NoticeKind.MARGIN_CALL,
        "sms",
        "某某配资",
        "您的账户已触及预警线",
        place(file, 1),
        ratio=Decimal("1.2689"),
        deadline=datetime(2025, 3, 6, 10, 0),  # noqa: DTZ001
    )
    return NoticeLog(sha(file), file, (notice,), complete=True, counterparty="某某配资")


KINDS = {
    Statement: DocumentKind.STATEMENT,
    Contract: DocumentKind.CONTRACT,
    PriceFile: DocumentKind.PRICES,
    NoticeLog: DocumentKind.NOTICE,
}


def arrival(content: Content, file: str | None = None) -> Arrival:
    if content is None:
        name = file or "photo.png"
        return Arrival(DocumentKind.EVIDENCE, name, sha(name), 10, None)
    start = content.start if isinstance(content, Statement) else None
    end = content.end if isinstance(content, Statement) else None
    layout = content.layout if isinstance(content, Statement) else ""
    return Arrival(KINDS[type(content)], content.file, content.sha256, 10, content, layout, start, end)
