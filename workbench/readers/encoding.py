"""Which encoding a text file has: marks, then strict UTF-8, then GB18030, then a guess; garbled text is refused."""

from __future__ import annotations

import codecs

from workbench.readers import faults

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_COMMON = frozenset(
    "的年月日金额证券交易余发生成业务名称代码数量价格手续费印花税过户备注资户账号客买卖入出银行转存本利息还款合计第页"
)
_LEAST_COMMON = 3
_MANY = 64
_MOJIBAKE = ("锟斤拷", "烫烫烫", "锘挎", "\ufffd\ufffd")
_LATIN_MOJIBAKE = ("Ã", "â‚", "ä¸", "æˆ", "äº¤", "é‡‘")


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Return the text and the name of its encoding.

    Raises:
        UnreadableFileError: no encoding fits, or the characters were destroyed before the file was saved.
    """
    text, encoding = _decoded(data, name)
    if _is_garbled(text):
        raise faults.garbled(name)
    return text, encoding


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding, name), encoding
    wide = _unmarked_utf16(data)
    if wide:
        return _strictly(data, wide, name), wide
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError as error:
            at_end = error.start >= len(data) - 4
            if at_end and error.reason in {"unexpected end of data", "incomplete multibyte sequence"}:
                return data[: error.start].decode(encoding), encoding
    return _guessed(data, name)


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        if encoding.startswith("utf-16") and len(data) % 2:
            return _strictly(data[:-1], encoding, name)
        raise faults.garbled(name) from None


def _unmarked_utf16(data: bytes) -> str | None:
    """Recognise UTF-16 without a mark by the zero bytes of its digits and separators."""
    head = data[:4000]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    enough = len(head) // 8
    if odd > enough and even <= odd // 20:
        return "utf-16-le"
    if even > enough and odd <= even // 20:
        return "utf-16-be"
    return None


def _guessed(data: bytes, name: str) -> tuple[str, str]:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - slow to import and rarely needed

    best = from_bytes(data[:200_000], cp_isolation=["utf_8", "gb18030", "big5", "utf_16", "cp1252"]).best()
    if best is None:
        raise faults.garbled(name)
    try:
        return data.decode(best.encoding), best.encoding
    except UnicodeDecodeError:
        raise faults.garbled(name) from None


def _is_garbled(text: str) -> bool:
    head = text[:20_000]
    if any(mark in head for mark in _MOJIBAKE) or "\x00" in head:
        return True
    if sum(head.count(mark) for mark in _LATIN_MOJIBAKE) > _LEAST_COMMON:
        return True
    if sum("\ue000" <= char <= "\uf8ff" for char in head) > len(head) // 50 + _LEAST_COMMON:
        return True
    wide = [char for char in head if "\u4e00" <= char <= "\u9fff"]
    return len(wide) > _MANY and sum(char in _COMMON for char in wide) * 50 < len(wide)
