"""Record what text recognition sees on the test scans: ``python -m tests.scans.record`` with the extra installed.

The recording lets every machine test what is made of a recognition, whether or not the extra is there.
"""

from __future__ import annotations

import io
import json
from pathlib import Path

from PIL import Image

from tests.intake.statements.ledger import make_ledger, table
from tests.intake.statements.printing import Style, pdf
from tests.scans.scanner import Scanner, scanned_pdf
from workbench.readers import ocr
from workbench.readers.picture import page_png
from workbench.readers.scan.seen import Seen

LEDGER = make_ledger(14)
SCANS = {
    "ruled": (Style(rows_per_page=14), Scanner(200)),
    "turned": (Style(rules="rows", rows_per_page=14), Scanner(200, turn=0.6)),
    "jpeg": (Style(rules="none", rows_per_page=14), Scanner(150, quality=60, blur=0.4)),
}
"""Name -> (print, scanner)."""
RECORDED = Path(__file__).with_name("recorded.json")
_DPI = 200


def scan(name: str) -> bytes:
    """Return a scan as a PDF of pictures."""
    style, scanner = SCANS[name]
    return scanned_pdf(pdf(table(LEDGER), style), scanner)


def recorded(name: str) -> tuple[Seen, ...]:
    """Return what was recognised on a scan."""
    return tuple(
        Seen(text, tuple(map(tuple, corners)), tuple(map(tuple, spans)), tuple(scores))  # type: ignore[arg-type]  # JSON
        for text, corners, spans, scores in json.loads(RECORDED.read_text("utf-8"))[name]
    )


def _short(one: Seen) -> list[object]:
    corners = [[round(x, 1), round(y, 1)] for x, y in one.corners]
    spans = [[round(left, 1), round(right, 1)] for left, right in one.spans]
    return [one.text, corners, spans, [round(score, 3) for score in one.scores]]


def main() -> None:
    """Write the recording anew."""
    found = {}
    for name in SCANS:
        with Image.open(io.BytesIO(page_png(scan(name), 1, dpi=_DPI))) as image:
            found[name] = [_short(one) for one in ocr.recognise(image.convert("RGB"), name)]
    RECORDED.write_text(json.dumps(found, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main()
