"""What a file is, by its first bytes; the name's ending is never believed."""

from __future__ import annotations

import io
import zipfile

from workbench.readers import faults
from workbench.readers.limits import MAX_BYTES, MAX_UNPACK_RATIO, MAX_UNPACKED_BYTES

_PICTURES = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"BM", "bmp"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
)
_OTHER = ((b"7z\xbc\xaf\x27\x1c", "7z"), (b"Rar!", "rar"), (b"\x1f\x8b", "gzip"), (b"MZ", "exe"), (b"\x7fELF", "exe"))
_HEAD = 4096
_PDF_WINDOW = 1024
_SMALL = 1024 * 1024


def sniff(data: bytes, name: str) -> str:
    """Return ``pdf``, ``xlsx``, ``xls``, ``docx``, ``zip``, ``html``, ``text``, a picture kind, or ``unknown``.

    Raises:
        UnreadableFileError: the file is empty, too large, encrypted, or a broken archive.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise faults.empty(name)
    if len(data) > MAX_BYTES:
        raise faults.too_large(name, len(data))
    if b"%PDF-" in data[:_PDF_WINDOW]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _packed(data, name)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _compound(data, name)
    for mark, kind in _PICTURES + _OTHER:
        if data.startswith(mark):
            return kind
    return _text_kind(data)


def _packed(data: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise faults.damaged(name, "zip directory missing") from None
    unpacked = sum(entry.file_size for entry in entries)
    names = {entry.filename for entry in entries}
    office = "[Content_Types].xml" in names
    bomb = unpacked > _SMALL and unpacked > MAX_UNPACK_RATIO * len(data)
    if office and (unpacked > MAX_UNPACKED_BYTES or bomb):
        raise faults.too_large(name, unpacked)
    if any(entry.startswith("xl/") for entry in names):
        return "xlsx"
    if any(entry.startswith("word/") for entry in names):
        return "docx"
    return "zip"


def _compound(data: bytes, name: str) -> str:
    """Tell old Excel from other compound files by the UTF-16 names in their directory."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise faults.encrypted(name)
    for stream, kind in (("Workbook", "xls"), ("Book", "xls"), ("WordDocument", "doc")):
        if stream.encode("utf-16-le") in data:
            return kind
    raise faults.damaged(name, "no workbook inside")


def _text_kind(data: bytes) -> str:
    head = data[:_HEAD]
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    low = (head.decode("utf-16", "ignore") if wide else head.decode("latin-1")).lower()
    if any(mark in low for mark in ("<html", "<!doctype html", "<table", "<body")):
        return "html"
    if wide:
        return "text"
    zeros = head.count(0)
    if zeros:
        even, odd = head[0::2].count(0), head[1::2].count(0)
        return "text" if min(even, odd) * 20 <= max(even, odd) and zeros > len(head) // 8 else "unknown"
    controls = sum(byte < 32 and byte not in b"\t\r\n\x0c\x1a\x1b" for byte in head)  # noqa: PLR2004 - ASCII controls
    return "text" if controls * 50 <= len(head) else "unknown"
