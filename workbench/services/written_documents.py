"""Documents already written, held against what the case says now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from workbench.domain.audit import Audit
from workbench.errors import WorkbenchError
from workbench.services.desk import Desk
from workbench.services.render_document import document_context

if TYPE_CHECKING:
    from workbench.documents.context import DocumentContext


@dataclass(frozen=True, slots=True)
class ChangedAmount:
    """An amount of a written document that the case no longer gives."""

    origin: str
    then: str
    now: str
    """Empty where the case no longer has the amount at all."""


@dataclass(frozen=True, slots=True)
class WrittenDocument:
    """A document as it was written."""

    template: str
    file: str
    sha256: str
    at: datetime
    amounts: int
    changed: tuple[ChangedAmount, ...]

    @property
    def holds(self) -> bool:
        """True while every amount in it agrees with the case."""
        return not self.changed


def list_written(desk: Desk, case: str, *, audit: Audit | None = None) -> tuple[WrittenDocument, ...]:
    """Return the documents written from a case, last first, each amount held against the case as it is now.

    The document is composed again in memory; what it would state now is compared by what each amount is bound to.

    Raises:
        NotFoundError: no such case.
        UsageError: documents were written, and the case has no statement any more.
    """
    from workbench.services.run_audit import compute_audit  # noqa: PLC0415  start fast

    with desk.store.read() as unit:
        entries = unit.written.all(unit.cases.key(case))
    if not entries:
        return ()
    context = document_context(desk, case, None, audit or compute_audit(desk, case))
    stated: dict[str, dict[str, set[str]]] = {}
    found = []
    for entry in entries:
        if entry.template not in stated:
            stated[entry.template] = _states_now(desk, entry.template, context)
        now = stated[entry.template]
        changed = tuple(
            ChangedAmount(origin, then, "、".join(sorted(now.get(origin, ()))))
            for origin, then in entry.amounts
            if then not in now.get(origin, ())
        )
        found.append(WrittenDocument(entry.template, entry.file, entry.sha256, entry.at, len(entry.amounts), changed))
    return tuple(found)


def _states_now(desk: Desk, template_id: str, context: DocumentContext) -> dict[str, set[str]]:
    """Return what the document would state now, by what each amount is bound to."""
    from workbench.documents.blocks import amounts_of  # noqa: PLC0415  heavy
    from workbench.documents.render import compose  # noqa: PLC0415
    from workbench.documents.template_files import load_template  # noqa: PLC0415

    try:
        paper = compose(load_template(desk.template_dirs, template_id), context)
    except WorkbenchError:
        return {}  # the template is gone or broken: nothing can be said to agree
    states: dict[str, set[str]] = {}
    for one in amounts_of(paper.blocks):
        states.setdefault(one.origin, set()).add(one.text)
    return states
