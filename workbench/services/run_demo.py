"""The whole way on a packaged sample: case, import, audit, letters, evidence book, workbook, bundle."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from workbench.domain.audit import Audit
from workbench.domain.case import Case, CaseKind
from workbench.errors import ConflictError, InputError, NotFoundError
from workbench.services.bundle_case import bundle_case
from workbench.services.create_case import create_case
from workbench.services.desk import Desk
from workbench.services.export_ledger import export_ledger
from workbench.services.import_documents import ImportReport, Progress, import_documents
from workbench.services.read_case import get_case
from workbench.services.render_document import render_document
from workbench.services.run_audit import run_audit

SAMPLE = "off-exchange-forced-sale"
"""Sample shown first; another one where it is missing."""
DOCUMENTS = (
    ("complaint", "举报信"),
    ("demand_letter", "催告函"),
    ("evidence_summary", "证据摘要"),
    ("evidence_book", "证据册"),
)
"""Id of a template, and the file it becomes."""
WORKBOOK, BUNDLE = "复算台账.xlsx", "案件包.zip"


@dataclass(frozen=True, slots=True)
class DemoResult:
    """What the demo made."""

    case: Case
    report: ImportReport
    audit: Audit
    files: tuple[tuple[Path, int], ...]
    """Written files with their sizes in bytes."""


def run_demo(desk: Desk, out: Path, progress: Progress | None = None, lang: str = "zh") -> DemoResult:
    """Create or reuse the sample case, import its files, audit it and write the documents to ``out``.

    Safe to repeat: the same files change nothing and the outputs are replaced.

    Raises:
        InputError: the sample is missing or one of its files cannot be read.
        UsageError: ``out`` cannot be written.
    """
    case, report = open_sample(desk, lang, progress)
    audit = run_audit(desk, case.name)
    out.mkdir(parents=True, exist_ok=True)
    files = [export_ledger(desk, case.name, out / WORKBOOK, audit)]
    for template, title in DOCUMENTS:
        letter = render_document(desk, case.name, template, out / f"{title}.pdf", audit=audit)
        files += [path for path in (letter.path, letter.sheet) if path is not None]
    files.append(bundle_case(desk, case.name, out / BUNDLE).path)
    sizes = tuple((path, path.stat().st_size) for path in sorted(files))
    return DemoResult(get_case(desk, case.name), report, audit, sizes)


def open_sample(desk: Desk, lang: str = "zh", progress: Progress | None = None) -> tuple[Case, ImportReport]:
    """Create or reuse the sample case and import its files; the same files change nothing.

    Raises:
        InputError: the sample is missing or one of its files cannot be read.
        ConflictError: another case has the sample's name.
    """
    folder = _sample(desk.sample_dir)
    name, kind = _describe(folder, lang)
    case = _open(desk, name, kind)
    report = import_documents(desk, case.name, [folder / "inputs"], progress=progress)
    for item in report.failed:
        raise item.error or InputError(f"a file of the sample cannot be read: {item.file}")
    return case, report


def _open(desk: Desk, name: str, kind: CaseKind) -> Case:
    try:
        case = get_case(desk, name)
    except NotFoundError:
        return create_case(desk, name, kind)
    if case.kind is not kind:
        raise ConflictError(
            f"the case {name!r} is no sample",
            next_step="Rename that case, or use another home with --home.",
            what_zh=f"案件“{name}”不是示例案件",
            next_step_zh="请改名，或用 --home 指定其他文件夹。",
        )
    return case


def _sample(folder: Path) -> Path:
    found = sorted(path for path in folder.glob("*") if (path / "inputs").is_dir())
    if not found:
        raise InputError(
            "there is no sample case",
            where=str(folder),
            next_step="Install the workbench again.",
            what_zh="没有示例案件",
            next_step_zh="请重新安装本工具。",
        )
    return next((path for path in found if path.name == SAMPLE), found[0])


def _describe(folder: Path, lang: str) -> tuple[str, CaseKind]:
    path = folder / "case.toml"
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        names = content["name"]
        return str(names.get(lang) or names["zh"]), CaseKind(content["kind"])
    except (OSError, ValueError, KeyError, AttributeError) as problem:
        raise InputError(f"the sample cannot be used: {problem}", where=str(path)) from problem
