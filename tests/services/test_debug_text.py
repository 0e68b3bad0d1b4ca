"""A masked copy of a file's structure: nothing personal in it, everything a reader stumbles over kept."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.services.conftest import CONTRACT
from tests.services.test_matching import BANK, BROKER
from workbench.errors import InputError
from workbench.intake.layouts import load_layouts
from workbench.intake.masking import masker
from workbench.services.debug_text import debug_text
from workbench.services.desk import Desk

MASK = masker(load_layouts(None))


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("张三丰 6222-0000 1234", "某某某 9999-9999 9999"),
        ("证券买入", "证券买入"),
        ("-1,234.50", "-9,999.99"),
        ("2025年3月1日", "9999年9月9日"),
        ("Wang Xiaoming", "Xxxx Xxxxxxxx"),
        ("月利率１．５％", "月利率９．９％"),
    ],
)
def test_names_and_numbers_go_words_and_signs_stay(text: str, masked: str) -> None:
    assert MASK(text) == masked


@given(st.text())
def test_no_digit_but_nine_survives_and_the_length_stays(text: str) -> None:
    masked = MASK(text)
    assert len(masked) == len(text)
    assert not re.search(r"[0-8]", masked.replace("T+1", "").replace("T+2", ""))


def test_a_statement_keeps_titles_rows_and_questions(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "broker.csv"
    path.write_text(BROKER.replace("证券买入,600036", "神秘操作,600036"), "utf-8")
    text = debug_text(desk, path)
    assert "成交日期 | 买卖标志 | 证券代码" in text
    assert "kind statement" in text
    assert "unknown_operation" in text
    for secret in ("600000", "浦发", "100030", "神秘", "broker.csv"):
        assert secret not in text


def test_a_contract_and_a_bank_file_give_nothing_personal_away(desk: Desk, tmp_path: Path) -> None:
    for name, content, secrets in (
        ("contract.txt", CONTRACT, ("海州融通", "张某", "PZ-2025", "100,000")),
        ("bank.csv", BANK, ("明远", "6217000099998888777", "209000")),
    ):
        path = tmp_path / name
        path.write_text(content, "utf-8")
        text = debug_text(desk, path)
        assert not [secret for secret in secrets if secret in text]
        assert "月利率" in text or "账户余额" in text


def test_a_file_that_is_not_there_says_so(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(InputError):
        debug_text(desk, tmp_path / "none.pdf")
