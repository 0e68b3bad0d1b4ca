"""The vault of a case: verify hashes, add a note to the custody log."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.domain.case import Document
from workbench.services.desk import Desk


@dataclass(frozen=True, slots=True)
class VerifiedFile:
    """One file of the vault held against its hash."""

    document: Document
    ok: bool
    reason: str = ""
    """``missing`` or ``changed`` where not ok."""


@dataclass(frozen=True, slots=True)
class Verification:
    """Result of a verification of a whole case."""

    files: tuple[VerifiedFile, ...]
    chain_ok: bool
    """False where the custody log was altered."""

    @property
    def ok(self) -> bool:
        """True where every file and the chain hold."""
        return self.chain_ok and all(file.ok for file in self.files)


def verify_evidence(desk: Desk, case: str) -> Verification:
    """Hold every file against its hash and the custody log against its chain; the result goes into the log."""
    raise NotImplementedError


def add_note(desk: Desk, case: str, text: str, document: int | None = None) -> None:
    """Add a person's note to the custody log, about one document or the whole case."""
    raise NotImplementedError
