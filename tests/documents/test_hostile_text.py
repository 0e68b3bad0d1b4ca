"""Case data cannot bring markup along, in any format."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from tests.documents.conftest import ContextMaker
from workbench.documents.context import DocumentContext
from workbench.documents.plain_text import escape, to_markdown, to_text
from workbench.documents.render import compose, render
from workbench.documents.template_files import load_template
from workbench.errors import RenderError

NASTY = '*_#[]<script>alert(1)</script>$@\\ `x` {{ 7 }} {% if %} ![a](b) | &lt; ~~s~~ #import "x"'
STARTS = ("# 标题", "- 项", "1. 项", "> 引", "=1+1", "+1", "```", "---", "| a | b |", "    code", "2) x")
Write = Callable[..., tuple[Path, ...]]


def with_name(context: DocumentContext, name: str) -> DocumentContext:
    lines = tuple(
        replace(entry, line=replace(entry.line, operation=name, name=name, remark=name))
        for entry in context.audit.lines
    )
    return replace(context, audit=replace(context.audit, case_name=name, lines=lines))


def visible(markdown: str) -> str:
    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(markdown)
    children = [child for token in tokens if token.type == "inline" for child in token.children or ()]
    assert not [child for child in children if child.type in ("html_inline", "link_open", "image")]
    return "".join(child.content if child.type != "softbreak" else "\n" for child in children)


@pytest.mark.parametrize("text", [NASTY, *STARTS])
def test_markdown_shows_the_text_as_it_is(text: str) -> None:
    assert visible(escape(text).lstrip()).split() == text.split()


@pytest.mark.parametrize("name", [NASTY, *STARTS])
def test_names_stay_text_in_markdown_and_plain_text(name: str, own_templates: Write, context: DocumentContext) -> None:
    paper = compose(
        load_template(own_templates("{{ case_name }}\n\n- {{ case_name }}"), "mine"), with_name(context, name)
    )
    assert to_text(paper).split() == [*name.split(), "-", *name.split()]
    assert visible(to_markdown(paper)).split() == [*f"{name}{name}".split()] or name.startswith("    ")


def test_a_hostile_case_renders_in_every_format(make_context: ContextMaker, tmp_path: Path, templates: Path) -> None:
    context = with_name(make_context(pictures=False), NASTY)
    for suffix in (".pdf", ".docx", ".md", ".txt"):
        out = render(load_template((templates,), "evidence_summary"), context, tmp_path / f"x{suffix}").out
        assert out.stat().st_size > 1000
    with zipfile.ZipFile(tmp_path / "x.docx") as archive:
        body = archive.read("word/document.xml").decode()
    assert "<script>" not in body
    assert re.search(r"&lt;script&gt;", body)


def test_control_characters_are_named_before_a_page_is_set(
    own_templates: Write, context: DocumentContext, tmp_path: Path
) -> None:
    template = load_template(own_templates("{{ case_name }}"), "mine")
    with pytest.raises(RenderError, match=r"U\+FFFE"):
        render(template, with_name(context, "甲\ufffe乙"), tmp_path / "x.pdf")
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_template_cannot_reach_beyond_its_values(own_templates: Write, context: DocumentContext) -> None:
    for body in ("{{ findings.__class__.__mro__ }}", "{{ ''.__class__ }}", "{% include '/etc/passwd' %}"):
        with pytest.raises(RenderError):
            compose(load_template(own_templates(body), "mine"), context)
