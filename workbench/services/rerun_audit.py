"""Recompute an old run from what it rested on: its files, a person's decisions, its options and its tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from workbench.domain.audit import Audit, AuditOptions
from workbench.domain.reference import ReferenceTables
from workbench.errors import NotFoundError, UsageError
from workbench.services.desk import Desk
from workbench.services.read_case import Seen, gather_facts
from workbench.services.run_audit import AuditRun, list_runs, read_run

if TYPE_CHECKING:
    from workbench.store.repositories.states import RunEntry


@dataclass(frozen=True, slots=True)
class Rerun:
    """An old run recomputed."""

    run: AuditRun
    result: dict[str, Any]
    """The new result as in ``audit --json``."""
    same: bool
    """True where it equals the stored result in every figure."""


@dataclass(frozen=True, slots=True)
class OldRun:
    """What an old run rested on."""

    case: str
    seen: Seen
    tables: ReferenceTables
    options: AuditOptions

    @classmethod
    def read(cls, desk: Desk, case: str, number: int) -> OldRun:
        """Return what a run rested on.

        Raises:
            NotFoundError: no such case or run, or a file of it is no longer in the case.
            UsageError: the run was saved before decisions and tables were kept.
        """
        with desk.store.read() as unit:
            key = unit.cases.key(case)
            entry = unit.runs.get(key, number)
            here = {document.sha256 for document in unit.documents.all(key)}
            tables = unit.runs.tables(entry.tables)
        if entry.decisions is None or tables is None:
            raise _not_kept(number)
        missing = [file for file, sha256 in entry.inputs if sha256 not in here]
        if missing:
            raise _missing(number, missing)
        files = frozenset(sha256 for _, sha256 in entry.inputs)
        return cls(case, Seen(files, entry.decisions.terms, entry.decisions.tags), tables, _options(entry))

    def audit(self, desk: Desk) -> Audit:
        """Recompute with this program."""
        from workbench.engine import audit as engine  # noqa: PLC0415  start fast

        with desk.store.read() as unit:
            facts = gather_facts(unit, self.case, self.seen)
        return engine.run_audit(facts, self.tables, self.options, desk.engine_version)


def rerun_audit(desk: Desk, case: str, number: int) -> Rerun:
    """Recompute a saved run from its files, decisions, options and tables.

    Raises:
        NotFoundError: no such case or run, or a file of it is no longer in the case.
        UsageError: the run was saved before decisions and tables were kept.
    """
    from workbench.documents.audit_json import audit_to_json  # noqa: PLC0415  start fast

    old = OldRun.read(desk, case, number)
    audit = old.audit(desk)
    result = audit_to_json(audit)
    stored = read_run(desk, case, number)
    return Rerun(run_of(desk, case, number), result, figures(result) == figures(stored))


def figures(result: dict[str, Any]) -> dict[str, Any]:
    """Return a result without the program's version, which is no figure."""
    print_ = {key: value for key, value in result["fingerprint"].items() if key != "engine"}
    return {**result, "fingerprint": print_}


def _options(entry: RunEntry) -> AuditOptions:
    kept = entry.options
    days = {name: date.fromisoformat(text) for name in ("as_of", "filed_on", "keep_to") if (text := kept.get(name))}
    return AuditOptions(
        days.get("as_of"),
        kept.get("occupancy") or "none",
        Decimal(kept.get("fault_share") or "0"),
        days.get("filed_on"),
        days.get("keep_to"),
    )


def run_of(desk: Desk, case: str, number: int) -> AuditRun:
    """Return a saved run without its result."""
    return next(run for run in list_runs(desk, case) if run.number == number)


def _not_kept(number: int) -> UsageError:
    return UsageError(
        f"run {number} was saved by an earlier version that did not keep what it rested on",
        next_step="Its result can still be read; recompute the case as it is now with `workbench audit CASE`.",
        what_zh=f"第 {number} 次核算由早期版本保存，没有留下当时的依据",
        next_step_zh="仍可查看其结果；按现在的材料重新核算：workbench audit 案件。",
    )


def _missing(number: int, files: list[str]) -> NotFoundError:
    listed = "、".join(files)
    return NotFoundError(
        f"files of run {number} are no longer in the case: {listed}",
        next_step="Import them again; they are recognised by their hash.",
        what_zh=f"第 {number} 次核算用到的文件已不在案件中：{listed}",
        next_step_zh="请重新导入这些文件；程序按哈希识别。",
    )
