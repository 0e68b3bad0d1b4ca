"""Wrap prose in Chinese and English.

A line may end between Chinese characters, but not before a full stop or after a bracket, and never inside a word or
figure that fits on a line of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

NOT_FIRST = frozenset("，。；：、！？）」』”》〉】…％%,.;:!?)]}")
"""Characters that never begin a line."""
NOT_LAST = frozenset("（「『“《〈【([{")
"""Characters that never end one."""


def _wide(char: str) -> bool:
    return cell_len(char) > 1


def units(text: str) -> Iterator[str]:
    """Split a text into the parts that stay together; spaces stay at the end of the part before them."""
    part = ""
    for char in text:
        if part and _may_break(part[-1], char):
            yield part
            part = ""
        part += char
    if part:
        yield part


def _may_break(before: str, after: str) -> bool:
    if after == " " or after in NOT_FIRST or before in NOT_LAST:
        return False
    return before == " " or _wide(before) or _wide(after)


def wrap(text: str, width: int) -> list[str]:
    """Return the lines of a text at most ``width`` cells wide; a part wider than that is cut hard."""
    width = max(2, width)
    lines: list[str] = []
    for paragraph in text.split("\n"):
        indent = paragraph[: len(paragraph) - len(paragraph.lstrip(" "))]
        line = ""
        for unit in units(paragraph):
            part = unit
            if line and cell_len(line) + cell_len(part.rstrip()) > width:
                lines.append(line.rstrip())
                line = indent if cell_len(indent) + cell_len(part.rstrip()) <= width else ""
            while cell_len(part.rstrip()) > width:
                head = _head(part, width)
                lines.append(line + head if not line.strip() else head)
                line, part = "", part[len(head) :]
            line += part
        lines.append(line.rstrip())
    return lines


def _head(text: str, width: int) -> str:
    used, end = 0, 0
    for char in text:
        used += cell_len(char)
        if used > width:
            break
        end += 1
    return text[: max(1, end)]
