"""The tables that several documents share, made from views; large ones reach the typesetter as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from workbench.documents.amounts import Amount, Bound
from workbench.documents.blocks import Box, Paragraph, Run, Runs, Table, plain_runs
from workbench.documents.chronology import Happening
from workbench.documents.environment import BLANK, EMPTY
from workbench.documents.labels import Labels
from workbench.documents.views import BasisView, FileView, FindingView, LineView, OtherwiseView, TermView, TestView
from workbench.domain.audit import Totals

CUTOUT_COLUMNS = 8
HASH_LINE = 32
"""Digits of a SHA-256 on one line of a table; a hash takes two."""
NARROWEST, WIDEST = 7, 24
"""Bounds of a cut-out column, in characters."""


def cell(value: object) -> Runs:
    """Return a table cell; amounts without their unit, nothing as a dash."""
    if isinstance(value, Amount):
        return (Run(value.text, amount=value),)
    return plain_runs(str(value)) if value not in (None, "") else plain_runs(EMPTY)


def strong(value: object) -> Runs:
    """Return a table cell in bold."""
    return tuple(replace(run, bold=True) for run in cell(value))


def blank_if_empty(value: object) -> Runs:
    """Return a table cell that stays empty where there is nothing."""
    return cell(value) if value not in (None, "") else plain_runs("")


class Tables:
    """Builders that templates call by name."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels

    def _heads(self, *keys: str) -> tuple[Runs, ...]:
        return tuple(plain_runs(self._labels.name("head", key)) for key in keys)

    def figures(self, finding: FindingView) -> Table:
        """Stated, expected and difference of one finding."""
        row = (cell(finding.stated), cell(finding.expected), strong(finding.delta))
        return Table(self._heads("stated", "expected", "delta"), (row,), ("right",) * 3, (1, 1, 1), "figures")

    def findings(self, findings: Sequence[FindingView]) -> Table:
        """One row a finding, with its source."""
        rows = tuple(
            (
                cell(one.no),
                cell(one.date),
                cell(one.title),
                cell(one.stated),
                cell(one.expected),
                cell(one.delta),
                cell(one.lines[0].place if one.lines else ""),
            )
            for one in findings
        )
        heads = self._heads("no", "date", "finding", "stated", "expected", "delta", "source")
        align = ("center", "left", "left", "right", "right", "right", "left")
        return Table(heads, rows, align, (0.7, 1.25, 1.6, 1.25, 1.25, 1.15, 2.2))

    def bases(self, bases: Sequence[BasisView]) -> Table:
        """The settlements side by side."""
        heads = self._heads("basis", "paid", "allowed", "settlement", "difference")
        rows = tuple(
            (cell(one.label), cell(one.paid), cell(one.allowed), strong(one.settlement), cell(one.difference))
            for one in bases
        )
        return Table(heads, rows, ("left", "right", "right", "right", "right"), (1.3, 1, 1, 1, 1))

    def identity(self, bases: Sequence[BasisView]) -> Table:
        """The identity behind each settlement, one column a basis."""
        parts = ("money_in", "money_out", "trading", "positions", "allowed", "settlement")
        signs = ("+", "−", "+", "+", "−", "=")
        rows = tuple(
            (cell(f"{sign} {self._labels.name('head', part)}"), *(self._part(one, part) for one in bases))
            for sign, part in zip(signs, parts, strict=True)
        )
        heads = (plain_runs(""), *(plain_runs(one.label) for one in bases))
        return Table(heads, rows, ("left", *("right",) * len(bases)), (1.5, *(1.0,) * len(bases)))

    @staticmethod
    def _part(one: BasisView, part: str) -> Runs:
        value = getattr(one, part)
        return strong(value) if part == "settlement" else cell(value)

    def totals(self, stated: Totals, expected: Totals) -> Table:
        """Charges by category, as stated and as expected."""
        names = ("interest", "late", "fees", "penalty", "commission", "statutory")
        rows = tuple(
            (
                cell(self._labels.name("total", name)),
                cell(Amount(getattr(stated, name), f"total {name} stated")),
                cell(Amount(getattr(expected, name), f"total {name} expected")),
            )
            for name in names
        )
        return Table(self._heads("category", "stated", "expected"), rows, ("left", "right", "right"), (1.4, 1, 1))

    def terms(self, terms: Sequence[TermView]) -> Table:
        """Contract terms with value, clause and place."""
        rows = tuple(
            (cell(one.label), cell(one.text), blank_if_empty(one.quote), cell(one.place or one.status)) for one in terms
        )
        return Table(self._heads("term", "value", "clause", "source"), rows, ("left",) * 4, (1.1, 1.3, 3.0, 1.5))

    def events(self, lines: Sequence[LineView]) -> Table:
        """Postings with date, amount and source."""
        rows = tuple(
            (cell(one.date), cell(one.operation or one.kind_label), cell(one.stated), cell(one.place)) for one in lines
        )
        return Table(
            self._heads("date", "kind", "amount", "source"), rows, ("left", "left", "right", "left"), (1, 1.6, 1.2, 2)
        )

    def fills(self, lines: Sequence[LineView]) -> Table:
        """Forced sales: security, quantity, price, proceeds."""
        rows = tuple(
            (
                cell(one.date),
                cell(f"{one.code} {one.name}".strip()),
                cell(one.quantity),
                cell(one.price),
                cell(one.stated),
                cell(one.place),
            )
            for one in lines
        )
        heads = self._heads("date", "name", "quantity", "price", "amount", "source")
        align = ("left", "left", "right", "right", "right", "left")
        return Table(heads, rows, align, (1.15, 1.5, 0.8, 0.8, 1.2, 2.6))

    def ledger(self, lines: Sequence[LineView]) -> Table:
        """The whole recomputed ledger in small print."""
        rows = tuple(
            (
                cell(one.date),
                cell(one.kind_label),
                blank_if_empty(f"{one.code} {one.name}".strip()),
                cell(one.stated),
                blank_if_empty(one.expected),
                blank_if_empty(one.delta if one.delta and not one.delta.zero else None),
                cell(one.balance),
                cell(one.id),
            )
            for one in lines
        )
        heads = self._heads("date", "kind", "name", "stated", "expected", "delta", "balance", "line")
        align = ("left", "left", "left", "right", "right", "right", "right", "left")
        return Table(heads, rows, align, (1.15, 1.0, 1.7, 1.35, 1.35, 1.1, 1.35, 0.8), "ledger")

    def tests(self, tests: Sequence[TestView]) -> Table:
        """Tests of the forced sale with verdict and reason."""
        rows = tuple((cell(one.title), strong(one.verdict_label), cell(one.why)) for one in tests)
        return Table(self._heads("test", "verdict", "why"), rows, ("left", "left", "left"), (1.2, 0.8, 3))

    def otherwise(self, rows: Sequence[OtherwiseView]) -> Table:
        """Other courses of the sale with their prices and what they would have brought."""
        heads = self._heads("theory", "price", "date", "actual", "otherwise", "apart", "rests_on")
        cells = tuple(
            (
                cell(one.theory),
                cell(one.price),
                cell(one.date),
                cell(one.actual),
                cell(one.otherwise),
                cell(one.difference),
                cell(one.rests_on),
            )
            for one in rows
        )
        align = ("left", "left", "left", "right", "right", "right", "left")
        return Table(heads, cells, align, (1.8, 1.5, 1.4, 1.35, 1.35, 1.2, 1.9))

    def exhibits(self, files: Sequence[FileView]) -> Table:
        """The imported files with their hashes."""
        rows = tuple(
            (cell(one.no), cell(one.file), cell(one.kind_label), (Run(one.sha256, code=True),)) for one in files
        )
        return Table(
            self._heads("no", "file", "kind", "sha"), rows, ("center", "left", "left", "left"), (0.6, 1.8, 0.9, 4.4)
        )

    def catalogue(self, files: Sequence[FileView], pages: Mapping[int, tuple[int, int]]) -> Table:
        """Items of the catalogue of evidence with their pages in the evidence book."""
        heads = self._heads("no", "evidence", "medium", "source", "purpose", "original", "pages", "copies")
        rows = tuple(
            (
                cell(one.no),
                cell(one.title),
                cell(one.medium),
                blank_if_empty(one.source),
                cell(one.purpose or BLANK),
                cell(one.form),
                blank_if_empty(_span(pages.get(one.no))),
                cell(one.copies),
            )
            for one in files
        )
        align = ("center", "left", "center", "left", "left", "center", "center", "center")
        return Table(heads, rows, align, (0.7, 1.9, 1.2, 1.45, 2.9, 1.2, 1.0, 0.8))

    def acquisition(self, files: Sequence[FileView]) -> Table:
        """How each file was obtained, since when the workbench holds it, and its hash."""
        rows = tuple(
            (
                cell(one.no),
                cell(one.file),
                cell(one.acquired or BLANK),
                cell(one.imported),
                (Run(f"{one.sha256[:HASH_LINE]}\n{one.sha256[HASH_LINE:]}", code=True),),
            )
            for one in files
        )
        heads = self._heads("no", "file", "acquired", "imported", "sha")
        return Table(heads, rows, ("center", "left", "left", "left", "left"), (0.6, 1.7, 2.3, 1.1, 2.6))

    def chronology(self, rows: Sequence[Happening]) -> Table:
        """What happened when, with amount and source."""
        cells = tuple(
            (
                cell(Bound(f"{one.at:%Y-%m-%d %H:%M}" if one.timed else f"{one.at:%Y-%m-%d}", "date")),
                cell(one.text),
                blank_if_empty(one.amount),
                blank_if_empty(one.place),
            )
            for one in rows
        )
        heads = self._heads("date", "event", "amount", "source")
        return Table(heads, cells, ("left", "left", "right", "left"), (1.3, 4, 1.3, 2))

    def charges(self, lines: Sequence[LineView]) -> Table:
        """The charges of the financier with the working of each."""
        rows = tuple(
            (
                cell(one.date),
                cell(one.kind_label),
                cell(one.stated),
                cell(one.expected),
                cell(one.delta),
                blank_if_empty(one.working),
            )
            for one in lines
            if one.charge
        )
        heads = self._heads("date", "kind", "stated", "expected", "delta", "working")
        return Table(heads, rows, ("left", "left", "right", "right", "right", "left"), (1.1, 1, 1.1, 1.1, 1, 3.2))

    def cutout(self, text: str, caption: str) -> Box:
        """The original cells of a spreadsheet or text row under their column numbers; empty cells are left out."""
        column = self._labels.name("head", "column")
        cells = [(number, part.strip()) for number, part in enumerate(text.split(" | "), 1) if part.strip()]
        bands = [cells[start : start + CUTOUT_COLUMNS] for start in range(0, len(cells), CUTOUT_COLUMNS)]
        tables = tuple(
            Table(
                head=tuple(plain_runs(f"{column}{number}") for number, _ in band),
                rows=(tuple(plain_runs(words) for _, words in band),),
                align=("left",) * len(band),
                widths=tuple(float(min(WIDEST, max(NARROWEST, len(words)))) for _, words in band),
                look="cutout",
            )
            for band in bands
        )
        return Box("keep", (*tables, Box("small", (Paragraph(plain_runs(caption)),))))


def _span(pages: tuple[int, int] | None) -> str:
    if pages is None:
        return ""
    first, last = pages
    return str(first) if first == last else f"{first}–{last}"
