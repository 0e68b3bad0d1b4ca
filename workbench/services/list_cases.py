"""The list of cases with what a person needs to choose one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from workbench.domain.case import Case
from workbench.domain.deadlines import Deadline
from workbench.domain.steps import Step
from workbench.services.check_facts import CheckFacts, gather_many
from workbench.services.checklists import load_steps
from workbench.services.deadlines import deadlines_many
from workbench.services.desk import Desk
from workbench.services.manage_steps import CLOSED, build_steps

if TYPE_CHECKING:
    from workbench.store.unit import Unit


RECENT = timedelta(days=30)
"""A deadline that passed longer ago is no longer shown in the list."""


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
    client: str = ""
    """As the contracts name the party; empty where none does."""
    financier: str = ""
    files: tuple[str, ...] = ()
    """Names of the imported files."""
    missed: date | None = None
    """The client's own deadline that passed last, within ``RECENT``; whether it was kept is not known."""


def list_cases(desk: Desk, *, archived: bool = False, deleted: bool = False) -> tuple[CaseSummary, ...]:
    """Return the cases, last changed first.

    Args:
        desk: the desk.
        archived: True returns the archived cases instead of the live ones.
        deleted: True returns the deleted cases that can be restored instead, last deleted first.
    """
    with desk.store.read() as unit:
        chosen = unit.cases.deleted() if deleted else unit.cases.living(archived=archived)
        return _summaries(desk, unit, dict(chosen))


def cases_version(desk: Desk) -> tuple[int, ...]:
    """Return numbers that change with anything the list shows, to notice changes made elsewhere at little cost."""
    with desk.store.read() as unit:
        return unit.cases.versions_of_all()


def show_case(desk: Desk, case: str) -> CaseSummary:
    """Return one case's summary.

    Raises:
        NotFoundError: no such case.
    """
    with desk.store.read() as unit:
        key = unit.cases.key(case)
        return _summaries(desk, unit, {key: unit.cases.by_key(key)})[0]


def _summaries(desk: Desk, unit: Unit, cases: Mapping[int, Case]) -> tuple[CaseSummary, ...]:
    keys, now, specs = tuple(cases), desk.now(), load_steps(desk.template_dirs)
    facts, tasks, deadlines = (
        gather_many(unit, keys, now, desk.tables),
        unit.decisions.tasks_many(keys),
        deadlines_many(unit, keys),
    )
    return tuple(
        _summary(case, facts[key], build_steps(specs, facts[key], tasks[key]), deadlines[key])
        for key, case in cases.items()
    )


def _summary(case: Case, facts: CheckFacts, steps: tuple[Step, ...], deadlines: tuple[Deadline, ...]) -> CaseSummary:
    run, today = facts.run, facts.today
    own = [one.due for one in deadlines if one.own]
    due = [day for day in own if day >= today]
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
        client=facts.terms.text("client") or "",
        financier=facts.terms.text("financier") or "",
        files=tuple(document.file for document in facts.documents),
        missed=max((day for day in own if today - RECENT <= day < today), default=None),
    )


def _current(steps: tuple[Step, ...]) -> int:
    return next((step.spec.number for step in steps if step.done < len(step.tasks)), len(steps))
