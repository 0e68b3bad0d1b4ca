"""Digits bars and messages."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

from sqlmodel import Field

from workbench.store.columns import Digits, Yuan
from workbench.store.rows.documents import Placed


class BarRow(Placed, table=True):
    """One price bar."""

    __tablename__ = "bars"

    document_id: int = Field(primary_key=True, foreign_key="documents.id", ondelete="CASCADE")
    position: int = Field(primary_key=True)
    day: date
    code: str
    open: Decimal = Field(sa_type=Digits)
    high: Decimal = Field(sa_type=Digits)
    low: Decimal = Field(sa_type=Digits)
    close: Decimal = Field(sa_type=Digits)
    volume: Decimal = Field(sa_type=Yuan)
    amount: Decimal | None = Field(default=None, sa_type=Yuan)
    clock: time | None = None
    sourced: bool = True


class NoticeRow(Placed, table=True):
    """One message, call or letter; moments are local to the log and stored as written (ISO)."""

    __tablename__ = "notices"

    document_id: int = Field(primary_key=True, foreign_key="documents.id", ondelete="CASCADE")
    position: int = Field(primary_key=True)
    at: str
    kind: str
    channel: str | None = None
    sender: str
    text: str
    from_client: bool = False
    as_of: date | None = None
    ratio: Decimal | None = Field(default=None, sa_type=Digits)
    assets: Decimal | None = Field(default=None, sa_type=Yuan)
    amount: Decimal | None = Field(default=None, sa_type=Yuan)
    deadline: str | None = None
