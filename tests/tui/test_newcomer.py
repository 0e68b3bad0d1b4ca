"""What a newcomer reads: values as the contract prints them, errors as sentences, one sentence for the figure owed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.tui import world
from tests.tui.fake import FakeBackend
from tests.tui.screen_text import until
from workbench.domain.terms import Term, TermStatus
from workbench.errors import WorkbenchError
from workbench.locales.catalogue import load_catalogue
from workbench.services.term_text import parse_term
from workbench.tui.app import WorkbenchApp
from workbench.tui.paths import parse_paths
from workbench.tui.presenters.bases import leading, reckoning
from workbench.tui.presenters.terms import in_contract, term_detail
from workbench.tui.presenters.values import term_form, term_text, term_value


@pytest.mark.parametrize(("key", "said"), [("rate", "0.08%"), ("management_fee", "0.2%"), ("commission_rate", "0.05%")])
def test_a_rate_is_shown_and_edited_in_per_cent_and_comes_back_the_same(key: str, said: str) -> None:
    typed = parse_term(key, said)
    assert typed is not None
    assert term_value(typed, load_catalogue("zh", "tui")) == said
    assert term_text(typed, load_catalogue("zh", "tui")) == said


def test_a_number_that_is_no_rate_is_edited_as_it_is() -> None:
    zh, en = load_catalogue("zh", "tui"), load_catalogue("en", "tui")
    assert term_text(Term("warning_line", "0.8", None, TermStatus.EXTRACTED), zh) == "0.8"
    assert term_text(Term("margin", "100000", "yuan", TermStatus.EXTRACTED), zh) == "100000"
    fee = Term("management_fee", "500", "yuan", TermStatus.EXTRACTED)
    for words, said in ((zh, "500元"), (en, "500 yuan")):
        assert term_text(fee, words) == said
        assert parse_term("management_fee", said) == replace(fee, status=TermStatus.EDITED)
    assert term_form(fee) == "terms.form_yuan"


@pytest.mark.parametrize(
    ("where", "next_step", "en", "zh"),
    [
        ("a.pdf", "Open it.", "It has a password (a.pdf). Open it.", "有密码（a.pdf）。请打开。"),
        ("", "Open it.", "It has a password. Open it.", "有密码。请打开。"),
        ("a.pdf", "", "It has a password (a.pdf).", "有密码（a.pdf）。"),
    ],
)
def test_an_error_reads_as_sentences_in_each_language(where: str, next_step: str, en: str, zh: str) -> None:
    error = WorkbenchError(
        "It has a password.",
        where=where,
        next_step=next_step,
        what_zh="有密码。",
        next_step_zh="请打开。" if next_step else "",
    )
    assert error.text("en") == en
    assert error.text("zh") == zh


def test_the_figure_of_the_header_comes_with_the_sum_it_is_made_of() -> None:
    found = leading(world.AUDIT)
    cell = reckoning(world.AUDIT, load_catalogue("en", "tui"))
    assert found is not None
    assert cell is not None
    basis = found[1]
    assert basis.money_in - basis.money_out + basis.trading + basis.positions - basis.allowed == basis.settlement
    assert f"paid in {basis.money_in:,.2f}" in cell.text
    assert f"charges allowed {basis.allowed:,.2f}" in cell.text


def test_the_key_that_leads_to_the_path_does_no_harm_where_it_was_typed_into_it() -> None:
    assert [str(path) for path in parse_paths("//tmp/no such folder/a.pdf".replace(" ", "_"))] == [
        "/tmp/no_such_folder/a.pdf"  # noqa: S108  never opened
    ]


def test_an_edited_term_is_shown_beside_what_the_contract_says() -> None:
    words = load_catalogue("en", "tui")
    printed = world.AUDIT.contracts[0].terms.get("rate")
    assert printed is not None
    assert printed.source is not None
    edited = Term("rate", "0.01", printed.unit, TermStatus.EDITED)
    assert in_contract(edited, world.AUDIT) == printed
    assert in_contract(printed, world.AUDIT) is printed
    detail = "\n".join(
        cell.text for section in term_detail(edited, world.AUDIT, words).sections for cell in section.lines
    )
    assert printed.source.text in detail
    assert term_value(printed, words) in detail
    assert term_value(edited, words) in detail


@pytest.mark.parametrize(
    ("lang", "ends"),
    [("zh", "即使合同无效，对方仍可能就穿仓差额向您主张。"), ("en", "from you even where the contract is")],
)
async def test_what_may_still_be_claimed_is_in_sight_on_the_smallest_screen(lang: str, ends: str) -> None:
    async with WorkbenchApp(FakeBackend("A"), lang).run_test(size=(80, 24)) as pilot:
        await until(pilot, "A")
        await pilot.press("enter")
        await until(pilot, ends)
