"""What every command gets: the language, the words, and the desk, opened when first needed."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

import typer

from workbench.locales.catalogue import Catalogue, load_catalogue

if TYPE_CHECKING:
    from workbench.services.desk import Desk


@dataclass
class Session:
    """One run of the command line."""

    lang: str
    """``zh`` or ``en``."""
    home: Path | None
    """Folder given with ``--home``; None leaves the choice to the wiring (environment, then platform)."""
    database: str | None
    """Database address given with ``--database``."""
    open_tui: Callable[[Session], None]
    serve_tui: Callable[[Session, str, int, Callable[[str], None]], None]
    """Serves the terminal interface to a browser on a host and port, and tells the address."""
    debug: bool = False
    """True: an error also prints its traceback."""

    program: str = "workbench"
    """How this program was called, for the commands it proposes."""

    @cached_property
    def say(self) -> Catalogue:
        """The words of this language; the commands in them can be typed as they stand."""
        words = load_catalogue(self.lang, "cli")
        called = self.program if self.home is None else f"{self.program} --home {shlex.quote(str(self.home))}"
        called = called.replace("{", "{{").replace("}", "}}")
        return Catalogue(self.lang, {key: text.replace("{program}", called) for key, text in words.entries.items()})

    def desk(self) -> Desk:
        """Return the desk; opened at the first call, so that help and usage errors touch no file."""
        return self._desk

    @cached_property
    def _desk(self) -> Desk:
        from workbench.wiring import open_desk  # noqa: PLC0415 - `--help` must not wait for the database

        return open_desk(self.home, self.database)


def session(ctx: typer.Context) -> Session:
    """Return the session of a command's context."""
    return cast("Session", ctx.find_root().obj)


def case_name(ctx: typer.Context) -> str:
    """Return the CASE a verb belongs to (``terms CASE set``)."""
    parent = ctx.parent
    return str(parent.params["case"]) if parent is not None else ""
