"""A Chinese TrueType font for the PDFs: the machine's Noto Serif, converted and cut to what is needed.

reportlab embeds TrueType outlines only, Debian's Noto CJK fonts have CFF outlines; fontTools turns one into the other.
"""

from __future__ import annotations

import hashlib
import io
import tempfile
from functools import cache
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

SOURCES = (
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
)
SIMPLIFIED = 2
"""Index of the simplified-Chinese face in Debian's collection."""


def _to_truetype(font: TTFont) -> None:
    order, glyphs = font.getGlyphOrder(), font.getGlyphSet()
    drawn = {}
    for name in order:
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(Cu2QuPen(pen, 1.0, reverse_direction=True))
        drawn[name] = pen.glyph()
    font["loca"] = newTable("loca")
    glyf = font["glyf"] = newTable("glyf")
    glyf.glyphOrder, glyf.glyphs = order, drawn
    for tag in ("CFF ", "VORG"):
        if tag in font:
            del font[tag]
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for name in ("maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs"):
        setattr(maxp, name, 1 if name == "maxZones" else 0)
    for name in ("maxStackElements", "maxSizeOfInstructions", "maxComponentElements"):
        setattr(maxp, name, 0)
    post = font["post"]
    post.formatType, post.extraNames, post.mapping = 2.0, [], {}
    post.glyphOrder = order
    font.sfntVersion = "\000\001\000\000"


@cache
def chinese_font() -> Path:
    """Return the path of a TrueType font with every character that this package can print; cut once.

    Everything printed comes from the words in this package's sources, so their characters are enough.

    Raises:
        FileNotFoundError: the machine has no Noto CJK font.
    """
    sources = "".join(path.read_text(encoding="utf-8") for path in sorted(Path(__file__).parent.glob("*.py")))
    needed = "".join(sorted({*filter(str.isprintable, sources), *map(chr, range(32, 127)), "¥", "−"}))
    digest = hashlib.sha256(needed.encode()).hexdigest()[:16]
    target = Path(tempfile.gettempdir()) / f"simulator-font-{digest}.ttf"
    if target.exists():
        return target
    source = next((Path(p) for p in SOURCES if Path(p).exists()), None)
    if source is None:
        raise FileNotFoundError("no Noto CJK font on this machine: install fonts-noto-cjk to write Chinese PDFs")
    font = TTFont(source, fontNumber=SIMPLIFIED, lazy=True)
    options = Options()
    options.layout_features, options.notdef_outline, options.name_IDs = [], True, ["*"]
    options.drop_tables += ["GSUB", "GPOS", "BASE", "vhea", "vmtx"]
    subsetter = Subsetter(options)
    subsetter.populate(text=needed)
    subsetter.subset(font)
    _to_truetype(font)
    buffer = io.BytesIO()
    font.save(buffer)
    target.write_bytes(buffer.getvalue())
    return target
