"""The recomputed ledger as CSV for other programs: UTF-8 with a mark, exact decimals, text kept as text."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

from workbench.documents.atomic import write_text
from workbench.domain.audit import Audit, AuditedLine

HEADER = (
    "id",
    "file",
    "page",
    "row",
    "date",
    "kind",
    "operation",
    "code",
    "name",
    "quantity",
    "price",
    "stated",
    "expected",
    "delta",
    "cash_balance",
    "printed_balance",
    "principal",
    "working",
    "findings",
    "remark",
)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def ledger_csv(audit: Audit) -> str:
    """Return the ledger, one row a posting; money with two decimals, absent figures empty."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(HEADER)
    writer.writerows(_row(entry) for entry in audit.lines)
    return target.getvalue()


def write_csv(audit: Audit, out: Path) -> None:
    """Write the ledger for spreadsheets, which recognise UTF-8 by its mark.

    Raises:
        UsageError: the file cannot be written; nothing is left.
    """
    write_text(out, ledger_csv(audit), encoding="utf-8-sig")


def _row(entry: AuditedLine) -> tuple[str, ...]:
    line, source = entry.line, entry.line.source
    return (
        line.id,
        text(source.file),
        _number(source.page),
        _number(source.row),
        line.date.isoformat(),
        line.kind.value,
        text(line.operation),
        text(line.code or ""),
        text(line.name or ""),
        _plain(line.quantity),
        _plain(line.price),
        _money(line.stated),
        _money(entry.expected),
        _money(entry.delta),
        _money(entry.cash),
        _money(line.balance),
        _money(entry.principal),
        text(entry.working),
        " ".join(entry.findings),
        text(line.remark),
    )


def text(value: str) -> str:
    """Return text that no spreadsheet runs as a formula."""
    return f"'{value}" if value.startswith(_FORMULA_STARTS) else value


def _money(value: Decimal | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _plain(value: Decimal | None) -> str:
    return "" if value is None else format(value, "f")


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
