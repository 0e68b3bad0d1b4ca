"""A home as a law firm has it after years: many cases, a million postings; invented, made fast, the same every time.

Two small cases and one large one go through the ordinary import; the others are copies of them, row by row in the
database, so that a million lines take seconds. Copied files are not in the vault: only the lists and ledgers are read.
"""

from __future__ import annotations

import csv
import io
import sqlite3
import sys
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from tests.bench.account import CENT, CODES, CONTRACT, HEAD
from workbench.domain.case import CaseKind
from workbench.domain.deadlines import EventKind
from workbench.reference.loader import load_tables
from workbench.services.create_case import create_case
from workbench.services.deadlines import add_event
from workbench.services.import_documents import import_documents
from workbench.services.manage_case import archive_case
from workbench.services.manage_steps import set_task
from workbench.services.run_audit import run_audit
from workbench.wiring import open_desk

CASES = 200
LINES = 1_000_000
LARGE = 100_000
"""Lines of the one large case; the rest is shared out among the others."""
LARGE_NAME = "案001 大额流水"
FINANCIERS = ("海州融通", "鼎盛配资", "金汇资管", "聚源投资", "天元财富")


def ledger(count: int) -> bytes:
    """Return a statement of so many postings as CSV: purchases one day, their sales the next, interest between."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEAD)
    balance, days = Decimal(0), [day for day in load_tables().calendar.days if day >= date(2015, 1, 5)]
    for number in range(count):
        amount, cells = _posting(number)
        balance += amount
        writer.writerow(
            (days[number // 50].isoformat(), *cells, f"{amount:.2f}", f"{balance:.2f}", f"流水{number:07d}")
        )
    return text.getvalue().encode("gb18030")


def _posting(number: int) -> tuple[Decimal, tuple[str, ...]]:
    """Return a row's amount and its cells from the operation to the stamp duty; two days are a hundred rows."""
    cash = {0: ("入金", Decimal(10_000_000)), 50: ("配资到账", Decimal(40_000_000))}.get(number)
    if cash is None:
        cash = {0: ("利息", Decimal(-40_000)), 50: ("入金", Decimal(50_000))}.get(number % 100)
    if cash is not None:
        return cash[1], (cash[0], *[""] * 7)
    slot, sale = number % 50, number % 100 > 50
    code, name, price = CODES[slot % len(CODES)]
    paid = Decimal(price) + Decimal(slot) / 100
    gross = paid * 100
    fee = max(Decimal(5), (gross * Decimal("0.0005")).quantize(CENT, ROUND_HALF_UP))
    duty = (gross * Decimal("0.001")).quantize(CENT, ROUND_HALF_UP) if sale else Decimal("0.00")
    side, amount = ("证券卖出", gross - fee - duty) if sale else ("证券买入", -gross - fee)
    return amount, (side, code, name, "100", f"{paid:.2f}", f"{gross:.2f}", f"{fee:.2f}", f"{duty:.2f}")


def name_of(number: int) -> str:
    """Return the invented name of a case; 1 is the large one."""
    return LARGE_NAME if number == 1 else f"案{number:03d} 客户{number * 37 % 1000:03d}诉{FINANCIERS[number % 5]}"


def fill(home: Path, cases: int = CASES, lines: int = LINES, large: int = LARGE) -> None:
    """Fill an empty home: ``cases`` cases that hold at least ``lines`` postings in all.

    Args:
        home: the home folder.
        cases: number of cases, the large one included; at least 2.
        lines: postings of all cases together; rounded up so that all copies have the same number.
        large: postings of the large case.
    """
    each = -(-(lines - large) // (cases - 1))
    desk = open_desk(home)
    for number, size in ((1, large), (2, each)):
        folder = home / "in" / str(number)
        folder.mkdir(parents=True)
        (folder / "流水.csv").write_bytes(ledger(size))
        (folder / "合同.txt").write_text(CONTRACT, encoding="utf-8")
        create_case(desk, name_of(number), CaseKind.OFF_EXCHANGE)
        import_documents(desk, name_of(number), [folder])
    run_audit(desk, name_of(2))
    for number in range(3, cases + 1):
        create_case(desk, name_of(number), CaseKind.BROKER_MARGIN if number % 9 == 0 else CaseKind.OFF_EXCHANGE)
    with sqlite3.connect(home / "workbench.db") as database:
        _copy(database, name_of(2), [name_of(number) for number in range(3, cases + 1)])
    for number in range(2, cases + 1):
        _decide(home, number)
    for number in range(10, cases + 1, 10):
        archive_case(desk, name_of(number))
    desk.close()


def _decide(home: Path, number: int) -> None:
    """Give a case what a person would have entered: a due date, a letter sent."""
    desk = open_desk(home)
    if number % 3 == 0:
        set_task(desk, name_of(number), "1.1", due=desk.today + timedelta(days=number % 40 - 5))
    if number % 4 == 0:
        sent = desk.today - timedelta(days=number % 20)
        add_event(desk, name_of(number), EventKind.LETTER_SENT, sent, days=15, note="催告")
    desk.close()


def _copy(database: sqlite3.Connection, source: str, names: list[str]) -> None:
    """Copy the documents, postings, terms and the saved run of one case to others."""
    (origin,) = database.execute("SELECT id FROM cases WHERE name = ?", (source,)).fetchone()
    documents = [row[0] for row in database.execute("SELECT id FROM documents WHERE case_id = ?", (origin,))]
    children = [
        table
        for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        if any(column[1] == "document_id" for column in database.execute(f"PRAGMA table_info({table})"))
    ]
    (highest,) = database.execute("SELECT max(id) FROM documents").fetchone()
    for name in names:
        (case,) = database.execute("SELECT id FROM cases WHERE name = ?", (name,)).fetchone()
        for document in documents:
            highest += 1
            _copy_rows(database, "documents", "id", document, {"id": highest, "case_id": case})
            for table in children:
                _copy_rows(database, table, "document_id", document, {"document_id": highest})
        _copy_rows(database, "audit_runs", "case_id", origin, {"id": None, "case_id": case})
    database.execute(
        "UPDATE cases SET version = 2, facts = 2, next_document = 3 WHERE name <> ? AND name <> ?", (LARGE_NAME, source)
    )
    facts = database.execute("SELECT facts FROM cases WHERE id = ?", (origin,)).fetchone()[0]
    database.execute("UPDATE cases SET facts = ? WHERE name <> ?", (facts, LARGE_NAME))


def _copy_rows(database: sqlite3.Connection, table: str, key: str, value: int, changed: dict[str, int | None]) -> None:
    columns = [column[1] for column in database.execute(f"PRAGMA table_info({table})")]
    chosen = ", ".join("?" if column in changed else f'"{column}"' for column in columns)
    into = ", ".join(f'"{column}"' for column in columns)
    database.execute(
        f'INSERT INTO "{table}" ({into}) SELECT {chosen} FROM "{table}" WHERE "{key}" = ?',  # noqa: S608
        (*[changed[column] for column in columns if column in changed], value),
    )


if __name__ == "__main__":
    started = datetime.now(UTC)
    fill(Path(sys.argv[1]), *(int(number) for number in sys.argv[2:]))
    print(f"{datetime.now(UTC) - started}")
