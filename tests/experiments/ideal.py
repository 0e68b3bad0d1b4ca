"""A simulated case handed to the engine as a perfect reading, so that engine and importer can be judged apart."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from tests.simulator.layout import Layout, operation_of
from tests.simulator.model import Message, Posting, SimCase
from tests.simulator.table import serials
from tests.simulator.truth import terms_of
from workbench.domain.case import CaseKind
from workbench.domain.lines import Line, LineKind, PrintedDelay, PrintedPeriod, Statement, TradeFees
from workbench.domain.market import Bar, Notice, NoticeKind, NoticeLog
from workbench.domain.source import Source
from workbench.domain.terms import Contract, Contradiction, Term, Terms
from workbench.engine.facts import CaseFacts

HASH = "0" * 64
RANGE = re.compile(r"(\d{4}-?\d\d-?\d\d)至(\d{4}-?\d\d-?\d\d)(?: 计?(\d+)天)?")
DELAY = re.compile(r"应付日(\S+) 实付日(\S+) 逾期(\d+)天")
WITHHELD = re.compile(r"已扣收首期利息([\d,.]+)元")
KINDS = {
    "强制平仓,成交": NoticeKind.LIQUIDATED,
    "执行强制平仓": NoticeKind.LIQUIDATED,
    "追加保证金通知": NoticeKind.MARGIN_CALL,
    "追加保证金事宜": NoticeKind.MARGIN_CALL,
    "预警线": NoticeKind.WARNING,
    "已收到": NoticeKind.DEPOSIT_CONFIRMED,
    "息": NoticeKind.DUE_REMINDER,
}


def _day(text: str) -> date:
    return date.fromisoformat(text if "-" in text else f"{text[:4]}-{text[4:6]}-{text[6:]}")


def _line(layout: Layout, row: Posting, number: int, serial: str) -> Line:
    span, delay, withheld = RANGE.search(row.remark), DELAY.search(row.remark), WITHHELD.search(row.remark)
    tranche = re.fullmatch(r"第(\d+)期", row.remark)
    return Line(
        id=f"S1.{number}",
        source=Source(HASH, "statement", row=number),
        date=row.date,
        kind=LineKind(row.kind),
        stated=row.net,
        operation=operation_of(layout, row),
        code=row.code,
        name=row.name,
        quantity=None if row.quantity is None else Decimal(row.quantity),
        price=row.price,
        gross=row.gross,
        fees=TradeFees(row.commission, row.stamp, row.transfer, row.handling, row.regulatory),
        balance=row.balance,
        position=Decimal(row.position) if row.position is not None and "position" in layout.columns else None,
        remark=row.remark,
        time=row.at,
        serial=serial if "serial" in layout.columns else None,
        period=PrintedPeriod(_day(span[1]), _day(span[2]), int(span[3]) if span[3] else None) if span else None,
        delay=PrintedDelay(_day(delay[1]), _day(delay[2]), int(delay[3])) if delay else None,
        withheld=Decimal(withheld[1].replace(",", "")) if withheld else None,
        tranche=int(tranche[1]) if tranche else None,
    )


def _notice(message: Message, number: int) -> Notice:
    kind = next((kind for words, kind in KINDS.items() if words in message.text), NoticeKind.OTHER)
    until = re.search(r"(\d{4}-\d\d-\d\d \d\d:\d\d)", message.text)
    closed = re.search(r"截至(\d{4}-\d\d-\d\d)", message.text)
    return Notice(
        at=message.at,
        kind=kind,
        channel=message.channel,
        sender="platform",
        text=message.text,
        source=Source(HASH, "notices.txt", row=number),
        as_of=date.fromisoformat(closed[1]) if closed else None,
        deadline=datetime.strptime(until[1], "%Y-%m-%d %H:%M") if until else None,  # noqa: DTZ007 - local wall time
    )


def _terms(values: dict[str, Any], units: dict[str, str]) -> Terms:
    return Terms(
        tuple(
            Term(key, tuple(value) if isinstance(value, list) else value, units.get(key))
            for key, value in values.items()
        )
    )


def _statements(case: SimCase, lines: tuple[Line, ...]) -> tuple[Statement, ...]:
    kept = any(finding.code == "LIQ-RESIDUAL" for finding in case.findings)
    edges = [0, *case.cuts, len(lines)]
    result = []
    for number, (start, end) in enumerate(pairwise(edges), start=1):
        stop = end - case.gap if number < len(edges) - 1 else end
        part, rows = lines[start:stop], case.postings[start:stop]
        result.append(
            Statement(
                sha256=HASH[:-1] + str(number),
                file=f"statement-{number}",
                layout="ideal",
                lines=part,
                account=case.deal.account,
                start=rows[0].date,
                end=rows[-1].date + timedelta(days=30 if kept and end == len(lines) else 0),
                opening=rows[0].balance - rows[0].net,
                closing=rows[-1].balance,
            )
        )
    return tuple(result)


def facts_of(case: SimCase, layout: Layout, random_serials: list[str] | None = None) -> CaseFacts:
    """Return the case as the engine would get it from a faultless importer."""
    numbers = random_serials or ["" for _ in case.postings]
    every = tuple(
        _line(layout, row, number, serial)
        for number, (row, serial) in enumerate(zip(case.postings, numbers, strict=True), start=1)
    )
    statements = _statements(case, every)
    deal = case.deal
    units = {"management_fee": "yuan"} if deal.management_fee and deal.management_unit == "yuan" else {}
    terms = _terms(terms_of(deal), units)
    clash = (Contradiction(("leverage", "financing"), "杠杆倍数与金额不符"),) if deal.printed_leverage else ()
    sold = any(row.kind == "forced_sell" for row in case.postings)
    notices = tuple(_notice(message, i) for i, message in enumerate(case.messages, start=1))
    return CaseFacts(
        name=case.name,
        kind=CaseKind(deal.kind),
        terms=terms,
        contracts=(Contract(HASH, "contract", terms, clash),),
        statements=statements,
        lines=tuple(line for statement in statements for line in statement.lines),
        bars=tuple(Bar(b.date, b.code, b.open, b.high, b.low, b.close, Decimal(b.volume), b.amount) for b in case.bars),
        notice_logs=(NoticeLog(HASH, "notices.txt", notices, complete=True),) if sold else (),
    )


def serial_numbers(case: SimCase, layout: Layout, random: Any) -> list[str]:
    """Serial numbers as the statement prints them."""
    return serials(random, case.postings) if "serial" in layout.columns else ["" for _ in case.postings]
