"""Glyphs and rules of a PDF straight from pdfium: about twenty times faster than pdfplumber's objects.

pdfium is not thread-safe: everything that touches it holds ``PDFIUM_LOCK``.
"""

from __future__ import annotations

import ctypes
import math
import threading
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

import pypdfium2
from pypdfium2 import raw

from workbench.readers import faults
from workbench.readers.limits import MAX_PAGES
from workbench.readers.pdf.geometry import Frame, Glyph, Page, Rule

PDFIUM_LOCK = threading.RLock()
_QUARTER = 90
_STRAY_DEGREES = 8
_THIN = 2.0
_SHORT = 3.0
_STRAIGHT = 0.6
_TAIL = 4096


@contextmanager
def opened(data: bytes, name: str) -> Iterator[Any]:
    """Open a PDF and close it again.

    Raises:
        UnreadableFileError: encrypted, damaged, cut short or too long.
    """
    if b"%%EOF" not in data[-_TAIL:]:
        raise faults.damaged(name, "end of file missing")
    with PDFIUM_LOCK:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            message = str(error).lower()
            raise (faults.encrypted(name) if "password" in message else faults.damaged(name)) from error
        try:
            if not len(document):
                raise faults.damaged(name, "no pages")
            if len(document) > MAX_PAGES:
                raise faults.too_long(name)
            yield document
        except pypdfium2.PdfiumError as error:
            raise faults.damaged(name) from error
        finally:
            document.close()


def read_pages(data: bytes, name: str) -> Generator[Page]:
    """Yield the geometry of every page, one at a time, so that a long file never stands in memory as glyphs.

    The file stays open and pdfium locked until the generator is exhausted or closed: use ``contextlib.closing``.

    Raises:
        UnreadableFileError: encrypted, damaged, cut short or too long.
    """
    with opened(data, name) as document:
        for index in range(len(document)):
            yield _page(document, index)


def _page(document: Any, index: int) -> Page:
    page = document[index]
    try:
        left, bottom, right, top = page.get_bbox()
        textpage = page.get_textpage()
        try:
            codes = _codes(textpage)
            turn = _text_turn(textpage, codes)
            rotation = page.get_rotation()
            reading = Frame(left, bottom, right, top, rotation if turn is None else turn)
            found = Page(index + 1, reading, Frame(left, bottom, right, top, rotation))
            found.glyphs = _glyphs(textpage, codes, reading, turn or 0)
        finally:
            textpage.close()
        found.rules = list(_rules(page, reading))
        found.pictures = sum(1 for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4))
        return found
    finally:
        page.close()


def _codes(textpage: Any) -> list[tuple[int, int]]:
    """Return (index, code point) of every character, blanks and line ends included."""
    handle, unicode_at = textpage.raw, raw.FPDFText_GetUnicode
    return [(at, unicode_at(handle, at)) for at in range(textpage.count_chars())]


def _text_turn(textpage: Any, codes: list[tuple[int, int]]) -> int | None:
    """Return how far the page must be turned clockwise for most of its text to run from left to right."""
    visible = [at for at, code in codes if code > ord(" ")]
    step = max(1, len(visible) // 200)
    angles = Counter(_angle(textpage, at) // _QUARTER % 4 for at in visible[::step])
    return angles.most_common(1)[0][0] * _QUARTER if angles else None


def _angle(textpage: Any, at: int) -> int:
    """Return a character's direction in degrees, rounded so that small slants fall into the quarter they belong to."""
    degrees = math.degrees(raw.FPDFText_GetCharAngle(textpage.raw, at))
    nearest = round(degrees / _QUARTER) * _QUARTER
    return nearest % 360 if abs(degrees - nearest) <= _STRAY_DEGREES else round(degrees) % 360


def _glyphs(textpage: Any, codes: list[tuple[int, int]], frame: Frame, turn: int) -> list[Glyph]:
    handle, box, found = textpage.raw, raw.FS_RECTF(), []
    loose, object_of = raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetTextObject
    slanted = _has_slanted(textpage, codes, turn)
    breaks, blank, owner = True, True, 0
    for at, code in codes:
        if code <= ord(" ") or code in {0xA0, 0x3000, 0xFFFE, 0xFFFF}:
            breaks = blank = True
            continue
        if slanted and _angle(textpage, at) != turn:
            breaks = True
            continue
        if not loose(handle, at, ctypes.byref(box)):
            continue
        holder = ctypes.addressof(object_of(handle, at).contents)
        x0, top, x1, bottom = frame.box(box.left, box.bottom, box.right, box.top)
        found.append(Glyph(chr(code), x0, top, x1, bottom, breaks or holder != owner, holder, blank))
        breaks, blank, owner = False, False, holder
    return found


def _has_slanted(textpage: Any, codes: list[tuple[int, int]], turn: int) -> bool:
    visible = [at for at, code in codes if code > ord(" ")]
    return any(_angle(textpage, at) != turn for at in visible)


def _rules(page: Any, frame: Frame) -> Iterator[Rule]:
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=4):
        for ax, ay, bx, by in _segments(item):
            x0, top, x1, bottom = frame.box(ax, ay, bx, by)
            wide, high = x1 - x0, bottom - top
            if (wide <= _STRAIGHT and high >= _SHORT) or (high <= _STRAIGHT and wide >= _SHORT):
                yield Rule(x0, top, x1, bottom)


def _segments(item: Any) -> Iterator[tuple[float, float, float, float]]:
    """Yield the straight segments of a path in user space; a thin filled rectangle counts as its middle line."""
    matrix = item.get_matrix()
    holder = item.container
    while holder is not None:
        matrix = matrix.multiply(holder.get_matrix())
        holder = holder.container
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for at in range(raw.FPDFPath_CountSegments(item.raw)):
        segment = raw.FPDFPath_GetPathSegment(item.raw, at)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        here = matrix.on_point(x.value, y.value)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            yield from _strokes(points)
            points = []
        points.append(here)
        if raw.FPDFPathSegment_GetClose(segment) and points:
            points.append(points[0])
    yield from _strokes(points)


def _strokes(points: list[tuple[float, float]]) -> Iterator[tuple[float, float, float, float]]:
    if not points:
        return
    xs, ys = [x for x, _ in points], [y for _, y in points]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    if wide <= _THIN < high:
        middle = (max(xs) + min(xs)) / 2
        yield middle, min(ys), middle, max(ys)
    elif high <= _THIN < wide:
        middle = (max(ys) + min(ys)) / 2
        yield min(xs), middle, max(xs), middle
    else:
        for (ax, ay), (bx, by) in pairwise(points):
            yield ax, ay, bx, by
