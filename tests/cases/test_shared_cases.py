"""The visible acceptance cases, compared by their own exam paper (``check.py`` beside them)."""

from __future__ import annotations

import json
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
CASES = ROOT.parent / "shared" / "cases"
NAMES = sorted(path.parent.name for path in CASES.glob("*/truth.json"))
SECONDS = 300


def _check() -> ModuleType:
    spec = spec_from_file_location("acceptance_check", CASES / "check.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _parameters() -> list[object]:
    if not NAMES:
        absent = pytest.mark.skip(reason="the acceptance cases (../shared/cases) are not beside this checkout")
        return [pytest.param("", marks=absent)]
    return [pytest.param(name) for name in NAMES]


@pytest.mark.parametrize("name", _parameters())
def test_acceptance_case(name: str) -> None:
    check = _check()
    folder = CASES / name
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    product = check.audit([sys.executable, "-m", "workbench"], folder, truth, SECONDS)
    result = check.compare(truth, product)
    assert result["ok"], "\n".join([check.line_of(name, result, len(name)), *check.details(result, 12)])
