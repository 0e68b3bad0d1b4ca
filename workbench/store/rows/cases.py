"""Cases, their custody log, the changes a person can undo, and saved audit runs."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import JSON, UniqueConstraint, false
from sqlmodel import Field, SQLModel

from workbench.store.columns import Moment, Yuan


class CaseRow(SQLModel, table=True):
    """One case."""

    __tablename__ = "cases"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    taken: str | None = Field(default=None, unique=True)
    """The name while the case is not deleted: unique among living cases on every database."""
    kind: str
    created: datetime = Field(sa_type=Moment)
    changed: datetime = Field(sa_type=Moment)
    archived: bool = False
    deleted: datetime | None = Field(default=None, sa_type=Moment)
    sealed: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """Opened from a bundle for reading only: nothing that a person decides can change."""
    next_document: int = 1
    """Numbers of documents are never given twice, for line ids and triage refer to them."""
    version: int = 0
    """Grows with every change of any kind."""
    facts: int = 0
    """Grows with every change that an audit depends on."""


class CustodyRow(SQLModel, table=True):
    """One entry of the custody log; ``digest`` covers the previous one."""

    __tablename__ = "custody"

    case_id: int = Field(primary_key=True, foreign_key="cases.id", ondelete="CASCADE")
    number: int = Field(primary_key=True)
    at: datetime = Field(sa_type=Moment)
    action: str
    file: str
    sha256: str
    detail: str
    previous: str
    digest: str


class ChangeRow(SQLModel, table=True):
    """One change a person made, with the rows as they were before."""

    __tablename__ = "changes"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(index=True, foreign_key="cases.id", ondelete="CASCADE")
    at: datetime = Field(sa_type=Moment)
    what_zh: str
    what_en: str
    touches_facts: bool
    before: list[dict[str, object]] = Field(sa_type=JSON)
    """Images ``{"table", "key", "row"}``; ``row`` is null where there was none."""
    undone: bool = False


class RunRow(SQLModel, table=True):
    """One saved audit run."""

    __tablename__ = "audit_runs"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="cases.id", ondelete="CASCADE")
    number: int
    at: datetime = Field(sa_type=Moment)
    facts: int
    """The case's ``facts`` number that was audited."""
    engine: str
    tables: str
    inputs: list[list[str]] = Field(sa_type=JSON)
    options: dict[str, str | None] = Field(sa_type=JSON)
    overcharged: Decimal = Field(sa_type=Yuan)
    basis: str
    settlement: Decimal | None = Field(default=None, sa_type=Yuan)
    findings: int
    open_keys: list[str] = Field(sa_type=JSON)
    """Keys of the findings that need a person's decision (all but notes)."""
    result: bytes
    """``audit --json`` as UTF-8, zlib."""
    decisions: dict[str, object] | None = Field(default=None, sa_type=JSON)
    """Edited terms and tags of the run; null for runs saved before they were kept."""


class ReferenceRow(SQLModel, table=True):
    """Reference tables of one version, kept once for all runs that used them."""

    __tablename__ = "reference_versions"

    version: str = Field(primary_key=True)
    data: bytes
    """JSON, zlib; see ``store.snapshots``."""
