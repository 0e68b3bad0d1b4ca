"""Both languages say the same things with the same places, and every code has a word."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.resources import files
from string import Formatter

import pytest

from tests.architecture.code import modules
from workbench.domain.case import CaseKind, DocumentKind
from workbench.domain.findings import Severity, TriageState, Verdict
from workbench.domain.lines import LineKind
from workbench.domain.steps import TaskState
from workbench.domain.terms import LINE_CONVENTIONS, SPEC_BY_KEY, TERM_SPECS, TermStatus
from workbench.intake.clauses.calls import METHODS
from workbench.intake.clauses.sales import BANNED
from workbench.locales.catalogue import choose_language, load_catalogue

PARTS = sorted(
    {path.name.split(".")[0] for path in files("workbench.locales").iterdir() if path.name.endswith(".toml")}
)
CODES = frozenset(
    {code for spec in TERM_SPECS if spec.key != "line_convention" for code in spec.choices}
    | {code for code, _ in (*BANNED, *METHODS)}
)
"""Choices a contract can make, and the words its lists may hold."""
ONLY_ZH = ("help.", "option.")
"""Command line only: the code's own docstrings are its English help."""


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("part", PARTS)
def test_both_languages_have_the_same_keys_and_places(part: str) -> None:
    zh, en = (load_catalogue(lang, part).entries for lang in ("zh", "en"))
    assert {key for key in zh if part != "cli" or not key.startswith(ONLY_ZH)} == set(en)
    assert {key: _places(zh[key]) for key in en} == {key: _places(en[key]) for key in en}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("group", "codes"),
    [
        ("kind", LineKind),
        ("case_kind", CaseKind),
        ("document_kind", DocumentKind),
        ("severity", Severity),
        ("verdict", Verdict),
        ("triage", TriageState),
        ("task_state", TaskState),
        ("term_status", TermStatus),
        ("term", SPEC_BY_KEY),
        ("convention", LINE_CONVENTIONS),
        ("choice", CODES),
    ],
)
def test_every_code_has_a_word(lang: str, group: str, codes: Iterable[str]) -> None:
    say = load_catalogue(lang)
    assert [code for code in codes if f"{group}.{code}" not in say] == []


def test_an_unknown_key_is_shown_as_it_is() -> None:
    assert load_catalogue("en")("no.such.key") == "no.such.key"
    assert load_catalogue("zh").name("finding", "NEW-CODE") == "NEW-CODE"


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="de"):
        load_catalogue("de")


def test_the_locale_decides() -> None:
    assert choose_language({"LC_ALL": "zh_TW.UTF-8"}) == "zh"
    assert choose_language({}) == "en"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_code_that_the_engine_finds_has_a_word(lang: str) -> None:
    text = "".join(module.text for module in modules("workbench") if module.inside("engine"))
    codes = set(re.findall(r'"((?:INT|LATE|PEN|FEE|BAL|ROW|QTY|AMT|CASH|PRIN|LIQ|CON|SIM)-[A-Z0-9]+)"', text))
    assert len(codes) > 40
    assert [code for code in sorted(codes) if f"finding.{code}" not in load_catalogue(lang)] == []
