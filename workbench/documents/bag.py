"""A BagIt bag in one zip file (RFC 8493): written whole, read with distrust.

A file from the other side is hostile until shown otherwise: nothing is unpacked to disk, and paths, links, sizes,
duplicates and Unicode forms are looked at before a byte is read. What only shows tampering is a fault to report; what
could do harm is refused.
"""

from __future__ import annotations

import hashlib
import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NoReturn
from unicodedata import is_normalized, normalize

from workbench.documents.atomic import replacing
from workbench.errors import UnreadableFileError

ROOT = "case-bundle"
"""The one folder of the archive, as the standard asks."""
MANIFEST, TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MAX_ENTRIES = 5_000
MAX_FILE = 512 * 1024 * 1024
"""Largest file in a bundle, in bytes."""
MAX_TOTAL = 4 * 1024 * 1024 * 1024
"""Largest sum of files in a bundle, in bytes."""
MAX_RATIO, SMALL = 500, 16 * 1024 * 1024
"""A file above the second size that unpacks to more than this many times its packed size is a bomb."""
CHUNK = 1 << 20
_LINE = re.compile(r"([0-9a-f]{64})\s+\*?(\S.*)")
_ENCRYPTED = 0x1
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


@dataclass(frozen=True, slots=True)
class BagFault:
    """Something that does not hold."""

    code: str
    """``changed``, ``missing``, ``added``, ``form`` (another Unicode form of the name) or ``manifest``."""
    file: str


def write_bag(out: Path, payload: Iterable[tuple[str, bytes]], info: Mapping[str, str], at: datetime) -> None:
    """Write a bag; the file appears whole or not at all.

    Args:
        out: the zip file.
        payload: names under ``data/`` in Unicode form C, with their bytes.
        info: what ``bag-info.txt`` says.
        at: time stamp of every entry, so that the same content gives the same bytes.

    Raises:
        UsageError: the file cannot be written.
    """
    with replacing(out) as temporary, zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive:
        manifest, count, size = [], 0, 0
        for name, data in payload:
            _put(archive, f"data/{name}", data, at)
            manifest.append(f"{hashlib.sha256(data).hexdigest()}  data/{name}\n")
            count, size = count + 1, size + len(data)
        facts = {**info, "Payload-Oxum": f"{size}.{count}"}
        tags = {
            "bagit.txt": DECLARATION,
            "bag-info.txt": "".join(f"{key}: {' '.join(value.split())}\n" for key, value in facts.items()),
            MANIFEST: "".join(manifest),
        }
        tags[TAG_MANIFEST] = "".join(
            f"{hashlib.sha256(text.encode()).hexdigest()}  {name}\n" for name, text in tags.items()
        )
        for name, text in tags.items():
            _put(archive, name, text.encode(), at)


def _put(archive: zipfile.ZipFile, name: str, data: bytes, at: datetime) -> None:
    entry = zipfile.ZipInfo(f"{ROOT}/{name}", at.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = (stat.S_IFREG | 0o644) << 16
    archive.writestr(entry, data)


class Bag:
    """An opened bag; every name in it was found harmless."""

    def __init__(self, archive: zipfile.ZipFile, entries: Mapping[str, zipfile.ZipInfo], where: str) -> None:
        self._archive = archive
        self._entries = entries
        self._where = where

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all files, without the archive's one folder."""
        return tuple(self._entries)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def read(self, name: str) -> bytes:
        """Return a file.

        Raises:
            UnreadableFileError: it is not there, or the archive is damaged.
        """
        return b"".join(self._chunks(name))

    def info(self) -> dict[str, str]:
        """Return what ``bag-info.txt`` says, nothing where there is none."""
        if "bag-info.txt" not in self:
            return {}
        pairs = (line.partition(":") for line in self.read("bag-info.txt").decode("utf-8", "replace").splitlines())
        return {key.strip(): value.strip() for key, mark, value in pairs if mark}

    def faults(self) -> tuple[BagFault, ...]:
        """Hold every file against the manifests."""
        if DECLARATION.encode() != (self.read("bagit.txt") if "bagit.txt" in self else b""):
            return (BagFault("manifest", "bagit.txt"),)
        found: list[BagFault] = []
        payload = {name for name in self.names if name.startswith("data/")}
        found += self._hold(MANIFEST, payload)
        found += self._hold(TAG_MANIFEST, set(self.names) - payload - {TAG_MANIFEST})
        return tuple(found)

    def _hold(self, manifest: str, present: set[str]) -> Iterator[BagFault]:
        if manifest not in self:
            yield BagFault("manifest", manifest)
            return
        listed: dict[str, str] = {}
        for line in self.read(manifest).decode("utf-8", "replace").splitlines():
            match = _LINE.fullmatch(line.strip())
            if match is None or match[2] in listed:
                yield BagFault("manifest", f"{manifest}: {line[:80]}")
                continue
            listed[match[2]] = match[1]
        forms = {normalize("NFC", name): name for name in present}
        for name, digest in listed.items():
            if name not in present:
                other = forms.get(normalize("NFC", name))
                yield BagFault("missing" if other is None else "form", name)
            elif self._digest(name) != digest:
                yield BagFault("changed", name)
        other_forms = {normalize("NFC", name) for name in listed}
        yield from (
            BagFault("added", name)
            for name in sorted(present - set(listed))
            if normalize("NFC", name) not in other_forms
        )

    def _digest(self, name: str) -> str:
        digest = hashlib.sha256()
        for chunk in self._chunks(name):
            digest.update(chunk)
        return digest.hexdigest()

    def _chunks(self, name: str) -> Iterator[bytes]:
        entry = self._entries.get(name)
        if entry is None:
            refuse(self._where, f"{name} is missing", f"缺少 {name}")
        read = 0
        try:
            with self._archive.open(entry) as stream:
                while chunk := stream.read(CHUNK):
                    read += len(chunk)
                    if read > entry.file_size:
                        refuse(self._where, f"{name} is larger than it says", f"{name} 的实际大小超过标称")
                    yield chunk
        except _DAMAGED as problem:
            refuse(self._where, f"{name} is damaged: {problem}", f"{name} 已损坏：{problem}")


@contextmanager
def open_bag(path: Path) -> Iterator[Bag]:
    """Open a bag after looking at every name and size in it.

    Raises:
        UnreadableFileError: not a zip, damaged, or with something in it that no honest bundle holds.
    """
    try:
        data = io.BytesIO(path.read_bytes()) if path.stat().st_size < CHUNK else path.open("rb")
    except OSError as problem:
        refuse(str(path), f"it cannot be read: {problem.strerror}", f"无法读取：{problem.strerror}")
    with data:
        try:
            archive = zipfile.ZipFile(data)
        except _DAMAGED as problem:
            refuse(path.name, f"it is not a zip file or is damaged: {problem}", f"不是 zip 文件或已损坏：{problem}")
        with archive:
            yield Bag(archive, _checked(archive, path.name), path.name)


def _checked(archive: zipfile.ZipFile, where: str) -> dict[str, zipfile.ZipInfo]:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        refuse(where, f"it holds more than {MAX_ENTRIES} files", f"其中文件超过 {MAX_ENTRIES} 个")
    if sum(entry.file_size for entry in entries) > MAX_TOTAL:
        refuse(where, "it unpacks to more than 4 GB", "解压后超过 4 GB")
    found: dict[str, zipfile.ZipInfo] = {}
    seen: set[str] = set()
    for entry in entries:
        name = _inner(entry, where)
        key = normalize("NFC", entry.filename).casefold()
        if key in seen:
            refuse(where, f"the name {entry.filename!r} stands in it twice", f"名称 {entry.filename!r} 重复")
        seen.add(key)
        if name:
            found[name] = entry
    return found


def _inner(entry: zipfile.ZipInfo, where: str) -> str:
    """Return a harmless name without the archive's folder; empty for a folder."""
    name, shown = entry.filename, entry.filename[:80]
    parts = name.rstrip("/").split("/")
    if entry.orig_filename != name or "\\" in name or any(ord(char) < 0x20 for char in name):  # noqa: PLR2004  controls
        refuse(where, f"a name holds characters that hide: {shown!r}", f"文件名含隐蔽字符：{shown!r}")
    if name.startswith("/") or ":" in parts[0] or any(part in ("", ".", "..") for part in parts):
        refuse(where, f"a name leads out of the archive: {shown!r}", f"文件名指向压缩包之外：{shown!r}")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        refuse(where, f"{shown!r} is a link or a device, not a file", f"{shown!r} 是链接或设备，不是文件")
    if entry.flag_bits & _ENCRYPTED:
        refuse(where, f"{shown!r} is encrypted", f"{shown!r} 已加密")
    if entry.file_size > MAX_FILE or entry.file_size > max(SMALL, MAX_RATIO * entry.compress_size):
        refuse(where, f"{shown!r} unpacks to {entry.file_size} bytes", f"{shown!r} 解压后达 {entry.file_size} 字节")
    if parts[0] != ROOT:
        refuse(where, f"{shown!r} does not belong to a case bundle", f"{shown!r} 不属于案件包")
    return "" if entry.is_dir() else "/".join(parts[1:])


def in_form_c(name: str) -> str:
    """Return a name in Unicode form C, as bundles write it."""
    return name if is_normalized("NFC", name) else normalize("NFC", name)


def refuse(where: str, what: str, what_zh: str) -> NoReturn:
    """Refuse a bundle with a reason in both languages."""
    raise UnreadableFileError(
        f"the bundle is refused: {what}",
        where=where,
        next_step="Ask the sender for the bundle as `workbench bundle` wrote it.",
        what_zh=f"案件包被拒绝：{what_zh}",
        next_step_zh="请向发送方索取由 workbench bundle 原样生成的文件。",
    )
