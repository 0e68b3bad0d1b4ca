"""What a person decided: terms, tasks, triage, tags, entries of letters; every setter returns images for undo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row
from sqlalchemy import select as select_columns
from sqlmodel import SQLModel, col, select

from workbench.domain.findings import Triage, TriageState
from workbench.domain.steps import TaskState
from workbench.domain.terms import Term, TermStatus, TermValue
from workbench.store.converters import term_value
from workbench.store.repositories.base import Image, Repository, table
from workbench.store.repositories.coverage import by_case
from workbench.store.repositories.states import TaskEntry
from workbench.store.rows import FieldRow, TagRow, TaskRow, TriageRow, UserTermRow


class Decisions(Repository):
    """A person's decisions in a case."""

    def terms(self, key: int) -> dict[str, Term | None]:
        """Return edited and confirmed terms by key; None where the person says that the contract is silent."""
        return self.terms_many((key,))[key]

    def terms_many(self, keys: Sequence[int]) -> dict[int, dict[str, Term | None]]:
        """Return edited and confirmed terms of several cases."""
        found = self._rows(UserTermRow, keys)
        return {key: {row.key: _user_term(row) for row in rows} for key, rows in found.items()}

    def set_term(
        self, key: int, name: str, value: TermValue | None, unit: str | None, status: TermStatus, now: datetime
    ) -> Image:
        """Set a term; value None says that the contract is silent."""
        stored = list(value) if isinstance(value, tuple) else value
        row = UserTermRow(case_id=key, key=name, value=stored, unit=unit, status=status.value, at=now)
        return self.change(row, (key, name))

    def tasks(self, key: int) -> dict[str, TaskEntry]:
        """Return the tasks a person touched, by id."""
        return self.tasks_many((key,))[key]

    def tasks_many(self, keys: Sequence[int]) -> dict[int, dict[str, TaskEntry]]:
        """Return the touched tasks of several cases."""
        found = self._rows(TaskRow, keys)
        return {key: {row.task: _task(row) for row in rows} for key, rows in found.items()}

    def set_task(self, key: int, task: str, entry: TaskEntry, now: datetime) -> Image:
        """Set a task."""
        row = TaskRow(
            case_id=key,
            task=task,
            state=entry.state.value,
            by_hand=entry.by_hand,
            reason=entry.reason,
            due=entry.due,
            note=entry.note,
            at=now,
        )
        return self.change(row, (key, task))

    def triage(self, key: int) -> dict[str, Triage]:
        """Return decisions on findings by the finding's key."""
        return self.triage_many((key,))[key]

    def triage_many(self, keys: Sequence[int]) -> dict[int, dict[str, Triage]]:
        """Return decisions on findings of several cases."""
        found = self._rows(TriageRow, keys)
        return {key: {row.finding: _triage(row) for row in rows} for key, rows in found.items()}

    def set_triage(self, key: int, triage: Triage, now: datetime) -> Image:
        """Set the decision on one finding."""
        row = TriageRow(
            case_id=key,
            finding=triage.finding,
            state=triage.state.value,
            note=triage.note,
            reviewer=triage.reviewer,
            in_letter=triage.in_letter,
            at=now,
        )
        return self.change(row, (key, triage.finding))

    def tags(self, key: int) -> dict[str, bool]:
        """Return forced-sale tags by line id."""
        return {row.line: row.forced for row in self.session.exec(select(TagRow).where(TagRow.case_id == key))}

    def set_tag(self, key: int, line: str, forced: bool | None, now: datetime) -> Image | None:
        """Tag a line; None takes the tag away (and returns None where there was none)."""
        if forced is None:
            return self.drop(TagRow, (key, line))
        return self.change(TagRow(case_id=key, line=line, forced=forced, at=now), (key, line))

    def fields(self, key: int) -> dict[str, str]:
        """Return the entries of letters."""
        return self.fields_many((key,))[key]

    def fields_many(self, keys: Sequence[int]) -> dict[int, dict[str, str]]:
        """Return the entries of letters of several cases."""
        found: dict[int, dict[str, str]] = {key: {} for key in keys}
        for row in self.session.exec(select(FieldRow).where(col(FieldRow.case_id).in_(keys))):
            found[row.case_id][row.key] = row.value
        return found

    def set_fields(self, key: int, fields: Mapping[str, str], now: datetime) -> list[Image]:
        """Remember entries; empty text forgets one."""
        images: list[Image] = []
        for name, value in fields.items():
            if value.strip():
                images.append(self.change(FieldRow(case_id=key, key=name, value=value, at=now), (key, name)))
            elif (before := self.drop(FieldRow, (key, name))) is not None:
                images.append(before)
        return images

    def _rows(self, row: type[SQLModel], keys: Sequence[int]) -> dict[int, list[Row[Any]]]:
        chosen = table(row)
        statement = select_columns(chosen).where(chosen.c.case_id.in_(keys))
        return by_case(keys, self.session.connection().execute(statement))


def _task(row: Row[Any]) -> TaskEntry:
    return TaskEntry(TaskState(row.state), row.by_hand, row.reason, row.due, row.note)


def _triage(row: Row[Any]) -> Triage:
    return Triage(row.finding, TriageState(row.state), row.note, row.reviewer, row.in_letter)


def _user_term(row: Row[Any]) -> Term | None:
    return None if row.value is None else Term(row.key, term_value(row.value), row.unit, TermStatus(row.status))
