"""Find characters that no font can show before a page is set."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from importlib.resources import as_file, files
from pathlib import Path

import typst

from workbench.documents.blocks import Paper, runs_of, walk
from workbench.errors import RenderError

_PROBE = """#set text(font: "Workbench Song", fallback: true)
#sys.inputs.text
"""


def shipped_fonts() -> Path:
    """Return the folder of the shipped fonts."""
    with as_file(files("workbench.documents").joinpath("fonts")) as folder:
        return folder


def characters(paper: Paper) -> frozenset[str]:
    """Return every printing character of a document."""
    found = set(paper.title + paper.case)
    for blocks in (paper.blocks, paper.sheet):
        for block in walk(blocks):
            for runs in runs_of(block):
                for run in runs:
                    found.update(run.text)
    return frozenset(char for char in found if not char.isspace())


def covered(folder: Path) -> frozenset[int]:
    """Return the code points of the shipped fonts from ``coverage.txt``."""
    points: set[int] = set()
    for line in (folder / "coverage.txt").read_text(encoding="ascii").split():
        first, _, last = line.partition("-")
        points.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(points)


def rare(paper: Paper, folder: Path) -> tuple[str, ...]:
    """Return the characters of a document that the shipped fonts lack, sorted."""
    return uncovered(characters(paper), folder)


def uncovered(chars: Iterable[str], folder: Path) -> tuple[str, ...]:
    """Return the printing characters that the shipped fonts lack, sorted."""
    known = covered(folder)
    return tuple(sorted(char for char in set(chars) if not char.isspace() and ord(char) not in known))


def unshown(chars: Iterable[str], fonts: typst.Fonts) -> tuple[str, ...]:
    """Return the characters that no font shows."""
    return tuple(char for char in chars if not _shown(char, fonts))


def require(chars: Iterable[str], fonts: typst.Fonts) -> None:
    """Check that some installed font shows each of these characters.

    Raises:
        RenderError: naming the characters that none shows.
    """
    missing = unshown(chars, fonts)
    if not missing:
        return
    names = ", ".join(f"{_visible(char)} (U+{ord(char):04X})" for char in missing)
    raise RenderError(
        f"no font on this machine can show {names}",
        next_step="Install a font that has these characters (for example fonts-noto-cjk), or export to .docx or .txt.",
        what_zh=f"本机没有字体能显示：{names}",
        next_step_zh="请安装包含这些字的字体（例如思源宋体），或改为导出 .docx、.txt。",
    )


def _visible(char: str) -> str:
    return char if char.isprintable() and unicodedata.category(char) not in ("Co", "Cn", "Mn") else "?"


def _shown(char: str, fonts: typst.Fonts) -> bool:
    if unicodedata.category(char) in ("Cc", "Cf", "Co", "Cn", "Cs"):
        return False
    try:
        typst.compile(_PROBE.encode(), font_paths=fonts, sys_inputs={"text": char}, pdf_standards=["a-2b"])
    except typst.TypstError:
        return False
    return True
