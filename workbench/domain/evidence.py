"""Evidence: what a file proves and how it was acquired, and the custody log whose chain shows tampering."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum

from workbench.domain.case import Document, DocumentKind

RECORDED = (".mp3", ".m4a", ".wav", ".amr", ".aac", ".mp4", ".mov", ".avi", ".mkv", ".3gp")
"""Endings of sound and film, a kind of evidence of their own (Civil Procedure Law art. 66)."""


class EvidenceGroup(IntEnum):
    """Groups of a catalogue of evidence, in the order a court reads them."""

    CONTRACT = 1
    MONEY = 2
    TRADES = 3
    NOTICES = 4
    COMPUTATION = 5
    COSTS = 6
    OTHER = 7


class EvidenceForm(StrEnum):
    """What is submitted."""

    ORIGINAL = "original"
    COPY = "copy"
    ELECTRONIC = "electronic"


@dataclass(frozen=True, slots=True)
class ExhibitNote:
    """What a person says about a file; whatever is empty or None follows from the file's kind."""

    title: str = ""
    group: EvidenceGroup | None = None
    purpose: str = ""
    """What it proves."""
    source: str = ""
    """Who issued it."""
    form: EvidenceForm | None = None
    acquired_by: str = ""
    acquired_on: date | None = None
    acquired_how: str = ""
    carrier: str = ""
    """Where the original is kept: the phone, the mailbox, the signed paper."""
    copies: int = 1


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A file of the case as a numbered item of the catalogue."""

    no: int
    """Number in the catalogue, from 1, running through all groups."""
    document: Document
    note: ExhibitNote

    @property
    def title(self) -> str:
        """Name of the item; the file's name where nobody gave one."""
        return self.note.title or self.document.file

    @property
    def group(self) -> EvidenceGroup:
        """Group of the catalogue."""
        return self.note.group or group_of(self.document)

    @property
    def form(self) -> EvidenceForm:
        """What is submitted; a file is electronic data until a person says otherwise."""
        return self.note.form or EvidenceForm.ELECTRONIC

    @property
    def medium(self) -> str:
        """Kind of evidence by law: ``document``, ``recording`` or ``electronic``."""
        if self.document.file.casefold().endswith(RECORDED):
            return "recording"
        return "electronic" if self.form is EvidenceForm.ELECTRONIC else "document"


def group_of(document: Document) -> EvidenceGroup:
    """Return the group that follows from what a file is."""
    match document.kind:
        case DocumentKind.CONTRACT:
            return EvidenceGroup.CONTRACT
        case DocumentKind.STATEMENT:
            return EvidenceGroup.MONEY if document.book == "bank" else EvidenceGroup.TRADES
        case DocumentKind.NOTICE:
            return EvidenceGroup.NOTICES
        case DocumentKind.PRICES:
            return EvidenceGroup.COMPUTATION
        case _:
            return EvidenceGroup.OTHER


def catalogue(documents: Sequence[Document], notes: Mapping[int, ExhibitNote]) -> tuple[Exhibit, ...]:
    """Return the files as numbered items by group, within a group in order of import.

    Args:
        documents: the files of the case.
        notes: what a person said, by document number.
    """
    unnumbered = (Exhibit(0, one, notes.get(one.number, ExhibitNote())) for one in documents)
    ordered = sorted(unnumbered, key=lambda one: (one.group, one.document.number))
    return tuple(Exhibit(number, one.document, one.note) for number, one in enumerate(ordered, 1))


@dataclass(frozen=True, slots=True)
class CustodyEvent:
    """One entry of a case's custody log; ``digest`` covers the previous entry's."""

    number: int
    at: datetime
    action: str
    """``imported``, ``verified``, ``exported``, ``rendered``, ``removed``, ``note`` ..."""
    file: str
    sha256: str
    detail: str
    previous: str
    digest: str


@dataclass(frozen=True, slots=True)
class CustodyFault:
    """Something in the log or the files that cannot be if nobody tampered."""

    code: str
    """``chain``, ``unlogged``, ``renamed`` or ``lost``."""
    file: str = ""
    number: int = 0
    """First log entry that does not hold; 0 where the fault is a file's."""
