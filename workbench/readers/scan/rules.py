"""Drawn lines of a scanned table are only pixels: they are taken out before the ink of the words is measured."""

from __future__ import annotations

from PIL import Image, ImageChops, ImageFilter

_WHITE = 255
_FAINT = 16
"""Levels below the paper from which a stretch is a line; thin lines are grey in a scan."""


def without_rules(image: Image.Image, upright: int, across: int) -> Image.Image:
    """Return a levelled grey picture without straight lines.

    Args:
        image: mode ``L``.
        upright: least length in pixels of a vertical line; longer than any letter is high.
        across: least length in pixels of a horizontal line; longer than any dash.
    """
    cleaned = image.copy()
    counts = image.histogram()
    paper = max(range(len(counts)), key=lambda level: counts[level])
    for length, vertical in ((upright, True), (across, False)):
        lines = _only_lines(image, max(length, 3), vertical=vertical)
        mask = lines.point([_WHITE if level < paper - _FAINT else 0 for level in range(_WHITE + 1)])
        cleaned.paste(paper, mask=mask.filter(ImageFilter.MaxFilter(3)))
    return cleaned


def _only_lines(image: Image.Image, length: int, *, vertical: bool) -> Image.Image:
    """Return what is dark over a whole stretch: the lightest pixel of every stretch, then its darkest neighbour."""
    light = _over(image, length, vertical=vertical, forward=True, lightest=True)
    return _over(light, length, vertical=vertical, forward=False, lightest=False)


def _over(image: Image.Image, length: int, *, vertical: bool, forward: bool, lightest: bool) -> Image.Image:
    """Return, for every pixel, the lightest (or darkest) of the ``length`` pixels from it on."""
    pick = ImageChops.lighter if lightest else ImageChops.darker
    found, covered = image, 1
    while covered < length:
        step = min(covered, length - covered)
        found = pick(found, _moved(found, step if forward else -step, vertical=vertical))
        covered += step
    return found


def _moved(image: Image.Image, step: int, *, vertical: bool) -> Image.Image:
    """Return the picture moved by some pixels, white where nothing came in."""
    moved = Image.new("L", image.size, _WHITE)
    moved.paste(image, (0, -step) if vertical else (-step, 0))
    return moved
