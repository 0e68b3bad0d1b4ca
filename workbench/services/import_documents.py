"""Import files, folders and archives into a case: parsed at the edge, stored in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.domain.case import DocumentKind
from workbench.services.desk import Desk
from workbench.services.find_files import Found, list_paths, open_path
from workbench.services.import_items import ImportItem, ImportPreview, ImportReport, ImportStatus, Progress
from workbench.services.read_file import read_file
from workbench.services.store_files import storing_files

if TYPE_CHECKING:
    from workbench.store.arrival import Arrival
    from workbench.store.unit import Unit

__all__ = [
    "ImportItem",
    "ImportPreview",
    "ImportReport",
    "ImportStatus",
    "Progress",
    "import_documents",
    "preview_import",
]


def preview_import(
    desk: Desk,
    case: str,
    paths: Sequence[Path],
    *,
    as_kind: DocumentKind | None = None,
    kept: Collection[str] = (),
    profile: str | None = None,
    progress: Progress | None = None,
) -> ImportPreview:
    """Tell what an import would do; nothing is written.

    Raises:
        NotFoundError: no such case.
    """
    with desk.store.read() as unit:
        known = unit.documents.hashes(unit.cases.key(case))
    read = _read_all(desk, paths, as_kind, kept, profile, known, progress)
    return ImportReport((), cancelled=True) if read is None else ImportReport(tuple(item for item, _, _ in read))


def import_documents(
    desk: Desk,
    case: str,
    paths: Sequence[Path],
    *,
    as_kind: DocumentKind | None = None,
    kept: Collection[str] = (),
    profile: str | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Import files, folders and zip archives; all good files in one transaction, the bad ones reported.

    A file is taken whole or not at all. A path that does not exist or cannot be read is a failed item as well. A file
    whose bytes are already in the case changes nothing. The whole call is one undoable change.

    Args:
        desk: the desk.
        case: name of the case.
        paths: files, folders (recursive) or archives.
        as_kind: kind to use instead of detecting it.
        kept: items, by their ``path``, that are kept as evidence as they are, unread.
        profile: layout to use for statements instead of recognising it.
        progress: called before each file; False cancels and nothing is written.

    Raises:
        NotFoundError: no such case.
        StoreError: database or vault cannot be written; then nothing was imported.
    """
    with desk.store.read() as unit:
        known = unit.documents.hashes(unit.cases.key(case))
    read = _read_all(desk, paths, as_kind, kept, profile, known, progress)
    if read is None:
        return ImportReport((), cancelled=True)
    if all(arrival is None for _, arrival, _ in read):
        return ImportReport(tuple(item for item, _, _ in read))
    with storing_files(desk, {arrival.sha256 for _, arrival, _ in read if arrival is not None}) as unit:
        items = _store(desk, unit, case, read)
        unit.commit()
    return ImportReport(items)


_Read = tuple[ImportItem, "Arrival | None", bytes]


def _read_all(
    desk: Desk,
    paths: Sequence[Path],
    as_kind: DocumentKind | None,
    kept: Collection[str],
    profile: str | None,
    known: dict[str, int],
    progress: Progress | None,
) -> list[_Read] | None:
    """Return every file as read, None where ``progress`` asked to stop."""
    listed = list_paths(paths)
    layouts, calendar = desk.layouts(), desk.tables().calendar
    seen: dict[str, int | None] = dict(known)
    result: list[_Read] = []
    for done, entry in enumerate(listed):
        if progress is not None and not progress(
            done, len(listed), Path(entry.path).name if isinstance(entry, Found) else entry.name
        ):
            return None
        for found in _files(entry):
            sha256 = found.sha256
            if found.error is None and sha256 in seen:
                item = ImportItem(
                    found.path, found.name, None, ImportStatus.ALREADY, sha256=sha256, number=seen[sha256]
                )
                result.append((item, None, b""))
                continue
            kind = DocumentKind.EVIDENCE if found.path in kept else as_kind
            item, arrival = read_file(found, layouts, kind, profile, calendar)
            if arrival is not None:
                seen[sha256] = None
            result.append((item, arrival, found.data))
    if progress is not None and not progress(len(listed), len(listed), ""):
        return None
    return result


def _files(entry: Path | Found) -> Iterator[Found]:
    if isinstance(entry, Found):
        yield entry
    else:
        yield from open_path(entry)


def _store(desk: Desk, unit: Unit, case: str, read: Sequence[_Read]) -> tuple[ImportItem, ...]:
    key, now = unit.cases.key(case), desk.now()
    unit.cases.require_open(key)
    taken = unit.documents.hashes(key)
    items, images, names = [], [], []
    for item, arrival, data in read:
        if arrival is None:
            number = taken.get(item.sha256, item.number) if item.sha256 else None
            items.append(replace(item, number=number))
            continue
        if arrival.sha256 in taken:  # another process imported it while this one was reading
            items.append(replace(item, status=ImportStatus.ALREADY, number=taken[arrival.sha256]))
            continue
        desk.vault.put(data)
        document, image = unit.documents.add(key, arrival, now)
        taken[arrival.sha256] = document.number
        images.append(image)
        names.append(document.file)
        lines = tuple(replace(line, id=f"S{document.number}.{line.id.partition('.')[2]}") for line in item.lines)
        items.append(replace(item, status=ImportStatus.IMPORTED, number=document.number, lines=lines))
    if images:
        said = "、".join(names[:3]) + (f" 等 {len(names)} 个文件" if len(names) > len(names[:3]) else "")
        said_en = ", ".join(names[:3]) + (f" … {len(names)} files" if len(names) > len(names[:3]) else "")
        unit.changed(key, now, f"导入 {said}", f"imported {said_en}", images, touches_facts=True)
    return tuple(items)
