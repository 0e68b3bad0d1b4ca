"""The whole way on a packaged sample: case, import, audit, letters, workbook."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from workbench.domain.audit import Audit
from workbench.domain.case import Case
from workbench.services.desk import Desk
from workbench.services.import_documents import ImportReport, Progress


@dataclass(frozen=True, slots=True)
class DemoResult:
    """What the demo made."""

    case: Case
    report: ImportReport
    audit: Audit
    files: tuple[tuple[Path, int], ...]
    """Written files with their sizes in bytes."""


def run_demo(desk: Desk, out: Path, progress: Progress | None = None) -> DemoResult:
    """Create or reuse the sample case, import its files, audit it and write the documents to ``out``.

    Safe to repeat: the same files change nothing and the outputs are replaced.
    """
    raise NotImplementedError
