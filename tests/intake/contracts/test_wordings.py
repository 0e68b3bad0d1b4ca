"""Every wording of ``wordings.txt`` gives exactly the terms written beside it: none missing, none invented."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from workbench.domain.terms import SPEC_BY_KEY, TermType
from workbench.intake.contracts import contract_from
from workbench.readers.model import TextDocument, TextLine

PARTIES = {
    "@L": "甲方(出借方):恒信投资有限公司 ¶ 乙方(用资方):王小明 ¶ ",
    "@R": "甲方(用资方):王小明 ¶ 乙方(出借方):恒信投资有限公司 ¶ ",
    "@B": "甲方(客户):王小明 ¶ 乙方(证券公司):国衡证券股份有限公司 ¶ ",
}
LINES = (Path(__file__).parent / "wordings.txt").read_text(encoding="utf-8").splitlines()
WORDINGS = [line for line in LINES if line.strip() and not line.startswith("#")]


def terms_of(text: str) -> dict[str, object]:
    lines = tuple(TextLine(part.strip(), number) for number, part in enumerate(text.split("¶"), 1))
    contract = contract_from(TextDocument("txt", lines), "contract.txt", "0" * 64)
    for term in contract.terms:
        assert term.source is not None
        assert term.source.text
    return {term.key: term.value for term in contract.terms}


def expected_of(words: str) -> dict[str, object]:
    found: dict[str, object] = {}
    for word in shlex.split(words):
        key, _, value = word.partition("=")
        kind = SPEC_BY_KEY[key].type
        found[key] = (
            value == "true" if kind is TermType.FLAG else tuple(value.split(",")) if kind is TermType.WORDS else value
        )
    return found


@pytest.mark.parametrize("line", WORDINGS)
def test_a_wording_gives_exactly_its_terms(line: str) -> None:
    text, _, words = line.partition("=>")
    mark = text[:2]
    terms = terms_of(PARTIES.get(mark, "") + text.removeprefix(mark) if mark in PARTIES else text)
    if mark in PARTIES:
        terms = {key: value for key, value in terms.items() if key not in ("client", "financier")}
    assert terms == expected_of(words)


def test_the_table_is_large_enough_to_mean_something() -> None:
    assert len(WORDINGS) >= 150
