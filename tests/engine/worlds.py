"""Small accounts to test the engine on, built by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from workbench.domain.audit import Audit, AuditOptions
from workbench.domain.case import CaseKind
from workbench.domain.lines import Line, LineKind, PrintedPeriod, Statement, TradeFees
from workbench.domain.market import Bar, NoticeLog
from workbench.domain.reference import ChargeRate, LprQuote, ReferenceTables, TradingCalendar
from workbench.domain.source import Source
from workbench.domain.terms import Term, Terms, TermValue
from workbench.engine.audit import run_audit
from workbench.engine.facts import CaseFacts

D = Decimal
BASE_TERMS: dict[str, TermValue] = {
    "signed_on": "2025-01-02",
    "margin": "100000",
    "financing": "400000",
    "rate": "0.0005",
    "rate_period": "day",
    "settlement": "monthly",
    "commission_rate": "0.0003",
    "commission_min": "5",
    "commission_inclusive": True,
}


def day(text: str) -> date:
    """Read an ISO date."""
    return date.fromisoformat(text)


def tables() -> ReferenceTables:
    """Weekdays from 2024 to 2026 as trading days, three LPR quotes, today's charges."""
    start = date(2024, 1, 1)
    days = tuple(start + timedelta(days=n) for n in range(1095) if (start + timedelta(days=n)).weekday() < 5)
    quotes = (
        LprQuote(day("2024-01-22"), D("0.0345"), D("0.042")),
        LprQuote(day("2025-02-20"), D("0.031"), D("0.036")),
        LprQuote(day("2025-05-20"), D("0.03"), D("0.035")),
    )
    charges = (
        ChargeRate("stamp_duty", "ALL", "sell", "turnover", D("0.0005"), day("2023-08-28"), None, "t"),
        ChargeRate("transfer_fee", "ALL", "both", "turnover", D("0.00001"), day("2022-04-29"), None, "t"),
        ChargeRate("handling_fee", "ALL", "both", "turnover", D("0.0000341"), day("2023-08-28"), None, "t"),
        ChargeRate("regulatory_fee", "ALL", "both", "turnover", D("0.00002"), day("2012-09-01"), None, "t"),
    )
    return ReferenceTables("test", quotes, day("2026-09-20"), charges, TradingCalendar(days, date(2026, 12, 31)))


class Book:
    """Writes a ledger line by line with a rolling balance."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.cash = D(0)

    def post(self, when: str, kind: LineKind, amount: str, **more: object) -> Book:
        """Add a posting; ``amount`` is its effect on cash."""
        self.cash += D(amount)
        number = len(self.lines) + 1
        fields: dict[str, object] = {"operation": kind.value, "balance": self.cash, **more}
        source = Source("0" * 64, "statement.csv", row=number)
        self.lines.append(Line(f"S1.{number}", source, day(when), kind, D(amount), **fields))  # type: ignore[arg-type]
        return self

    def interest(self, when: str, amount: str, start: str = "", end: str = "", days: int | None = None) -> Book:
        """Add an interest posting with an optional printed range."""
        period = PrintedPeriod(day(start), day(end), days) if start else None
        return self.post(when, LineKind.INTEREST, f"-{amount}", period=period)

    def trade(self, when: str, side: LineKind, code: str, shares: int, price: str, **more: object) -> Book:
        """Add a trade with correct charges; ``more`` may override the net amount or the fees."""
        gross = D(shares) * D(price)
        cent = D("0.01")
        fees = TradeFees(
            commission=max(D(5), (gross * D("0.0003")).quantize(cent)),
            stamp_duty=(gross * D("0.0005")).quantize(cent) if side is not LineKind.BUY else D(0),
            transfer_fee=(gross * D("0.00001")).quantize(cent),
        )
        given = more.pop("fees", fees)
        fees = given if isinstance(given, TradeFees) else fees
        net = gross - fees.total if side is not LineKind.BUY else -gross - fees.total
        amount = str(more.pop("net", net))
        return self.post(
            when, side, amount, code=code, quantity=D(shares), price=D(price), gross=gross, fees=fees, **more
        )

    def opened(self) -> Book:
        """Start with the usual deposit and drawdown on 2025-01-02."""
        return self.post("2025-01-02", LineKind.MARGIN_IN, "100000").post("2025-01-02", LineKind.DRAWDOWN, "400000")


def facts_of(
    book: Book,
    terms: Mapping[str, TermValue] | None = None,
    *,
    kind: CaseKind = CaseKind.OFF_EXCHANGE,
    bars: tuple[Bar, ...] = (),
    logs: tuple[NoticeLog, ...] = (),
    drop: tuple[str, ...] = (),
    until: date | None = None,
) -> CaseFacts:
    """Return a ledger's facts under the base terms with changes; ``drop`` removes terms, ``until`` is the last day."""
    chosen = {key: value for key, value in {**BASE_TERMS, **(terms or {})}.items() if key not in drop}
    lines = tuple(book.lines)
    statement = Statement("0" * 64, "statement.csv", "test", lines, opening=D(0), end=until)
    items = tuple(Term(key, value) for key, value in chosen.items())
    return CaseFacts("case", kind, Terms(items), (), (statement,), lines, bars, logs)


def audit(
    book: Book,
    terms: Mapping[str, TermValue] | None = None,
    *,
    kind: CaseKind = CaseKind.OFF_EXCHANGE,
    bars: tuple[Bar, ...] = (),
    logs: tuple[NoticeLog, ...] = (),
    options: AuditOptions | None = None,
    drop: tuple[str, ...] = (),
    until: date | None = None,
) -> Audit:
    """Audit a ledger under the base terms with changes."""
    facts = facts_of(book, terms, kind=kind, bars=bars, logs=logs, drop=drop, until=until)
    return run_audit(facts, tables(), options or AuditOptions(), "test")


def errors(result: Audit) -> list[tuple[str, str | None, str | None]]:
    """Return (code, date, delta) of the findings of severity ``error``."""
    return [
        (one.code, one.date.isoformat() if one.date else None, str(one.delta) if one.delta is not None else None)
        for one in result.findings
        if one.severity == "error"
    ]
