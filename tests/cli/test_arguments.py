"""What people type: global options anywhere, pairs, dates and numbers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from workbench.cli.arguments import day, hoist, language, number, pairs
from workbench.errors import UsageError


@pytest.mark.parametrize(
    ("typed", "ordered"),
    [
        (["audit", "A", "--lang", "zh"], ["--lang", "zh", "audit", "A"]),
        (["audit", "--home=/x", "A", "--debug"], ["--home=/x", "--debug", "audit", "A"]),
        (["case", "new", "--", "--lang"], ["case", "new", "--", "--lang"]),
        (["audit", "A", "--lang"], ["--lang", "audit", "A"]),
        ([], []),
    ],
)
def test_global_options_may_stand_anywhere(typed: list[str], ordered: list[str]) -> None:
    assert hoist(typed) == ordered


@pytest.mark.parametrize(
    ("typed", "environ", "chosen"),
    [
        ([], {}, "en"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        (["--lang", "zh"], {"LANG": "en_US.UTF-8"}, "zh"),
        (["--lang=en"], {"LANG": "zh_CN.UTF-8"}, "en"),
        (["--lang", "klingon"], {"LANG": "zh_CN.UTF-8"}, "zh"),
        (["--lang"], {}, "en"),
    ],
)
def test_language_comes_from_the_option_else_from_the_locale(
    typed: list[str], environ: dict[str, str], chosen: str
) -> None:
    assert language(typed, environ) == chosen


def test_pairs_keep_further_equal_signs() -> None:
    assert pairs(["rate=1.5%", "note=a=b", " margin = 1 "]) == {"rate": "1.5%", "note": "a=b", "margin": "1"}


@pytest.mark.parametrize("word", ["rate", "=3", " =x"])
def test_pairs_refuse_what_is_not_key_and_value(word: str) -> None:
    with pytest.raises(UsageError, match="KEY=VALUE"):
        pairs([word])


@pytest.mark.parametrize(
    ("text", "value"), [("1.5%", "0.015"), ("100,000", "100000"), ("0.3", "0.3"), ("20％", "0.2"), ("-5", "-5")]
)
def test_numbers_are_exact(text: str, value: str) -> None:
    assert number(text, "x") == Decimal(value)


@pytest.mark.parametrize("text", ["", "abc", "nan", "Infinity", "%", "1.5.2"])
def test_numbers_refuse_the_rest(text: str) -> None:
    with pytest.raises(UsageError, match="not a number"):
        number(text, "x")


def test_days_are_iso_dates() -> None:
    assert day("2025-03-31") == date(2025, 3, 31)
    for text in ("2025-02-30", "31.3.2025", ""):
        with pytest.raises(UsageError, match="not a date"):
            day(text)
