"""Recompute a case and keep the result as a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from workbench.domain.audit import Audit, AuditOptions
from workbench.domain.findings import Severity
from workbench.errors import UsageError
from workbench.services.desk import Desk
from workbench.services.garbage import uncollected
from workbench.services.read_case import Seen, gather_facts, present

if TYPE_CHECKING:
    from workbench.store.repositories.states import RunEntry

OWED_BASIS = "as_contracted"
"""Basis whose settlement the list of cases shows; the others stand in the audit."""


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
    """Recompute a case without saving a run.

    Raises:
        NotFoundError: no such case.
        UsageError: the case has no statement yet.
        ReferenceGapError: a date beyond a reference table.
    """
    return _compute(desk, case, options)[0]


def run_audit(desk: Desk, case: str, options: AuditOptions | None = None, *, repeat: bool = True) -> Audit:
    """Recompute a case and save the run.

    Args:
        desk: the desk.
        case: name of the case.
        options: how to compute; None: the usual way.
        repeat: False leaves a run out that equals the last saved one in facts, tables, engine and options, so that
            looking at a case does not fill the list of runs.

    Raises:
        NotFoundError: no such case.
        UsageError: the case has no statement yet.
        ReferenceGapError: a date beyond a reference table.
        StoreError: the run cannot be saved.
    """
    from workbench.documents.audit_json import audit_parts  # noqa: PLC0415  start fast
    from workbench.store.repositories.runs import packed_result  # noqa: PLC0415
    from workbench.store.repositories.states import RunDecisions, RunEntry  # noqa: PLC0415

    audit, facts_number, seen = _compute(desk, case, options)
    basis = audit.bases.get(OWED_BASIS)
    entry = RunEntry(
        number=0,
        at=desk.now(),
        facts=facts_number,
        engine=audit.fingerprint.engine,
        tables=audit.fingerprint.tables,
        inputs=audit.fingerprint.inputs,
        options=_options(audit.options),
        overcharged=audit.overcharged,
        basis=OWED_BASIS,
        settlement=None if basis is None else basis.settlement,
        findings=len(audit.findings),
        keys=tuple(finding.key for finding in audit.findings if finding.severity is not Severity.NOTE),
        decisions=RunDecisions(seen.terms, seen.tags),
    )
    if not repeat:
        with desk.store.read() as unit:
            last = unit.runs.last(unit.cases.key(case))
        if last is not None and replace(last, number=0, at=entry.at) == entry:
            return audit
    result = packed_result(audit_parts(audit))
    with desk.store.write() as unit:
        unit.runs.keep_tables(desk.tables())
        unit.runs.add(unit.cases.key(case), entry, result)
        unit.commit()
    return audit


def list_runs(desk: Desk, case: str) -> tuple[AuditRun, ...]:
    """Return the saved runs, newest first.

    Raises:
        NotFoundError: no such case.
    """
    with desk.store.read() as unit:
        key = unit.cases.key(case)
        facts = unit.cases.versions(key)[1]
        return tuple(_run(entry, facts) for entry in unit.runs.all(key))


def read_run(desk: Desk, case: str, number: int) -> dict[str, object]:
    """Return a saved run's result as in ``audit --json``.

    Raises:
        NotFoundError: no such case or run.
    """
    with desk.store.read() as unit:
        return unit.runs.result(unit.cases.key(case), number)


def _compute(desk: Desk, case: str, options: AuditOptions | None) -> tuple[Audit, int, Seen]:
    """Return the audit with the facts' number and what they were made of, all from one state of the database."""
    from workbench.engine import audit as engine  # noqa: PLC0415  start fast

    with uncollected(), desk.store.read() as unit:
        key = unit.cases.key(case)
        number, seen = unit.cases.versions(key)[1], present(unit, key)
        facts = gather_facts(unit, case, seen)
    if not facts.lines:
        raise UsageError(
            f"case {case!r} has no statement yet",
            next_step="Import one with `workbench import CASE FILE`.",
            what_zh=f"案件“{case}”还没有流水",
            next_step_zh="请先导入流水：workbench import 案件 文件。",
        )
    with uncollected():
        audit = engine.run_audit(facts, desk.tables(), options or AuditOptions(), desk.engine_version)
    return audit, number, seen


def _options(options: AuditOptions) -> dict[str, str | None]:
    return {
        "as_of": None if options.as_of is None else options.as_of.isoformat(),
        "occupancy": options.occupancy,
        "fault_share": str(options.fault_share),
        "filed_on": None if options.filed_on is None else options.filed_on.isoformat(),
        "keep_to": None if options.keep_to is None else options.keep_to.isoformat(),
    }


def _run(entry: RunEntry, facts: int) -> AuditRun:
    return AuditRun(
        number=entry.number,
        at=entry.at,
        engine=entry.engine,
        tables=entry.tables,
        inputs=entry.inputs,
        options=entry.options,
        overcharged=entry.overcharged,
        basis=entry.basis,
        settlement=entry.settlement,
        findings=entry.findings,
        stale=entry.facts != facts,
    )
