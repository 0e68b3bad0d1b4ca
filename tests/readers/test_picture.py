"""Cut-outs of original rows: readable in a letter, complete in content."""

from __future__ import annotations

import io

from PIL import Image

from workbench.domain.source import Box
from workbench.readers.picture import WIDEST, crop_png, folded


def test_a_wide_row_is_folded_at_a_gap_without_losing_ink() -> None:
    row = Image.new("RGB", (2000, 40), "white")
    for x in (10, 900, 1100, 1900):
        row.paste((0, 0, 0), (x, 10, x + 60, 30))
    two = folded(row)
    assert two.size[0] < 2000
    assert two.size[0] <= WIDEST * two.size[1]
    black = [picture.convert("L").tobytes().count(0) for picture in (row, two)]
    assert black[0] == black[1]


def test_a_narrow_row_stays_as_it_is() -> None:
    row = Image.new("RGB", (300, 40), "white")
    assert folded(row) is row


def test_a_row_is_folded_for_a_letter_and_whole_for_a_screen_that_wraps_it_itself() -> None:
    page = Image.new("L", (2000, 400), 255)
    stream = io.BytesIO()
    page.save(stream, "PDF")
    row = Box(20, 100, 1980, 110)
    sizes = [
        Image.open(io.BytesIO(crop_png(stream.getvalue(), 1, row, dpi=72, fold=fold))).size for fold in (True, False)
    ]
    assert sizes[0][0] < sizes[1][0]
    assert sizes[1] == (1972, 22)
