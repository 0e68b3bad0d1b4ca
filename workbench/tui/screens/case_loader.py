"""Read a case, recompute it when its facts changed, write changes one after another, follow changes made elsewhere."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import cast

from textual import on
from textual.message import Message
from textual.widget import Widget

from workbench.domain.audit import Audit
from workbench.domain.case import DocumentKind
from workbench.domain.lines import Line
from workbench.errors import WorkbenchError
from workbench.services.garbage import uncollected
from workbench.store.store import Seen
from workbench.tui.state import AuditIndex, CaseView
from workbench.tui.work import Failed, Noticed, compute, shell, unexpected

POLL_SECONDS = 3.0


@dataclass
class CaseRead(Message):
    """Everything but the audit arrived."""

    view: CaseView


@dataclass
class Audited(Message):
    """A recomputation came to an end, one way or the other."""

    facts: object
    made: AuditIndex | None
    error: WorkbenchError | None = None

    @property
    def audit(self) -> Audit | None:
        """The audit, None where it failed."""
        return self.made.audit if self.made else None


@dataclass
class VersionRead(Message):
    """The case's version as it stands in the database."""

    version: int


@dataclass
class FirstLinesRead(Message):
    """The first postings of a long ledger arrived; they are shown until it is recomputed."""

    lines: tuple[Line, ...]
    count: int


class Saved(Message):
    """All changes asked for so far are written."""


class CaseShown(Message):
    """The view was replaced; whoever shows it draws again."""


class CaseLoader(Widget):
    """Keeps ``view`` up to date; the screen listens for ``CaseShown``."""

    case: str
    view: CaseView | None = None
    _audited: Audited | None = None
    _auditing: object = None
    _seen: Seen | None = None
    """What changes rest on: the version last shown while nothing stood over the screen."""

    @property
    def _in_front(self) -> bool:
        """True while nothing stands over the screen: what is behind a form is not refreshed."""
        return cast("object", self.app.screen) is self

    def start_loading(self) -> None:
        """Read the case, and from then on whenever it changes."""
        self._jobs: asyncio.Queue[Callable[[], object]] = asyncio.Queue()
        self.run_worker(self._write_jobs(), group="writer", exit_on_error=False)
        self.load()
        self.set_interval(POLL_SECONDS, self._poll)

    def load(self) -> None:
        """Read the case in a worker."""
        backend, case = shell(self).backend, self.case
        compute(self, lambda: CaseRead(backend.read(case)), "load")

    def _poll(self) -> None:
        if self.view is not None and self._in_front:
            backend, case = shell(self).backend, self.case
            compute(self, lambda: VersionRead(backend.version(case)), "poll")

    @on(VersionRead)
    def version_read(self, event: VersionRead) -> None:
        """Read the case again where somebody else changed it."""
        event.stop()
        if self.view is not None and event.version != self.view.version:
            self.load()

    @on(CaseRead)
    def case_read(self, event: CaseRead) -> None:
        """Show the facts; keep the audit made for them, else recompute."""
        event.stop()
        view = event.view
        if self._seen is None or self._in_front:
            self._seen = Seen(max(view.version, self._seen.version if self._seen else 0))
        done = self._audited
        if done is not None and done.facts == view.facts_key:
            self._show(replace(view, audit=done.audit, audit_error=done.error, made=done.made))
            return
        if self.view is not None:
            earlier = self.view.index
            view = replace(view, audit=earlier.audit if earlier else None, made=earlier)
            view = replace(view, first=self.view.first, first_of=self.view.first_of)
        self._show(view)
        self._recompute(view)

    def _recompute(self, view: CaseView) -> None:
        if not any(document.kind is DocumentKind.STATEMENT for document in view.documents):
            self.view = replace(view, audit=None)
            self.post_message(CaseShown())
            return
        facts = view.facts_key
        if self._auditing == facts:
            return
        self._auditing = facts
        self._read_first_lines()
        backend, case = shell(self).backend, self.case

        def work() -> Audited:
            with uncollected(stays=True):
                try:
                    return Audited(facts, AuditIndex(backend.audit(case)))
                except WorkbenchError as error:
                    return Audited(facts, None, error)

        compute(self, work, "audit")

    def _read_first_lines(self) -> None:
        if self.view is not None and self.view.audit is None and not self.view.first:
            backend, case = shell(self).backend, self.case
            compute(self, lambda: FirstLinesRead(*backend.first_lines(case)), "first")

    @on(FirstLinesRead)
    def first_lines_read(self, event: FirstLinesRead) -> None:
        """Show postings as imported where recomputing takes long."""
        event.stop()
        if self.view is not None and self.view.audit is None and event.count > len(event.lines):
            self._show(replace(self.view, first=event.lines, first_of=event.count))

    @on(Audited)
    def audited(self, event: Audited) -> None:
        """Show the result, unless the facts changed while it was computed."""
        event.stop()
        self._auditing = None
        if self.view is None or event.facts != self.view.facts_key:
            self.load()
            return
        self._audited = event
        self._show(replace(self.view, audit=event.audit, audit_error=event.error, made=event.made))
        self.load()  # the audit lets automatic checks of the steps tell more

    @on(Failed)
    def audit_failed(self, event: Failed) -> None:
        """An audit that broke says so where its figures would stand, besides the app's notice."""
        if event.group == "audit" and self.view is not None:
            self._audited = Audited(self._auditing, None, event.error)
            self._auditing = None
            self._show(replace(self.view, audit=None, audit_error=event.error))

    def _show(self, view: CaseView) -> None:
        self.view = view
        self.post_message(CaseShown())

    def action_recompute(self) -> None:
        """Recompute although nothing changed, for instance after reference rates were added elsewhere."""
        if self.view is not None:
            self._audited = None
            self._auditing = None
            self.notify(shell(self).words("today.computing"), markup=False)
            self._recompute(self.view)

    def save(self, job: Callable[[], object]) -> None:
        """Write a change after those asked for before it; one that rests on an older state is refused, not forced."""
        self._jobs.put_nowait(job)

    def _write(self, job: Callable[[], object]) -> None:
        if self._seen is None:
            job()
            return
        with shell(self).backend.based_on(self._seen):
            job()

    async def _write_jobs(self) -> None:
        while True:
            job = await self._jobs.get()
            try:
                await asyncio.to_thread(self._write, job)
            except WorkbenchError as error:
                self.post_message(Failed(error, "save"))
            except Exception as error:  # noqa: BLE001  # the worker seam: the next change must still be written
                self.post_message(Failed(unexpected(error), "save"))
            if self._jobs.empty():
                self.post_message(Saved())

    @on(Saved)
    def saved(self, event: Saved) -> None:
        """Read back what was written."""
        event.stop()
        self.load()

    def action_undo(self) -> None:
        """Undo the last change of the case and say what it was."""
        words, backend, case = shell(self).words, shell(self).backend, self.case

        def job() -> None:
            what = backend.undo(case, words.lang)
            self.post_message(Noticed(words("undo.done", what=what) if what else words("undo.nothing")))

        self.save(job)
