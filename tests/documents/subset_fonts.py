"""Cut the Chinese serif that letters are set in down to what letters use.

Run by hand when the set of characters changes (it needs the Debian package ``fonts-noto-cjk``)::

    python -m tests.documents.subset_fonts /usr/share/fonts/opentype/noto workbench/documents/fonts

The result is named ``Workbench Song`` so that no installed font of another version is ever taken for it,
and ``coverage.txt`` lists its characters, so that a missing glyph is found before a page is set.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTCollection, TTFont

FAMILY = "Workbench Song"
SIMPLIFIED = "Noto Serif CJK SC"
WEIGHTS = {"Regular": 400, "Bold": 700}
RANGES = (
    (0x20, 0x7E), (0xA0, 0xFF), (0x100, 0x17F), (0x2010, 0x2027), (0x2030, 0x203B), (0x20AC, 0x20AC), (0x2103, 0x2103),
    (0x2113, 0x2113), (0x2116, 0x2116), (0x2122, 0x2122), (0x2150, 0x216F), (0x2190, 0x2193), (0x21D2, 0x21D2),
    (0x2200, 0x2265), (0x2295, 0x22BF), (0x2460, 0x24B5), (0x2500, 0x257F), (0x25A0, 0x25CF), (0x2605, 0x2606),
    (0x2610, 0x2612), (0x2713, 0x2717), (0x3000, 0x3017), (0x3220, 0x3229), (0xFF01, 0xFF5E), (0xFFE0, 0xFFE5),
)  # fmt: skip
NAME_CHARACTERS = (
    "玥喆堃昇翀犇赟瑄璠旻曌祎珺頔奭昉晞暐曦朏杺栩桄楗楠榕槿樾橦檬欻泓洺浠淏淦渃湉溁滢漪潇澍濛瀚灏炘烨焜煊煜熠燚"
    "玹珈珏珩珽琀琍琎琨琬琲瑀瑆瑢瑧瑨瑭璈璐璟璨璿瓒甯畇皞盷睿矞砚磊祐祺禛竑筠筱箐絜綦纮绂绮缦羿翊翎翾聿芃芊芮苡茜茹荃荻莀莙菀菁菡萱葳蒽蓁蓓蔚蕙蕴薇藜蘅"
    "虓蛟裕裎襄觅誉谌谞贇赪跞轩辂迤逯邈郗郯鄢鄯酆釭鈊鉴钊钰钲铖锜锴镕镠阗阚陟隽雯霂霏靓靖韫韬頠顗颉颢飏馥骁骥骦骧鲲鸢鹂麒麟黻龑龢冼亓仉佟佴侴俣倧倩偲僖冏刈勐卉卞厐叡呙哿喣嘏嘭囡圳坣垚埇埼塬壵奀奡妘妧妤姁姝姞姮婠婳媖嫄嫚嬿孖孛孜宓宸寔尢屺岍岚岱峣崟嵇嵊嶷巽帼庹廙弢彧徂徕忞忻怡恺悫惇愔慜戟戬扆扬抃拊挚揆攸敔斓旼旸昕昊昫昱昶晁晅晔晙晢晳晸暄暻曈朕朵杪枨枳柃栻梵棣棨"
)


def characters() -> set[int]:
    """Return every code point the shipped font holds.

    GB 2312, the traditional characters of common use (Big5 level 1), Latin, symbols, characters frequent in names.
    """
    points = {ord(char) for char in NAME_CHARACTERS}
    for encoding, highs, lows in (("gb2312", (0xA1, 0xF7), (0xA1, 0xFE)), ("big5", (0xA4, 0xC6), (0x40, 0xFE))):
        for high in range(highs[0], highs[1] + 1):
            for low in range(lows[0], lows[1] + 1):
                try:
                    points.add(ord(bytes((high, low)).decode(encoding)))
                except UnicodeDecodeError:
                    continue
    for first, last in RANGES:
        points.update(range(first, last + 1))
    return points


def rename(font: Any, style: str) -> None:
    """Give the subset its own family name; the licence reserves only the name ``Source``."""
    full = f"{FAMILY} {style}"
    wanted = {1: FAMILY, 2: style, 3: f"{full};subset", 4: full, 6: full.replace(" ", "")}
    table = font["name"]
    for record in list(table.names):
        if record.nameID in (16, 17, 21, 22) or record.langID != 0x409:
            table.removeNames(nameID=record.nameID, langID=record.langID)
        elif record.nameID in wanted:
            record.string = wanted[record.nameID]
    cff = font["CFF "].cff
    cff.fontNames[0] = wanted[6]


def align_digits(font: Any) -> None:
    """Give the ten digits one width, so that amounts stand in columns (the source has no tabular figures)."""
    glyphs, metrics, names = font.getGlyphSet(), font["hmtx"], font.getBestCmap()
    strings = font["CFF "].cff.topDictIndex[0].CharStrings
    wide = max(metrics[names[ord(digit)]][0] for digit in "0123456789")
    for digit in "0123456789":
        name = names[ord(digit)]
        width, bearing = metrics[name]
        shift = (wide - width) // 2
        if width == wide:
            continue
        old = strings[name]
        pen = T2CharStringPen(wide - old.private.nominalWidthX, None)
        glyphs[name].draw(TransformPen(pen, (1, 0, 0, 1, shift, 0)))
        strings[name] = pen.getCharString(old.private, old.globalSubrs)
        metrics[name] = (wide, bearing + shift)


def cut(collection: Path, style: str, target: Path) -> set[int]:
    """Write one subset weight; return the code points it holds."""
    fonts: list[Any] = TTCollection(collection).fonts
    font: Any = next(font for font in fonts if font["name"].getDebugName(1) == SIMPLIFIED)
    options = subset.Options()
    options.layout_features = ["kern"]
    options.hinting = False
    options.desubroutinize = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline = True
    options.drop_tables += ["VORG", "vhea", "vmtx", "DSIG", "BASE"]
    worker = subset.Subsetter(options)
    worker.populate(unicodes=characters())
    worker.subset(font)
    align_digits(font)
    rename(font, style)
    path = target / f"WorkbenchSong-{style}.otf"
    font.save(path)
    return set(TTFont(path).getBestCmap())


def ranges(points: set[int]) -> str:
    """Write code points as hexadecimal ranges, one a line."""
    lines: list[str] = []
    start = previous = -2
    for point in [*sorted(points), -1]:
        if point == previous + 1:
            previous = point
            continue
        if start >= 0:
            lines.append(f"{start:04X}-{previous:04X}" if previous > start else f"{start:04X}")
        start = previous = point
    return "\n".join(lines) + "\n"


def main(source: Path, target: Path) -> None:
    """Cut every weight and write the characters that all of them hold."""
    held = [cut(source / f"NotoSerifCJK-{style}.ttc", style, target) for style in WEIGHTS]
    (target / "coverage.txt").write_text(ranges(set.intersection(*held)), encoding="ascii")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
