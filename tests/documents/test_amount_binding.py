"""No amount reaches paper that does not stand in a ledger line, a finding or a basis."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from tests.documents.conftest import TEMPLATES, ContextMaker
from workbench.documents.blocks import Paragraph, text_of, walk
from workbench.documents.context import DocumentContext
from workbench.documents.plain_text import to_text
from workbench.documents.proof import MONEY, known_amounts
from workbench.documents.render import compose
from workbench.documents.template_files import load_template
from workbench.errors import RenderError

Write = Callable[..., tuple[Path, ...]]
FIELD = 'style = "report"\n[title]\nzh = "自拟"\nen = "Own"\n'


def shown(folders: tuple[Path, ...], context: DocumentContext) -> str:
    return to_text(compose(load_template(folders, "mine"), context)).strip()


def test_a_bound_amount_prints_with_its_unit(own_templates: Write, context: DocumentContext) -> None:
    assert shown(own_templates("{{ findings[0].delta }}"), context) == "67.95 元"
    assert shown(own_templates("多收{{ findings[0].delta }}"), context) == "多收67.95 元"


@pytest.mark.parametrize(
    "body",
    [
        "退还 5000 元",
        "退还5,000.00",
        "退还 ¥5000",
        "退还五千元",
        "退还 1.2 万元",
        "CNY 5000",
        "{{ 5000 }} 元",
        '{{ "50" }}{{ "00" }}元',
        "**50**00元",
        "50\n00 元",
        "{{ findings[0].delta.value }}",
        "{{ findings[0].delta.value + 1 }}",
        "{{ findings[0].delta.value | string }} 元",
        "{{ findings[0].delta.text }} 元",
        "{{ (findings[0].text ~ '') }}",
        "{{ 1.5 }}",
        "| 项目 | 金额 |\n| --- | --- |\n| 退款 | 5,000.00 |",
        "# 退还 5000 元",
        "```note\n退还５０００元\n```",
    ],
)
def test_a_free_number_does_not_print(body: str, own_templates: Write, context: DocumentContext) -> None:
    with pytest.raises(RenderError):
        shown(own_templates(body), context)


@pytest.mark.parametrize("body", ["{{ claim }}", "{{ findings[99].delta }}", "{{ findings[0].nothing }}", "{{ x }}"])
def test_a_value_that_does_not_exist_does_not_print(body: str, own_templates: Write, context: DocumentContext) -> None:
    with pytest.raises(RenderError):
        shown(own_templates(body), context)


def test_dates_counts_and_rates_are_no_amounts(own_templates: Write, context: DocumentContext) -> None:
    body = "{{ today }} 共 {{ findings | length }} 项，利率 {{ term('rate').text }}，第120条，12386，365天"
    assert shown(own_templates(body), context).startswith("2025年7月2日 共 9 项，利率 14.4%")


def test_what_a_person_types_must_repeat_an_amount_of_the_case(
    own_templates: Write, make_context: ContextMaker
) -> None:
    folders = own_templates("{{ f.extra_facts }}", facts=FIELD + "\n[words]\n")
    (folders[0] / "mine.toml").write_text('required = ["extra_facts"]\n' + FIELD, encoding="utf-8")
    assert "100,000.00元" in shown(folders, make_context(fields={"extra_facts": "我存入100,000.00元。"}))
    assert "10万元" in shown(folders, make_context(fields={"extra_facts": "我存入10万元，2025年3月3日。"}))
    with pytest.raises(RenderError) as caught:
        shown(folders, make_context(fields={"extra_facts": "我又转了 33,333 元。"}))
    assert caught.value.where == "extra_facts"
    assert "33,333" in caught.value.what_zh


def test_an_amount_field_is_bound_to_the_field(own_templates: Write, make_context: ContextMaker) -> None:
    folders = own_templates("每期 {{ f.instalment }}")
    (folders[0] / "mine.toml").write_text('optional = ["instalment"]\n' + FIELD, encoding="utf-8")
    assert shown(folders, make_context(fields={"instalment": "1,500"})) == "每期 1,500.00 元"
    assert "＿" in shown(folders, make_context())
    with pytest.raises(RenderError):
        shown(folders, make_context(fields={"instalment": "很多"}))


def test_every_amount_of_the_packaged_documents_is_found_in_the_audit(context: DocumentContext) -> None:
    known = known_amounts(context.audit)
    paper = compose(load_template((TEMPLATES,), "demand_letter"), context)
    words = [text_of(block.runs) for block in walk(paper.blocks) if isinstance(block, Paragraph)]
    amounts = [match.group() for text in words for match in MONEY.finditer(text) if match.group().endswith("元")]
    loose = {Decimal(amount.removesuffix("元").strip().replace(",", "")) for amount in amounts} - known
    assert len(amounts) > 5
    assert loose == {Decimal("230.14")}, "only a sum of findings may be new"
