"""Letters say where each amount comes from, and the case says when a letter no longer agrees with it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from tests.services.conftest import CASE
from workbench.errors import ConflictError, RenderError
from workbench.services.desk import Desk
from workbench.services.edit_terms import set_terms
from workbench.services.exhibits import list_exhibits
from workbench.services.render_document import copy_template, list_templates, preview_markdown, render_document
from workbench.services.run_audit import compute_audit
from workbench.services.undo import undo
from workbench.services.written_documents import list_written


def test_a_letter_names_exhibit_page_and_row_of_its_amounts(filled: Desk) -> None:
    audit = compute_audit(filled, CASE)
    wrong = next(one for one in audit.findings if one.delta and one.lines)
    source = next(entry.line.source for entry in audit.lines if entry.line.id == wrong.lines[0])
    number = next(one.no for one in list_exhibits(filled, CASE) if one.document.sha256 == source.sha256)
    annex = preview_markdown(filled, CASE, "complaint").split("附：金额出处")[1]
    assert f"证据{number}：{source.file} 第{source.page}页 第{source.row}行" in annex
    assert f"{audit.overcharged:,.2f}" in annex
    assert "finding " not in annex
    assert "sum of" not in annex


def test_every_bound_amount_stands_in_the_text_of_the_pdf(filled: Desk, tmp_path: Path) -> None:
    for info in list_templates(filled, CASE):
        letter = render_document(filled, CASE, info.id, tmp_path / f"{info.id}.pdf")
        document = PdfDocument(letter.path)
        text = "".join("".join(page.get_textpage().get_text_range().split()) for page in document)
        document.close()
        with filled.store.read() as unit:
            entry = next(one for one in unit.written.all(unit.cases.key(CASE)) if one.template == info.id)
        assert [amount for _, amount in entry.amounts if amount not in text] == [], info.id
    assert any(one.amounts > 20 for one in list_written(filled, CASE))


def test_a_letter_that_no_longer_agrees_says_so(filled: Desk, tmp_path: Path) -> None:
    render_document(filled, CASE, "demand_letter", tmp_path / "催告函.pdf")
    (one,) = list_written(filled, CASE)
    assert one.holds
    assert one.amounts
    set_terms(filled, CASE, {"rate": "0.0001"})
    (one,) = list_written(filled, CASE)
    changed = next(change for change in one.changed if change.origin == "audit overcharged")
    assert changed.now == f"{compute_audit(filled, CASE).overcharged:,.2f}"
    assert changed.then != changed.now
    undo(filled, CASE)
    assert list_written(filled, CASE)[0].holds
    set_terms(filled, CASE, {"rate": "0.0001"})
    render_document(filled, CASE, "demand_letter", tmp_path / "催告函.pdf")
    (one,) = list_written(filled, CASE)
    assert one.holds


def test_a_template_of_ones_own_comes_first_and_its_faults_name_file_and_line(filled: Desk, tmp_path: Path) -> None:
    copied = copy_template(filled, "demand_letter")
    assert [path.name for path in copied] == ["demand_letter.toml", "demand_letter.md.j2"]
    with pytest.raises(ConflictError):
        copy_template(filled, "demand_letter")
    own = replace(filled, template_dirs=(copied[0].parent, *filled.template_dirs))
    body = copied[1]
    words = body.read_text(encoding="utf-8").splitlines()
    body.write_text("\n".join([*words, "自己加的一句。"]), encoding="utf-8")
    assert "自己加的一句。" in preview_markdown(own, CASE, "demand_letter")
    for fault in ("{{ nothing.at_all }}", "{% if %}", "{{ findings[0].delta.value }}"):
        body.write_text("\n".join([*words[:4], fault, *words[4:]]), encoding="utf-8")
        with pytest.raises(RenderError) as caught:
            render_document(own, CASE, "demand_letter", tmp_path / "x.pdf")
        assert caught.value.where == "demand_letter.md.j2:5", fault
    body.write_text("\n".join([*words, "共 1,234.00 元"]), encoding="utf-8")
    with pytest.raises(RenderError, match="bound to nothing") as caught:
        render_document(own, CASE, "demand_letter", tmp_path / "x.pdf")
    assert caught.value.where == "demand_letter.md.j2"
    assert not (tmp_path / "x.pdf").exists()
