"""The vault of a case: verify hashes, add a note to the custody log."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.domain.case import Document
from workbench.errors import NotFoundError, UsageError
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
    """Hold every file against its hash and the custody log against its chain; the result goes into the log.

    Raises:
        NotFoundError: no such case.
    """
    from workbench.store.repositories.custody import chain_holds  # noqa: PLC0415  start fast

    with desk.store.read() as unit:
        key = unit.cases.key(case)
        documents, log = unit.documents.all(key), unit.custody.all(key)
    states = {document.sha256: desk.vault.verify(document.sha256) for document in documents}
    files = tuple(
        VerifiedFile(
            document,
            states[document.sha256] == "ok",
            "" if states[document.sha256] == "ok" else states[document.sha256],
        )
        for document in documents
    )
    result = Verification(files, chain_holds(log))
    failed = sum(not file.ok for file in files)
    detail = f"{len(files)} files, {failed} failed, chain {'ok' if result.chain_ok else 'broken'}"
    with desk.store.write() as unit:
        key = unit.cases.key(case)
        unit.custody.record(key, desk.now(), "verified" if result.ok else "verification_failed", detail=detail)
        unit.cases.touch(key, desk.now(), facts=False)
        unit.commit()
    return result


def add_note(desk: Desk, case: str, text: str, document: int | None = None) -> None:
    """Add a person's note to the custody log, about one document or the whole case; it cannot be taken back.

    Raises:
        NotFoundError: no such case or document.
        UsageError: the note is empty.
    """
    said = text.strip()
    if not said:
        raise UsageError("a note needs some words", what_zh="备注不能为空")
    with desk.store.write() as unit:
        key = unit.cases.key(case)
        file = sha256 = ""
        if document is not None:
            found = next((item for item in unit.documents.all(key) if item.number == document), None)
            if found is None:
                raise NotFoundError(f"there is no document {document}", what_zh=f"没有第 {document} 号文件")
            file, sha256 = found.file, found.sha256
        unit.custody.record(key, desk.now(), "note", file, sha256, said)
        unit.cases.touch(key, desk.now(), facts=False)
        unit.commit()
