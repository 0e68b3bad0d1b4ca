"""The recomputed ledger as a workbook, CSV, JSON or journal."""

from __future__ import annotations

from pathlib import Path

from workbench.domain.audit import Audit
from workbench.services.desk import Desk


def export_ledger(desk: Desk, case: str, out: Path, audit: Audit | None = None) -> Path:
    """Write the recomputed ledger to ``out`` (.xlsx, .csv, .json, .beancount by suffix).

    Raises:
        NotFoundError: no such case.
        UsageError: another suffix.
        RenderError: the file cannot be written; nothing is left.
    """
    raise NotImplementedError
