"""What leaves the workbench and what it rests on: exhibits, their text, documents written, dates that run."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from workbench.store.columns import Moment


class ExhibitRow(SQLModel, table=True):
    """How a file was acquired and what it proves, as a person says it."""

    __tablename__ = "exhibits"

    document_id: int = Field(primary_key=True, foreign_key="documents.id", ondelete="CASCADE")
    title: str = ""
    group: int | None = None
    """1 parties and contract, 2 money, 3 trades and sale, 4 notices, 5 computation, 6 costs; None: by kind."""
    purpose: str = ""
    source: str = ""
    form: str = ""
    """``original``, ``copy`` or ``electronic``; empty: by kind."""
    acquired_by: str = ""
    acquired_on: date | None = None
    acquired_how: str = ""
    carrier: str = ""
    copies: int = 1
    at: datetime = Field(sa_type=Moment)


class PageTextRow(SQLModel, table=True):
    """The text of one page of a file, for the search."""

    __tablename__ = "page_texts"

    document_id: int = Field(primary_key=True, foreign_key="documents.id", ondelete="CASCADE")
    page: int = Field(primary_key=True)
    text: str
    folded: str
    """The text as it is searched: one width, one case, no blanks between Chinese characters."""
    origin: str
    """``text`` or ``ocr``."""


class WrittenRow(SQLModel, table=True):
    """A document that was written, with the amounts it stated."""

    __tablename__ = "written_documents"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="cases.id", ondelete="CASCADE", index=True)
    template: str
    file: str
    sha256: str
    at: datetime = Field(sa_type=Moment)
    amounts: list[list[str]] = Field(default_factory=list, sa_type=JSON)
    """(origin, amount) of every amount in the document."""


class EventRow(SQLModel, table=True):
    """A dated event that starts, interrupts or ends a period."""

    __tablename__ = "case_events"

    case_id: int = Field(primary_key=True, foreign_key="cases.id", ondelete="CASCADE")
    number: int = Field(primary_key=True)
    kind: str
    on: date
    days: int | None = None
    note: str = ""
    document: int | None = None
    at: datetime = Field(sa_type=Moment)
