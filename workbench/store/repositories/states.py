"""Small values that the store returns where no domain type fits: a touched task, an edited term, a change, a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from workbench.domain.steps import TaskState
from workbench.domain.terms import Term


@dataclass(frozen=True, slots=True)
class TaskEntry:
    """A task as a person left it."""

    state: TaskState = TaskState.TODO
    by_hand: bool = False
    """True once the state itself was set; a due date or note alone leaves it to the automatic check."""
    reason: str = ""
    due: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    """One change of the undo log."""

    number: int
    at: datetime
    what_zh: str
    what_en: str
    undone: bool


@dataclass(frozen=True, slots=True)
class RunDecisions:
    """What a person had decided when a run was made."""

    terms: Mapping[str, Term | None]
    """Edited and confirmed terms by key; None where the person says that the contract is silent."""
    tags: Mapping[str, bool]
    """Forced-sale tags by line id."""


@dataclass(frozen=True, slots=True)
class RunEntry:
    """One saved audit run without its result."""

    number: int
    at: datetime
    facts: int
    engine: str
    tables: str
    inputs: tuple[tuple[str, str], ...]
    options: Mapping[str, str | None]
    overcharged: Decimal
    basis: str
    settlement: Decimal | None
    findings: int
    keys: tuple[str, ...] = ()
    """Keys of the findings that need a person's decision (all but notes)."""
    decisions: RunDecisions | None = None
    """A person's edits and tags at the time; None for runs saved before they were kept."""


@dataclass(frozen=True, slots=True)
class WrittenEntry:
    """A document that was written."""

    template: str
    file: str
    sha256: str
    at: datetime
    amounts: tuple[tuple[str, str], ...]
    """(origin, amount as printed) of every amount it states."""
