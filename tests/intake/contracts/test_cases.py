"""The acceptance cases' contracts give their terms by value, compared the way the acceptance script compares."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from workbench.intake.contracts import looks_like_contract, read_contract
from workbench.readers.text import read_text

CASES = Path(__file__).resolve().parents[4] / "shared" / "cases"
FOLDERS = sorted(path.parent for path in CASES.glob("*/truth.json"))
pytestmark = pytest.mark.skipif(not FOLDERS, reason="shared acceptance cases are not beside this repository")

FREE = {"line_comparator", "line_action", "line_measured", "banned_securities", "dispute_resolution", "settlement"}
"""Keys that the truth leaves out although the contract says them."""


def checker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("acceptance_check", CASES / "check.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_terms_equal_the_truth(folder: Path) -> None:
    path = next(folder.glob("contract.*"))
    data = path.read_bytes()
    contract = read_contract(data, path.name, hashlib.sha256(data).hexdigest())
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    given = {
        "terms": [
            {
                "key": term.key,
                "value": list(term.value) if isinstance(term.value, tuple) else term.value,
                "unit": term.unit,
                "status": term.status.value,
            }
            for term in contract.terms
        ]
    }
    result = checker().compare_terms(truth, given)
    assert (result["missing"], result["wrong"]) == ([], [])
    assert {term.key for term in contract.terms} - truth["terms"].keys() <= FREE
    assert contract.contradictions == ()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_term_has_its_place(folder: Path) -> None:
    path = next(folder.glob("contract.*"))
    contract = read_contract(path.read_bytes(), path.name, "0" * 64)
    for term in contract.terms:
        assert term.source is not None
        assert len(term.source.text) >= 4
        if path.suffix == ".pdf":
            assert term.source.page
            assert term.source.box
        else:
            assert term.source.row


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_contract_is_told_from_the_other_files(folder: Path) -> None:
    for path in sorted(folder.iterdir()):
        if path.suffix in (".txt", ".docx", ".pdf"):
            text = "\n".join(line.text for line in read_text(path.read_bytes(), path.name).lines)
            assert (looks_like_contract(text) >= 0.6) == (path.stem == "contract"), path.name
