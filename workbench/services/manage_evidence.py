"""The vault of a case: hold hashes and log against each other, hand out copies, add a note to the custody log."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from workbench.domain.case import Document
from workbench.domain.evidence import CustodyFault
from workbench.errors import UsageError
from workbench.services.desk import Desk
from workbench.services.store_files import kept_files, settle_vault
from workbench.store.custody_chain import custody_faults


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
    faults: tuple[CustodyFault, ...]
    """What does not hold in the custody log."""
    added: tuple[str, ...]
    """Places in the vault where a file lies that no case put there."""
    head: str
    """Digest of the log's last entry before this verification: written down elsewhere, it fixes the log."""

    @property
    def chain_ok(self) -> bool:
        """False where the custody log was altered."""
        return not any(fault.code == "chain" for fault in self.faults)

    @property
    def ok(self) -> bool:
        """True where every file and the log hold and nothing was added."""
        return not self.faults and not self.added and all(file.ok for file in self.files)


def verify_evidence(desk: Desk, case: str) -> Verification:
    """Hold every file against its hash and the custody log against its chain and the files.

    The result goes into the log.

    Raises:
        NotFoundError: no such case.
    """
    settle_vault(desk)
    with desk.store.read() as unit:
        key = unit.cases.key(case)
        documents, log = unit.documents.all(key), unit.custody.all(key)
        known = kept_files(unit)
    states = {document.sha256: desk.vault.verify(document.sha256) for document in documents}
    files = tuple(
        VerifiedFile(document, state == "ok", "" if state == "ok" else state)
        for document in documents
        for state in [states[document.sha256]]
    )
    result = Verification(
        files,
        custody_faults(log, {document.sha256: document.file for document in documents}),
        tuple(desk.vault.strangers(known)),
        log[-1].digest if log else "",
    )
    failed = sum(not file.ok for file in files)
    chain = "ok" if not result.faults else ", ".join(sorted({fault.code for fault in result.faults}))
    detail = f"{len(files)} files, {failed} failed, {len(result.added)} added, log {chain}"
    with desk.store.write() as unit:
        key = unit.cases.key(case)
        unit.custody.record(key, desk.now(), "verified" if result.ok else "verification_failed", detail=detail)
        unit.cases.touch(key, desk.now(), facts=False)
        unit.commit()
    return result


def copy_out(desk: Desk, case: str, number: int, out: Path) -> Path:
    """Write a copy of an original, held against its hash, and note in the log that it was handed out.

    Args:
        desk: the desk.
        case: name of the case.
        number: number of the document.
        out: file to write, or a folder that takes the file under its own name.

    Raises:
        NotFoundError: no such case, document or file in the vault.
        StoreError: the file in the vault was altered.
        UsageError: the copy cannot be written.
    """
    from workbench.documents.atomic import write_bytes  # noqa: PLC0415  start fast

    with desk.store.read() as unit:
        document = unit.documents.get(unit.cases.key(case), number)
    target = out / Path(document.file).name if out.is_dir() else out
    write_bytes(target, desk.vault.read(document.sha256))
    with desk.store.write() as unit:
        key = unit.cases.key(case)
        unit.custody.record(key, desk.now(), "copied", document.file, document.sha256, target.name)
        unit.cases.touch(key, desk.now(), facts=False)
        unit.commit()
    return target


def add_note(desk: Desk, case: str, text: str, document: int | None = None) -> None:
    """Add a person's note to the custody log, about one document or the whole case; it cannot be taken back.

    Raises:
        NotFoundError: no such case or document.
        UsageError: the note is empty.
        ConflictError: the case is open for reading only.
    """
    said = text.strip()
    if not said:
        raise UsageError("a note needs some words", what_zh="备注不能为空")
    with desk.store.write() as unit:
        key = unit.cases.key(case)
        unit.cases.require_open(key)
        file = sha256 = ""
        if document is not None:
            found = unit.documents.get(key, document)
            file, sha256 = found.file, found.sha256
        unit.custody.record(key, desk.now(), "note", file, sha256, said)
        unit.cases.touch(key, desk.now(), facts=False)
        unit.commit()
