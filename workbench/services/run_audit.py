"""Recompute a case and keep the result as a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from workbench.domain.audit import Audit, AuditOptions
from workbench.services.desk import Desk


@dataclass(frozen=True, slots=True)
class AuditRun:
    """One saved run."""

    number: int
    """From 1 within the case."""
    at: datetime
    engine: str
    tables: str
    inputs: tuple[tuple[str, str], ...]
    """(file name, SHA-256) of every imported file."""
    options: Mapping[str, str | None]
    overcharged: Decimal
    basis: str
    settlement: Decimal | None
    findings: int
    stale: bool
    """True where facts changed since."""


def compute_audit(desk: Desk, case: str, options: AuditOptions | None = None) -> Audit:
    """Recompute a case without saving a run."""
    raise NotImplementedError


def run_audit(desk: Desk, case: str, options: AuditOptions | None = None) -> Audit:
    """Recompute a case and save the run.

    Raises:
        NotFoundError: no such case.
        UsageError: the case has no statement yet.
        ReferenceGapError: a date beyond a reference table.
    """
    raise NotImplementedError


def list_runs(desk: Desk, case: str) -> tuple[AuditRun, ...]:
    """Return the saved runs, newest first."""
    raise NotImplementedError


def read_run(desk: Desk, case: str, number: int) -> dict[str, object]:
    """Return a saved run's result as in ``audit --json``.

    Raises:
        NotFoundError: no such run.
    """
    raise NotImplementedError
