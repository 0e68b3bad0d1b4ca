"""How fast paper is made: a complaint, an evidence book of 100 pages, a ledger of 10 000 rows beside WeasyPrint."""

from __future__ import annotations

import html
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench.account import CONTRACT, csv_bytes, write_pdf
from tests.bench.measure import Row, alone, megabytes, wall

RENDER = """
from pathlib import Path
from workbench.domain.case import CaseKind
from workbench.services.create_case import create_case
from workbench.services.import_documents import import_documents
from workbench.services.render_document import render_document
from workbench.services.run_audit import run_audit
from workbench.wiring import open_desk
folder, template = Path(sys.argv[1]), sys.argv[2]
desk = open_desk(folder / "home")
create_case(desk, "bench", CaseKind.OFF_EXCHANGE)
import_documents(desk, "bench", [folder / "in"])
audit = run_audit(desk, "bench")
start = time.perf_counter()
written = render_document(desk, "bench", template, folder / "out.pdf", audit=audit)
seconds = time.perf_counter() - start
import pypdfium2
pages = len(pypdfium2.PdfDocument(written.path))
done(seconds=seconds, pages=pages, size=written.path.stat().st_size)
"""
ROWS = 10_000
BOOK_PAGES = 100


def measure() -> Iterator[Row]:
    """Yield the rows of this part."""
    yield _rendered("complaint", "complaint", lambda folder: _csv(folder, 200))
    yield _rendered(f"evidence book, {BOOK_PAGES} pages", "evidence_book", _pdf)
    yield _rendered(f"ledger PDF, {ROWS:,} rows", "recomputed_ledger", lambda folder: _csv(folder, ROWS))
    yield _weasyprint()


def _csv(folder: Path, rows: int) -> None:
    (folder / "statement.csv").write_bytes(csv_bytes(rows))


def _pdf(folder: Path) -> None:
    write_pdf(folder / "statement.pdf", BOOK_PAGES)


def _rendered(name: str, template: str, write: Callable[[Path], None]) -> Row:
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        (folder / "in").mkdir()
        write(folder / "in")
        (folder / "in" / "contract.txt").write_text(CONTRACT, encoding="utf-8")
        values = alone(RENDER, str(folder), template)
    note = f"{values['pages']:.0f} pages, {values['size'] / 1024:,.0f} KB, {megabytes(values)}"
    return Row(name, f"{values['seconds']:.2f} s", note)


def _weasyprint() -> Row:
    """Set the same rows with WeasyPrint, where its command is installed."""
    name = f"the same rows, WeasyPrint ({ROWS:,})"
    program = shutil.which("weasyprint")
    if program is None:
        return Row(name, "not measured", "put WeasyPrint's command on the PATH")
    rows = [line.split(",") for line in csv_bytes(ROWS).decode("gb18030").splitlines()]
    cells = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    style = "<style>@page{size:A4}table{font-size:7.5pt;border-collapse:collapse}</style>"
    with tempfile.TemporaryDirectory() as work:
        page, out = Path(work) / "table.html", Path(work) / "table.pdf"
        page.write_text(f"<meta charset=utf-8>{style}<table>{cells}</table>", encoding="utf-8")
        (seconds,) = wall([program, str(page), str(out)], 1)
        size = out.stat().st_size
    return Row(name, f"{seconds:.2f} s", f"{size / 1024:,.0f} KB")
