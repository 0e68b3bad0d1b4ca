"""A case: one client's account with one financier or broker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class CaseKind(StrEnum):
    """Who lends decides which law applies."""

    OFF_EXCHANGE = "off_exchange"
    BROKER_MARGIN = "broker_margin"


@dataclass(frozen=True, slots=True)
class Case:
    """A case as the lists show it."""

    name: str
    kind: CaseKind
    created: datetime
    changed: datetime
    archived: bool = False
    sealed: bool = False
    """True where it was opened from a bundle for reading only."""


class DocumentKind(StrEnum):
    """What an imported file is."""

    STATEMENT = "statement"
    CONTRACT = "contract"
    PRICES = "prices"
    NOTICE = "notice"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class Document:
    """One imported file in the vault."""

    number: int
    """Order of import within the case, from 1; statement lines take it into their ids."""
    kind: DocumentKind
    file: str
    sha256: str
    size: int
    """Bytes."""
    imported: datetime
    summary: str = ""
    """What was recognised, one line in Chinese: layout, period, rows."""
    summary_en: str = ""
    """The same line in English."""
    layout: str = ""
    """Layout that recognised a statement's columns; empty for other kinds."""
    start: date | None = None
    """First day the file speaks of."""
    end: date | None = None
    """Last day the file speaks of, included."""
    rows: int = 0
    """Postings, bars, messages or terms read from it."""
    book: str = "account"
    """Whose ledger a statement is: ``account`` or ``bank``."""
