"""Whole contracts of many makes: every term, contradiction (``!``) and notable clause (``*``) as in the golden beside.

``python -m pytest tests/intake/contracts/test_deeds.py`` shows the difference; a golden is only changed by hand.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.domain.terms import Contract, TermValue
from workbench.intake.contracts import looks_like_contract, read_contract

DEEDS = sorted((Path(__file__).parent / "deeds").glob("*.txt"))


def shown(value: TermValue) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return ",".join(value) if isinstance(value, tuple) else value


def as_text(contract: Contract) -> str:
    lines = [f"{term.key} = {shown(term.value)}" for term in contract.terms]
    lines += [f"! {entry.detail}" for entry in contract.contradictions]
    lines += sorted({f"* {clause.topic}" for clause in contract.clauses})
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("path", DEEDS, ids=lambda path: path.stem)
def test_a_whole_contract(path: Path) -> None:
    contract = read_contract(path.read_bytes(), path.name, "0" * 64)
    assert as_text(contract) == path.with_suffix(".terms").read_text(encoding="utf-8")


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_the_encoding_changes_nothing(encoding: str) -> None:
    path = DEEDS[0]
    data = path.read_text(encoding="utf-8").encode(encoding, "replace")
    assert as_text(read_contract(data, path.name, "0" * 64)) == path.with_suffix(".terms").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", DEEDS, ids=lambda path: path.stem)
def test_letters_spaced_out_and_full_width_digits_change_nothing_that_is_counted(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    wide = text.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789%:()"})
    plain = {term.key: term.value for term in read_contract(text.encode(), path.name, "0" * 64).terms}
    assert {term.key: term.value for term in read_contract(wide.encode(), path.name, "0" * 64).terms} == plain


@pytest.mark.parametrize("path", DEEDS, ids=lambda path: path.stem)
def test_each_is_recognised(path: Path) -> None:
    assert looks_like_contract(path.read_text(encoding="utf-8")) >= 0.5
