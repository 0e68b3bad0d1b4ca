"""Bad input at the command line: exit code 2, one clear line, no traceback, nothing in the case."""

from __future__ import annotations

import errno
import io
import json
import os
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tests.cli.conftest import Cli


def _pdf(*, password: str = "", text: str = "") -> bytes:
    data = io.BytesIO()
    canvas = Canvas(data, encrypt=StandardEncryption(password) if password else None)
    if text:
        canvas.drawString(72, 720, text)
    canvas.showPage()
    canvas.save()
    return data.getvalue()


def _picture_pdf() -> bytes:
    """Return a page that is one picture, as a scanner makes it."""
    document = pypdfium2.PdfDocument(_pdf(text="2025-01-02 interest 100.00"))
    image = document[0].render(scale=1).to_pil()
    data = io.BytesIO()
    image.save(data, "PDF")
    return data.getvalue()


def _png() -> bytes:
    return b"\x89PNG\r\n\x1a\n" + b"\0" * 64


def _bomb() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../escape.csv", "日期,金额\n2025-01-01,1\n")
    return data.getvalue()


BAD: dict[str, Callable[[], bytes]] = {
    "empty.pdf": bytes,
    "empty.csv": bytes,
    "encrypted.pdf": lambda: _pdf(password="secret", text="x"),  # noqa: S106 - a test file
    "truncated.pdf": lambda: _pdf(text="x")[:200],
    "picture.pdf": _picture_pdf,
    "really-a-picture.xlsx": _png,
    "binary.csv": lambda: bytes(range(256)) * 40,
    "no-amounts.csv": "日期,备注\n2025-01-02,买入\n2025-01-03,卖出\n".encode,
    "not-a-zip.zip": lambda: b"PK\x03\x04nothing",
}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_one_clear_line(cli: Cli, tmp_path: Path, name: str, lang: str) -> None:
    path = tmp_path / name
    path.write_bytes(BAD[name]())
    cli("case", "new", "A")
    ended = cli("import", "A", path, "--as", "statement", "--json", lang=lang)
    assert ended.code == 2
    assert ended.complaint.startswith("workbench: ")
    assert name in ended.complaint
    assert "Unexpected" not in ended.complaint
    assert "意外错误" not in ended.complaint
    assert json.loads(cli("case", "show", "A", "--json").out)["documents"] == []


def test_pages_without_text_name_the_way_out(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(_picture_pdf())
    cli("case", "new", "A")
    assert "ocr" in cli("import", "A", path, "--as", "statement").complaint.lower()


def test_an_archive_cannot_write_outside(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "papers.zip"
    path.write_bytes(_bomb())
    cli("case", "new", "A")
    cli("import", "A", path)
    assert not (tmp_path.parent / "escape.csv").exists()
    assert not (tmp_path / "escape.csv").exists()


@pytest.mark.parametrize("words", [["import", "A", "/no/such/file.pdf"], ["import", "nobody", "/no/such/file.pdf"]])
def test_what_is_not_there_is_named(cli: Cli, words: list[str]) -> None:
    cli("case", "new", "A")
    ended = cli(*words)
    assert ended.code == 2
    assert ended.complaint


def test_dates_that_do_not_exist_are_listed(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "statement.csv"
    path.write_text(
        "日期,业务类型,发生金额,资金余额\n2025-02-28,入金,1000.00,1000.00\n2025-02-30,利息,-10.00,990.00\n",
        encoding="utf-8",
    )
    cli("case", "new", "A")
    ended = cli("import", "A", path, "--as", "statement", "--json")
    (entry,) = json.loads(ended.out)["files"]
    assert entry["error"] or any("2025-02-30" in f"{issue['text']}{issue['detail']}" for issue in entry["issues"])


def test_a_folder_without_rights(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    (folder / "a.csv").write_bytes(b"x")
    real = Path.read_bytes

    def denied(path: Path) -> bytes:
        if folder in path.parents:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", denied)
    folder.chmod(0)
    try:
        cli("case", "new", "A")
        ended = cli("import", "A", folder)
    finally:
        folder.chmod(0o700)
    assert ended.code == 2
    assert ended.complaint


def test_a_full_disk_leaves_nothing_half_written(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    samples = Path(__file__).parents[2] / "sample_cases" / "off-exchange-forced-sale" / "inputs"
    cli("case", "new", "A")
    cli("import", "A", samples)
    out = tmp_path / "ledger.csv"
    out.write_text("before", encoding="utf-8")

    def full(_self: Path, _data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", full)
    ended = cli("export", "A", "-o", out)
    assert ended.code == 2
    assert "No space left" in ended.complaint
    assert out.read_text(encoding="utf-8") == "before"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_locked_database_is_one_clear_line(cli: Cli, tmp_path: Path) -> None:
    cli("case", "new", "A")
    database = next((tmp_path / "home").glob("*.db"))
    other = sqlite3.connect(database, isolation_level=None)
    try:
        other.execute("BEGIN EXCLUSIVE")
        ended = cli("case", "new", "B")
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert ended.code == 2
    assert "Unexpected" not in ended.complaint
    assert cli("case", "new", "B").code == 0
