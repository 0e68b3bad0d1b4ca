"""Read a case's facts, documents and files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.domain.case import Case, Document
from workbench.domain.evidence import CustodyEvent
from workbench.services.desk import Desk

if TYPE_CHECKING:
    from workbench.engine.facts import CaseFacts


def get_case(desk: Desk, case: str) -> Case:
    """Return the case.

    Raises:
        NotFoundError: no such case.
    """
    raise NotImplementedError


def read_facts(desk: Desk, case: str) -> CaseFacts:
    """Return everything the engine works on: merged terms, statements, one ledger, bars, notices."""
    raise NotImplementedError


def list_documents(desk: Desk, case: str) -> tuple[Document, ...]:
    """Return the imported files in order of import."""
    raise NotImplementedError


def document_bytes(desk: Desk, sha256: str) -> bytes:
    """Return a file from the vault, verified against its hash.

    Raises:
        NotFoundError: the vault has no such file.
        StoreError: the file's bytes no longer give its hash.
    """
    raise NotImplementedError


def case_version(desk: Desk, case: str) -> int:
    """Return a number that grows with every change of the case, to notice changes made elsewhere."""
    raise NotImplementedError


def list_custody(desk: Desk, case: str) -> tuple[CustodyEvent, ...]:
    """Return the case's custody log, oldest first."""
    raise NotImplementedError
