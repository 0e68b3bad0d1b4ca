"""Typed text becomes canonical values, and several contracts become one set of terms by stated rules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.facts import contract
from workbench.domain.money import plain
from workbench.domain.terms import SPEC_BY_KEY, Term, TermStatus, TermType, TermValue
from workbench.errors import UsageError
from workbench.services.merge_terms import merge_terms
from workbench.services.term_text import parse_term

TYPED: tuple[tuple[str, str, TermValue], ...] = (
    ("rate", "1.5%", "0.015"),
    ("rate", "１.5％".replace("１", "1"), "0.015"),
    ("rate", "0.5‰", "0.0005"),
    ("rate", "万分之5", "0.0005"),
    ("rate", " 0.0150 ", "0.015"),
    ("margin", "10万", "100000"),
    ("margin", "100,000.00元", "100000"),
    ("liquidation_line", "110%", "1.1"),
    ("signed_on", "2025年3月1日", "2025-03-01"),
    ("signed_on", "2025/3/1", "2025-03-01"),
    ("notice_required", "是", True),
    ("notice_required", "No", False),
    ("rate_period", "month", "month"),
    ("notice_methods", "sms、app, phone", ("sms", "app", "phone")),
    ("client", "张某", "张某"),
)


@pytest.mark.parametrize(("key", "text", "value"), TYPED)
def test_what_people_type(key: str, text: str, value: TermValue) -> None:
    term = parse_term(key, text)
    assert term is not None
    assert (term.value, term.status) == (value, TermStatus.EDITED)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("rate", "about 1%"),
        ("rate", "NaN"),
        ("signed_on", "2025-02-30"),
        ("signed_on", "soon"),
        ("rate_period", "fortnight"),
        ("notice_required", "perhaps"),
        ("colour", "red"),
    ],
)
def test_what_does_not_fit_is_refused_with_examples(key: str, text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_term(key, text)
    assert caught.value.next_step
    assert caught.value.what_zh


def test_empty_text_removes() -> None:
    assert parse_term("rate", "  ") is None


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=6))
def test_any_canonical_number_stands_as_it_is(number: object) -> None:
    text = plain(number)  # type: ignore[arg-type]
    for key, spec in SPEC_BY_KEY.items():
        if spec.type is TermType.NUMBER:
            term = parse_term(key, text)
            assert term is not None
            assert term.value == text


def edited(key: str, value: TermValue | None, status: TermStatus = TermStatus.EDITED) -> dict[str, Term | None]:
    return {key: None if value is None else Term(key, value, status=status)}


def test_the_contract_signed_later_stands_over_the_earlier_whatever_came_first() -> None:
    later = contract("补充.docx", signed="2025-06-01", rate="0.012")
    merged = merge_terms([(1, later), (2, contract(commission_rate="0.0003"))], {})
    assert merged.terms.text("rate") == "0.012"
    assert merged.terms.text("commission_rate") == "0.0003"
    assert [term.value for term in merged.earlier["rate"]] == ["0.015"]
    assert merged.earlier["rate"][0].source is not None


def test_an_undated_contract_never_stands_over_a_dated_one() -> None:
    merged = merge_terms([(1, contract()), (2, contract("手写.txt", signed=None, rate="0.02"))], {})
    assert merged.terms.text("rate") == "0.015"


def test_keys_that_belong_together_come_from_one_contract() -> None:
    old = contract(rate_type="lpr_1y", rate_spread_bp="300", day_count="MONTH", liquidation_line="1.1")
    new = contract("新.docx", signed="2025-06-01", rate="0.0005", rate_period="day")
    terms = merge_terms([(1, old), (2, new)], {}).terms
    assert terms.text("rate_period") == "day"
    assert "rate_spread_bp" not in terms
    assert "day_count" not in terms
    assert terms.text("liquidation_line") == "1.1"


def test_a_supplement_in_the_same_period_keeps_the_day_count() -> None:
    old = contract(day_count="MONTH", line_convention="net_value", liquidation_line="0.9", warning_line="0.95")
    new = contract("新.docx", signed="2025-06-01", rate="0.018", liquidation_line="0.92")
    terms = merge_terms([(1, old), (2, new)], {}).terms
    assert (terms.text("day_count"), terms.text("line_convention")) == ("MONTH", "net_value")
    assert (terms.text("warning_line"), terms.text("liquidation_line")) == ("0.95", "0.92")


def test_a_persons_edit_stands_over_everything() -> None:
    merged = merge_terms([(1, contract())], edited("rate", "0.01"))
    assert merged.terms.text("rate") == "0.01"
    assert [term.value for term in merged.earlier["rate"]] == ["0.015"]
    assert "rate" not in merge_terms([(1, contract())], edited("rate", None)).terms


def test_a_confirmation_speaks_only_about_the_value_confirmed() -> None:
    confirmed = edited("rate", "0.015", TermStatus.CONFIRMED)
    same = merge_terms([(1, contract())], confirmed).terms.get("rate")
    changed = merge_terms([(1, contract()), (2, contract("新.docx", "2025-06-01", rate="0.02"))], confirmed)
    assert same is not None
    assert (same.status, same.source is not None) == (TermStatus.CONFIRMED, True)
    rate = changed.terms.get("rate")
    assert rate is not None
    assert (rate.value, rate.status) == ("0.02", TermStatus.EXTRACTED)
