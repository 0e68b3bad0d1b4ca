"""The shipped reference tables, read once."""

from __future__ import annotations

import pytest

from workbench.domain.reference import ReferenceTables
from workbench.reference.loader import load_tables


@pytest.fixture(scope="session")
def tables() -> ReferenceTables:
    return load_tables()
