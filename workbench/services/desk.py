"""The desk: everything a use case needs, put together by wiring and passed in first.

Nothing here opens a file before it is asked to: the store, the tables and the layouts load on first use, so that the
command line starts at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.domain.reference import ReferenceTables
    from workbench.domain.statutes import Statutes
    from workbench.intake.layouts import Layouts
    from workbench.store.store import Store
    from workbench.store.vault import Vault


@dataclass(frozen=True)
class Desk:
    """Store, vault, folders, clock and version; treated as immutable."""

    store: Store
    vault: Vault
    home: Path
    template_dirs: tuple[Path, ...]
    """Folders with letters and checklists, the user's first, the packaged last."""
    sample_dir: Path
    now: Callable[[], datetime]
    """Returns the present moment with its time zone."""
    engine_version: str

    @property
    def today(self) -> date:
        """The present day on the user's calendar."""
        return self.now().date()

    @property
    def layout_dir(self) -> Path:
        """Folder of the layouts that the user mapped; need not exist."""
        return self.home / "layouts"

    @property
    def reference_dir(self) -> Path:
        """Folder of the rates and trading days that the user added; need not exist."""
        return self.home / "reference"

    def tables(self) -> ReferenceTables:
        """Return the dated tables, the user's additions included; read once per desk."""
        return self._tables

    def statutes(self) -> Statutes:
        """Return the articles of law; read once per desk."""
        return self._statutes

    def layouts(self) -> Layouts:
        """Return the known layouts, the user's included; read anew each time, for a user may just have saved one."""
        from workbench.intake.layouts import load_layouts  # noqa: PLC0415  start fast

        return load_layouts(self.layout_dir if self.layout_dir.is_dir() else None)

    def forget_tables(self) -> None:
        """Read the dated tables again at the next use, after the user added a rate."""
        self.__dict__.pop("_tables", None)

    def close(self) -> None:
        """Release the database; the desk can still be used and will open it again."""
        self.store.close()

    @cached_property
    def _tables(self) -> ReferenceTables:
        from workbench.reference.loader import load_tables  # noqa: PLC0415  start fast

        return load_tables(self.reference_dir if self.reference_dir.is_dir() else None)

    @cached_property
    def _statutes(self) -> Statutes:
        from workbench.reference.statutes import load_statutes  # noqa: PLC0415  start fast

        return load_statutes()
