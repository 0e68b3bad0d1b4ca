"""Letters and originals as pages to look at: as they would be written, and without a trace."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from workbench.errors import NotFoundError
from workbench.services.create_case import create_case
from workbench.services.desk import Desk
from workbench.services.draw_pages import document_pages, letter_pages
from workbench.services.import_documents import import_documents
from workbench.services.list_cases import show_case
from workbench.services.read_case import list_custody, list_documents
from workbench.services.render_document import list_fields, render_document
from workbench.services.run_audit import list_runs

CASE = "张某"


@pytest.fixture(autouse=True)
def _case(desk: Desk, folder: Path) -> None:
    create_case(desk, CASE)
    import_documents(desk, CASE, [folder])


def test_a_letters_pages_are_those_of_the_file_that_would_be_written(desk: Desk, tmp_path: Path) -> None:
    typed = {"address": "上海市某路1号"}
    pages = letter_pages(desk, CASE, "demand_letter", typed, None, "zh")
    out = tmp_path / "催告函.pdf"
    render_document(desk, CASE, "demand_letter", out, typed)
    assert pages.data == out.read_bytes()
    assert pages.count > 1
    first, last = (Image.open(io.BytesIO(pages.png(page))) for page in (1, pages.count))
    assert first.size == last.size
    assert first.height > first.width


def test_looking_at_a_letter_leaves_no_trace(desk: Desk) -> None:
    before = list_custody(desk, CASE), show_case(desk, CASE), list_runs(desk, CASE)
    letter_pages(desk, CASE, "demand_letter", {"address": "上海市某路1号"}, None, "zh")
    assert (list_custody(desk, CASE), show_case(desk, CASE), list_runs(desk, CASE)) == before
    assert "上海市某路1号" not in {field.value for field in list_fields(desk, CASE, "demand_letter")}


def test_an_original_shows_its_pages_and_a_table_says_that_it_has_none(desk: Desk, tmp_path: Path) -> None:
    shot = tmp_path / "截图.png"
    Image.new("RGB", (300, 200), "navy").save(shot)
    import_documents(desk, CASE, [shot])
    files = {one.file: one for one in list_documents(desk, CASE)}
    pages = document_pages(desk, files["截图.png"])
    assert (pages.count, Image.open(io.BytesIO(pages.png(1))).size) == (1, (300, 200))
    with pytest.raises(NotFoundError, match=r"流水\.csv"):
        document_pages(desk, files["流水.csv"])
