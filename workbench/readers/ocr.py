"""Text recognition for scanned pages: the optional extra ``ocr`` (rapidocr), words with their confidence.

Recognised figures are never trusted by themselves; intake proves each amount by arithmetic and lists the rest.
"""

from __future__ import annotations

import io
import threading
from functools import lru_cache
from itertools import pairwise
from typing import Any

from PIL import Image, ImageFilter

from workbench.readers import faults
from workbench.readers.pdf.geometry import Page
from workbench.readers.scan.page import ScannedPage
from workbench.readers.scan.picture import page_of_picture, turned_upright
from workbench.readers.scan.seen import Seen, moved, seen

LOW_CONFIDENCE = 0.9
"""A figure with a character below this confidence must be proven by arithmetic, or it is listed."""
_DPI = 200
_POINTS = 72
_LONGEST = 2600
"""Longest side, in pixels, that is looked at in one piece."""
_SEARCH = 300
"""Pixels around a cut within which the quietest row is looked for."""
_KEPT_FILES = 4
"""Files whose recognised pages are remembered: one import looks at a file several times."""
_LOCK = threading.RLock()


def available() -> bool:
    """Tell whether the optional part is installed."""
    from importlib.util import find_spec  # noqa: PLC0415 - only asked for scans

    return find_spec("rapidocr_onnxruntime") is not None


@lru_cache(maxsize=1)
def _engine() -> Any:
    """Return the recogniser, loaded once in a process."""
    from rapidocr_onnxruntime import RapidOCR  # noqa: PLC0415 - optional and heavy

    return RapidOCR(max_side_len=_LONGEST)


@lru_cache(maxsize=_KEPT_FILES)
def _remembered(data: bytes) -> dict[int, ScannedPage]:  # noqa: ARG001 - the key
    """Return the pages already recognised in a file; recognition is slow and always gives the same."""
    return {}


def recognise(image: Image.Image, name: str, page: int | None = None) -> tuple[Seen, ...]:
    """Return every run of text in a picture, the doubtful ones too; a long screenshot is looked at in pieces.

    Raises:
        OcrNeededError: the optional part is not installed.
    """
    if not available():
        raise faults.ocr_needed(name, page)
    words: list[Seen] = []
    edges = _cuts(image)
    for top, bottom in pairwise(edges):
        words.extend(moved(word, top) for word in _look(image.crop((0, top, image.width, bottom))))
    return tuple(words)


def _look(image: Image.Image) -> list[Seen]:
    stream = io.BytesIO()
    image.convert("RGB").save(stream, format="BMP")
    with _LOCK:
        found, _ = _engine()(stream.getvalue(), use_cls=False, return_word_box=True, text_score=0.0)
    return [_seen(*entry) for entry in found or () if entry[1].strip()]


def _cuts(image: Image.Image) -> list[int]:
    """Return the edges of the pieces of a picture: cut in its quietest rows where it is too long."""
    if image.height <= _LONGEST:
        return [0, image.height]
    pieces = -(-image.height // (_LONGEST - _SEARCH))
    rows = image.convert("L").filter(ImageFilter.FIND_EDGES).resize((1, image.height), Image.Resampling.BOX).tobytes()
    edges = [0]
    for number in range(1, pieces):
        middle = image.height * number // pieces
        near = range(max(edges[-1] + 1, middle - _SEARCH), min(image.height, middle + _SEARCH))
        edges.append(min(near, key=lambda y: (max(rows[max(0, y - 3) : y + 4]), abs(y - middle))))
    return [*edges, image.height]


def _seen(corners: Any, text: str, score: Any, boxes: Any = (), chars: Any = (), scores: Any = ()) -> Seen:
    (a, b, c, d) = ((float(x), float(y)) for x, y in corners)
    spans: list[tuple[float, float]] = []
    marks: list[float] = []
    for box, char, mark in zip(boxes, chars, scores, strict=False):
        xs = [float(x) for x, _ in box]
        step = (max(xs) - min(xs)) / max(len(char), 1)
        spans += [(min(xs) + at * step, min(xs) + (at + 1) * step) for at in range(len(char))]
        marks += [float(mark)] * len(char)
    same = "".join(chars) == text
    return seen(text, (a, b, c, d), float(score), tuple(spans) if same else (), tuple(marks) if same else ())


def recognised_page(page: Page, data: bytes, name: str) -> Page:
    """Return what was recognised on a pictured page of a PDF, in points of the page as displayed.

    Raises:
        OcrNeededError: the optional part is not installed.
    """
    from workbench.readers.picture import page_png  # noqa: PLC0415 - avoids a cycle of imports

    if not available():
        raise faults.ocr_needed(name, page.number)
    known = _remembered(data)
    if page.number not in known:
        with Image.open(io.BytesIO(page_png(data, page.number, dpi=_DPI))) as image:
            known[page.number] = _read(image, page.number, name, _POINTS / _DPI)
    return known[page.number]


def picture_pages(data: bytes, name: str) -> tuple[ScannedPage, ...]:
    """Return what was recognised in a picture (every frame of a TIFF), in its pixels.

    Raises:
        OcrNeededError: the optional part is not installed.
        UnreadableFileError: the picture is damaged.
    """
    if not available():
        raise faults.ocr_needed(name)
    known = _remembered(data)
    if not known:
        try:
            with Image.open(io.BytesIO(data)) as image:
                for number in range(getattr(image, "n_frames", 1)):
                    image.seek(number)
                    known[number + 1] = _read(image, number + 1, name, 1.0)
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            raise faults.damaged(name, "picture") from None
    return tuple(known[number] for number in sorted(known))


def _read(image: Image.Image, number: int, name: str, scale: float) -> ScannedPage:
    colour = _on_white(image)
    turn, words = turned_upright(colour, lambda one: recognise(one, name, number))
    return page_of_picture(number, colour, words, turn, scale)


def _on_white(image: Image.Image) -> Image.Image:
    """Return a picture in colours; what is transparent becomes white."""
    if image.mode in {"RGBA", "LA", "P", "PA"}:
        whole = image.convert("RGBA")
        paper = Image.new("RGBA", whole.size, "white")
        return Image.alpha_composite(paper, whole).convert("RGB")
    return image.convert("RGB")
