"""Prices, notices and chats: what the market did and what the other side said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum

from workbench.domain.lines import RowIssue
from workbench.domain.source import Source


@dataclass(frozen=True, slots=True)
class Bar:
    """One price bar, unadjusted; a minute bar when ``time`` is set (the minute's end)."""

    date: date
    code: str
    open: Decimal
    high: Decimal
    low: Decimal
    close: Decimal
    volume: Decimal
    """Shares traded; zero on a suspended day."""
    amount: Decimal | None = None
    """Turnover in yuan; VWAP is amount / volume."""
    time: time | None = None
    source: Source | None = None

    @property
    def vwap(self) -> Decimal | None:
        """Volume-weighted average price in yuan, None without turnover or volume."""
        return self.amount / self.volume if self.amount and self.volume else None


class NoticeKind(StrEnum):
    """What a message does, as far as its words tell."""

    WARNING = "warning"
    MARGIN_CALL = "margin_call"
    LIQUIDATED = "liquidated"
    DEPOSIT_CONFIRMED = "deposit_confirmed"
    DUE_REMINDER = "due_reminder"
    FUNDED = "funded"
    CLIENT = "client"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Notice:
    """One message, call or letter."""

    at: datetime
    kind: NoticeKind
    channel: str | None
    """``sms``, ``app``, ``phone``, ``wechat``, ``letter``; None where the log does not say."""
    sender: str
    text: str
    source: Source
    from_client: bool = False
    as_of: date | None = None
    """Day whose close the message refers to."""
    ratio: Decimal | None = None
    """Ratio as a fraction: 126.89 % is 1.2689."""
    assets: Decimal | None = None
    """Total assets in yuan, where the message states them."""
    amount: Decimal | None = None
    """Amount demanded or confirmed in yuan."""
    deadline: datetime | None = None


@dataclass(frozen=True, slots=True)
class NoticeLog:
    """One imported log of messages."""

    sha256: str
    file: str
    notices: tuple[Notice, ...]
    complete: bool = False
    """True only where the log itself says it holds all messages of its channels in its range."""
    start: datetime | None = None
    end: datetime | None = None
    counterparty: str = ""
    issues: tuple[RowIssue, ...] = ()
    """Parts of a recognised picture that a person must look at: ``no_date``, ``ocr_doubt``."""


@dataclass(frozen=True, slots=True)
class PriceFile:
    """One imported file of bars."""

    sha256: str
    file: str
    bars: tuple[Bar, ...]
    issues: tuple[RowIssue, ...] = ()
    """Rows that cannot be a bar, with the reason: ``bad_date``, ``bad_price``, ``no_code`` ..."""
