"""How fast files become postings: PDF pages beside bare pdfplumber, CSV rows with their peak memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.account import ROWS_A_PAGE, csv_bytes, write_pdf
from tests.bench.measure import Row, alone, megabytes

READ = """
from pathlib import Path
from workbench.intake.layouts import load_layouts
from workbench.intake.statements import read_statement
path = Path(sys.argv[1])
layouts, data = load_layouts(None), path.read_bytes()
start = time.perf_counter()
statement = read_statement(data, path.name, "0" * 64, layouts)
done(seconds=time.perf_counter() - start, lines=len(statement.lines), issues=len(statement.issues))
"""
PLUMBER = """
import pdfplumber
start = time.perf_counter()
with pdfplumber.open(sys.argv[1]) as pdf:
    rows = 0
    for page in pdf.pages:
        rows += sum(len(table) for table in page.extract_tables())
        page.close()
done(seconds=time.perf_counter() - start, lines=rows)
"""
PAGES = (10, 100, 500)
CSV_ROWS = 100_000


def measure() -> Iterator[Row]:
    """Yield the rows of this part."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for pages in PAGES:
            path = folder / f"statement-{pages}.pdf"
            write_pdf(path, pages)
            ours, bare = alone(READ, str(path)), alone(PLUMBER, str(path))
            read = f"{ours['lines']:,.0f} of {pages * ROWS_A_PAGE:,} rows, {ours['issues']:.0f} open, {megabytes(ours)}"
            other = f"pdfplumber extract_tables {pages / bare['seconds']:.1f} pages/s, {megabytes(bare)}"
            yield Row(f"statement PDF, {pages} pages", f"{pages / ours['seconds']:.1f} pages/s", f"{read}; {other}")
        path = folder / "statement.csv"
        path.write_bytes(csv_bytes(CSV_ROWS))
        ours = alone(READ, str(path))
        note = f"{ours['lines']:,.0f} lines, {ours['issues']:.0f} open, peak {megabytes(ours)}"
        yield Row(f"statement CSV, {CSV_ROWS:,} rows", f"{CSV_ROWS / ours['seconds']:,.0f} rows/s", note)
