"""What the workspace shows of one case, as loaded at one moment; replaced as a whole, never edited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from workbench.domain.audit import Audit, AuditedLine
from workbench.domain.case import Document, DocumentKind
from workbench.domain.deadlines import Deadline
from workbench.domain.evidence import Exhibit
from workbench.domain.findings import Finding, Triage
from workbench.domain.lines import Line
from workbench.domain.steps import Step, Task
from workbench.domain.terms import Terms
from workbench.errors import WorkbenchError

if TYPE_CHECKING:
    from workbench.planning.assets import Asset
    from workbench.planning.offers import Offer
    from workbench.services.render_document import TemplateInfo


class AuditIndex:
    """Where things are in an audit; made once per audit, for a hundred thousand lines take a while to go through."""

    def __init__(self, audit: Audit) -> None:
        self.audit = audit
        self.findings: Mapping[str, Finding] = {finding.key: finding for finding in audit.findings}
        self.lines: Mapping[str, tuple[int, AuditedLine]] = {
            entry.line.id: (index, entry) for index, entry in enumerate(audit.lines)
        }
        self.wrong: tuple[int, ...] = tuple(index for index, entry in enumerate(audit.lines) if entry.findings)
        """Positions of the lines that carry a finding."""
        self.texts: dict[str, tuple[str, ...]] = {}
        """What a filter looks through, line by line, per language; filled by whoever searches first."""


@dataclass(frozen=True)
class CaseView:
    """One case as last read; ``audit`` is None before a statement is there or while it is being recomputed."""

    name: str
    version: int
    today: date
    documents: tuple[Document, ...] = ()
    terms: Terms = field(default_factory=Terms)
    steps: tuple[Step, ...] = ()
    tasks_today: tuple[Task, ...] = ()
    triage: Mapping[str, Triage] = field(default_factory=dict)
    templates: tuple[TemplateInfo, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    tags: Mapping[str, bool] = field(default_factory=dict)
    """Sales that a person called forced (True) or their own, by line."""
    exhibits: tuple[Exhibit, ...] = ()
    """The files as a catalogue of evidence."""
    sealed: bool = False
    """True where the case was opened for reading only."""
    first: tuple[Line, ...] = ()
    """The first postings of a long ledger as imported, until it is recomputed."""
    first_of: int = 0
    """How many postings there are."""
    assets: Mapping[int, Asset] = field(default_factory=dict)
    """Own assets outside the financed account, by number."""
    offers: Mapping[int, Offer] = field(default_factory=dict)
    plan: Mapping[str, str] = field(default_factory=dict)
    """What the person set for the plans of steps 4 to 8, as typed."""
    audit: Audit | None = None
    audit_error: WorkbenchError | None = None
    made: AuditIndex | None = None
    """Index of ``audit`` where the worker that computed it made one."""

    @cached_property
    def index(self) -> AuditIndex | None:
        """Where things are in the audit."""
        if self.audit is None or (self.made is not None and self.made.audit is self.audit):
            return self.made if self.audit is not None else None
        return AuditIndex(self.audit)

    @property
    def findings(self) -> Mapping[str, Finding]:
        """Findings by key."""
        return self.index.findings if self.index else {}

    @property
    def lines(self) -> Mapping[str, tuple[int, AuditedLine]]:
        """Position and line by line id."""
        return self.index.lines if self.index else {}

    def entries(self, finding: Finding) -> tuple[AuditedLine, ...]:
        """Return a finding's lines, in its own order."""
        return tuple(self.lines[key][1] for key in finding.lines if key in self.lines)

    def task(self, task_id: str) -> Task | None:
        """Return a task by its id."""
        return next((task for step in self.steps for task in step.tasks if task.spec.id == task_id), None)

    @property
    def has_statement(self) -> bool:
        """True where there is something to compute from."""
        return any(document.kind is DocumentKind.STATEMENT for document in self.documents)

    @property
    def facts_key(self) -> object:
        """What the audit depends on: an audit made for the same facts need not be made again."""
        return self.documents, self.terms, tuple(sorted(self.tags.items()))
