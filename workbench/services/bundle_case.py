"""A case as one file for the other side, a court's expert or another desk: BagIt in a zip."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from workbench.domain.audit import AuditOptions
from workbench.domain.case import Document, DocumentKind
from workbench.errors import UsageError
from workbench.services.desk import Desk
from workbench.services.record_output import record_output
from workbench.services.redact import Redaction
from workbench.services.run_audit import run_audit

CASE_FILE, AUDIT_FILE, VERSIONS_FILE, MASKED_FILE = "case.json", "audit.json", "versions.json", "masked.json"
ORIGINALS = "originals"
READ_ME = """这是一个案件包（BagIt 1.0，RFC 8493）。

核对方法一：workbench verify 文件.zip（不需要数据库，可重新计算）。
核对方法二：解压后在 case-bundle 目录中运行 sha256sum -c manifest-sha256.txt。

data/originals      导入时的原始文件（遮盖版不含）
data/case.json      案件数据：条款、流水、通知、行情、人工决定、保管记录
data/audit.json     核算结果，与 workbench audit --json 相同
data/versions.json  程序版本与参考表版本

This is a case bundle. Verify it with `workbench verify FILE.zip`, or unpack it and run
`sha256sum -c manifest-sha256.txt` in the folder case-bundle.
"""


@dataclass(frozen=True, slots=True)
class BundleReport:
    """What was written."""

    path: Path
    files: int
    """Originals in it."""
    masked: Mapping[str, int]
    """Different values masked, by kind; empty where nothing was to be masked."""
    custody_head: str
    """Digest of the last log entry in it."""


def bundle_case(desk: Desk, case: str, out: Path, *, redact: bool = False) -> BundleReport:
    """Write a case with its originals, data, log, audit and the tables of that audit.

    The audit is made anew, so that the bundle states what the files say now.

    Args:
        desk: the desk.
        case: name of the case.
        out: the zip file; it appears whole or not at all.
        redact: mask names, numbers of documents and accounts everywhere, and leave the originals out.

    Raises:
        NotFoundError: no such case, or the vault has lost a file.
        StoreError: a file in the vault was altered.
        UsageError: the file cannot be written, or is no .zip.
    """
    from workbench.documents.bag import write_bag  # noqa: PLC0415  start fast

    if out.suffix.lower() != ".zip":
        raise UsageError("a bundle is a .zip file", where=out.name, what_zh="案件包须以 .zip 结尾")
    with desk.store.read() as unit:
        documents = unit.documents.all(unit.cases.key(case))
    if any(document.kind is DocumentKind.STATEMENT for document in documents):
        run_audit(desk, case, AuditOptions())
    with desk.store.read() as unit:
        key = unit.cases.key(case)
        extract, documents = unit.portable.dump(key), unit.documents.all(key)
        last = unit.custody.last(key)
    extract["name"] = case
    redaction = Redaction(extract) if redact else None
    if redaction is not None:
        extract = redaction.masked(extract)
    head = "" if last is None else last.digest
    originals = [] if redact else [(document, original_name(document)) for document in documents]
    payload = _payload(desk, extract, originals, redaction)
    info = {
        "Bag-Software-Agent": f"workbench {desk.engine_version}",
        "Bagging-Date": desk.today.isoformat(),
        "External-Description": "redacted case" if redact else "case",
        "Custody-Head": head,
    }
    write_bag(out, payload, info, desk.now())
    held, detail = ([], "redacted") if redact else (documents, f"{len(documents)} files")
    record_output(desk, case, "bundled", out, detail, originals=held)
    return BundleReport(out, len(originals), redaction.counts if redaction else {}, head)


def original_name(document: Document) -> str:
    """Return where a document's original lies in a bundle, in Unicode form C and safe on every system."""
    from workbench.documents.bag import in_form_c  # noqa: PLC0415  start fast

    plain = re.sub(r'[\\/:*?"<>|\x00-\x1f\x7f]+', "-", PurePosixPath(document.file).name)
    return f"{ORIGINALS}/S{document.number}-{in_form_c(plain)}"


def _payload(
    desk: Desk, extract: dict[str, Any], originals: list[tuple[Document, str]], redaction: Redaction | None
) -> Iterator[tuple[str, bytes]]:
    run = extract["run"] or {"tables": desk.tables().version, "result": {}}
    versions = {"schema": 1, "engine": desk.engine_version, "tables": run["tables"], "redacted": redaction is not None}
    yield "README.txt", READ_ME.encode()
    yield VERSIONS_FILE, _json(versions)
    yield CASE_FILE, _json(extract)
    yield AUDIT_FILE, _json(run["result"])
    if redaction is not None:
        yield MASKED_FILE, _json(redaction.counts)
    for document, name in originals:
        yield name, desk.vault.read(document.sha256)


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
