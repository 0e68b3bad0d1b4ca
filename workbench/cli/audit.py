"""``workbench audit CASE``: recompute everything and say first what matters most."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

import typer

from workbench.cli.arguments import day, number
from workbench.cli.audit_view import show_audit
from workbench.cli.diagnostics import ExitCode, narrate
from workbench.cli.groups import command, new_app
from workbench.cli.options import CaseArgument, JsonOption
from workbench.cli.output import show_json
from workbench.cli.runs_view import comparison_dict, run_dict, show_comparison, show_rerun, show_runs
from workbench.cli.session import Session, session
from workbench.documents.audit_json import audit_to_json
from workbench.domain.audit import Audit, AuditOptions
from workbench.domain.findings import Severity
from workbench.errors import NotFoundError, UsageError
from workbench.services.compare_runs import compare_runs
from workbench.services.rerun_audit import rerun_audit
from workbench.services.run_audit import list_runs, run_audit

app = new_app()


class Occupancy(StrEnum):
    """Cost of holding the principal on the void basis."""

    NONE = "none"
    DEPOSIT = "deposit"
    LPR_1Y = "lpr_1y"


@command(app)
def audit(
    ctx: typer.Context,
    case: CaseArgument,
    as_of: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Day to which interest runs, not counted; default: the last row's."),
    ] = None,
    occupancy: Annotated[
        Occupancy, typer.Option(help="Cost of holding the principal where the contract is void.")
    ] = Occupancy.NONE,
    fault_share: Annotated[
        str,
        typer.Option(metavar="X", help="Financier's part of the trading loss where void, 0 to 1."),
    ] = "0",
    filed_on: Annotated[
        str | None, typer.Option(metavar="DATE", help="Day the suit was filed; needed for contracts before 2020-08-20.")
    ] = None,
    fail_on: Annotated[
        Severity | None, typer.Option(help="Exit with 1 when there is a finding of this severity or a graver one.")
    ] = None,
    compare: Annotated[
        str | None, typer.Option(metavar="RUN", help="Tell what changed since a saved run: its number, or `last`.")
    ] = None,
    rerun: Annotated[
        int | None, typer.Option(metavar="RUN", help="Recompute a saved run from what it rested on; saves nothing.")
    ] = None,
    runs: Annotated[bool, typer.Option("--runs", help="List the saved runs.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Recompute the case: what is wrong, by how much, what is owed on each legal basis, what to do next."""
    state = session(ctx)
    if sum((compare is not None, rerun is not None, runs)) > 1:
        raise UsageError(
            "Choose one of --compare, --rerun and --runs.",
            what_zh="请在 --compare、--rerun、--runs 中选一个。",
        )
    options = AuditOptions(
        as_of=day(as_of) if as_of else None,
        occupancy=occupancy.value,
        fault_share=_share(fault_share),
        filed_on=day(filed_on) if filed_on else None,
    )
    if runs:
        _list_runs(state, case, as_json=as_json)
        return
    if rerun is not None:
        _rerun(state, case, rerun, as_json=as_json)
        return
    if compare is not None:
        _compare(state, case, compare, options, as_json=as_json)
        return
    result = run_audit(state.desk(), case, options)
    if as_json:
        show_json(audit_to_json(result))
    else:
        show_audit(result, state.say)
    if fail_on is not None and (count := _at_least(result, fail_on)):
        narrate(state.say("audit.failed", count=count, severity=state.say.name("severity", fail_on)))
        raise typer.Exit(ExitCode.FOUND)


def _list_runs(state: Session, case: str, *, as_json: bool) -> None:
    found = list_runs(state.desk(), case)
    if as_json:
        show_json({"schema": 1, "case": case, "runs": [run_dict(run) for run in found]})
    else:
        show_runs(found, state.say)


def _rerun(state: Session, case: str, number: int, *, as_json: bool) -> None:
    found = rerun_audit(state.desk(), case, number)
    if as_json:
        show_json(found.result)
    else:
        show_rerun(found, state.say)
    if not found.same:
        raise typer.Exit(ExitCode.FOUND)


def _compare(state: Session, case: str, text: str, options: AuditOptions, *, as_json: bool) -> None:
    chosen = _last_run(state, case) if text == "last" else int(number(text, "--compare"))
    found = compare_runs(state.desk(), case, chosen, options)
    if as_json:
        show_json(comparison_dict(found, case))
    else:
        show_comparison(found, state.say)


def _last_run(state: Session, case: str) -> int:
    found = list_runs(state.desk(), case)
    if not found:
        raise NotFoundError(
            "the case has no saved run yet",
            next_step="Run `workbench audit CASE` first.",
            what_zh="案件还没有核算过",
            next_step_zh="请先运行 workbench audit 案件。",
        )
    return found[0].number


def _share(text: str) -> Decimal:
    share = number(text, "--fault-share")
    if not 0 <= share <= 1:
        raise UsageError(
            "The share must be between 0 and 1.",
            where="--fault-share",
            next_step="Write for example 0.3 or 30%.",
            what_zh="过错比例须在 0 与 1 之间。",
            next_step_zh="例如写 0.3 或 30%。",
        )
    return share


def _at_least(result: Audit, severity: Severity) -> int:
    """Count findings of this severity or a graver one; ``Severity`` lists the gravest first."""
    order = list(Severity)
    return sum(order.index(finding.severity) <= order.index(severity) for finding in result.findings)
