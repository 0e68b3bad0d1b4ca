"""Files, folders and archives: what is good is in, what is bad is named, what is known changes nothing."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from pathlib import Path

import pytest

from tests.services.conftest import CONTRACT, STATEMENT
from workbench.domain.case import DocumentKind
from workbench.errors import NotFoundError, StoreError
from workbench.services.create_case import create_case
from workbench.services.desk import Desk
from workbench.services.import_documents import ImportStatus, import_documents, preview_import
from workbench.services.read_case import case_version, document_bytes, list_custody, list_documents, read_facts


@pytest.fixture(autouse=True)
def _case(desk: Desk) -> None:
    create_case(desk, "张某")


def test_a_folder_comes_in_whole(desk: Desk, folder: Path) -> None:
    report = import_documents(desk, "张某", [folder])
    assert [(item.file, item.kind, item.status, item.number) for item in report.items] == [
        ("合同.txt", DocumentKind.CONTRACT, ImportStatus.IMPORTED, 1),
        ("流水.csv", DocumentKind.STATEMENT, ImportStatus.IMPORTED, 2),
    ]
    assert (report.items[1].rows, report.items[1].understood) == (6, 6)
    assert report.items[1].lines[0].id == "S2.1"
    facts = read_facts(desk, "张某")
    assert [line.id for line in facts.lines] == [f"S2.{row}" for row in range(1, 7)]
    assert facts.terms.text("rate") == "0.015"
    assert document_bytes(desk, report.items[0].sha256).decode() == CONTRACT
    assert [event.action for event in list_custody(desk, "张某")] == ["imported", "imported"]


def test_a_preview_writes_nothing(desk: Desk, folder: Path) -> None:
    version = case_version(desk, "张某")
    report = preview_import(desk, "张某", [folder])
    assert [item.status for item in report.items] == [ImportStatus.NEW, ImportStatus.NEW]
    assert report.items[1].lines[3].code == "600000"
    assert list_documents(desk, "张某") == ()
    assert case_version(desk, "张某") == version
    assert not desk.vault.root.exists()


def test_the_same_bytes_again_change_nothing(desk: Desk, folder: Path) -> None:
    import_documents(desk, "张某", [folder])
    version = case_version(desk, "张某")
    (folder / "改名.csv").write_bytes((folder / "流水.csv").read_bytes())
    report = import_documents(desk, "张某", [folder])
    assert {(item.status, item.number) for item in report.items} == {
        (ImportStatus.ALREADY, 1),
        (ImportStatus.ALREADY, 2),
    }
    assert case_version(desk, "张某") == version
    assert preview_import(desk, "张某", [folder]).items[0].status is ImportStatus.ALREADY


def test_twins_in_one_call_come_in_once(desk: Desk, folder: Path) -> None:
    (folder / "副本.csv").write_bytes((folder / "流水.csv").read_bytes())
    report = import_documents(desk, "张某", [folder])
    assert sorted(item.status for item in report.items) == ["already", "imported", "imported"]
    assert len({item.number for item in report.items}) == 2
    assert len(list_documents(desk, "张某")) == 2


def test_a_bad_file_is_named_and_the_good_ones_come_in(desk: Desk, folder: Path, tmp_path: Path) -> None:
    (folder / "空.csv").write_bytes(b"")
    (folder / "坏.pdf").write_bytes(b"%PDF-1.7\n" + b"\x00" * 200)
    report = import_documents(desk, "张某", [folder, tmp_path / "没有.pdf"])
    failed = {item.file: item.error for item in report.failed}
    assert set(failed) == {"空.csv", "坏.pdf", "没有.pdf"}
    assert all(problem is not None and problem.text("zh") and problem.next_step for problem in failed.values())
    assert len(report.imported) == 2
    assert len(list_documents(desk, "张某")) == 2


def test_an_empty_folder_is_an_error(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    (tmp_path / "空" / ".DS_Store").write_bytes(b"x")
    report = import_documents(desk, "张某", [tmp_path / "空"])
    assert report.items[0].error is not None
    assert "no files" in report.items[0].error.what


def packed(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def test_an_archive_is_opened_in_memory_and_never_escapes(desk: Desk, tmp_path: Path) -> None:
    inner = packed({"合同.txt": CONTRACT.encode()})
    data = packed({"../../逃逸.csv": STATEMENT.encode(), "里/内.zip": inner, "__MACOSX/x": b"x", "a/.hidden": b"x"})
    (tmp_path / "全部.zip").write_bytes(data)
    report = import_documents(desk, "张某", [tmp_path / "全部.zip"])
    assert [(item.file, item.status.value) for item in report.items] == [
        ("逃逸.csv", "imported"),
        ("合同.txt", "imported"),
    ]
    assert report.items[1].path.endswith("全部.zip/里/内.zip/合同.txt")
    assert not list(tmp_path.parent.glob("逃逸*"))
    assert not list(tmp_path.glob("逃逸*"))


def test_names_packed_on_chinese_windows_are_read(desk: Desk, tmp_path: Path) -> None:
    said = "对账单.csv".encode("gb18030")
    plain = b"x" * (len(said) - 4) + b".csv"
    raw = packed({plain.decode(): STATEMENT.encode()})
    (tmp_path / "w.zip").write_bytes(raw.replace(plain, said))
    name = import_documents(desk, "张某", [tmp_path / "w.zip"]).items[0].file
    assert name == "对账单.csv"


def test_archives_that_only_cost_are_refused(desk: Desk, tmp_path: Path) -> None:
    nested = packed({"a.csv": b"1,2\n"})
    for depth in range(4):
        nested = packed({f"{depth}.zip": nested})
    (tmp_path / "deep.zip").write_bytes(nested)
    (tmp_path / "empty.zip").write_bytes(packed({}))
    (tmp_path / "many.zip").write_bytes(packed({f"{number}.csv": b"x" for number in range(5001)}))
    (tmp_path / "cut.zip").write_bytes(packed({"a.csv": STATEMENT.encode() * 50})[:-40])
    names = ("deep.zip", "empty.zip", "many.zip", "cut.zip")
    report = import_documents(desk, "张某", [tmp_path / name for name in names])
    assert [item.status for item in report.items] == [ImportStatus.FAILED] * 4
    assert list_documents(desk, "张某") == ()


def test_cancelling_writes_nothing(desk: Desk, folder: Path) -> None:
    seen: list[tuple[int, int, str]] = []

    def progress(done: int, total: int, label: str) -> bool:
        seen.append((done, total, label))
        return done < 1

    report = import_documents(desk, "张某", [folder], progress=progress)
    assert report.cancelled
    assert seen == [(0, 2, "合同.txt"), (1, 2, "流水.csv")]
    assert list_documents(desk, "张某") == ()
    assert not desk.vault.root.exists()


def test_as_evidence_takes_any_file(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "截图.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 20)
    report = import_documents(desk, "张某", [tmp_path / "截图.png"], as_kind=DocumentKind.EVIDENCE)
    assert report.items[0].summary_zh.startswith("证据文件")
    assert list_documents(desk, "张某")[0].kind is DocumentKind.EVIDENCE


def test_what_a_person_calls_evidence_is_kept_as_it_is(desk: Desk, tmp_path: Path) -> None:
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + b"x" * 100
    (tmp_path / "加密.xlsx").write_bytes(locked)
    (tmp_path / "打包.rar").write_bytes(b"Rar!\x1a\x07\x00" + b"x" * 100)
    both = [tmp_path / "加密.xlsx", tmp_path / "打包.rar"]
    errors = [str(item.error) for item in import_documents(desk, "张某", both).failed]
    assert len(errors) == 2
    assert "zip" in errors[1]
    kept = import_documents(desk, "张某", both, as_kind=DocumentKind.EVIDENCE)
    assert [item.status for item in kept.items] == [ImportStatus.IMPORTED] * 2


def test_a_failing_store_leaves_no_trace(desk: Desk, folder: Path) -> None:
    assert desk.store.path is not None
    holder = sqlite3.connect(desk.store.path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    desk.store.close()
    desk.store.busy_seconds = 0.1
    with pytest.raises(StoreError, match="busy"):
        import_documents(desk, "张某", [folder])
    holder.execute("ROLLBACK")
    holder.close()
    assert list_documents(desk, "张某") == ()
    assert not desk.vault.root.exists()


def test_an_unknown_case_is_named(desk: Desk, folder: Path) -> None:
    with pytest.raises(NotFoundError, match="李某"):
        import_documents(desk, "李某", [folder])
