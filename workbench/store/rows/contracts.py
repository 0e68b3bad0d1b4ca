"""What a contract says: terms, contradictions, clauses, each with its place."""

from __future__ import annotations

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from workbench.store.rows.documents import Placed


class TermRow(Placed, table=True):
    """One term of one contract."""

    __tablename__ = "contract_terms"

    document_id: int = Field(primary_key=True, foreign_key="documents.id", ondelete="CASCADE")
    key: str = Field(primary_key=True)
    position: int
    value: object = Field(sa_type=JSON)
    unit: str | None = None
    status: str
    sourced: bool = True
    """False where the term has no place in the file."""


class ContradictionRow(SQLModel, table=True):
    """Two clauses of one contract that cannot both be right."""

    __tablename__ = "contradictions"

    document_id: int = Field(primary_key=True, foreign_key="documents.id", ondelete="CASCADE")
    position: int = Field(primary_key=True)
    keys: list[str] = Field(sa_type=JSON)
    detail: str
    sources: list[dict[str, object]] = Field(sa_type=JSON)


class ClauseRow(Placed, table=True):
    """A clause kept for its legal effect."""

    __tablename__ = "clauses"

    document_id: int = Field(primary_key=True, foreign_key="documents.id", ondelete="CASCADE")
    position: int = Field(primary_key=True)
    topic: str
