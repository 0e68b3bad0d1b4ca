"""Delete, restore, archive, rename and purge a case."""

from __future__ import annotations

from workbench.domain.case import Case
from workbench.services.create_case import clean_name
from workbench.services.desk import Desk


def delete_case(desk: Desk, case: str) -> None:
    """Take a case out of every list; ``restore_case`` or ``undo`` brings it back until it is purged.

    Raises:
        NotFoundError: no such case.
    """
    now = desk.now()
    with desk.store.write() as unit:
        key = unit.cases.key(case)
        before = unit.cases.delete(key, now)
        unit.changed(key, now, f"删除案件“{case}”", f"deleted case {case!r}", [before])
        unit.commit()


def restore_case(desk: Desk, case: str) -> Case:
    """Bring back the last deleted case of this name.

    Raises:
        NotFoundError: no deleted case has this name.
        ConflictError: a new case took the name meanwhile.
    """
    with desk.store.write() as unit:
        key = unit.cases.deleted_key(case)
        unit.cases.restore(key)
        unit.changes.forget_delete(key)
        unit.cases.touch(key, desk.now(), facts=False)
        restored = unit.cases.by_key(key)
        unit.commit()
    return restored


def list_deleted(desk: Desk) -> tuple[Case, ...]:
    """Return the deleted cases that can still be restored, last deleted first."""
    with desk.store.read() as unit:
        return tuple(case for _, case in unit.cases.deleted())


def archive_case(desk: Desk, case: str) -> Case:
    """Move a case to the archive; everything stays readable.

    Raises:
        NotFoundError: no such case.
    """
    return _set_archived(desk, case, archived=True)


def unarchive_case(desk: Desk, case: str) -> Case:
    """Take a case back from the archive.

    Raises:
        NotFoundError: no such case.
    """
    return _set_archived(desk, case, archived=False)


def rename_case(desk: Desk, case: str, name: str) -> Case:
    """Give a case another name.

    Raises:
        NotFoundError: no such case.
        ConflictError: another case has the name.
        UsageError: not a usable name.
    """
    chosen, now = clean_name(name), desk.now()
    with desk.store.write() as unit:
        key = unit.cases.key(case)
        before = unit.cases.rename(key, chosen)
        unit.changed(key, now, f"案件“{case}”改名为“{chosen}”", f"renamed case {case!r} to {chosen!r}", [before])
        renamed = unit.cases.by_key(key)
        unit.commit()
    return renamed


def purge_case(desk: Desk, case: str) -> None:
    """Erase a deleted case and the vault's files that no other case holds; this cannot be undone.

    Raises:
        NotFoundError: no deleted case has this name.
    """
    with desk.store.write() as unit:
        unit.cases.purge(unit.cases.deleted_key(case))
        unit.commit()
    # Only what is committed may decide which files go; the write lock keeps an import from adding one meanwhile.
    with desk.store.write() as unit:
        desk.vault.sweep(unit.documents.every_hash())


def _set_archived(desk: Desk, case: str, *, archived: bool) -> Case:
    now = desk.now()
    what_zh, what_en = ("归档", "archived") if archived else ("取消归档", "unarchived")
    with desk.store.write() as unit:
        key = unit.cases.key(case)
        if unit.cases.by_key(key).archived != archived:
            before = unit.cases.set_archived(key, archived=archived)
            unit.changed(key, now, f"{what_zh}案件“{case}”", f"{what_en} case {case!r}", [before])
        changed = unit.cases.by_key(key)
        unit.commit()
    return changed
