"""Table classes, one file a group. They validate nothing: domain objects are the truth, converters bring them here."""

from __future__ import annotations

from workbench.store.rows.cases import CaseRow, ChangeRow, CustodyRow, ReferenceRow, RunRow
from workbench.store.rows.contracts import ClauseRow, ContradictionRow, TermRow
from workbench.store.rows.documents import DocumentRow, IssueRow, LineRow, TotalRow
from workbench.store.rows.evidence import EventRow, ExhibitRow, PageTextRow, WrittenRow
from workbench.store.rows.market import BarRow, NoticeRow
from workbench.store.rows.planning import AssetRow, OfferRow
from workbench.store.rows.work import FieldRow, TagRow, TaskRow, TriageRow, UserTermRow

__all__ = [
    "AssetRow",
    "BarRow",
    "CaseRow",
    "ChangeRow",
    "ClauseRow",
    "ContradictionRow",
    "CustodyRow",
    "DocumentRow",
    "EventRow",
    "ExhibitRow",
    "FieldRow",
    "IssueRow",
    "LineRow",
    "NoticeRow",
    "OfferRow",
    "PageTextRow",
    "ReferenceRow",
    "RunRow",
    "TagRow",
    "TaskRow",
    "TermRow",
    "TotalRow",
    "TriageRow",
    "UserTermRow",
    "WrittenRow",
]
