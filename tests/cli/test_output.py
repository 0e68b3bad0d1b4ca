"""stdout: aligned by terminal columns, safe for the terminal, JSON in UTF-8 everywhere."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.cli.output import pad, shorten, show, show_json, show_table, size, width, yuan


def test_a_chinese_character_takes_two_columns(capsys: pytest.CaptureFixture[str]) -> None:
    show_table(["名称", "amount"], [["利息", "1.00"], ["fee", "-200.00"]], right=(1,))
    assert capsys.readouterr().out.splitlines() == [
        "名称   amount",
        "----  -------",
        "利息     1.00",
        "fee   -200.00",
    ]


def test_an_empty_table_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    show_table(["a"], [])
    assert capsys.readouterr().out == ""


def test_control_characters_of_a_file_never_reach_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    show("a\x1b[31mred\x07\x9b")
    assert capsys.readouterr().out == "a\ufffd[31mred\ufffd\ufffd\n"


def test_json_keeps_chinese_readable_and_survives_broken_names(capsys: pytest.CaptureFixture[str]) -> None:
    show_json({"name": "张三", "file": "bad\udcff.pdf"})
    assert json.loads(capsys.readouterr().out) == {"name": "张三", "file": "bad?.pdf"}


@given(st.text(), st.integers(1, 60))
def test_shortened_text_fits(text: str, columns: int) -> None:
    short = shorten(text, columns)
    assert width(short) <= columns or width(text) <= columns
    assert short == text or short.endswith("…")


@given(st.text(max_size=20))
def test_padding_fills_to_the_column(text: str) -> None:
    assert width(pad(text, 50)) == 50
    assert pad(text, 50, right=True).endswith(text)


def test_amounts_and_sizes() -> None:
    assert yuan(Decimal("-1234.5")) == "-1,234.50"
    assert yuan(None) == ""
    assert [size(n) for n in (0, 2048, 5 << 20, 3 << 30)] == ["0 B", "2 KB", "5 MB", "3.0 GB"]
