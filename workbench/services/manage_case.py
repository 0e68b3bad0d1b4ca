"""Delete, restore, archive and purge a case."""

from __future__ import annotations

from workbench.domain.case import Case
from workbench.services.desk import Desk


def delete_case(desk: Desk, case: str) -> None:
    """Take a case out of every list; ``restore_case`` or ``undo`` brings it back until it is purged."""
    raise NotImplementedError


def restore_case(desk: Desk, case: str) -> Case:
    """Bring back the last deleted case of this name.

    Raises:
        NotFoundError: no deleted case has this name.
        ConflictError: a new case took the name meanwhile.
    """
    raise NotImplementedError


def list_deleted(desk: Desk) -> tuple[Case, ...]:
    """Return the deleted cases that can still be restored."""
    raise NotImplementedError


def archive_case(desk: Desk, case: str) -> Case:
    """Move a case to the archive; everything stays readable."""
    raise NotImplementedError


def unarchive_case(desk: Desk, case: str) -> Case:
    """Take a case back from the archive."""
    raise NotImplementedError


def rename_case(desk: Desk, case: str, name: str) -> Case:
    """Give a case another name."""
    raise NotImplementedError


def purge_case(desk: Desk, case: str) -> None:
    """Erase a deleted case and the vault's files that no other case holds; this cannot be undone."""
    raise NotImplementedError
