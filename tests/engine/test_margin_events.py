"""What the other side told on the way, beside what the account's own figures give."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest

from tests.engine.test_liquidation import TERMS, bars
from tests.engine.worlds import Book, D, audit, day
from workbench.domain.lines import LineKind
from workbench.domain.margin import MarginEvent
from workbench.domain.market import Notice, NoticeKind, NoticeLog
from workbench.domain.source import Source

SOURCE = Source("0" * 64, "notices.txt")
CALL = Notice(datetime(2025, 1, 14, 16, 0), NoticeKind.MARGIN_CALL, "sms", "x", "追加", SOURCE)  # noqa: DTZ001


def events(notice: Notice, book: Book | None = None) -> tuple[MarginEvent, ...]:
    ledger = book or Book().opened()
    ledger.trade("2025-01-03", LineKind.BUY, "600001", 40000, "10", serial="1")
    ledger.post("2025-01-15", LineKind.MARGIN_IN, "20000")
    ledger.trade("2025-01-16", LineKind.FORCED_SELL, "600001", 40000, "8.8", serial="2")
    found = audit(ledger, TERMS, bars=bars("8.9"), logs=(NoticeLog("0" * 64, "notices.txt", (notice,)),))
    return found.margin.events


@pytest.mark.parametrize(
    ("ratio", "as_of", "agrees", "convention"),
    [
        ("0.5588", "2025-01-14", True, "equity_over_margin"),
        ("0.5588", None, True, "equity_over_margin"),
        ("1.1322", None, True, "assets_over_debt"),
        ("0.4100", "2025-01-14", False, "equity_over_margin"),
    ],
)
def test_a_told_ratio_is_held_against_the_account(ratio: str, as_of: str | None, agrees: bool, convention: str) -> None:
    told = replace(CALL, ratio=D(ratio), as_of=day(as_of) if as_of else None)
    event = next(one for one in events(told) if one.notice)
    assert (event.agrees, event.convention, event.day) == (agrees, convention, day("2025-01-14"))
    assert ("一致" in event.text_zh, "不一致" in event.text_zh) == (True, not agrees)


def test_a_ratio_reached_only_on_the_agreed_financing_is_named() -> None:
    book = Book()
    book.post("2025-01-02", LineKind.MARGIN_IN, "100000")
    book.post("2025-01-02", LineKind.DRAWDOWN, "394000", withheld=Decimal(6000))
    told = replace(CALL, ratio=D("0.4988"), as_of=day("2025-01-14"))
    event = next(one for one in events(told, book) if one.notice)
    assert (event.agrees, event.by_contract) == (False, True)
    assert event.computed is not None
    assert round(event.computed, 4) == D("0.4988")


def test_top_ups_and_forced_sales_stand_on_the_timeline_in_order() -> None:
    found = events(replace(CALL, assets=D("455880.00")))
    assert [(one.kind, one.at.date().isoformat(), one.amount) for one in found] == [
        ("margin_call", "2025-01-14", None),
        ("top_up", "2025-01-15", D(20000)),
        ("forced_sale", "2025-01-16", None),
    ]
    assert found[0].agrees is not None
