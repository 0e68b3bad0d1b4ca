"""Sales that look forced: proposed with their grounds, never decided."""

from __future__ import annotations

from tests.engine.test_liquidation import SALE, TERMS, bars, log
from tests.engine.worlds import Book, audit, tables
from workbench.domain.audit import AuditOptions
from workbench.domain.case import CaseKind
from workbench.domain.lines import LineKind
from workbench.domain.liquidation import Proposal
from workbench.domain.market import NoticeKind, NoticeLog
from workbench.domain.terms import Term, Terms
from workbench.engine.audit import run_audit
from workbench.engine.facts import CaseFacts

BUY, SELL = LineKind.BUY, LineKind.SELL
TOLD = log((f"{SALE} 13:40", NoticeKind.LIQUIDATED))


def proposals(book: Book, price: str = "9.5", logs: tuple[NoticeLog, ...] = ()) -> list[Proposal]:
    return list(audit(book, TERMS, bars=bars(price), logs=logs).liquidation.proposals)


def sold(**more: object) -> Book:
    book = Book().opened().trade("2025-01-03", BUY, "600001", 40000, "10", serial="1")
    return book.trade(SALE, SELL, "600001", 40000, "9.5", serial="2", **more)


def both_sold(when: str = SALE) -> Book:
    book = Book().opened().trade("2025-01-03", BUY, "600001", 20000, "10", serial="1")
    book.trade("2025-01-03", BUY, "600002", 1000, "10", serial="2")
    book.trade(when, SELL, "600001", 20000, "8.5", serial="3")
    return book.trade(when, SELL, "600002", 1000, "10", serial="4")


def test_a_sale_without_any_sign_is_the_clients_own() -> None:
    assert proposals(sold()) == []


def test_a_message_of_that_day_is_a_strong_sign() -> None:
    (found,) = proposals(sold(), logs=(TOLD,))
    assert (found.line, found.grounds, found.strong) == ("S1.4", ("notice",), True)
    assert "强平通知" in found.why_zh


def test_a_message_that_tells_of_another_day_is_none() -> None:
    later = log(("2025-01-18 13:40", NoticeKind.LIQUIDATED))
    assert proposals(sold(), logs=(later,)) == []


def test_a_remark_alone_is_a_weak_sign_and_a_denial_none() -> None:
    (found,) = proposals(sold(remark="风控指令"))
    assert (found.grounds, found.strong) == (("remark",), False)
    assert proposals(sold(remark="距平仓线 3%")) == []


def test_everything_sold_below_the_line_is_a_strong_pattern() -> None:
    found = proposals(both_sold(), "2")
    assert [(one.grounds, one.strong) for one in found] == [(("all_at_once", "below_line"), True)] * 2


def test_everything_sold_above_the_line_is_none() -> None:
    assert proposals(both_sold()) == []


def test_what_a_person_called_their_own_is_not_proposed_again() -> None:
    lines = tuple(sold(remark="风控指令").lines)
    terms = Terms(tuple(Term(key, value) for key, value in TERMS.items()))
    facts = CaseFacts("case", CaseKind.OFF_EXCHANGE, terms, lines=lines, own_sales=frozenset({"S1.4"}))
    assert run_audit(facts, tables(), AuditOptions(), "test").liquidation.proposals == ()


def test_nothing_is_changed_by_a_proposal() -> None:
    found = audit(sold(), TERMS, bars=bars("9.5"), logs=(TOLD,))
    assert found.liquidation.fills == ()
    assert "forced_proposed" in {gap.code for gap in found.gaps}
