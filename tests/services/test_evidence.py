"""The evidence of a case: catalogue, search, the book, and a vault that shows every kind of tampering."""

from __future__ import annotations

import re
import shutil
import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from tests.services.conftest import CASE
from workbench.domain.case import DocumentKind
from workbench.domain.deadlines import EventKind
from workbench.domain.evidence import EvidenceForm, EvidenceGroup
from workbench.errors import NotFoundError, UsageError
from workbench.services.deadlines import add_event
from workbench.services.desk import Desk
from workbench.services.evidence_pages import count_pages, read_page
from workbench.services.exhibits import describe_exhibit, describe_typed_exhibit, list_exhibits
from workbench.services.import_documents import import_documents
from workbench.services.manage_evidence import copy_out, verify_evidence
from workbench.services.read_case import list_custody, list_documents
from workbench.services.render_document import render_document
from workbench.services.search_evidence import search_evidence
from workbench.services.undo import undo


def pages(path: Path) -> list[str]:
    """Return the text of every page, without blanks."""
    document = PdfDocument(path)
    try:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def test_the_catalogue_numbers_the_files_by_group(filled: Desk) -> None:
    found = list_exhibits(filled, CASE)
    assert [one.no for one in found] == list(range(1, len(found) + 1))
    assert [one.group for one in found] == sorted(one.group for one in found)
    contract = next(one for one in found if one.document.file.startswith("contract"))
    assert (contract.no, contract.group, contract.medium) == (1, EvidenceGroup.CONTRACT, "electronic")
    number = contract.document.number
    describe_exhibit(filled, CASE, number, group=EvidenceGroup.OTHER, form=EvidenceForm.COPY, purpose=" 合同关系 ")
    moved = list_exhibits(filled, CASE)[-1]
    assert (moved.document.number, moved.note.purpose, moved.medium) == (number, "合同关系", "document")
    undo(filled, CASE)
    assert list_exhibits(filled, CASE) == found


def test_senseless_descriptions_are_refused(filled: Desk) -> None:
    with pytest.raises(UsageError, match="future"):
        describe_exhibit(filled, CASE, 1, acquired_on=filled.today + timedelta(days=1))
    with pytest.raises(UsageError, match="copies"):
        describe_exhibit(filled, CASE, 1, copies=0)
    with pytest.raises(NotFoundError):
        describe_exhibit(filled, CASE, 99, purpose="x")
    assert describe_exhibit(filled, CASE, 1, acquired_on=date(2024, 1, 2)).acquired_on == date(2024, 1, 2)


def test_a_description_is_typed_in_any_width_and_only_what_is_named_changes(filled: Desk) -> None:
    describe_exhibit(filled, CASE, 1, purpose="合同关系")
    note = describe_typed_exhibit(
        filled, CASE, 1, {"acquired_on": "２０２５年３月１日", "copies": "２", "group": "7", "form": "copy"}
    )
    assert (note.acquired_on, note.copies, note.group) == (date(2025, 3, 1), 2, EvidenceGroup.OTHER)
    assert (note.form, note.purpose) == (EvidenceForm.COPY, "合同关系")
    cleared = describe_typed_exhibit(filled, CASE, 1, {"acquired_on": "", "group": "", "form": "", "copies": ""})
    assert (cleared.acquired_on, cleared.group, cleared.form, cleared.copies) == (None, None, None, 1)
    for wrong in ({"acquired_on": "昨天"}, {"copies": "两份"}, {"acquired_on": "2025-02-30"}):
        with pytest.raises(UsageError):
            describe_typed_exhibit(filled, CASE, 1, wrong)


def test_a_page_is_read_with_its_text_and_picture(filled: Desk) -> None:
    statement = next(one for one in list_documents(filled, CASE) if one.file.endswith(".pdf"))
    prices = next(one for one in list_documents(filled, CASE) if one.file.endswith(".csv"))
    search_evidence(filled, CASE, "余额")
    page = read_page(filled, CASE, statement.number, 2)
    assert count_pages(filled, statement) == 2
    assert page.picture is not None
    assert page.picture.startswith(b"\x89PNG")
    assert page.text
    assert page.text != read_page(filled, CASE, statement.number, 1).text
    assert (count_pages(filled, prices), read_page(filled, CASE, prices.number, 1).picture) == (0, None)


def test_a_file_whose_import_was_taken_back_is_no_stranger(filled: Desk, tmp_path: Path) -> None:
    note = tmp_path / "聊天.txt"
    note.write_text("2024-03-01 平台客服：已强制平仓", encoding="utf-8")
    import_documents(filled, CASE, [note], as_kind=DocumentKind.EVIDENCE)
    undo(filled, CASE)
    assert verify_evidence(filled, CASE).ok
    filled.vault.put(b"nobody imported this")
    assert len(verify_evidence(filled, CASE).added) == 1


def test_a_search_finds_words_whatever_their_width_and_spacing(filled: Desk, tmp_path: Path) -> None:
    note = tmp_path / "聊天.txt"
    note.write_text("2024-03-01 平台客服：今 日 １４：２０ 已 强 制平仓\n你们没有通知我", encoding="utf-8")
    picture = tmp_path / "图.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 40)
    import_documents(filled, CASE, [note, picture], as_kind=None)
    result = search_evidence(filled, CASE, "强制平仓 14:20")
    assert [(hit.document.file, hit.page) for hit in result.hits] == [("聊天.txt", 1)]
    assert "".join(result.hits[0].found.split()) == "强制平仓"
    assert search_evidence(filled, CASE, "100%_").hits == ()
    with pytest.raises(UsageError):
        search_evidence(filled, CASE, "  ")


def test_the_book_binds_every_file_and_the_catalogue_knows_the_pages(filled: Desk, tmp_path: Path) -> None:
    out = render_document(filled, CASE, "evidence_book", tmp_path / "book.pdf").path
    texts = pages(out)
    stamped = [int(found[1]) for text in texts if (found := re.search(r"第(\d+)页·共(\d+)页", text))]
    assert stamped == list(range(1, len(stamped) + 1))
    front = "".join(texts[: len(texts) - len(stamped)])
    for one in list_exhibits(filled, CASE):
        title = "".join(one.title.split())
        first = next(at for at, text in enumerate(texts) if f"证据{one.no}{title}本件第1页" in text)
        page = first - (len(texts) - len(stamped)) + 1
        row = rf"{one.no}{re.escape(title)}.*?打印件{page}(?:–\d+)?{one.note.copies}(?!\d)"
        assert re.search(row, front), front
    document = PdfDocument(out)
    bookmarks = [item.get_title() for item in document.get_toc()]
    document.close()
    assert [f"证据{one.no}　{one.title}" for one in list_exhibits(filled, CASE)] == [
        title for title in bookmarks if re.match(r"证据\d", title)
    ]
    copied = [event.file for event in list_custody(filled, CASE) if event.action == "copied"]
    assert sorted(copied) == sorted(one.file for one in list_documents(filled, CASE))


def test_a_book_of_pictures_is_pdf_a_and_other_formats_are_refused(filled: Desk, tmp_path: Path) -> None:
    out = render_document(filled, CASE, "evidence_book", tmp_path / "a.pdf", as_pictures=True).path
    assert b"pdfaid" in out.read_bytes() or b"pdfaid:part" in out.read_bytes()
    with pytest.raises(UsageError, match="PDF"):
        render_document(filled, CASE, "evidence_book", tmp_path / "a.docx")


def test_a_copy_leaves_the_vault_only_with_an_entry(filled: Desk, tmp_path: Path) -> None:
    target = copy_out(filled, CASE, 1, tmp_path)
    document = list_documents(filled, CASE)[0]
    assert target.read_bytes() == filled.vault.read(document.sha256)
    last = list_custody(filled, CASE)[-1]
    assert (last.action, last.file, last.sha256) == ("copied", document.file, document.sha256)


def test_an_untouched_vault_verifies(filled: Desk) -> None:
    result = verify_evidence(filled, CASE)
    assert result.ok
    assert result.head == list_custody(filled, CASE)[-2].digest


def test_every_kind_of_tampering_is_found(filled: Desk) -> None:
    """Change, delete, add, rename in the vault; change, cut, reorder and extend the log; rename in the database."""
    first, second = list_documents(filled, CASE)[:2]
    vault = filled.vault

    def database(*statements: str) -> None:
        assert filled.store.path is not None
        filled.close()
        with sqlite3.connect(filled.store.path) as connection:
            for statement in statements:
                connection.execute(statement)
        connection.close()

    def codes() -> set[str]:
        result = verify_evidence(filled, CASE)
        assert not result.ok
        return {fault.code for fault in result.faults} | {file.reason for file in result.files if file.reason}

    kept = vault.read(first.sha256)
    path = vault.path(first.sha256)
    path.chmod(0o600)
    path.write_bytes(kept + b"\n")
    assert codes() == {"changed"}
    path.rename(path.with_name("0" * 64))
    assert codes() == {"missing"}
    assert verify_evidence(filled, CASE).added == (f"{first.sha256[:2]}/{'0' * 64}",)
    path.with_name("0" * 64).unlink()
    vault.put(kept)
    shutil.copy(vault.path(second.sha256), vault.root / "added.pdf")
    assert verify_evidence(filled, CASE).added == ("added.pdf",)
    (vault.root / "added.pdf").unlink()
    assert verify_evidence(filled, CASE).ok

    database("UPDATE documents SET file = 'nicer.pdf' WHERE number = 1")
    assert codes() == {"renamed"}
    database(f"UPDATE documents SET file = '{first.file}' WHERE number = 1")  # noqa: S608  a test's own words
    assert verify_evidence(filled, CASE).ok

    database(
        "UPDATE custody SET number = 900 WHERE number = 1",
        "UPDATE custody SET number = 1 WHERE number = 2",
        "UPDATE custody SET number = 2 WHERE number = 900",
    )
    assert "chain" in codes()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("UPDATE custody SET detail = 'prices' WHERE number = 1", "chain"),
        ("DELETE FROM custody WHERE number = 2", "chain"),
        ("DELETE FROM custody WHERE number = (SELECT MAX(number) FROM custody)", "unlogged"),
        (
            "UPDATE custody SET previous = '', digest = '' WHERE number = 1",
            "chain",
        ),
        ("DELETE FROM documents WHERE number = 1", "lost"),
    ],
)
def test_an_edited_log_or_list_is_found(filled: Desk, change: str, code: str) -> None:
    assert filled.store.path is not None
    filled.close()
    connection = sqlite3.connect(filled.store.path)
    connection.execute(change)
    connection.commit()
    connection.close()
    result = verify_evidence(filled, CASE)
    assert code in {fault.code for fault in result.faults}
    assert not result.ok


HOSTILE = "#panic(1) {{ 7*7 }} {% raw %} **x** `y` | a | =1+1 <b> $x$ @ref \\u{41}"


def test_what_a_person_or_file_says_never_becomes_markup(filled: Desk, tmp_path: Path) -> None:
    """Typst, Jinja, Markdown and formulas in names, purposes, messages and sheets arrive as they were written."""
    sheet = tmp_path / "=cmd#eval.csv"
    sheet.write_text(f"甲,乙,丙\n{HOSTILE.replace(',', '')},2,3\n", encoding="utf-8")
    import_documents(filled, CASE, [sheet], as_kind=DocumentKind.EVIDENCE)
    number = list_documents(filled, CASE)[-1].number
    describe_exhibit(filled, CASE, number, title=HOSTILE, purpose=HOSTILE, acquired_by=HOSTILE)
    add_event(filled, CASE, EventKind.DEMANDED, date(2025, 1, 2), note=HOSTILE)
    said = "".join(HOSTILE.split())
    for template in ("evidence_book", "case_chronology", "evidence_catalogue"):
        text = "".join(pages(render_document(filled, CASE, template, tmp_path / f"{template}.pdf").path))
        assert said in text.replace("\u0002", ""), template
        assert "49" not in text.replace("SHA-256", "").split("#panic(1)")[1][:6]
