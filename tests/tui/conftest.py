"""A home with a real case for the tests that run the interface on the real services."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.real import copy_home, make_home
from workbench.services.desk import Desk


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home that is filled once."""
    return make_home(tmp_path_factory.mktemp("sample") / "home")


@pytest.fixture
def desk(sample_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return a desk on a copy of it; what is written goes to the test's folder."""
    monkeypatch.chdir(tmp_path)
    return copy_home(sample_home, tmp_path / "home")
