"""The workbook: live formulas that LibreOffice recalculates to the same cents, text that stays text."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tests.documents.sample import audit, documents
from workbench.documents.sheets.working import working_formula
from workbench.documents.workbook import SHEETS, write_workbook
from workbench.domain.audit import Audit
from workbench.domain.case import CaseKind
from workbench.domain.findings import Triage, TriageState
from workbench.domain.reference import ReferenceTables
from workbench.errors import UsageError

FILTER = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"


@pytest.fixture
def book(tmp_path: Path, tables: ReferenceTables) -> Path:
    out = tmp_path / "ledger.xlsx"
    write_workbook(audit(), documents(), out, tables)
    return out


def formulas(path: Path) -> Iterator[tuple[str, str, int, int, str]]:
    for sheet in openpyxl.load_workbook(path):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield sheet.title, cell.coordinate, cell.row, cell.column or 1, str(cell.value)


def recalculated(
    path: Path, folder: Path, change: tuple[str, str, str] | None = None
) -> dict[tuple[str, int, int], str]:
    """Let LibreOffice compute every formula anew: the stored values are taken out first."""
    bare = folder / "bare.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(bare, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            data = source.read(item)
            if item.filename.startswith("xl/worksheets/sheet"):
                text = re.sub(r"(</f>)<v>[^<]*</v>", r"\1", data.decode())
                if change and item.filename.endswith(change[0]):
                    text, found = re.subn(rf'(<c r="{change[1]}"[^>]*><v>)[^<]*', rf"\g<1>{change[2]}", text)
                    assert found == 1
                data = text.encode()
            target.writestr(item, data)
    profile = (folder / "profile").as_uri()
    command = [
        "soffice",
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        FILTER,
        "--outdir",
        str(folder),
        str(bare),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    cells: dict[tuple[str, int, int], str] = {}
    for name, _ in SHEETS:
        with (folder / f"bare-{name}.csv").open(encoding="utf-8", newline="") as stream:
            for row, values in enumerate(csv.reader(stream), 1):
                cells.update({(name, row, column): value for column, value in enumerate(values, 1)})
    return cells


def number(text: str) -> Decimal:
    return Decimal(text.rstrip("%")) / (100 if text.endswith("%") else 1)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed: no recalculation")
@pytest.mark.parametrize("kind", list(CaseKind))
def test_libreoffice_recalculates_every_formula_to_the_same_cents(
    kind: CaseKind, tmp_path: Path, tables: ReferenceTables
) -> None:
    out = tmp_path / "ledger.xlsx"
    write_workbook(audit(kind), documents(), out, tables)
    fresh = recalculated(out, tmp_path)
    stored = openpyxl.load_workbook(out, data_only=True)
    checked = 0
    for sheet, place, row, column, formula in formulas(out):
        value = stored[sheet][place].value
        found = fresh[sheet, row, column]
        assert abs(number(found) - Decimal(str(value))) < Decimal("0.000001"), (sheet, place, formula, value, found)
        checked += 1
    assert checked > 200


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed: no recalculation")
def test_a_changed_rate_runs_through_to_the_settlement(book: Path, tmp_path: Path) -> None:
    place = next(
        cell.coordinate
        for row in openpyxl.load_workbook(book)["Terms"].iter_rows(max_col=3)
        for cell in row[2:]
        if row[0].value == "rate"
    )
    fresh = recalculated(book, tmp_path, ("sheet2.xml", place, "0.072"))
    header = [fresh["Ledger", 1, column].split("\n")[-1] for column in range(1, 30)]
    expected = header.index("Expected") + 1
    assert fresh["Ledger", 11, expected] == "-2446.03"
    settlements = [fresh["Bases", 8, column] for column in range(3, 7)]
    assert Decimal(settlements[0]) == 0
    assert Decimal(settlements[1]) == Decimal("619.52") + Decimal("8284.93")


def test_sheets_and_panes(book: Path) -> None:
    made = openpyxl.load_workbook(book)
    assert made.sheetnames == ["Summary", "Terms", "Ledger", "Findings", "Bases", "Margin", "Sources"]
    assert made["Ledger"].freeze_panes == "D2"
    assert made["Ledger"].auto_filter.ref == "A1:AD31"
    assert made["Ledger"]["A1"].value == "行号\nLine"


def test_recomputed_columns_are_formulas(book: Path) -> None:
    ledger = openpyxl.load_workbook(book)["Ledger"]
    heads = {str(cell.value).split("\n")[-1]: cell.column for cell in ledger[1]}
    for row in range(2, 32):
        assert str(ledger.cell(row, heads["Cash"]).value).startswith("=ROUND(")
        kind = ledger.cell(row, heads["Group"]).value
        expected = str(ledger.cell(row, heads["Expected"]).value)
        if kind in ("interest", "late", "trade"):
            assert expected.startswith("="), (row, kind)
    assert "SUM(Terms!" in str(ledger.cell(11, heads["Expected"]).value)
    assert "Terms!" in str(ledger.cell(17, heads["Expected"]).value)
    assert "MAX(ROUND(" in str(ledger.cell(4, heads["Commission expected"]).value)
    assert "Terms!" in str(ledger.cell(7, heads["Stamp duty expected"]).value)


def test_text_is_never_a_formula(tmp_path: Path) -> None:
    plain = audit()
    first = plain.lines[0]
    for text in ("=1+1", "+1", "-1", "@x", '=HYPERLINK("http://x")'):
        line = replace(first.line, operation=text, name=text, remark=text)
        changed: Audit = replace(
            plain, case_name=text, lines=(replace(first, line=line, working=text), *plain.lines[1:])
        )
        out = tmp_path / "t.xlsx"
        write_workbook(changed, documents(), out)
        cells = openpyxl.load_workbook(out)["Ledger"][2]
        found = [cell for cell in cells if cell.value == text]
        assert len(found) == 3
        assert all(cell.data_type == "s" for cell in found)


def test_without_tables_statutory_fees_stay_values(tmp_path: Path) -> None:
    out = tmp_path / "t.xlsx"
    write_workbook(audit(), (), out)
    ledger = openpyxl.load_workbook(out)["Ledger"]
    heads = {str(cell.value).split("\n")[-1]: cell.column for cell in ledger[1]}
    assert ledger.cell(7, heads["Stamp duty expected"]).value == 20.82
    assert str(ledger.cell(7, heads["Expected"]).value).startswith("=")


def test_an_empty_audit_still_opens(tmp_path: Path) -> None:
    out = tmp_path / "t.xlsx"
    write_workbook(replace(audit(), lines=(), findings=(), bases={}, bridges={}), (), out)
    assert openpyxl.load_workbook(out)["Ledger"].max_row == 1


def test_a_folder_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        write_workbook(audit(), (), tmp_path / "none" / "t.xlsx")


@pytest.mark.parametrize(
    ("working", "expected", "formula"),
    [
        ("4,800.00 × 0.5% × 6 = 144.00", "144.00", "ROUND(4800.00*Terms!$C$9*6,2)"),
        ("100,000.00 × 1.2% ÷ 30 × 7 = 280.00", "280.00", "ROUND(100000.00*0.012/30*7,2)"),
        ("(5,000.00 − 200.00) × 10% = 480.00", "480.00", "ROUND((5000.00-200.00)*0.1,2)"),
        ("0", "0.00", "ROUND(0,2)"),
        ("4,800.00 × 0.5% × 6 = 144.00", "145.00", None),
        ("合同无此项收费", "0.00", None),
        ("max(1 × 2, 3) = 3.00", "3.00", None),
        ("1 ÷ 0", "0.00", None),
        ("", "0.00", None),
    ],
)
def test_a_working_becomes_a_formula_only_where_it_gives_the_amount(
    working: str, expected: str, formula: str | None
) -> None:
    assert working_formula(working, Decimal(expected), {"Terms!$C$9": Decimal("0.005")}) == formula


def test_a_reviewers_decision_stands_beside_the_finding(tmp_path: Path) -> None:
    finding = audit().findings[0]
    signed = Triage(finding.key, TriageState.ACCEPTED, "=已核对原件", "复核人甲")
    out = tmp_path / "signed.xlsx"
    write_workbook(audit(), (), out, triage={finding.key: signed})
    sheet = openpyxl.load_workbook(out)["Findings"]
    titles = [str(cell.value) for cell in sheet[1]]
    column = next(at for at, title in enumerate(titles) if "Reviewer" in title)
    assert [cell.value for cell in sheet[2]][column - 1 : column + 2] == ["认可", "复核人甲", "=已核对原件"]
    assert sheet.cell(2, column + 2).data_type == "s"
    assert sheet.cell(3, column + 1).value is None
