"""The eight recovery steps, their tasks and states.

Source: domain specification, section 11. The tasks themselves are data in ``templates/checklists``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class TaskState(StrEnum):
    """State of one task."""

    TODO = "todo"
    DOING = "doing"
    DONE = "done"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class TaskSpec:
    """One task of the checklist, as data."""

    id: str
    """``2.3``: step and number."""
    step: int
    title_zh: str
    title_en: str
    help_zh: str
    help_en: str
    check: str | None = None
    """Name of the automatic check, where the workbench itself can tell."""
    blocks: tuple[str, ...] = ()
    """Ids of tasks that should wait for this one."""
    kinds: tuple[str, ...] = ("off_exchange", "broker_margin")


@dataclass(frozen=True, slots=True)
class StepSpec:
    """One of the eight steps."""

    number: int
    title_zh: str
    title_en: str
    purpose_zh: str
    purpose_en: str
    tasks: tuple[TaskSpec, ...]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What an automatic check found."""

    passed: bool
    text_zh: str
    text_en: str


@dataclass(frozen=True, slots=True)
class Task:
    """A task in a case: its spec with the person's state and the automatic check."""

    spec: TaskSpec
    state: TaskState = TaskState.TODO
    reason: str = ""
    due: date | None = None
    note: str = ""
    check: CheckResult | None = None
    by_hand: bool = False
    """True once a person set the state; an automatic check then informs and no longer decides."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step in a case with its tasks."""

    spec: StepSpec
    tasks: tuple[Task, ...]

    @property
    def done(self) -> int:
        """Number of tasks done or not applicable."""
        return sum(task.state in (TaskState.DONE, TaskState.NOT_APPLICABLE) for task in self.tasks)
