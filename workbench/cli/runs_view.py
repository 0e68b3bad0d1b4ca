"""Saved runs as text and JSON: the list, one recomputed, and the present case against one."""

from __future__ import annotations

from typing import Any

from workbench.cli.audit_view import BASES
from workbench.cli.output import show, show_table, yuan
from workbench.domain.money import ZERO, cents, decimal
from workbench.locales.catalogue import Catalogue
from workbench.services.compare_runs import Comparison, LineChange, Step
from workbench.services.rerun_audit import Rerun
from workbench.services.run_audit import AuditRun

LINES = 20
"""Changed postings shown; the others are counted."""


def show_runs(runs: tuple[AuditRun, ...], say: Catalogue) -> None:
    """Print the saved runs, newest first."""
    if not runs:
        show(say("runs.none"))
        return
    show_table(
        [say(f"runs.head.{key}") for key in ("number", "at", "overcharged", "settlement", "findings", "engine")],
        [
            [
                f"{run.number}{' ~' if run.stale else ''}",
                run.at.strftime("%Y-%m-%d %H:%M"),
                yuan(run.overcharged),
                yuan(run.settlement),
                str(run.findings),
                f"{run.engine} · {run.tables[:8]}",
            ]
            for run in runs
        ],
        right=(2, 3, 4),
    )
    if any(run.stale for run in runs):
        show(say("runs.stale"))


def run_dict(run: AuditRun) -> dict[str, Any]:
    """Return a saved run as plain JSON values."""
    return {
        "number": run.number,
        "at": run.at.isoformat(),
        "engine": run.engine,
        "tables": run.tables,
        "inputs": [{"file": name, "sha256": sha} for name, sha in run.inputs],
        "options": dict(run.options),
        "overcharged": str(cents(run.overcharged)),
        "settlement": None if run.settlement is None else str(cents(run.settlement)),
        "findings": run.findings,
        "stale": run.stale,
    }


def show_rerun(found: Rerun, say: Catalogue) -> None:
    """Say whether an old run was reproduced."""
    state = "same" if found.same else "differs"
    show(say(f"runs.{state}", number=found.run.number, at=found.run.at.strftime("%Y-%m-%d %H:%M")))


def show_comparison(found: Comparison, say: Catalogue) -> None:
    """Print what changed since a run and why."""
    at = found.run.at.strftime("%Y-%m-%d %H:%M")
    show(say("runs.compared", number=found.run.number, at=at))
    if not found.exact:
        show(say("runs.not_exact"))
    for name in BASES:
        before, after = found.settlements.get(name, (None, None))
        if before is not None or after is not None:
            show(f"  {say.name('basis', name)}{say('colon')}{_yuan(before)} → {_yuan(after)}")
    if not (found.steps or found.lines or found.new_findings or found.gone_findings):
        show(say("runs.unchanged"))
    _show_steps(found.steps, say)
    _show_findings("new_findings", found.new_findings, say)
    _show_findings("gone_findings", found.gone_findings, say)
    _show_lines(found.lines, say)


def _show_steps(steps: tuple[Step, ...], say: Catalogue) -> None:
    if not steps:
        return
    show()
    show(say("runs.why"))
    show_table(
        [say(f"runs.head.{key}") for key in ("change", "overcharged_by", "settlement_by")],
        [[step_text(step, say), _signed(step.overcharged), _signed(step.settlement)] for step in steps],
        right=(1, 2),
        indent="  ",
    )


def _show_findings(title: str, findings: tuple[dict[str, Any], ...], say: Catalogue) -> None:
    if not findings:
        return
    show()
    show(say(f"runs.{title}", count=len(findings)))
    for one in findings:
        text = say.pick(one["text"]["zh"], one["text"]["en"])
        show(f"  {one['code']} {text}")


def _show_lines(lines: tuple[LineChange, ...], say: Catalogue) -> None:
    if not lines:
        return
    show()
    show(say("runs.lines", count=len(lines)))
    for line in lines[:LINES]:
        place = say("runs.place", file=line.file, row=line.row or "-")
        state = say(f"runs.{line.state}")
        show(f"  [{state}] {line.date} {place}{say('colon')}{_yuan(line.before)} → {_yuan(line.after)}")
    if len(lines) > LINES:
        show(say("runs.more", count=len(lines) - LINES))


def step_text(step: Step, say: Catalogue) -> str:
    """Name one change in plain words."""
    if step.kind == "term":
        label = say.name("term", step.name)
        return say("runs.step.term", name=label, before=step.before or "-", after=step.after or "-")
    return say(f"runs.step.{step.kind}", name=step.name, before=step.before, after=step.after)


def comparison_dict(found: Comparison, case: str) -> dict[str, Any]:
    """Return the comparison as plain JSON values."""
    return {
        "schema": 1,
        "case": case,
        "run": found.run.number,
        "exact": found.exact,
        "steps": [
            {
                "kind": step.kind,
                "name": step.name,
                "before": step.before,
                "after": step.after,
                "overcharged": str(cents(step.overcharged)),
                "settlement": str(cents(step.settlement)),
            }
            for step in found.steps
        ],
        "settlements": {name: {"before": pair[0], "after": pair[1]} for name, pair in found.settlements.items()},
        "new_findings": list(found.new_findings),
        "gone_findings": list(found.gone_findings),
        "lines": [
            {
                "file": line.file,
                "page": line.page,
                "row": line.row,
                "date": line.date,
                "state": line.state,
                "before": line.before,
                "after": line.after,
            }
            for line in found.lines
        ],
    }


def _yuan(text: str | None) -> str:
    return "-" if text is None else yuan(decimal(text))


def _signed(amount: object) -> str:
    value = decimal(str(amount))
    return ("+" if value > ZERO else "") + yuan(value)
