"""How fast a ledger is audited, beside bean-check on the journal exported from it."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.account import CONTRACT, csv_bytes
from tests.bench.measure import Row, alone, megabytes, wall

AUDIT = """
from pathlib import Path
from workbench.documents.journal import write_beancount
from workbench.domain.audit import AuditOptions
from workbench.domain.case import CaseKind
from workbench.engine.audit import run_audit
from workbench.engine.facts import CaseFacts
from workbench.intake.contracts import read_contract
from workbench.intake.layouts import load_layouts
from workbench.intake.statements import read_statement
from workbench.reference.loader import load_tables
folder = Path(sys.argv[1])
statement = read_statement((folder / "statement.csv").read_bytes(), "statement.csv", "0" * 64, load_layouts(None))
contract = read_contract((folder / "contract.txt").read_bytes(), "contract.txt", "1" * 64)
facts = CaseFacts(
    "bench", CaseKind.OFF_EXCHANGE, contract.terms, (contract,), (statement,), statement.lines
)
tables = load_tables()
start = time.perf_counter()
audit = run_audit(facts, tables, AuditOptions(), "bench")
seconds = time.perf_counter() - start
write_beancount(audit, folder / "journal.beancount")
done(seconds=seconds, lines=len(audit.lines), findings=len(audit.findings))
"""
SIZES = (1_000, 10_000, 100_000)


def measure() -> Iterator[Row]:
    """Yield the rows of this part."""
    bean_check = Path(sys.executable).with_name("bean-check")
    for size in SIZES:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "statement.csv").write_bytes(csv_bytes(size))
            (folder / "contract.txt").write_text(CONTRACT, encoding="utf-8")
            values = alone(AUDIT, str(folder))
            (checked,) = wall([str(bean_check), "--no-cache", str(folder / "journal.beancount")], 1)
            speed = f"{values['lines'] / values['seconds']:,.0f} lines/s"
            note = f"{values['seconds']:.2f} s, {values['findings']:.0f} findings, {megabytes(values)}"
            yield Row(f"audit, {size:,} lines", speed, f"{note}; bean-check {checked:.2f} s")
