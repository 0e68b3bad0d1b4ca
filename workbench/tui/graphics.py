"""Ask the terminal, before Textual reads from it, whether it shows pictures sharper than blocks.

The question goes out before the interface is imported and the answer is taken up after it, so that nobody waits for
it. Last in the question stands what every terminal answers (what it is): with that answer everything was said, and
nothing arrives later as keys that nobody pressed, unless a terminal answers after our patience has ended. The picture
library would ask by itself, one question after the other with a shorter patience each; so it is never let near the
terminal.
"""

from __future__ import annotations

import os
import re
import select
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

CELL, WHAT = "\x1b[16t", "\x1b[c"
KITTY = "\x1b_Gi=1,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\"
PLACEHOLDERS = ("xterm-kitty", "xterm-ghostty")
"""Terminals that keep a picture with the text it stands in; others say yes to the question but draw it elsewhere."""
KITTY_CELLS = 297
"""Rows or columns of a picture that stands in text."""
SIXEL = "4"
ANSWER = re.compile(r"\x1b\[\?([\d;]*)c")
CELL_ANSWER = re.compile(r"\x1b\[6;(\d+);(\d+)t")
PATIENCE, PATIENCE_AFAR = 0.4, 2.0
"""Seconds from the question on. A terminal behind SSH, or one that kitty's question may be asked, always answers, but
perhaps late: behind ``sudo`` or in a container nothing tells of the SSH."""
LONGEST = 4096
"""Characters after which what comes is no answer."""


@dataclass(frozen=True, slots=True)
class Graphics:
    """How the terminal draws pictures."""

    kind: Literal["kitty", "sixel"]
    cell: tuple[int, int]
    """Width and height of a cell in pixels."""

    @property
    def environment(self) -> dict[str, str]:
        """The cell's size as the picture library reads it where it may not ask."""
        return {"TEXTUAL_CELL_WIDTH": str(self.cell[0]), "TEXTUAL_CELL_HEIGHT": str(self.cell[1])}

    def fits(self, columns: int, rows: int) -> bool:
        """Tell whether a picture of so many cells can be drawn.

        Kitty names so many rows and columns and no more; a sixel would cover other text after a change of font.
        """
        if self.kind == "kitty":
            return max(columns, rows) <= KITTY_CELLS
        return window_cell() in (None, self.cell)


def window_cell() -> tuple[int, int] | None:
    """Return width and height of a cell as the terminal's driver knows them, None where it does not."""
    import fcntl  # noqa: PLC0415  # POSIX only, as is the asking
    import struct  # noqa: PLC0415
    import termios  # noqa: PLC0415

    try:
        answer = fcntl.ioctl(1, termios.TIOCGWINSZ, bytes(8))
    except OSError:
        return None
    rows, columns, width, height = struct.unpack("HHHH", answer)
    return (width // columns, height // rows) if rows and columns and width and height else None


def question(environment: Mapping[str, str]) -> str:
    """Return what this terminal can be asked; empty where it cannot or need not be."""
    term = environment.get("TERM", "")
    if term in ("", "dumb", "linux") or "TMUX" in environment or term.startswith("screen"):
        return ""  # what stands between keeps few pictures, or none
    colours = environment.get("COLORTERM", "") in ("truecolor", "24bit") and "NO_COLOR" not in environment
    return (KITTY if term in PLACEHOLDERS and colours else "") + CELL + WHAT  # kitty names a picture by its colour


def understood(answer: str, window: tuple[int, int] | None) -> Graphics | None:
    """Return what the terminal can do by its answer.

    Args:
        answer: all it wrote.
        window: size of a cell as its driver knows it.
    """
    said = ANSWER.search(answer)
    told = CELL_ANSWER.search(answer)
    cell = (int(told[2]), int(told[1])) if told else window
    if said is None or cell is None or not all(cell):
        return None
    if "\x1b_Gi=1;OK" in answer:
        return Graphics("kitty", cell)
    return Graphics("sixel", cell) if SIXEL in said[1].split(";") else None


@contextmanager
def asking(environment: Mapping[str, str]) -> Iterator[Callable[[], Graphics | None]]:
    """Ask at the beginning of the block; what it yields takes up the answer.

    What is typed between question and answer is lost; it never reaches a screen that nobody sees yet.
    """
    words = question(environment) if all(os.isatty(number) for number in (0, 1, 2)) else ""
    if not words or os.name != "posix":
        yield lambda: None
        return
    import termios  # noqa: PLC0415  # POSIX only

    before = termios.tcgetattr(0)
    quiet = termios.tcgetattr(0)
    quiet[3] &= ~(termios.ECHO | termios.ICANON)
    afar = "SSH_CONNECTION" in environment or KITTY in words
    until = time.monotonic() + (PATIENCE_AFAR if afar else PATIENCE)
    try:
        termios.tcsetattr(0, termios.TCSANOW, quiet)
        os.write(1, words.encode())
        yield lambda: understood(_heard(until), window_cell())
    finally:
        termios.tcsetattr(0, termios.TCSANOW, before)


def _heard(until: float) -> str:
    """Read up to the end of the last answer and no further: what follows was typed."""
    text = ""
    while not ANSWER.search(text) and len(text) < LONGEST:
        if not select.select([0], [], [], max(0.0, until - time.monotonic()))[0]:
            break
        read = os.read(0, 1)
        if not read:
            break
        text += read.decode("latin-1")
    return text
