"""A fresh store in a temporary folder for every test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.store.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Return a store on a new SQLite file."""
    opened = Store(f"sqlite:///{tmp_path / 'home' / 'workbench.db'}")
    yield opened
    opened.close()
