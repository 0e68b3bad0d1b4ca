"""Rows to domain objects and back: statement lines, messages, bars, terms. The only place that knows both shapes.

Lines are converted to and from plain mappings, for a statement may have a hundred thousand of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from sys import intern
from typing import Any

from workbench.domain.lines import Line, LineKind, PrintedDelay, PrintedPeriod, RowIssue, TradeFees
from workbench.domain.market import Bar, Notice, NoticeKind
from workbench.domain.source import Box, Source
from workbench.domain.terms import Clause, Contradiction, Term, TermStatus, TermValue

Values = Mapping[str, Any]
"""One row as column name -> typed value."""


def place(source: Source | None) -> dict[str, Any]:
    """Return the columns that say where in its document a fact stands."""
    if source is None:
        return {"page": None, "row": None, "box": None, "words": ""}
    box = source.box
    return {
        "page": source.page,
        "row": source.row,
        "box": None if box is None else [box.x0, box.top, box.x1, box.bottom],
        "words": source.text,
    }


def source(values: Values, sha256: str, file: str) -> Source:
    """Return the place of a row in its document."""
    box = values["box"]
    return Source(sha256, file, values["page"], values["row"], None if box is None else Box(*box), values["words"])


def line_values(document_id: int, position: int, line: Line) -> dict[str, Any]:
    """Return the columns of a posting."""
    fees, period, delay = line.fees, line.period, line.delay
    return place(line.source) | {
        "document_id": document_id,
        "position": position,
        "label": line.id.partition(".")[2] or str(position + 1),
        "day": line.date,
        "kind": line.kind.value,
        "stated": line.stated,
        "operation": line.operation,
        "clock": line.time,
        "code": line.code,
        "name": line.name,
        "quantity": line.quantity,
        "price": line.price,
        "gross": line.gross,
        "commission": fees.commission,
        "stamp_duty": fees.stamp_duty,
        "transfer_fee": fees.transfer_fee,
        "handling_fee": fees.handling_fee,
        "regulatory_fee": fees.regulatory_fee,
        "settlement_fee": fees.settlement_fee,
        "other_fee": fees.other,
        "balance": line.balance,
        "shares": line.position,
        "remark": line.remark,
        "serial": line.serial,
        "period_start": None if period is None else period.start,
        "period_end": None if period is None else period.end,
        "period_days": None if period is None else period.days,
        "delayed": delay is not None,
        "delay_due": None if delay is None else delay.due,
        "delay_paid": None if delay is None else delay.paid,
        "delay_days": None if delay is None else delay.days,
        "withheld": line.withheld,
        "tranche": line.tranche,
        "proofs": ",".join(sorted(line.proofs)),
    }


def line(values: Values, number: int, sha256: str, file: str) -> Line:
    """Return the posting; ``number`` is that of the document in the case."""
    start, end = values["period_start"], values["period_end"]
    return Line(
        id=f"S{number}.{values['label']}",
        source=source(values, sha256, file),
        date=values["day"],
        kind=LineKind(values["kind"]),
        stated=values["stated"],
        operation=intern(values["operation"]),
        time=values["clock"],
        code=_shared(values["code"]),
        name=_shared(values["name"]),
        quantity=values["quantity"],
        price=values["price"],
        gross=values["gross"],
        fees=TradeFees(
            values["commission"],
            values["stamp_duty"],
            values["transfer_fee"],
            values["handling_fee"],
            values["regulatory_fee"],
            values["settlement_fee"],
            values["other_fee"],
        ),
        balance=values["balance"],
        position=values["shares"],
        remark=values["remark"],
        serial=values["serial"],
        period=None if start is None else PrintedPeriod(start, end, values["period_days"]),
        delay=PrintedDelay(values["delay_due"], values["delay_paid"], values["delay_days"])
        if values["delayed"]
        else None,
        withheld=values["withheld"],
        tranche=values["tranche"],
        proofs=_proofs(values["proofs"]),
    )


def _shared(text: str | None) -> str | None:
    """Return one object for equal texts: a ledger names few securities, each a thousand times."""
    return None if text is None else intern(text)


@lru_cache(maxsize=256)
def _proofs(stored: str) -> frozenset[str]:
    return frozenset(filter(None, stored.split(",")))


def issue_values(document_id: int, position: int, issue: RowIssue) -> dict[str, Any]:
    """Return the columns of an open question."""
    return place(issue.source) | {
        "document_id": document_id,
        "position": position,
        "reason": issue.reason,
        "detail": issue.detail,
        "difference": issue.difference,
    }


def issue(values: Values, sha256: str, file: str) -> RowIssue:
    """Return the open question of a row."""
    return RowIssue(source(values, sha256, file), values["reason"], values["detail"], values["difference"])


def bar_values(document_id: int, position: int, bar: Bar) -> dict[str, Any]:
    """Return the columns of a price bar."""
    return place(bar.source) | {
        "document_id": document_id,
        "position": position,
        "day": bar.date,
        "code": bar.code,
        "open": bar.open,
        "high": bar.high,
        "low": bar.low,
        "close": bar.close,
        "volume": bar.volume,
        "amount": bar.amount,
        "clock": bar.time,
        "sourced": bar.source is not None,
    }


def bar(values: Values, sha256: str, file: str) -> Bar:
    """Return the price bar."""
    return Bar(
        date=values["day"],
        code=values["code"],
        open=values["open"],
        high=values["high"],
        low=values["low"],
        close=values["close"],
        volume=values["volume"],
        amount=values["amount"],
        time=values["clock"],
        source=source(values, sha256, file) if values["sourced"] else None,
    )


def notice_values(document_id: int, position: int, notice: Notice) -> dict[str, Any]:
    """Return the columns of a message."""
    return place(notice.source) | {
        "document_id": document_id,
        "position": position,
        "at": notice.at.isoformat(),
        "kind": notice.kind.value,
        "channel": notice.channel,
        "sender": notice.sender,
        "text": notice.text,
        "from_client": notice.from_client,
        "as_of": notice.as_of,
        "ratio": notice.ratio,
        "assets": notice.assets,
        "amount": notice.amount,
        "deadline": None if notice.deadline is None else notice.deadline.isoformat(),
    }


def notice(values: Values, sha256: str, file: str) -> Notice:
    """Return the message."""
    return Notice(
        at=datetime.fromisoformat(values["at"]),
        kind=NoticeKind(values["kind"]),
        channel=values["channel"],
        sender=values["sender"],
        text=values["text"],
        source=source(values, sha256, file),
        from_client=values["from_client"],
        as_of=values["as_of"],
        ratio=values["ratio"],
        assets=values["assets"],
        amount=values["amount"],
        deadline=None if values["deadline"] is None else datetime.fromisoformat(values["deadline"]),
    )


def term_values(document_id: int, position: int, term: Term) -> dict[str, Any]:
    """Return the columns of a contract's term."""
    return place(term.source) | {
        "document_id": document_id,
        "position": position,
        "key": term.key,
        "value": list(term.value) if isinstance(term.value, tuple) else term.value,
        "unit": term.unit,
        "status": term.status.value,
        "sourced": term.source is not None,
    }


def term(values: Values, sha256: str, file: str) -> Term:
    """Return the contract's term."""
    return Term(
        values["key"],
        term_value(values["value"]),
        values["unit"],
        TermStatus(values["status"]),
        source(values, sha256, file) if values["sourced"] else None,
    )


def term_value(stored: object) -> TermValue:
    """Return a canonical value from JSON, where a list of words has no tuple."""
    if isinstance(stored, list):
        return tuple(str(word) for word in stored)
    return stored if isinstance(stored, bool) else str(stored)


def contradiction_values(document_id: int, position: int, found: Contradiction) -> dict[str, Any]:
    """Return the columns of a contradiction."""
    return {
        "document_id": document_id,
        "position": position,
        "keys": list(found.keys),
        "detail": found.detail,
        "sources": [place(item) for item in found.sources],
    }


def contradiction(values: Values, sha256: str, file: str) -> Contradiction:
    """Return the contradiction."""
    places = tuple(source(item, sha256, file) for item in values["sources"])
    return Contradiction(tuple(values["keys"]), values["detail"], places)


def clause_values(document_id: int, position: int, clause: Clause) -> dict[str, Any]:
    """Return the columns of a notable clause."""
    return place(clause.source) | {"document_id": document_id, "position": position, "topic": clause.topic}


def clause(values: Values, sha256: str, file: str) -> Clause:
    """Return the notable clause."""
    return Clause(values["topic"], source(values, sha256, file))
