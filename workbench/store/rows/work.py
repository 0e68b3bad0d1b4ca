"""What a person decided: terms, tasks, triage, tags, entries of letters. One row a key, so that undo is exact."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from workbench.store.columns import Moment


class UserTermRow(SQLModel, table=True):
    """A term that a person edited or confirmed."""

    __tablename__ = "user_terms"

    case_id: int = Field(primary_key=True, foreign_key="cases.id", ondelete="CASCADE")
    key: str = Field(primary_key=True)
    value: object = Field(default=None, sa_type=JSON)
    """Canonical value; null where the person says that the contract is silent."""
    unit: str | None = None
    status: str
    at: datetime = Field(sa_type=Moment)


class TaskRow(SQLModel, table=True):
    """State of one task."""

    __tablename__ = "task_states"

    case_id: int = Field(primary_key=True, foreign_key="cases.id", ondelete="CASCADE")
    task: str = Field(primary_key=True)
    state: str
    by_hand: bool = False
    reason: str = ""
    due: date | None = None
    note: str = ""
    at: datetime = Field(sa_type=Moment)


class TriageRow(SQLModel, table=True):
    """Decision on one finding."""

    __tablename__ = "triage"

    case_id: int = Field(primary_key=True, foreign_key="cases.id", ondelete="CASCADE")
    finding: str = Field(primary_key=True)
    state: str
    note: str = ""
    reviewer: str = ""
    in_letter: bool = False
    at: datetime = Field(sa_type=Moment)


class TagRow(SQLModel, table=True):
    """A sale that a person calls forced, or not forced."""

    __tablename__ = "forced_tags"

    case_id: int = Field(primary_key=True, foreign_key="cases.id", ondelete="CASCADE")
    line: str = Field(primary_key=True)
    forced: bool
    at: datetime = Field(sa_type=Moment)


class FieldRow(SQLModel, table=True):
    """A fact for letters that only the person knows."""

    __tablename__ = "letter_fields"

    case_id: int = Field(primary_key=True, foreign_key="cases.id", ondelete="CASCADE")
    key: str = Field(primary_key=True)
    value: str
    at: datetime = Field(sa_type=Moment)
