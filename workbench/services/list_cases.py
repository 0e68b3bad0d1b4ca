"""The list of cases with what a person needs to choose one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from workbench.domain.case import Case
from workbench.domain.steps import Step, StepSpec
from workbench.services.check_facts import gather_check_facts
from workbench.services.checklists import load_steps
from workbench.services.deadlines import deadlines_of
from workbench.services.desk import Desk
from workbench.services.manage_steps import CLOSED, build_steps

if TYPE_CHECKING:
    from workbench.store.unit import Unit


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """One row of the list."""

    case: Case
    step: int
    """Number (1-8) of the first step that still has open tasks; 8 when all are done."""
    tasks_done: int
    tasks: int
    documents: int
    overcharged: Decimal | None
    """Yuan, from the last saved audit; None before the first."""
    owed: Decimal | None
    """Settlement in yuan on ``basis``, positive = due to the client; None before the first audit."""
    basis: str | None
    """Name of the legal basis of ``owed``."""
    next_due: date | None
    """Earliest due date of an open task, or deadline of the client that has not passed."""
    stale: bool
    """True where facts changed since the last saved audit, or there is none yet."""


def list_cases(desk: Desk, *, archived: bool = False) -> tuple[CaseSummary, ...]:
    """Return the cases, last changed first.

    Args:
        desk: the desk.
        archived: True returns the archived cases instead of the live ones.
    """
    specs = load_steps(desk.template_dirs)
    with desk.store.read() as unit:
        return tuple(_summary(desk, unit, key, case, specs) for key, case in unit.cases.living(archived=archived))


def show_case(desk: Desk, case: str) -> CaseSummary:
    """Return one case's summary.

    Raises:
        NotFoundError: no such case.
    """
    specs = load_steps(desk.template_dirs)
    with desk.store.read() as unit:
        key = unit.cases.key(case)
        return _summary(desk, unit, key, unit.cases.by_key(key), specs)


def _summary(desk: Desk, unit: Unit, key: int, case: Case, specs: tuple[StepSpec, ...]) -> CaseSummary:
    now = desk.now()
    facts = gather_check_facts(unit, key, now, desk.tables)
    steps = build_steps(specs, facts, unit.decisions.tasks(key))
    run = facts.run
    due = [one.due for one in deadlines_of(unit, key) if one.own and one.due >= now.date()]
    due += [task.due for step in steps for task in step.tasks if task.due is not None and task.state not in CLOSED]
    return CaseSummary(
        case=case,
        step=_current(steps),
        tasks_done=sum(step.done for step in steps),
        tasks=sum(len(step.tasks) for step in steps),
        documents=len(facts.documents),
        overcharged=None if run is None else run.overcharged,
        owed=None if run is None else run.settlement,
        basis=None if run is None else run.basis,
        next_due=min(due, default=None),
        stale=facts.stale,
    )


def _current(steps: tuple[Step, ...]) -> int:
    return next((step.spec.number for step in steps if step.done < len(step.tasks)), len(steps))
