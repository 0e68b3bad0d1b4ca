"""A command line without a process: fast, with its own home and captured streams."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from workbench.cli.app import run
from workbench.cli.session import Session


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def complaint(self) -> str:
        """The one line on stderr of a command that refused."""
        (line,) = self.err.splitlines()
        return line


Cli = Callable[..., Ended]


@pytest.fixture
def opened() -> list[Session]:
    """Collect the sessions that would have opened the terminal interface."""
    return []


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str], opened: list[Session]) -> Cli:
    """Return a function that runs one command in a home of its own."""

    def call(*words: str | Path, lang: str = "en", environ: dict[str, str] | None = None) -> Ended:
        capsys.readouterr()
        arguments = ["--home", str(tmp_path / "home"), "--lang", lang, *(str(word) for word in words)]
        code = run(arguments, environ or {}, open_tui=opened.append)
        streams = capsys.readouterr()
        return Ended(code, streams.out, streams.err)

    return call
