"""A backend in memory: answers at once, records what was asked of it."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from PIL import Image, ImageDraw

from tests.tui import world
from tests.tui.fake_evidence import FakeEvidence
from tests.tui.fake_plans import FakePlans
from workbench.domain.audit import Audit
from workbench.domain.case import Case, CaseKind, DocumentKind
from workbench.domain.deadlines import Deadline, EventKind
from workbench.domain.evidence import catalogue
from workbench.domain.findings import Triage, TriageState
from workbench.domain.lines import Line, RowIssue, Statement
from workbench.domain.source import Source
from workbench.domain.steps import TaskState
from workbench.domain.terms import Terms, TermStatus
from workbench.errors import ConflictError, LayoutUnknownError, OcrNeededError
from workbench.intake.layouts import Layout
from workbench.intake.mapping import LayoutDraft
from workbench.services.draw_pages import Pages
from workbench.services.import_documents import ImportItem, ImportReport, ImportStatus
from workbench.services.list_cases import CaseSummary
from workbench.services.render_document import FieldInfo, Letter, TemplateInfo
from workbench.store.store import Seen
from workbench.tui.ports import Progress, Reading
from workbench.tui.state import CaseView

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
TEMPLATES = (
    TemplateInfo("complaint_platform", "致平台投诉函", "Complaint to the platform", "平台", "platform", 7),
    TemplateInfo("evidence_summary", "证据摘要", "Evidence summary", "留存", "for the file", 3),
)


def line_png() -> bytes:
    """Draw a ruled statement row as crop_png would cut it."""
    picture = Image.new("L", (900, 54), 255)
    pen = ImageDraw.Draw(picture)
    for y in (12, 42):
        pen.line((10, y, 890, y), fill=0, width=2)
    for x, text in ((20, "2025-01-28"), (260, "interest"), (520, "-6,200.00"), (720, "12,000.00")):
        pen.line((x - 8, 12, x - 8, 42), fill=0, width=2)
        pen.text((x, 16), text, fill=0, font_size=20)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def page_png() -> bytes:
    """Draw a page of plain shapes: no font draws them, and each quarter has its own."""
    page = Image.new("L", (420, 594), 255)
    pen = ImageDraw.Draw(page)
    for number, (x, y) in enumerate(((60, 60), (240, 60), (60, 340), (240, 340))):
        pen.rectangle((x, y, x + 40 + 20 * number, y + 80), fill=40 * number)
    out = io.BytesIO()
    page.save(out, "PNG")
    return out.getvalue()


class FakeBackend(FakePlans, FakeEvidence):
    """One or more cases in memory."""

    def __init__(self, *names: str) -> None:
        self.cases = {name: Case(name, CaseKind.OFF_EXCHANGE, AT, AT) for name in names}
        self.deleted: dict[str, Case] = {}
        self.views = {name: self._view(name, full=True) for name in names}
        self.calls: list[tuple[object, ...]] = []
        self.audits = 0
        self.polls = 0
        self.remembered: dict[str, dict[str, object]] = {}

    def _view(self, name: str, *, full: bool) -> CaseView:
        documents, terms = (world.DOCUMENTS, world.TERMS) if full else ((), Terms())
        tasks = tuple(task for step in world.STEPS for task in step.tasks if task.state is not TaskState.DONE)[:5]
        exhibits = catalogue(documents, {})
        return CaseView(name, 1, world.TODAY, documents, terms, world.STEPS, tasks, {}, TEMPLATES, exhibits=exhibits)

    def _changed(self, case: str, **changes: object) -> None:
        view = self.views[case]
        self.views[case] = replace(view, version=view.version + 1, **changes)  # type: ignore[arg-type]

    def today(self) -> date:
        return world.TODAY

    def recall(self) -> dict[str, dict[str, object]]:
        return dict(self.remembered)

    def remember(self, name: str, values: Mapping[str, object] | None) -> None:
        if values is None:
            self.remembered.pop(name, None)
        else:
            self.remembered[name] = dict(values)

    def cases_version(self) -> tuple[int, ...]:
        self.polls += 1
        return (len(self.calls), sum(view.version for view in self.views.values()), len(self.cases), len(self.deleted))

    def list_cases(self, *, shelf: str) -> tuple[CaseSummary, ...]:
        cases = self.deleted if shelf == "deleted" else self.cases
        return tuple(
            CaseSummary(
                case,
                2,
                4,
                24,
                len(self.views[case.name].documents),
                Decimal(1800) if self.views[case.name].documents else None,
                Decimal("40212.06") if self.views[case.name].documents else None,
                "as_contracted" if self.views[case.name].documents else None,
                world.TODAY.replace(day=4),
                stale=False,
            )
            for case in cases.values()
            if shelf == "deleted" or case.archived is (shelf == "archived")
        )

    def open_sample(self, lang: str) -> str:
        if "示例" not in self.cases:
            self.create_case("示例", CaseKind.OFF_EXCHANGE)
            self.views["示例"] = self._view("示例", full=True)
        return "示例"

    def create_case(self, name: str, kind: CaseKind) -> None:
        if name in self.cases:
            raise ConflictError("this name is taken", what_zh="案件名称已被使用", next_step_zh="请换一个名称。")
        self.cases[name] = Case(name, kind, AT, AT)
        self.views[name] = self._view(name, full=False)

    def delete_case(self, name: str) -> None:
        self.deleted[name] = self.cases.pop(name)

    def restore_case(self, name: str) -> None:
        self.cases[name] = self.deleted.pop(name)

    def archive_case(self, name: str, *, archived: bool) -> None:
        self.cases[name] = replace(self.cases[name], archived=archived)

    def rename_case(self, name: str, new: str) -> None:
        self.calls.append(("rename", name, new))
        self.cases[new] = replace(self.cases.pop(name), name=new)
        self.views[new] = replace(self.views.pop(name), name=new)

    def based_on(self, seen: Seen) -> AbstractContextManager[None]:
        return nullcontext()

    def first_lines(self, case: str) -> tuple[tuple[Line, ...], int]:
        return tuple(entry.line for entry in world.LINES), len(world.LINES)

    def version(self, case: str) -> int:
        return self.views[case].version

    def read(self, case: str) -> CaseView:
        return self.views[case]

    def audit(self, case: str) -> Audit:
        self.audits += 1
        view, sale = self.views[case], world.AUDIT.liquidation
        forced = tuple(line for line, tagged in view.tags.items() if tagged)
        left = tuple(one for one in sale.proposals if one.line not in view.tags)
        sale = replace(sale, proposals=left, fills=(*sale.fills, *forced))
        return replace(world.AUDIT, case_name=case, terms=view.terms, liquidation=sale)

    def _report(self, paths: Sequence[Path], status: ImportStatus) -> ImportReport:
        issue = RowIssue(Source(world.SHA, "a.pdf", 2, 7, None, "x"), "unknown_operation", "[b]手续费调整[/b]")
        items = [
            ImportItem(
                str(path),
                path.name,
                DocumentKind.STATEMENT,
                status,
                "ruled_pdf",
                date(2025, 1, 2),
                date(2025, 4, 7),
                8,
                7,
                (issue,),
                "对账单，8 行，7 行已识别",
                "statement, 8 rows, 7 understood",
                lines=tuple(entry.line for entry in world.LINES),
            )
            for path in paths
            if path.suffix != ".png"
        ]
        error = OcrNeededError("pages are pictures", what_zh="页面是图片，没有文字", next_step_zh="请安装 ocr 组件。")
        items += [
            ImportItem(str(path), path.name, None, ImportStatus.FAILED, error=error)
            for path in paths
            if path.suffix == ".png"
        ]
        return ImportReport(tuple(items))

    def preview(self, case: str, paths: Sequence[Path], progress: Progress, how: Reading) -> ImportReport:
        self.calls.append(("preview", case, tuple(paths)))
        if not progress(0, len(paths), paths[0].name):
            return ImportReport((), cancelled=True)
        return self._report(paths, ImportStatus.NEW)

    def import_files(self, case: str, paths: Sequence[Path], progress: Progress, how: Reading) -> ImportReport:
        self.calls.append(("import", case, tuple(paths)))
        progress(0, len(paths), paths[0].name)
        self._changed(case, documents=world.DOCUMENTS, terms=world.TERMS)
        return self._report(paths, ImportStatus.IMPORTED)

    def draft_layout(self, path: Path) -> LayoutDraft:
        raise LayoutUnknownError("no table", what_zh="没有表格")

    def preview_layout(self, path: Path, layout: Layout) -> Statement:
        raise LayoutUnknownError("no table", what_zh="没有表格")

    def save_layout(self, layout: Layout, *, replace: bool) -> None:
        self.calls.append(("save_layout", layout.name, replace))

    def line_picture(self, case: str, line_id: str) -> bytes | None:
        return line_png()

    def document_bytes(self, sha256: str) -> bytes:
        return b"%PDF-"

    def set_term(self, case: str, key: str, text: str) -> None:
        self.calls.append(("set_term", key, text))
        terms = Terms(
            tuple(
                replace(term, value=text, status=TermStatus.EDITED) if term.key == key else term
                for term in self.views[case].terms
            )
        )
        self._changed(case, terms=terms)

    def confirm_terms(self, case: str, keys: Sequence[str]) -> None:
        self.calls.append(("confirm", *keys))
        terms = Terms(
            tuple(
                replace(term, status=TermStatus.CONFIRMED) if term.key in keys else term
                for term in self.views[case].terms
            )
        )
        self._changed(case, terms=terms)

    def set_task(self, case: str, task_id: str, state: TaskState | None, reason: str, due: date | None) -> None:
        self.calls.append(("task", task_id, state, reason, due))
        steps = tuple(
            replace(
                step,
                tasks=tuple(
                    replace(task, state=state or task.state, reason=reason, due=due or task.due)
                    if task.spec.id == task_id
                    else task
                    for task in step.tasks
                ),
            )
            for step in self.views[case].steps
        )
        self._changed(case, steps=steps)

    def set_triage(self, case: str, keys: Sequence[str], state: TriageState, note: str, reviewer: str) -> None:
        self.calls.append(("triage", tuple(keys), state, note))
        triage = dict(self.views[case].triage)
        for key in keys:
            before = triage.get(key, Triage(key, state))
            triage[key] = replace(before, state=state, note=note or before.note)
        self._changed(case, triage=triage)

    def set_in_letter(self, case: str, keys: Sequence[str], *, in_letter: bool) -> None:
        triage = dict(self.views[case].triage)
        for key in keys:
            triage[key] = replace(triage.get(key, Triage(key, TriageState.OPEN)), in_letter=in_letter)
        self._changed(case, triage=triage)

    def tag_sales(self, case: str, lines: Sequence[str], *, forced: bool) -> None:
        self._changed(case, tags={**self.views[case].tags, **dict.fromkeys(lines, forced)})

    def add_event(self, case: str, kind: EventKind, on: str, days: str, note: str) -> None:
        self.calls.append(("add_event", kind.value, on, days, note))
        due = date.fromisoformat(on)
        added = Deadline("reply", due, due, kind, own=True, statutes=(), text_zh=note, text_en=note)
        self._changed(case, deadlines=(*self.views[case].deadlines, added))

    def undo(self, case: str, lang: str) -> str | None:
        self.calls.append(("undo", case))
        self._changed(case, triage={})
        return "处理问题" if lang == "zh" else "triage"

    def fields(self, case: str, template: str) -> tuple[FieldInfo, ...]:
        return (FieldInfo("client_phone", "联系电话", "phone"),)

    def letter_text(self, case: str, template: str, fields: Mapping[str, str], audit: Audit | None, lang: str) -> str:
        return "# 投诉函\n\n[red]多收[/red] 1,800.00 元。"

    def letter_pages(
        self, case: str, template: str, fields: Mapping[str, str], audit: Audit | None, lang: str
    ) -> Pages:
        self.calls.append(("pages", template, dict(fields)))
        return Pages(page_png(), 1, pdf=False)

    def render(
        self,
        case: str,
        template: str,
        out: Path,
        fields: Mapping[str, str],
        audit: Audit | None,
        lang: str,
        *,
        as_pictures: bool = False,
    ) -> Letter:
        self.calls.append(("render", template, out, dict(fields)))
        out.write_bytes(b"%PDF-")
        return Letter(out)

    def export(self, case: str, out: Path, audit: Audit | None) -> Path:
        out.write_text("x", encoding="utf-8")
        return out

    def out_folder(self) -> Path:
        return Path("/cases")
