"""What the workspace shows of one case, as loaded at one moment; replaced as a whole, never edited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from workbench.domain.audit import Audit, AuditedLine
from workbench.domain.case import Document
from workbench.domain.deadlines import Deadline
from workbench.domain.findings import Finding, Triage
from workbench.domain.steps import Step, Task
from workbench.domain.terms import Terms
from workbench.errors import WorkbenchError

if TYPE_CHECKING:
    from workbench.planning.assets import Asset
    from workbench.planning.offers import Offer
    from workbench.services.render_document import TemplateInfo


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
    assets: Mapping[int, Asset] = field(default_factory=dict)
    """Own assets outside the financed account, by number."""
    offers: Mapping[int, Offer] = field(default_factory=dict)
    plan: Mapping[str, str] = field(default_factory=dict)
    """What the person set for the plans of steps 4 to 8, as typed."""
    audit: Audit | None = None
    audit_error: WorkbenchError | None = None

    @cached_property
    def findings(self) -> Mapping[str, Finding]:
        """Findings by key."""
        return {finding.key: finding for finding in self.audit.findings} if self.audit else {}

    @cached_property
    def lines(self) -> Mapping[str, tuple[int, AuditedLine]]:
        """Position and line by line id."""
        entries = self.audit.lines if self.audit else ()
        return {entry.line.id: (index, entry) for index, entry in enumerate(entries)}

    def entries(self, finding: Finding) -> tuple[AuditedLine, ...]:
        """Return a finding's lines, in its own order."""
        return tuple(self.lines[key][1] for key in finding.lines if key in self.lines)

    def task(self, task_id: str) -> Task | None:
        """Return a task by its id."""
        return next((task for step in self.steps for task in step.tasks if task.spec.id == task_id), None)

    @property
    def facts_key(self) -> object:
        """What the audit depends on: an audit made for the same facts need not be made again."""
        return self.documents, self.terms, tuple(sorted(self.tags.items()))
