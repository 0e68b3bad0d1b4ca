"""What a terminal would show of the pictures it was sent: sixels and kitty's placeholders turned back into pixels."""

from __future__ import annotations

import base64
import io
import re

from PIL import Image

CELL = (10, 20)
SIXEL_TERMINAL = {b"\x1b[16t": b"\x1b[6;20;10t", b"\x1b[c": b"\x1b[?62;4;22c"}
KITTY_TERMINAL = {b"a=q": b"\x1b_Gi=1;OK\x1b\\", b"\x1b[16t": b"\x1b[6;20;10t", b"\x1b[c": b"\x1b[?62;c"}
KITTY_SAYS = {"TERM": "xterm-kitty", "COLORTERM": "truecolor"}
SIXELS = re.compile(rb"\x1bP[\d;]*q(.*?)\x1b\\", re.DOTALL)
TOKEN = re.compile(
    r'"\d+;\d+;(?P<width>\d+);(?P<height>\d+)|#(?P<colour>\d+)(?:;2;(?P<rgb>\d+;\d+;\d+))?'
    r"|(?:!(?P<times>\d+))?(?P<six>[?-~])|(?P<back>\$)|(?P<down>-)"
)
KITTY = re.compile(rb"\x1b_G([^;\x1b]*);([^\x1b]*)\x1b\\", re.DOTALL)


def sixel_rows(raw: bytes) -> list[Image.Image]:
    """Return the rows of cells that were drawn by sixels, in the order they came."""
    return [_sixel(found.decode("ascii")) for found in SIXELS.findall(raw)]


def stacked(rows: list[Image.Image]) -> Image.Image:
    """Return rows under each other."""
    whole = Image.new("RGB", (rows[0].width, sum(row.height for row in rows)))
    top = 0
    for row in rows:
        whole.paste(row, (0, top))
        top += row.height
    return whole


def kitty_pictures(raw: bytes) -> list[Image.Image]:
    """Return the pictures that were handed over to kitty, in the order they came."""
    sent: dict[bytes, bytes] = {}
    for head, data in KITTY.findall(raw):
        keys = dict(pair.split(b"=") for pair in head.split(b",") if b"=" in pair)
        if keys.get(b"f") == b"100":
            sent[keys[b"i"]] = sent.get(keys[b"i"], b"") + data
    return [Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB") for data in sent.values()]


def _sixel(data: str) -> Image.Image:
    row = Image.new("RGB", (0, 0))
    colours: dict[int, tuple[int, ...]] = {}
    colour, x, y = 0, 0, 0
    for token in TOKEN.finditer(data):
        if token["width"]:
            row = Image.new(
                "RGB", (int(token["width"]), int(token["height"])), "magenta"
            )  # what no sixel covers is seen
        elif token["colour"]:
            colour = int(token["colour"])
            if token["rgb"]:
                colours[colour] = tuple(round(int(part) * 2.55) for part in token["rgb"].split(";"))
        elif token["six"]:
            bits, times = ord(token["six"]) - 63, int(token["times"] or 1)
            for dot in (dot for dot in range(6) if bits >> dot & 1):
                row.paste(colours[colour], (x, y + dot, x + times, y + dot + 1))
            x += times
        else:
            x, y = 0, y + (6 if token["down"] else 0)
    return row
