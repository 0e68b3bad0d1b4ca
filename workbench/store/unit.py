"""The unit of work: one transaction a use case; leaving it without commit saves nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session

from workbench.store.database import WRITING
from workbench.store.guard import database_errors
from workbench.store.repositories.base import Image
from workbench.store.repositories.cases import Cases
from workbench.store.repositories.changes import Changes
from workbench.store.repositories.coverage import CoverageFacts
from workbench.store.repositories.custody import Custody
from workbench.store.repositories.decisions import Decisions
from workbench.store.repositories.documents import Documents
from workbench.store.repositories.events import Events
from workbench.store.repositories.exhibits import Exhibits
from workbench.store.repositories.plans import Plans
from workbench.store.repositories.portable import Portable
from workbench.store.repositories.runs import Runs
from workbench.store.repositories.written import WrittenDocuments
from workbench.store.store import Seen


class Unit:
    """The repositories over one transaction."""

    def __init__(self, session: Session, *, writing: bool = False, seen: Seen | None = None) -> None:
        self._session = session
        self._seen = seen
        self.cases = Cases(session, locking=writing, seen=None if seen is None else seen.version)
        self.custody = Custody(session)
        self.coverage = CoverageFacts(session)
        self.documents = Documents(session, self.cases, self.custody, self.coverage)
        self.decisions = Decisions(session)
        self.events = Events(session, self.coverage)
        self.exhibits = Exhibits(session, self.documents)
        self.runs = Runs(session)
        self.written = WrittenDocuments(session)
        self.plans = Plans(session)
        self.portable = Portable(session, self.coverage)
        self.changes = Changes(session, self.cases, self.custody)

    def commit(self) -> None:
        """Save everything done in this unit."""
        self._session.commit()
        if self._seen is not None and self.cases.seen is not None:
            self._seen.version = self.cases.seen

    def changed(
        self, key: int, now: datetime, what_zh: str, what_en: str, before: list[Image], *, touches_facts: bool = False
    ) -> None:
        """Note a person's change with what stood there before, so that undo can take it back.

        Raises:
            ConflictError: the case was opened for reading only; only itself may be renamed, put away or deleted.
        """
        if any(image["table"] != "cases" for image in before):
            self.cases.require_open(key)
        self.changes.record(key, now, what_zh, what_en, before, touches_facts=touches_facts)
        self.cases.touch(key, now, facts=touches_facts)


@contextmanager
def reading(engine: Engine, url: str) -> Iterator[Unit]:
    """Yield a unit over one consistent state of the database."""
    with database_errors(url), Session(engine) as session:
        yield Unit(session)


@contextmanager
def writing(engine: Engine, url: str, seen: Seen | None = None) -> Iterator[Unit]:
    """Yield a unit that holds the write lock from its first statement on."""
    with database_errors(url), Session(engine.execution_options(**{WRITING: True})) as session:
        # Begin at once: what is read here must still hold when it is written.
        session.connection()
        yield Unit(session, writing=True, seen=seen)
