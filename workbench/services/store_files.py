"""Files enter the vault and the database together: what a killed process left halfway is taken out again."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from workbench.services.desk import Desk

if TYPE_CHECKING:
    from workbench.store.unit import Unit


@contextmanager
def storing_files(desk: Desk, hashes: Collection[str]) -> Iterator[Unit]:
    """Yield a unit to store files with these hashes in; the caller commits.

    The vault notes them first. Killed before the commit, the note stays, and the next to write or verify removes them:
    they would else look like files that somebody slipped into the evidence.
    """
    with desk.store.write() as unit:
        desk.vault.settle(kept_files(unit))
        note = desk.vault.announce(hashes)
        yield unit
    note.unlink(missing_ok=True)


def settle_vault(desk: Desk) -> None:
    """Take out what killed processes left halfway; the write lock holds while nobody stores anything."""
    with desk.store.write() as unit:
        desk.vault.settle(kept_files(unit))


def kept_files(unit: Unit) -> set[str]:
    """Return the hashes of all files that belong in the vault; an import taken back leaves its file."""
    return unit.documents.every_hash() | unit.custody.every_imported()
