"""Formats: pages with header and number, pictures, originals as cut-outs, whole files or none."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pdfplumber
import pytest
from docx import Document

from tests.documents.conftest import TEMPLATES, ContextMaker
from workbench.documents.blocks import Picture, Table, walk
from workbench.documents.context import DocumentContext
from workbench.documents.glyphs import covered, shipped_fonts
from workbench.documents.render import compose, render, to_bytes
from workbench.documents.template_files import load_template
from workbench.domain.case import CaseKind
from workbench.domain.source import Source
from workbench.errors import RenderError, UsageError


def pdf_text(data: bytes) -> list[str]:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return [page.extract_text() for page in pdf.pages]


def test_pages_carry_case_title_and_number(context: DocumentContext, tmp_path: Path) -> None:
    out = render(load_template((TEMPLATES,), "complaint"), context, tmp_path / "c.pdf").out
    pages = pdf_text(out.read_bytes())
    for number, text in enumerate(pages, 1):
        assert "沈知远诉启衡" in text.splitlines()[0]
        assert "举报信" in text.splitlines()[0]
        assert f"第{number}页共{len(pages)}页" in text.splitlines()[-1].replace(" ", "").replace("\u3000", "")


def test_the_sheet_is_a_file_of_its_own(context: DocumentContext, tmp_path: Path) -> None:
    written = render(load_template((TEMPLATES,), "complaint"), context, tmp_path / "c.pdf")
    assert written.sheet == tmp_path / "c.发送前须知.pdf"
    assert "第五十八条" in "".join(pdf_text(written.sheet.read_bytes()))
    assert "第五十八条" not in "".join(pdf_text(written.out.read_bytes()))


def test_the_same_input_gives_the_same_bytes(context: DocumentContext) -> None:
    template = load_template((TEMPLATES,), "evidence_summary")
    first, second = (to_bytes(compose(template, context), template, context, ".pdf") for _ in range(2))
    assert first == second
    assert b"pdfaid" in first


def test_the_evidence_summary_shows_picture_clause_working_and_formula(context: DocumentContext) -> None:
    paper = compose(load_template((TEMPLATES,), "evidence_summary"), context)
    pictures = [block for block in walk(paper.blocks) if isinstance(block, Picture)]
    assert [("风控线" in one.alt) for one in pictures].count(True) == 1
    assert len(pictures) == 8 + 1
    template = load_template((TEMPLATES,), "evidence_summary")
    text = "\n".join(pdf_text(to_bytes(paper, template, context, ".pdf"))).replace(" ", "")
    for part in (
        "资金使用费按年利率14.4%计算",
        "操盘协议.docx第2页",
        "400,000.00×14.4%×31÷365=4,892.05",
        "400,000.00×14.4%×31÷360=4,960.00",
        "230.14元",
        "17,196.58",
        "9f9f9f9f",
        "5d5d5d5d",
        "场外配资",
        "不是法律意见",
    ):
        assert part in text, part


def test_rows_without_a_picture_show_their_original_cells(make_context: ContextMaker) -> None:
    context = make_context(pictures=False)
    source = Source("ab" * 32, "流水.csv", None, 9, None, "2025-04-03 | 利息扣收 |  | -4960.00 | 58664.43")
    lines = tuple(
        replace(entry, line=replace(entry.line, source=source)) if entry.line.id == "S1.10" else entry
        for entry in context.audit.lines
    )
    paper = compose(
        load_template((TEMPLATES,), "evidence_summary"), replace(context, audit=replace(context.audit, lines=lines))
    )
    cutouts = [block for block in walk(paper.blocks) if isinstance(block, Table) and block.look == "cutout"]
    assert [run[0].text for run in cutouts[0].rows[0]] == ["2025-04-03", "利息扣收", "-4960.00", "58664.43"]
    assert [run[0].text for run in cutouts[0].head] == ["列1", "列2", "列4", "列5"]


def test_the_english_summary_is_english(context: DocumentContext, tmp_path: Path) -> None:
    out = render(load_template((TEMPLATES,), "evidence_summary_en"), context, tmp_path / "e.pdf").out
    text = "\n".join(pdf_text(out.read_bytes()))
    assert "Page 1 of" in text
    assert "How the platform got to its figure (exact to the cent)" in text
    assert "Securities Law arts 120(4) and 202" in text
    assert "not legal advice" in text
    assert "The platform divided by 360".lower() in text.lower()


def test_word_has_page_fields_and_repeated_heads(context: DocumentContext, tmp_path: Path) -> None:
    out = render(load_template((TEMPLATES,), "complaint"), context, tmp_path / "c.docx").out
    document = Document(str(out))
    footer = document.sections[0].footer._element.xml
    assert "NUMPAGES" in footer
    assert "第 " in footer
    assert any("tblHeader" in table._tbl.xml for table in document.tables)
    assert "67.95" in "".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)


def test_the_shipped_font_covers_chinese_names_and_every_sign_in_use() -> None:
    points = covered(shipped_fonts())
    for char in "仿宋喆玥堃龘"[:5] + "−×÷≤≥→《》〈〉【】①⑳✓·‰Σ＿—…“”¥￥（）【】%":
        assert ord(char) in points, char
    assert sum(path.stat().st_size for path in shipped_fonts().glob("*.otf")) < 7_000_000


def test_a_character_that_no_font_has_is_named(
    own_templates: Callable[..., tuple[Path, ...]], context: DocumentContext, tmp_path: Path
) -> None:
    strange = replace(context, audit=replace(context.audit, case_name="甲\U0001bc00乙"))
    with pytest.raises(RenderError, match=r"U\+1BC00"):
        render(load_template(own_templates("{{ case_name }}"), "mine"), strange, tmp_path / "x.pdf")


@pytest.mark.parametrize("name", ["x.doc", "x", "x.html"])
def test_other_formats_are_refused(name: str, context: DocumentContext, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        render(load_template((TEMPLATES,), "complaint"), context, tmp_path / name)


def test_nothing_is_left_when_the_folder_cannot_be_written(context: DocumentContext, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        render(load_template((TEMPLATES,), "complaint"), context, tmp_path / "none" / "c.pdf")
    assert "none" in caught.value.where
    assert list(tmp_path.iterdir()) == []


def test_an_error_leaves_the_earlier_file_and_no_temporary_one(
    own_templates: Callable[..., tuple[Path, ...]], context: DocumentContext, tmp_path: Path
) -> None:
    out = tmp_path / "kept.pdf"
    out.write_bytes(b"earlier")
    with pytest.raises(RenderError):
        render(load_template(own_templates("5000 元"), "mine"), context, out)
    assert out.read_bytes() == b"earlier"
    assert [path.name for path in tmp_path.glob("*kept*")] == ["kept.pdf"]


def test_a_long_ledger_is_set_as_data(
    own_templates: Callable[..., tuple[Path, ...]], make_context: ContextMaker, tmp_path: Path
) -> None:
    context = make_context(CaseKind.OFF_EXCHANGE)
    many = replace(context, audit=replace(context.audit, lines=context.audit.lines * 34))
    out = render(
        load_template(own_templates("# 台账\n\n{{ table.ledger(lines) }}"), "mine"), many, tmp_path / "l.pdf"
    ).out
    pages = pdf_text(out.read_bytes())
    assert len(pages) > 15
    assert "类型" in pages[-1]
