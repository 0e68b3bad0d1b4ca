"""Makes scans of printed pages: raster, slight turn, noise, JPEG; and screenshots of notices."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass

import pypdfium2
from PIL import Image, ImageFilter

_POINTS = 72


@dataclass(frozen=True)
class Scanner:
    """How a page is scanned."""

    dpi: int = 200
    turn: float = 0.0
    """Degrees counter-clockwise."""
    noise: float = 0.0
    """Share of random grey in every pixel, 0 to 1."""
    quality: int = 0
    """JPEG quality; 0 keeps every pixel."""
    blur: float = 0.0
    """Radius in pixels."""


def pages_of(pdf: bytes, scanner: Scanner) -> list[Image.Image]:
    """Return the pages of a PDF as a scanner would deliver them."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        drawn = [page.render(scale=scanner.dpi / _POINTS).to_pil().convert("L") for page in document]
    finally:
        document.close()
    return [worn(image, scanner, seed) for seed, image in enumerate(drawn)]


def worn(image: Image.Image, scanner: Scanner, seed: int = 0) -> Image.Image:
    """Return a picture turned, blurred and with noise; reproducible."""
    if scanner.turn:
        image = image.rotate(scanner.turn, Image.Resampling.BICUBIC, expand=False, fillcolor=255)
    if scanner.blur:
        image = image.filter(ImageFilter.GaussianBlur(scanner.blur))
    if scanner.noise:
        grain = random.Random(seed).randbytes(image.width * image.height)  # noqa: S311 - a reproducible fixture
        image = Image.blend(image, Image.frombytes("L", image.size, grain), scanner.noise)
    if scanner.quality:
        image = Image.open(io.BytesIO(saved(image, "JPEG", quality=scanner.quality))).convert("L")
    return image


def saved(image: Image.Image, form: str = "PNG", **options: int) -> bytes:
    """Return a picture's file."""
    stream = io.BytesIO()
    image.save(stream, format=form, **options)
    return stream.getvalue()


def scanned_pdf(pdf: bytes, scanner: Scanner) -> bytes:
    """Return a PDF whose pages are only pictures."""
    images = pages_of(pdf, scanner)
    stream = io.BytesIO()
    images[0].save(stream, format="PDF", resolution=scanner.dpi, save_all=True, append_images=images[1:])
    return stream.getvalue()
