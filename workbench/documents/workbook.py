"""The recomputed ledger as a workbook whose figures follow from its own term and rate cells."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time
from pathlib import Path

from xlsxwriter import Workbook

from workbench.documents.atomic import replacing
from workbench.documents.labels import load_labels
from workbench.documents.sheets.bases import write_bases
from workbench.documents.sheets.cells import Sheet, Styles
from workbench.documents.sheets.fees import FeeBook, no_tables, rates_used
from workbench.documents.sheets.findings import write_findings
from workbench.documents.sheets.ledger import LedgerWriter
from workbench.documents.sheets.margin import write_margin
from workbench.documents.sheets.sources import write_sources
from workbench.documents.sheets.summary import write_summary
from workbench.documents.sheets.terms import write_terms
from workbench.domain.audit import Audit
from workbench.domain.case import Document
from workbench.domain.findings import Triage
from workbench.domain.reference import ReferenceTables

SHEETS = (
    ("Summary", "#1E3A5F"),
    ("Terms", "#1D4ED8"),
    ("Ledger", "#0F766E"),
    ("Findings", "#B91C1C"),
    ("Bases", "#7C3AED"),
    ("Margin", "#B45309"),
    ("Sources", "#6B7280"),
)
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_workbook(
    audit: Audit,
    documents: tuple[Document, ...],
    out: Path,
    tables: ReferenceTables | None = None,
    triage: Mapping[str, Triage] | None = None,
) -> None:
    """Write the workbook; a formula is used only where it gives the audit's figure to the cent.

    Args:
        audit: the audit to show.
        documents: the imported files, for the sheet Sources.
        out: file to write; replaced only when the whole workbook stands.
        tables: the dated tables, so that stamp duty and transfer fee become formulas over their rates; without them
            these fees stay values.
        triage: what a person decided, by finding key, for the sign-off columns.

    Raises:
        UsageError: the file cannot be written; nothing is left.
    """
    labels = load_labels("zh")
    rates = tables or no_tables()
    with replacing(out) as temporary:
        book = Workbook(str(temporary), _OPTIONS)
        styles = Styles(book)
        sheets = {name: Sheet(book, styles, name, colour) for name, colour in SHEETS}
        cells = write_terms(sheets["Terms"], audit, labels, rates_used((entry.line for entry in audit.lines), rates))
        fees = FeeBook(audit.terms, rates, cells)
        ledger = LedgerWriter(sheets["Ledger"], labels, cells, fees).write(audit.lines)
        write_findings(sheets["Findings"], audit, labels, ledger, triage or {})
        settlements = write_bases(sheets["Bases"], audit, labels, ledger)
        write_margin(sheets["Margin"], audit, labels, cells)
        write_summary(sheets["Summary"], audit, labels, ledger, settlements)
        write_sources(sheets["Sources"], audit, labels, documents)
        for sheet in sheets.values():
            sheet.page.set_header(f"&L&9{_header(audit.case_name)}&R&9{sheet.name}")
        made = datetime.combine(audit.as_of, time(), UTC) if audit.as_of else datetime(2000, 1, 1, tzinfo=UTC)
        book.set_properties({"title": audit.case_name, "author": "workbench", "created": made.replace(tzinfo=None)})
        book.close()


def _header(text: str) -> str:
    """Return text for a page header, where ``&`` starts a code and 255 characters are the limit."""
    return text.replace("&", "&&")[:100]
