"""The packaged letters: complete, dated, free of threats, with the warnings on a sheet of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.documents.conftest import TEMPLATES, ContextMaker
from workbench.documents.blocks import Paper
from workbench.documents.context import DocumentContext, missing_fields
from workbench.documents.labels import load_labels
from workbench.documents.laws import load_laws
from workbench.documents.plain_text import to_text
from workbench.documents.render import compose, preview, sheet_of
from workbench.documents.template_files import list_templates, load_template
from workbench.domain.case import CaseKind
from workbench.domain.findings import Triage, TriageState
from workbench.domain.statutes import Statutes
from workbench.errors import NotFoundError, RenderError

ALL = list_templates((TEMPLATES,))
PAIRS = [(template.id, kind) for template in ALL for kind in CaseKind if kind.value in template.kinds]


def paper_of(name: str, context: DocumentContext) -> Paper:
    return compose(load_template((TEMPLATES,), name), context)


@pytest.mark.parametrize(("name", "kind"), PAIRS)
def test_every_template_renders_for_its_kinds_of_case(name: str, kind: CaseKind, make_context: ContextMaker) -> None:
    paper = paper_of(name, make_context(kind))
    text = to_text(paper)
    assert len(text) > 300
    assert "None" not in text
    assert paper.title


@pytest.mark.parametrize(("name", "kind"), PAIRS)
def test_no_letter_threatens_or_insults(name: str, kind: CaseKind, make_context: ContextMaker) -> None:
    text = to_text(paper_of(name, make_context(kind)))
    for word in ("否则将报案", "不付款就", "诈骗犯", "骗子", "无耻", "黑心", "坐牢"):
        assert word not in text


@pytest.mark.parametrize(("name", "kind"), PAIRS)
def test_statutes_named_in_the_facts_are_verified(name: str, kind: CaseKind, statutes: Statutes) -> None:
    for key in load_template((TEMPLATES,), name).basis(kind.value):
        assert statutes.get(key).verified


def test_the_report_to_the_regulator_has_what_real_name_reporting_needs(context: DocumentContext) -> None:
    text = to_text(paper_of("complaint", context))
    for part in (
        "监管局",
        "举报人（实名）",
        "身份证件号码",
        "被举报人",
        "举报事项摘要",
        "证据和线索",
        "保密",
        "书面答复",
        "签名",
    ):
        assert part in text
    assert "除证券公司外，任何单位和个人不得从事证券承销、证券保荐、证券经纪和证券融资融券业务。" in text


def test_the_complaint_about_a_broker_has_the_fields_of_the_hotline(make_context: ContextMaker) -> None:
    text = to_text(paper_of("complaint", make_context(CaseKind.BROKER_MARGIN)))
    assert text.startswith("投诉书")
    for part in (
        "投诉人",
        "被投诉人",
        "投诉请求",
        "事实经过",
        "争议点与计算",
        "已采取的措施",
        "证据清单",
        "调解",
        "内容真实",
    ):
        assert part in text


def test_self_exposure_is_warned_of_on_a_sheet_that_is_not_part_of_the_letter(context: DocumentContext) -> None:
    paper = paper_of("complaint", context)
    sheet = sheet_of(paper)
    assert sheet is not None
    warning = to_text(sheet)
    assert "第五十八条" in warning
    assert "第一百九十五条" in warning
    assert "法律意见" in warning
    assert "第五十八条" not in to_text(paper)
    assert "发送前" not in to_text(paper)


def test_unfilled_fields_are_blanks_and_are_listed(make_context: ContextMaker) -> None:
    template = load_template((TEMPLATES,), "complaint")
    empty, filled = make_context(), make_context(fields={"id_number": "110101199001010011", "phone": "13800000000"})
    assert [spec.key for spec in missing_fields(template, empty)] == ["id_number", "phone", "address"]
    assert [spec.key for spec in missing_fields(template, filled)] == ["address"]
    assert "＿＿＿＿" in to_text(compose(template, empty))
    assert "110101199001010011" in to_text(compose(template, filled))
    assert all(spec.label_zh and spec.label_en for each in ALL for spec in each.fields)


def test_a_letter_states_what_was_ticked_and_else_what_is_established(make_context: ContextMaker) -> None:
    key = "FEE-UNLISTED:S1.19"
    ticked = make_context(triage={key: Triage(key, TriageState.ACCEPTED, in_letter=True)})
    assert [one.key for one in ticked.chosen()] == [key]
    disputed = make_context(triage={key: Triage(key, TriageState.DISPUTED)})
    assert key not in [one.key for one in disputed.chosen()]
    assert len(disputed.chosen()) == 8


def test_a_shortfall_is_not_admitted(context: DocumentContext) -> None:
    bases = {
        name: replace(basis, settlement=basis.settlement - 50_000, difference=basis.difference)
        for name, basis in context.audit.bases.items()
    }
    short = replace(context, audit=replace(context.audit, bases=bases))
    paper = paper_of("demand_letter", short)
    assert "不构成对任何欠款的承认" in to_text(paper)
    sheet = sheet_of(paper)
    assert sheet is not None
    assert "不要承认" in to_text(sheet)


def test_unverified_wording_is_never_quoted(statutes: Statutes) -> None:
    laws = load_laws(statutes, (TEMPLATES,), "zh")
    with pytest.raises(RenderError):
        laws.quote("九民纪要/87-rest")
    assert laws.quote("九民纪要/87-1").startswith("场外配资合同被确认无效后")
    assert laws.cite("民法典/一百五十三") == "《中华人民共和国民法典》第一百五十三条"
    assert laws.cite("九民纪要/86") == "《全国法院民商事审判工作会议纪要》第86条"
    assert laws.cite("融资融券管理办法/26") == "《证券公司融资融券业务管理办法》第二十六条"
    english = load_laws(statutes, (TEMPLATES,), "en").cite("民法典/一百五十三")
    assert english == "Civil Code of the PRC, art. 153"


def test_a_persons_own_copy_comes_first(
    context: DocumentContext, own_templates: Callable[..., tuple[Path, ...]]
) -> None:
    facts = 'required = []\n[title]\nzh = "我的函"\nen = "Mine"\n'
    folders = own_templates("# {{ title }}\n\n自己写的。", name="statement_request", facts=facts)
    assert preview(load_template(folders, "statement_request"), context) == "# 我的函\n\n自己写的。\n"
    assert "complaint" in [template.id for template in list_templates(folders)]


@pytest.mark.parametrize("name", ["nothing", "fields", "laws", "../complaint"])
def test_an_unknown_template_names_those_that_exist(name: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        load_template((TEMPLATES,), name)
    assert "complaint" in caught.value.next_step


@pytest.mark.parametrize(
    "facts", ["[title", "lang = 'zh'", 'required = ["no_such_field"]\n[title]\nzh = "a"\nen = "b"']
)
def test_broken_facts_say_so(facts: str, own_templates: Callable[..., tuple[Path, ...]]) -> None:
    with pytest.raises(RenderError) as caught:
        load_template(own_templates("x", facts=facts), "mine")
    assert caught.value.where == "mine.toml"


@pytest.mark.parametrize("body", ["{% if %}", "{{ a b }}", "{% include 'none.j2' %}", "~~~odd\nx\n~~~", "**a"])
def test_a_broken_body_says_so(
    body: str, own_templates: Callable[..., tuple[Path, ...]], context: DocumentContext
) -> None:
    with pytest.raises(RenderError):
        compose(load_template(own_templates(body), "mine"), context)


def test_both_languages_name_the_same_things() -> None:
    zh, en = load_labels("zh").groups, load_labels("en").groups
    assert {group: set(names) for group, names in zh.items()} == {group: set(names) for group, names in en.items()}
