"""What an import says: per file what was recognised, per row what was not, and what to do about it."""

from __future__ import annotations

from workbench.cli.diagnostics import sentence
from workbench.cli.output import shorten, show, yuan
from workbench.domain.lines import RowIssue
from workbench.domain.source import Source
from workbench.locales.catalogue import Catalogue
from workbench.services.import_documents import ImportItem, ImportReport, ImportStatus

QUOTED = 60
"""Terminal columns of a quoted row."""


def show_report(report: ImportReport, say: Catalogue, case: str, *, dry_run: bool) -> None:
    """Print the report, file by file."""
    if report.cancelled:
        show(say("import.cancelled"))
        return
    for item in report.items:
        _show_item(item, say)
    counts = {
        "new": len(report.imported),
        "already": sum(item.status is ImportStatus.ALREADY for item in report.items),
        "failed": len(report.failed),
    }
    show()
    show(say("import.total_dry" if dry_run else "import.total", **counts))
    if report.imported:
        show(say("import.next_dry" if dry_run else "import.next", case=case))


def _show_item(item: ImportItem, say: Catalogue) -> None:
    mark = {ImportStatus.FAILED: "✗", ImportStatus.ALREADY: "="}.get(item.status, "✓" if not item.issues else "!")
    show(f"{mark} {item.path}")
    if item.error is not None:
        show(f"    {sentence(item.error, say)}")
        return
    show(f"    {_recognised(item, say)}")
    for issue in item.issues:
        show(f"    - {issue_text(issue, say)}")


def _recognised(item: ImportItem, say: Catalogue) -> str:
    kind = say.name("document_kind", item.kind) if item.kind else ""
    if item.status is ImportStatus.ALREADY:
        return " · ".join(part for part in (kind, say("import.already")) if part)
    facts = [say.pick(item.summary_zh, item.summary_en) or kind]
    if item.layout:
        facts.append(say("import.layout", name=item.layout))
    if item.rows and item.understood < item.rows:
        facts.append(say("import.rows", understood=item.understood, rows=item.rows))
    if item.recognised is not None:
        count, least = item.recognised
        facts.append(
            say.pick(f"扫描识别 {count} 行，最低可信度 {least}", f"{count} rows from a scan, least confidence {least}")
        )
    return " · ".join(facts)


def issue_text(issue: RowIssue, say: Catalogue) -> str:
    """Say where a row stands, why it was not understood and what it reads."""
    reason = say.name("issue", issue.reason)
    parts = [place(issue.source, say), f"{reason}{say('colon')}{issue.detail}" if issue.detail else reason]
    if issue.difference is not None:
        parts.append(say("import.difference", amount=yuan(issue.difference)))
    if issue.source.box is not None and issue.reason.startswith("ocr_"):
        box = issue.source.box
        parts.append(f"[{box.x0:.0f},{box.top:.0f} - {box.x1:.0f},{box.bottom:.0f}]")
    if issue.source.text and issue.source.text not in issue.detail:
        parts.append(f"«{shorten(' '.join(issue.source.text.split()), QUOTED)}»")
    return " · ".join(part for part in parts if part)


def place(source: Source, say: Catalogue) -> str:
    """Say where in a file something stands: ``page 3, row 14``."""
    if source.page is not None and source.row is not None:
        return say("place.page_row", page=source.page, row=source.row)
    if source.page is not None:
        return say("place.page", page=source.page)
    return say("place.row", row=source.row) if source.row is not None else ""


def failure(report: ImportReport, say: Catalogue, *, dry_run: bool) -> str:
    """Return the one line for stderr when files could not be used."""
    failed = report.failed
    kept = len(report.items) - len(failed)
    rest = say("import.others_dry" if dry_run else "import.others", count=kept) if kept else ""
    if len(failed) == 1 and failed[0].error is not None:
        text = sentence(failed[0].error, say)
        named = text if failed[0].file in text else f"{failed[0].file}{say('colon')}{text}"
        return " ".join(f"{named} {rest}".split())
    names = ", ".join(item.file for item in failed)
    return " ".join(say("import.failed", count=len(failed), total=len(report.items), names=names, rest=rest).split())


def report_dict(report: ImportReport, case: str, *, dry_run: bool) -> dict[str, object]:
    """Return the report for ``import --json``."""
    return {
        "schema": 1,
        "case": case,
        "dry_run": dry_run,
        "cancelled": report.cancelled,
        "failed": len(report.failed),
        "files": [_item_dict(item) for item in report.items],
    }


def _item_dict(item: ImportItem) -> dict[str, object]:
    error = item.error
    return {
        "path": item.path,
        "file": item.file,
        "sha256": item.sha256 or None,
        "status": item.status.value,
        "kind": item.kind.value if item.kind else None,
        "layout": item.layout or None,
        "start": item.start.isoformat() if item.start else None,
        "end": item.end.isoformat() if item.end else None,
        "rows": item.rows,
        "understood": item.understood,
        "issues": [_issue_dict(issue) for issue in item.issues],
        "recognised": None
        if item.recognised is None
        else {"rows": item.recognised[0], "least_confidence": f"{item.recognised[1]}"},
        "summary": {"zh": item.summary_zh, "en": item.summary_en},
        "error": None if error is None else {"zh": error.text("zh"), "en": error.text("en")},
    }


def _issue_dict(issue: RowIssue) -> dict[str, object]:
    box = issue.source.box
    return {
        "page": issue.source.page,
        "row": issue.source.row,
        "reason": issue.reason,
        "detail": issue.detail,
        "difference": None if issue.difference is None else f"{issue.difference:.2f}",
        "text": issue.source.text,
        "box": None if box is None else [box.x0, box.top, box.x1, box.bottom],
    }
