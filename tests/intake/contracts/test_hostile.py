"""Text that no contract holds costs little time and breaks nothing."""

from __future__ import annotations

import time

import pytest

from workbench.errors import InputError, UnreadableFileError
from workbench.intake.contracts import contract_from, read_contract
from workbench.readers.model import TextDocument, TextLine

ODD = {
    "digits": ["保证金" + "1" * 20000],
    "numerals": ["利率" + "一" * 20000],
    "one sentence of many lines": ["甲方应当于交易日追加保证金至平仓线以上"] * 3000,
    "brackets": ["甲方(" * 3000],
    "cells": ["a | b" * 3000],
    "bars only": ["|", " | ", "||||"],
    "blanks": [" " * 20000 + "x"],
    "signs": ["%‰¥×÷+-=:;,。()" * 500],
    "numbers that are none": ["保证金点点元,期限9999年99月99日至0000年0月0日,月利率百分之,第个交易日"],
}


@pytest.mark.parametrize("name", ODD, ids=str)
def test_odd_text_is_read_without_harm(name: str) -> None:
    lines = tuple(TextLine(text, number) for number, text in enumerate(ODD[name], 1))
    started = time.perf_counter()
    contract = contract_from(TextDocument("txt", lines), "odd.txt", "0" * 64)
    assert time.perf_counter() - started < 20
    assert all(term.source is not None for term in contract.terms)


def test_a_text_without_terms_says_the_way_out() -> None:
    with pytest.raises(InputError) as error:
        read_contract("今天天气很好。".encode(), "letter.txt", "0" * 64)
    assert error.value.where == "letter.txt"
    assert "--as evidence" in error.value.text("en")
    assert "--as evidence" in error.value.text("zh")


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(UnreadableFileError):
        read_contract(b"", "empty.txt", "0" * 64)
