"""Cases by name: create, find, rename, archive, delete and restore."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from workbench.domain.case import Case, CaseKind
from workbench.errors import ConflictError, NotFoundError
from workbench.store.repositories.base import Image, Repository, table
from workbench.store.rows import CaseRow, CustodyRow, RunRow


def to_case(row: CaseRow) -> Case:
    """Return the case of a row."""
    return Case(row.name, CaseKind(row.kind), row.created, row.changed, row.archived, row.sealed)


def missing(name: str) -> NotFoundError:
    """Return the error for a name that no case has."""
    return NotFoundError(
        f"there is no case {name!r}",
        next_step="`workbench case list` shows the cases; `workbench case new NAME` opens one.",
        what_zh=f"没有名为“{name}”的案件",
        next_step_zh="用 workbench case list 查看案件，或用 workbench case new 名称 新建。",
    )


def taken(name: str) -> ConflictError:
    """Return the error for a name that another case has."""
    return ConflictError(
        f"a case {name!r} exists already",
        next_step="Choose another name, or delete or rename the other case.",
        what_zh=f"已有名为“{name}”的案件",
        next_step_zh="请换一个名称，或先删除、重命名原案件。",
    )


def stale(name: str) -> ConflictError:
    """Return the error for a change that rests on an older state of the case."""
    return ConflictError(
        f"the case {name!r} was changed elsewhere meanwhile; your change was not saved",
        next_step="The case was read again. Look at it and repeat the change.",
        what_zh=f"案件“{name}”在别处已被修改，这次修改没有保存",
        next_step_zh="已重新读取案件。请核对后再改一次。",
    )


class Cases(Repository):
    """The cases of a home."""

    def __init__(self, session: Session, *, locking: bool = False, seen: int | None = None) -> None:
        """Take a session; with ``locking`` a case found by name stays locked until the unit ends.

        With ``seen`` a case whose version is another one cannot be changed.

        SQLite's writers hold one lock for all; elsewhere the row lock keeps counters and the custody chain in order.
        """
        super().__init__(session)
        self._locking = locking
        self.seen = seen

    def create(self, name: str, kind: CaseKind, now: datetime) -> Case:
        """Add a case.

        Raises:
            ConflictError: a living case has the name.
        """
        self.check_free(name)
        row = CaseRow(name=name, taken=name, kind=kind.value, created=now, changed=now)
        self.session.add(row)
        self.session.flush()
        self.session.refresh(row)
        return to_case(row)

    def key(self, name: str) -> int:
        """Return the key of a living case.

        Raises:
            NotFoundError: no living case has the name.
        """
        return _id(self._row(name))

    def get(self, name: str) -> Case:
        """Return a living case.

        Raises:
            NotFoundError: no living case has the name.
        """
        return to_case(self._row(name))

    def by_key(self, key: int) -> Case:
        """Return the case of a key, deleted or not."""
        return to_case(self._by_key(key))

    def living(self, *, archived: bool) -> list[tuple[int, Case]]:
        """Return keys and cases that are not deleted, last changed first."""
        rows = self.session.exec(
            select(CaseRow)
            .where(col(CaseRow.deleted).is_(None), CaseRow.archived == archived)
            .order_by(col(CaseRow.changed).desc(), col(CaseRow.id).desc())
        )
        return [(_id(row), to_case(row)) for row in rows]

    def many(self, keys: Sequence[int]) -> dict[int, tuple[Case, int]]:
        """Return several cases, each with its ``facts`` number, deleted or not."""
        rows = self.session.exec(select(CaseRow).where(col(CaseRow.id).in_(keys)))
        return {_id(row): (to_case(row), row.facts) for row in rows}

    def deleted(self) -> list[tuple[int, Case]]:
        """Return keys and cases that are deleted, last deleted first."""
        rows = self.session.exec(
            select(CaseRow)
            .where(col(CaseRow.deleted).is_not(None))
            .order_by(col(CaseRow.deleted).desc(), col(CaseRow.id).desc())
        )
        return [(_id(row), to_case(row)) for row in rows]

    def deleted_key(self, name: str) -> int:
        """Return the key of the last deleted case of a name.

        Raises:
            NotFoundError: no deleted case has the name.
        """
        found = next((key for key, case in self.deleted() if case.name == name), None)
        if found is None:
            raise missing(name)
        return found

    def versions(self, key: int) -> tuple[int, int]:
        """Return (version, facts): the first grows with any change, the second with changes an audit depends on."""
        row = self._by_key(key)
        return row.version, row.facts

    def versions_of_all(self) -> tuple[int, ...]:
        """Return numbers one of which changes with every case created, changed, purged, audited or logged."""
        cases, runs = table(CaseRow).c, table(RunRow).c
        counted = (func.count(cases.id), func.sum(cases.version), func.max(cases.id))
        of_runs = select_columns(func.max(runs.id)).scalar_subquery()
        of_log = select_columns(func.count()).select_from(table(CustodyRow)).scalar_subquery()
        found = self.session.connection().execute(select_columns(*counted, of_runs, of_log)).one()
        return tuple(int(number or 0) for number in found)

    def touch(self, key: int, now: datetime, *, facts: bool) -> None:
        """Note that a case changed.

        Raises:
            ConflictError: it is not as the person saw it.
        """
        row = self._by_key(key)
        if self.seen is not None:
            if row.version != self.seen:
                raise stale(row.name)
            self.seen += 1
        row.changed = now
        row.version += 1
        row.facts += int(facts)
        self.session.add(row)
        self.session.flush()

    def require_open(self, key: int) -> None:
        """Refuse to change a case that was opened for reading only.

        Raises:
            ConflictError: it was.
        """
        row = self._by_key(key)
        if row.sealed:
            raise ConflictError(
                f"the case {row.name!r} is open for reading only",
                next_step="Open the bundle again as a case to work on (on the command line without --read-only).",
                what_zh=f"案件“{row.name}”以只读方式打开",
                next_step_zh="要继续办理，请重新打开案件包，选“继续办理”（命令行不带 --read-only）。",
            )

    def take_document_number(self, key: int) -> int:
        """Return the next document number of a case; none is given twice."""
        row = self._by_key(key)
        number = row.next_document
        row.next_document = number + 1
        self.session.add(row)
        return number

    def set_next_document(self, key: int, number: int) -> None:
        """Let the next document take a number, as it had it elsewhere."""
        row = self._by_key(key)
        row.next_document = number
        self.session.add(row)

    def set_archived(self, key: int, *, archived: bool) -> Image:
        """Archive a case or take it back."""
        row = self._by_key(key)
        before: Image = {"table": "cases", "key": [key], "row": {"archived": row.archived}}
        row.archived = archived
        self.session.add(row)
        return before

    def rename(self, key: int, name: str) -> Image:
        """Give a living case another name.

        Raises:
            ConflictError: a living case has the name.
        """
        row = self._by_key(key)
        before: Image = {"table": "cases", "key": [key], "row": {"name": row.name, "taken": row.taken}}
        if name != row.name:
            self.check_free(name)
        row.name = row.taken = name
        self.session.add(row)
        return before

    def delete(self, key: int, now: datetime) -> Image:
        """Take a case out of every list; its name becomes free."""
        row = self._by_key(key)
        before: Image = {"table": "cases", "key": [key], "row": {"taken": row.name, "deleted": None}}
        row.deleted, row.taken = now, None
        self.session.add(row)
        return before

    def restore(self, key: int) -> None:
        """Bring a deleted case back under its name.

        Raises:
            ConflictError: a living case took the name.
        """
        row = self._by_key(key)
        self.check_free(row.name)
        row.deleted, row.taken = None, row.name
        self.session.add(row)

    def purge(self, key: int) -> None:
        """Erase a case and everything that hangs on it."""
        self.session.delete(self._by_key(key))
        self.session.flush()

    def check_free(self, name: str) -> None:
        """Refuse a name that a living case has.

        Raises:
            ConflictError: the name is taken.
        """
        if self.session.exec(select(CaseRow.id).where(CaseRow.taken == name)).first() is not None:
            raise taken(name)

    def _row(self, name: str) -> CaseRow:
        statement = select(CaseRow).where(CaseRow.taken == name)
        row = self.session.exec(statement.with_for_update() if self._locking else statement).first()
        if row is None:
            raise missing(name)
        return row

    def _by_key(self, key: int) -> CaseRow:
        row = self.session.get(CaseRow, key)
        if row is None:
            raise missing(str(key))
        return row


def _id(row: CaseRow) -> int:
    if row.id is None:
        raise ValueError("a case that was not stored has no key")
    return row.id
