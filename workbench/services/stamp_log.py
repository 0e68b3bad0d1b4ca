"""Have the custody log stamped by an authority: whatever was in it then cannot be changed unseen afterwards."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from workbench.domain.case import DocumentKind
from workbench.errors import InputError, UsageError
from workbench.services.desk import Desk
from workbench.services.import_documents import import_documents


def request_stamp(desk: Desk, case: str, out: Path) -> str:
    """Write a request over the digest of the log's last entry; return that digest.

    Raises:
        NotFoundError: no such case.
        UsageError: the log is empty, the extra is not installed, or the file cannot be written.
    """
    from workbench.documents.atomic import write_bytes  # noqa: PLC0415  start fast
    from workbench.readers import timestamp  # noqa: PLC0415

    with desk.store.read() as unit:
        last = unit.custody.last(unit.cases.key(case))
    if last is None:
        raise UsageError("the custody log is empty", what_zh="保管记录还是空的")
    write_bytes(out, timestamp.request_stamp(last.digest.encode()))
    return last.digest


def accept_stamp(desk: Desk, case: str, answer: Path, roots: Path) -> tuple[int, datetime]:
    """Verify an answer, keep it as evidence and note it; return the stamped entry's number and the moment attested.

    Raises:
        NotFoundError: no such case.
        UsageError: the extra is not installed, or a file cannot be read.
        InputError: the answer stamps no entry of this log, or its signature does not hold.
    """
    from workbench.readers import timestamp  # noqa: PLC0415  start fast

    data, certificates = _read(answer), _read(roots)
    wanted = timestamp.imprint(data)
    with desk.store.read() as unit:
        log = unit.custody.all(unit.cases.key(case))
    stamped = next((event for event in log if hashlib.sha256(event.digest.encode()).digest() == wanted), None)
    if stamped is None:
        raise InputError(
            "the answer stamps no entry of this log",
            where=answer.name,
            next_step="Use the answer to the request written for this case.",
            what_zh="该应答与本案保管记录的任何一条都不对应",
            next_step_zh="请使用本案请求文件对应的应答。",
        )
    stamp = timestamp.verify_stamp(data, stamped.digest.encode(), certificates)
    import_documents(desk, case, [answer], as_kind=DocumentKind.EVIDENCE)
    with desk.store.write() as unit:
        key = unit.cases.key(case)
        detail = f"entry {stamped.number} at {stamp.at.isoformat()} by {stamp.authority}"
        unit.custody.record(key, desk.now(), "stamped", answer.name, hashlib.sha256(data).hexdigest(), detail)
        unit.cases.touch(key, desk.now(), facts=False)
        unit.commit()
    return stamped.number, stamp.at


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise UsageError(
            f"the file cannot be read: {problem.strerror}", where=str(path), what_zh=f"文件无法读取：{problem.strerror}"
        ) from problem
