"""Paths a person gives become single files: folders are walked, zip archives opened in memory, none unpacked to disk.

Names inside an archive never touch the file system, so a name with ``..`` or a drive can do no harm.
"""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from workbench.errors import UnreadableFileError, WorkbenchError

MAX_FILE = 256 * 1024 * 1024
"""Largest file taken, in bytes."""
MAX_ARCHIVE = 2 * 1024 * 1024 * 1024
"""Largest sum of files taken out of one archive, in bytes."""
MAX_ENTRIES = 5_000
"""Most entries of one archive."""
MAX_DEPTH = 3
"""How deep archives may lie inside archives."""
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_EMPTY_ARCHIVE = b"PK\x05\x06"
_JUNK = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


@dataclass(frozen=True, slots=True)
class Found:
    """One file with its bytes, or the error that kept it from being read."""

    path: str
    """For a person: the path, with the way inside archives."""
    name: str
    """File name without folders."""
    data: bytes = b""
    error: WorkbenchError | None = None
    format: str = ""
    """What the bytes are, as ``readers.sniff`` says; empty where they could not be read."""

    @property
    def sha256(self) -> str:
        """Hash of the bytes, lower-case hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


def list_paths(paths: Sequence[Path]) -> list[Path | Found]:
    """Return the files under the given paths in a fixed order; what cannot be listed comes back as an error."""
    found: list[Path | Found] = []
    for path in paths:
        try:
            if path.is_dir():
                inside = sorted(_walk(path))
                found.extend(inside or [_failed(path, "the folder holds no files", "文件夹中没有文件")])
            elif path.exists():
                found.append(path)
            else:
                found.append(_failed(path, "there is no such file or folder", "没有这个文件或文件夹"))
        except OSError as problem:
            found.append(_denied(path, problem))
    return found


def open_path(path: Path) -> Iterator[Found]:
    """Yield the file's bytes, or those of every file in it where it is an archive."""
    try:
        size = path.stat().st_size
        if size > MAX_FILE:
            yield _failed(path, f"the file is too large ({size // 2**20} MB)", f"文件过大（{size // 2**20} MB）")
            return
        data = path.read_bytes()
    except OSError as problem:
        yield _denied(path, problem)
        return
    yield from _unpack(str(path), path.name, data, 0)


def _walk(folder: Path) -> Iterator[Path]:
    def refuse(problem: OSError) -> None:
        raise problem

    for current, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not _is_junk(name)]
        yield from (Path(current, name) for name in names if not _is_junk(name))


def _is_junk(name: str) -> bool:
    """Tell files that systems and office programs leave behind from a person's own."""
    return name.startswith((".", "~$")) or name.casefold() in _JUNK


def _unpack(path: str, name: str, data: bytes, depth: int) -> Iterator[Found]:
    from workbench.readers.sniff import sniff  # noqa: PLC0415  start fast

    try:
        kind = sniff(data, name)
    except WorkbenchError as problem:
        yield Found(path, name, data, problem)
        return
    if kind != "zip" and not data.startswith(_EMPTY_ARCHIVE):
        yield Found(path, name, data, format=kind)
        return
    if depth == MAX_DEPTH:
        yield _failed(path, "archives lie too deep inside each other", "压缩包嵌套过深")
        return
    yield from _entries(path, data, depth)


def _entries(path: str, data: bytes, depth: int) -> Iterator[Found]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _junk_entry(entry)]
            refusal = _refuse_archive(path, entries)
            if refusal is not None:
                yield refusal
                return
            for entry in sorted(entries, key=_entry_name):
                yield from _entry(path, archive, entry, depth)
    except _DAMAGED as problem:
        yield _failed(path, f"the archive is damaged: {problem}", f"压缩包已损坏：{problem}")


def _entry(path: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, depth: int) -> Iterator[Found]:
    inner = _entry_name(entry)
    label, name = f"{path}/{inner}", PurePosixPath(inner).name
    if entry.flag_bits & _ENCRYPTED:
        yield _failed(
            label, "the archive is protected by a password", "压缩包有密码", "Unpack it and import the files."
        )
        return
    try:
        with archive.open(entry) as stream:
            data = stream.read(MAX_FILE + 1)  # the size in the directory may lie
    except _DAMAGED as problem:
        yield _failed(label, f"the archive is damaged: {problem}", f"压缩包已损坏：{problem}")
        return
    if len(data) > MAX_FILE:
        yield _failed(label, "the file is too large", "文件过大")
        return
    yield from _unpack(label, name, data, depth + 1)


def _refuse_archive(path: str, entries: Sequence[zipfile.ZipInfo]) -> Found | None:
    if not entries:
        return _failed(path, "the archive is empty", "压缩包是空的")
    if len(entries) > MAX_ENTRIES:
        return _failed(path, f"the archive holds more than {MAX_ENTRIES} files", f"压缩包文件超过 {MAX_ENTRIES} 个")
    if sum(entry.file_size for entry in entries) > MAX_ARCHIVE:
        return _failed(path, "the archive unpacks to more than 2 GB", "压缩包解压后超过 2 GB")
    return None


def _junk_entry(entry: zipfile.ZipInfo) -> bool:
    return any(_is_junk(part) for part in PurePosixPath(_entry_name(entry)).parts if part != "..")


def _entry_name(entry: zipfile.ZipInfo) -> str:
    """Return the name as its author wrote it: Chinese Windows packs GBK and does not say so."""
    name = entry.filename
    if not entry.flag_bits & _UTF8_NAME:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")


def _failed(
    path: Path | str, what: str, what_zh: str, next_step: str = "Check the path or choose other files."
) -> Found:
    name = PurePosixPath(str(path).replace("\\", "/")).name
    problem = UnreadableFileError(
        what, where=str(path), next_step=next_step, what_zh=what_zh, next_step_zh="请检查路径，或改选其他文件。"
    )
    return Found(str(path), name, error=problem)


def _denied(path: Path, problem: OSError) -> Found:
    place = Path(problem.filename) if isinstance(problem.filename, str) else path
    return _failed(
        place,
        f"it cannot be read: {problem.strerror or problem}",
        f"无法读取：{problem.strerror or problem}",
        "Check its rights and whether the disk is connected.",
    )
