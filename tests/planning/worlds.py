"""Bars and reviewed accounts for these tests, built by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tests.engine.worlds import Book, D, facts_of, tables
from workbench.domain.audit import Audit, AuditOptions
from workbench.domain.market import Bar, NoticeLog
from workbench.domain.terms import TermValue
from workbench.engine.account import Account
from workbench.engine.audit import open_account, run_audit
from workbench.engine.facts import CaseFacts
from workbench.engine.prices import Prices, build_prices
from workbench.planning.attribution import Attribution, attribute
from workbench.planning.rhythm import Rhythm, build_rhythm
from workbench.planning.rules import Rule, build_rules

CODE = "600001"


@dataclass(frozen=True)
class Reviewed:
    """One case with everything the review makes of it."""

    audit: Audit
    account: Account
    prices: Prices

    def attribution(self) -> Attribution:
        return attribute(self.audit, self.account, self.prices)

    def rhythm(self, stop_loss: Decimal | None = None) -> Rhythm:
        return build_rhythm(self.audit, self.account, self.prices, stop_loss)

    def rules(self, stop_loss: Decimal | None = None) -> dict[str, Rule]:
        bars, exposures = tuple(self.prices.bars.values()), self.rhythm().exposures
        return {rule.code: rule for rule in build_rules(self.audit, bars, exposures, stop_loss)}


def reviewed_facts(facts: CaseFacts) -> Reviewed:
    """Audit facts and open what the review reads."""
    account = open_account(facts, tables(), AuditOptions())
    return Reviewed(run_audit(facts, tables(), AuditOptions(), "test"), account, build_prices(account))


def reviewed(
    book: Book,
    terms: Mapping[str, TermValue] | None = None,
    bars: tuple[Bar, ...] = (),
    logs: tuple[NoticeLog, ...] = (),
) -> Reviewed:
    """Audit a ledger built by hand."""
    return reviewed_facts(facts_of(book, terms, bars=bars, logs=logs))


def weekdays(start: str, count: int) -> list[date]:
    """Return trading days of the test calendar from a day on."""
    days = tables().calendar.days
    first = next(at for at, day in enumerate(days) if day >= date.fromisoformat(start))
    return list(days[first : first + count])


def closes(prices: Sequence[str | Decimal], start: str = "2025-01-02", code: str = CODE) -> tuple[Bar, ...]:
    """Return daily bars that only have a close, one a trading day."""
    found = []
    for day, price in zip(weekdays(start, len(prices)), prices, strict=True):
        one = D(price)
        found.append(Bar(day, code, one, one, one, one, D(1000000), one * 1000000))
    return tuple(found)


def bar(day: str, opened: str, high: str, low: str, close: str, volume: str = "1000", code: str = CODE) -> Bar:
    """Return one daily bar."""
    return Bar(date.fromisoformat(day), code, D(opened), D(high), D(low), D(close), D(volume))
