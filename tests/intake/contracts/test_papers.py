"""Whole contracts of other makes than the acceptance cases: exactly the terms fixed beforehand, none invented.

A ``.paper`` holds the contract, a line ``%%%``, and its truth: ``key = value`` for every term and ``! keys`` for
every contradiction (``CON-MATH``) of the contract with itself. The truth was written before the reading.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.intake.contracts.test_deeds import shown
from workbench.domain.terms import Contract
from workbench.intake.contracts import looks_like_contract, read_contract

PAPERS = sorted((Path(__file__).parent / "papers").glob("*.paper"))


def parts_of(path: Path) -> tuple[str, set[str]]:
    """Return the contract's text and the lines of its truth."""
    text, _, truth = path.read_text(encoding="utf-8").partition("\n%%%\n")
    return text, set(truth.splitlines())


def lines_of(contract: Contract) -> set[str]:
    lines = {f"{term.key} = {shown(term.value)}" for term in contract.terms}
    return lines | {f"! {','.join(entry.keys)}" for entry in contract.contradictions}


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_a_contract_gives_exactly_its_terms(path: Path) -> None:
    text, truth = parts_of(path)
    contract = read_contract(text.encode(), f"{path.stem}.txt", "0" * 64)
    found = lines_of(contract)
    assert (sorted(truth - found), sorted(found - truth)) == ([], [])
    assert all(term.source and term.source.row and term.source.text for term in contract.terms)


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_each_is_recognised(path: Path) -> None:
    assert looks_like_contract(parts_of(path)[0]) >= 0.4
