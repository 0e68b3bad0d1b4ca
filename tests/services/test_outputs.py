"""Audit runs, explanations, letters, ledgers, the demo and the doctor, on real files."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from workbench.domain.audit import AuditOptions
from workbench.errors import NotFoundError, UsageError
from workbench.services.check_health import check_health
from workbench.services.create_case import create_case
from workbench.services.desk import Desk
from workbench.services.edit_terms import list_contract_notes, list_earlier_terms, set_terms
from workbench.services.explain_line import explain_line
from workbench.services.export_ledger import export_ledger
from workbench.services.import_documents import import_documents
from workbench.services.line_picture import line_picture, page_picture
from workbench.services.list_cases import show_case
from workbench.services.manage_evidence import add_note
from workbench.services.read_case import list_custody, list_documents
from workbench.services.render_document import (
    list_templates,
    missing_fields,
    preview_markdown,
    render_document,
    set_fields,
)
from workbench.services.run_audit import compute_audit, list_runs, read_run, run_audit
from workbench.services.run_demo import run_demo
from workbench.services.undo import undo


@pytest.fixture(autouse=True)
def _case(desk: Desk, folder: Path) -> None:
    create_case(desk, "张某")
    import_documents(desk, "张某", [folder])


def test_runs_are_kept_and_know_when_they_are_stale(desk: Desk) -> None:
    assert show_case(desk, "张某").overcharged is None
    audit = run_audit(desk, "张某")
    summary = show_case(desk, "张某")
    assert (summary.overcharged, summary.basis, summary.stale) == (audit.overcharged, "as_contracted", False)
    assert summary.owed == audit.bases["as_contracted"].settlement
    set_terms(desk, "张某", {"rate": "1.4%"})
    assert show_case(desk, "张某").stale
    run_audit(desk, "张某", AuditOptions(as_of=date(2025, 5, 1)))
    runs = list_runs(desk, "张某")
    assert [(run.number, run.stale) for run in runs] == [(2, False), (1, True)]
    assert runs[0].options["as_of"] == "2025-05-01"
    assert runs[0].inputs == audit.fingerprint.inputs
    assert read_run(desk, "张某", 1)["schema"] == 1
    with pytest.raises(NotFoundError):
        read_run(desk, "张某", 9)


def test_the_same_facts_give_the_same_audit(desk: Desk) -> None:
    assert compute_audit(desk, "张某") == compute_audit(desk, "张某")


def test_a_case_without_statement_says_what_to_do(desk: Desk) -> None:
    create_case(desk, "空")
    with pytest.raises(UsageError, match="no statement"):
        run_audit(desk, "空")


def test_a_line_is_explained_with_clause_and_cause(desk: Desk) -> None:
    line = explain_line(desk, "张某", "S2.3")
    assert "6,000.00" in line.working
    assert line.findings[0].code.startswith("INT-")
    assert {"rate", "settlement"} <= {term.key for term in line.terms}
    assert line.source.file == "流水.csv"
    assert line.picture is None
    with pytest.raises(NotFoundError):
        explain_line(desk, "张某", "S2.99")
    with pytest.raises(NotFoundError):
        line_picture(desk, "张某", "S2.99")


def test_a_pdf_line_has_its_picture(desk: Desk) -> None:
    sample = desk.sample_dir / "off-exchange-forced-sale" / "inputs"
    create_case(desk, "示例")
    import_documents(desk, "示例", [sample])
    pdf = next(document for document in list_documents(desk, "示例") if document.file.endswith(".pdf"))
    picture = line_picture(desk, "示例", f"S{pdf.number}.1")
    assert picture is not None
    assert picture.startswith(b"\x89PNG")
    page = page_picture(desk, pdf.sha256, 1)
    assert page is not None
    assert len(page) > len(picture)
    desk.vault.remove(pdf.sha256)
    assert line_picture(desk, "示例", f"S{pdf.number}.1") is None
    with pytest.raises(NotFoundError):
        page_picture(desk, pdf.sha256, 1)


def test_two_contracts_keep_what_they_disagree_about(desk: Desk, tmp_path: Path) -> None:
    text = "补充协议\n签订日期：2025年4月1日\n自2025年4月1日起月利率调整为1.2%，按月预付。\n"
    (tmp_path / "补充.txt").write_text(text, encoding="utf-8")
    report = import_documents(desk, "张某", [tmp_path / "补充.txt"])
    assert not report.failed
    assert [term.value for term in list_earlier_terms(desk, "张某")["rate"]] == ["0.015"]
    contradictions, clauses = list_contract_notes(desk, "张某")
    assert isinstance(contradictions, tuple)
    assert isinstance(clauses, tuple)


def test_a_letter_is_written_logged_and_remembers_what_was_typed(desk: Desk, tmp_path: Path) -> None:
    assert {"complaint", "evidence_summary"} <= {template.id for template in list_templates(desk, "张某")}
    assert "phone" in {field.key for field in missing_fields(desk, "张某", "complaint")}
    set_fields(desk, "张某", {"phone": "13800000000"})
    assert "phone" not in {field.key for field in missing_fields(desk, "张某", "complaint")}
    assert "13800000000" in preview_markdown(desk, "张某", "complaint")
    letter = render_document(desk, "张某", "complaint", tmp_path / "投诉.md", {"address": "某市某路1号"})
    assert "某市某路1号" in letter.path.read_text(encoding="utf-8")
    assert "phone" not in {field.key for field in letter.blanks}
    assert "address" not in {field.key for field in missing_fields(desk, "张某", "complaint")}
    event = list_custody(desk, "张某")[-1]
    assert (event.action, event.detail, event.file) == ("rendered", "complaint", "投诉.md")
    assert undo(desk, "张某") == "filled in: Postal address"
    with pytest.raises(UsageError):
        render_document(desk, "张某", "complaint", tmp_path / "投诉.exe")
    with pytest.raises(NotFoundError):
        render_document(desk, "张某", "no_such_letter", tmp_path / "x.md")


def test_the_english_sibling_is_taken_where_there_is_one(desk: Desk, tmp_path: Path) -> None:
    letter = render_document(desk, "张某", "evidence_summary", tmp_path / "s.md", lang="en")
    assert list_custody(desk, "张某")[-1].detail == "evidence_summary_en"
    assert letter.path.exists()


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".json", ".beancount"])
def test_the_ledger_goes_out_in_every_form(desk: Desk, tmp_path: Path, suffix: str) -> None:
    out = export_ledger(desk, "张某", tmp_path / f"台账{suffix}")
    assert out.stat().st_size > 500
    assert list_custody(desk, "张某")[-1].action == "exported"
    if suffix == ".json":
        assert json.loads(out.read_text(encoding="utf-8"))["case"]["name"] == "张某"


def test_an_unknown_form_is_refused_before_anything_is_computed(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        export_ledger(desk, "张某", tmp_path / "台账.docx")
    assert list_runs(desk, "张某") == ()


def test_notes_go_into_the_custody_log(desk: Desk) -> None:
    add_note(desk, "张某", "原件存于律师处", document=1)
    event = list_custody(desk, "张某")[-1]
    assert (event.action, event.file, event.detail) == ("note", "合同.txt", "原件存于律师处")
    with pytest.raises(UsageError):
        add_note(desk, "张某", "  ")
    with pytest.raises(NotFoundError):
        add_note(desk, "张某", "x", document=9)


def test_the_demo_can_be_repeated(desk: Desk, tmp_path: Path) -> None:
    first = run_demo(desk, tmp_path / "out")
    again = run_demo(desk, tmp_path / "out")
    assert first.audit == again.audit
    assert [path.name for path, _ in again.files] == [path.name for path, _ in first.files]
    assert all(size > 10_000 for _, size in again.files)
    assert {item.status.value for item in again.report.items} == {"already"}


def test_the_doctor_finds_everything_in_place(desk: Desk) -> None:
    items = {item.name: item for item in check_health(desk)}
    assert all(item.ok for item in items.values()), [item for item in items.values() if not item.ok]
    assert items["reference.lpr"].warning
    assert not items["reference.trading_days"].warning
    later = replace(desk, now=lambda: datetime(2027, 1, 4, tzinfo=UTC))
    assert {item.name: item for item in check_health(later)}["reference.trading_days"].warning


def test_the_doctor_names_what_is_broken(desk: Desk) -> None:
    desk.vault.remove(list_documents(desk, "张某")[0].sha256)
    assert desk.store.path is not None
    sick = replace(desk, template_dirs=(), sample_dir=desk.home / "none")
    items = {item.name: item for item in check_health(sick)}
    assert {name for name, item in items.items() if not item.ok} == {"vault", "templates", "samples"}
    desk.store.close()
    desk.store.path.write_bytes(b"not a database at all" * 200)
    items = {item.name: item for item in check_health(desk)}
    assert not items["database"].ok
    assert items["python"].ok
