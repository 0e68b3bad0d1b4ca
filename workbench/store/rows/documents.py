"""Imported files, the postings of statements and the rows that were not understood."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from workbench.store.columns import Digits, Moment, NullableJson, Yuan


class Placed(SQLModel):
    """Where in its document a row stands; file and hash are the document's."""

    page: int | None = None
    row: int | None = None
    box: list[float] | None = Field(default=None, sa_type=NullableJson)
    """x0, top, x1, bottom in PDF points."""
    words: str = ""


class DocumentRow(SQLModel, table=True):
    """One imported file."""

    __tablename__ = "documents"
    __table_args__ = (UniqueConstraint("case_id", "sha256"), UniqueConstraint("case_id", "number"))

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="cases.id", ondelete="CASCADE")
    number: int
    kind: str
    file: str
    sha256: str = Field(index=True)
    size: int
    imported: datetime = Field(sa_type=Moment)
    layout: str = ""
    book: str = "account"
    """Whose ledger a statement is: ``account`` or ``bank``."""
    start: date | None = None
    end: date | None = None
    rows: int = 0
    summary: str = ""
    summary_en: str = ""
    header: dict[str, object] = Field(default_factory=dict, sa_type=JSON)
    """What a statement's heading or a log's preamble says; figures as decimal text."""


class LineRow(Placed, table=True):
    """One posting of a statement."""

    __tablename__ = "lines"
    __table_args__ = (Index("ix_lines_document_id_label", "document_id", "label"),)

    document_id: int = Field(primary_key=True, foreign_key="documents.id", ondelete="CASCADE")
    position: int = Field(primary_key=True)
    """Order of posting within the statement, from 0."""
    label: str
    """The part of the line's id after the point."""
    day: date
    kind: str
    stated: Decimal = Field(sa_type=Yuan)
    operation: str = ""
    clock: time | None = None
    code: str | None = None
    name: str | None = None
    quantity: Decimal | None = Field(default=None, sa_type=Yuan)
    price: Decimal | None = Field(default=None, sa_type=Digits)
    gross: Decimal | None = Field(default=None, sa_type=Yuan)
    commission: Decimal | None = Field(default=None, sa_type=Yuan)
    stamp_duty: Decimal | None = Field(default=None, sa_type=Yuan)
    transfer_fee: Decimal | None = Field(default=None, sa_type=Yuan)
    handling_fee: Decimal | None = Field(default=None, sa_type=Yuan)
    regulatory_fee: Decimal | None = Field(default=None, sa_type=Yuan)
    settlement_fee: Decimal | None = Field(default=None, sa_type=Yuan)
    other_fee: Decimal | None = Field(default=None, sa_type=Yuan)
    balance: Decimal | None = Field(default=None, sa_type=Yuan)
    shares: Decimal | None = Field(default=None, sa_type=Yuan)
    """Share balance printed after the posting."""
    remark: str = ""
    serial: str | None = None
    period_start: date | None = None
    period_end: date | None = None
    period_days: int | None = None
    delayed: bool = False
    """True where a delay was printed, even if none of its parts could be read."""
    delay_due: date | None = None
    delay_paid: date | None = None
    delay_days: int | None = None
    withheld: Decimal | None = Field(default=None, sa_type=Yuan)
    tranche: int | None = None
    proofs: str = ""
    """Names of the checks that closed, sorted, separated by commas."""


class TotalRow(SQLModel, table=True):
    """Postings of one file by kind and security, counted once when it is imported: they never change afterwards."""

    __tablename__ = "document_totals"

    document_id: int = Field(primary_key=True, foreign_key="documents.id", ondelete="CASCADE")
    kind: str = Field(primary_key=True)
    """Kind of the postings; ``bar`` for price bars."""
    code: str = Field(primary_key=True)
    """Code of the security, empty where the postings have none."""
    rows: int
    first_day: date
    last_day: date
    stated: Decimal = Field(sa_type=Yuan)
    """Sum of the amounts posted; zero for bars."""


class IssueRow(Placed, table=True):
    """One row that was not understood or does not close."""

    __tablename__ = "row_issues"

    document_id: int = Field(primary_key=True, foreign_key="documents.id", ondelete="CASCADE")
    position: int = Field(primary_key=True)
    reason: str
    detail: str = ""
    difference: Decimal | None = Field(default=None, sa_type=Yuan)
