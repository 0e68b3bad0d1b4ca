"""The command line of ``tests.cli``, for hostile files."""

from __future__ import annotations

from tests.cli.conftest import cli, opened

__all__ = ["cli", "opened"]
