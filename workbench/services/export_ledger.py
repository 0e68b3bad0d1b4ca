"""The recomputed ledger as a workbook, CSV, JSON or journal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from workbench.domain.audit import Audit
from workbench.errors import UsageError
from workbench.services.desk import Desk
from workbench.services.record_output import record_output
from workbench.services.run_audit import run_audit


def export_ledger(desk: Desk, case: str, out: Path, audit: Audit | None = None) -> Path:
    """Write the recomputed ledger to ``out`` (.xlsx, .csv, .json, .beancount by suffix).

    Raises:
        NotFoundError: no such case.
        UsageError: another suffix, or the file cannot be written; nothing is left.
    """
    writer = WRITERS.get(out.suffix.lower())
    if writer is None:
        choices = ", ".join(WRITERS)
        raise UsageError(
            f"a ledger cannot be written as {out.suffix or 'a file without suffix'}",
            where=out.name,
            next_step=f"Use one of {choices}.",
            what_zh=f"台账不能保存为 {out.suffix or '无后缀文件'}",
            next_step_zh=f"请使用后缀 {choices}。",
        )
    found = audit or run_audit(desk, case)
    writer(desk, found, out)
    record_output(desk, case, "exported", out, out.suffix.lower().removeprefix("."))
    return out


def _workbook(desk: Desk, audit: Audit, out: Path) -> None:
    from workbench.documents.workbook import write_workbook  # noqa: PLC0415  heavy

    with desk.store.read() as unit:
        key = unit.cases.key(audit.case_name)
        documents, triage = unit.documents.all(key), unit.decisions.triage(key)
    write_workbook(audit, documents, out, desk.tables(), triage)


def _csv(_desk: Desk, audit: Audit, out: Path) -> None:
    from workbench.documents.ledger_csv import write_csv  # noqa: PLC0415

    write_csv(audit, out)


def _json(_desk: Desk, audit: Audit, out: Path) -> None:
    from workbench.documents.audit_json import write_json  # noqa: PLC0415

    write_json(audit, out)


def _journal(_desk: Desk, audit: Audit, out: Path) -> None:
    from workbench.documents.journal import write_beancount  # noqa: PLC0415

    write_beancount(audit, out)


WRITERS: Mapping[str, Callable[[Desk, Audit, Path], None]] = MappingProxyType(
    {".xlsx": _workbook, ".csv": _csv, ".json": _json, ".beancount": _journal}
)
"""Writer by suffix."""
