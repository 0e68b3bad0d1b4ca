"""What leaves the workbench is written into the custody log of its case, all of it or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from workbench.domain.case import Document
from workbench.services.desk import Desk


def record_output(
    desk: Desk,
    case: str,
    action: str,
    out: Path,
    detail: str,
    *,
    originals: Sequence[Document] = (),
    stated: Sequence[tuple[str, str]] | None = None,
) -> None:
    """Write into the custody log what left the workbench, in one transaction.

    Args:
        desk: the desk.
        case: name of the case.
        action: ``rendered``, ``exported`` or ``bundled``.
        out: the file that stands; logged by its name and SHA-256.
        detail: template of a document, kind of an export, what a bundle holds.
        originals: documents read from the vault into the file; each is logged as copied before it.
        stated: origin and text of each amount of a rendered document, kept so that one whose figures have changed
            since can be told; None keeps nothing.

    Raises:
        NotFoundError: no such case.
    """
    from workbench.store.repositories.states import WrittenEntry  # noqa: PLC0415  start fast

    digest = hashlib.sha256(out.read_bytes()).hexdigest()
    with desk.store.write() as unit:
        key, now = unit.cases.key(case), desk.now()
        for document in originals:
            unit.custody.record(key, now, "copied", document.file, document.sha256, out.name)
        unit.custody.record(key, now, action, out.name, digest, detail)
        if stated is not None:
            unit.written.add(key, WrittenEntry(detail, out.name, digest, now, tuple(stated)))
        unit.cases.touch(key, now, facts=False)
        unit.commit()
