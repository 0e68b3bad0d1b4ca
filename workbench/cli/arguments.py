"""Global options wherever they stand, and small parsers for what people type.

``workbench audit CASE --lang zh`` works as well as ``workbench --lang zh audit CASE``: nobody under stress should have
to know on which side of a command an option belongs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from workbench.domain.money import decimal
from workbench.errors import UsageError
from workbench.locales.catalogue import LANGUAGES, choose_language

VALUED: Final = ("--lang", "--home", "--database")
FLAGS: Final = ("--debug",)


def hoist(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with the global options first, in their order; everything after ``--`` stays where it is."""
    front: list[str] = []
    rest: list[str] = []
    words = iter(arguments)
    for word in words:
        if word == "--":
            rest += [word, *words]
        elif word in VALUED:
            front += [word, *([value] if (value := next(words, None)) is not None else [])]
        elif word in FLAGS or word.startswith(tuple(f"{name}=" for name in VALUED)):
            front.append(word)
        else:
            rest.append(word)
    return front + rest


def language(arguments: Sequence[str], environ: Mapping[str, str]) -> str:
    """Return the language asked for with ``--lang``, else that of the locale; a wrong one is reported later."""
    chosen = choose_language(environ)
    for at, word in enumerate(arguments):
        value = word.partition("=")[2] if word.startswith("--lang=") else None
        if word == "--lang":
            value = arguments[at + 1] if at + 1 < len(arguments) else None
        if value in LANGUAGES:
            chosen = value
    return chosen


def pairs(words: Sequence[str]) -> dict[str, str]:
    """Split ``KEY=VALUE`` words; the value may hold further equal signs.

    Raises:
        UsageError: for a word without an equal sign or without a key.
    """
    found: dict[str, str] = {}
    for word in words:
        key, mark, value = word.partition("=")
        if not mark or not key.strip():
            raise UsageError(
                f"`{word}` is not of the form KEY=VALUE.",
                next_step="Write for example rate=0.015.",
                what_zh=f"“{word}”不是“键=值”的形式。",
                next_step_zh="例如写 rate=0.015。",
            )
        found[key.strip()] = value.strip()
    return found


def day(text: str) -> date:
    """Read an ISO date.

    Raises:
        UsageError: for anything that is not a date of the form 2025-03-31.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"`{text}` is not a date.",
            next_step="Write it as 2025-03-31.",
            what_zh=f"“{text}”不是日期。",
            next_step_zh="请写成 2025-03-31。",
        ) from None


def number(text: str, name: str) -> Decimal:
    """Read an exact number; ``1.5%`` is 0.015 and thousands separators are allowed.

    Raises:
        UsageError: for anything that is not a finite number.
    """
    cleaned = text.strip().replace(",", "").replace("，", "").replace("％", "%")
    try:
        return decimal(cleaned[:-1]) / 100 if cleaned.endswith("%") else decimal(cleaned)
    except ValueError:
        raise UsageError(
            f"`{text}` is not a number.",
            where=name,
            next_step="Write for example 100000, 0.015 or 1.5%.",
            what_zh=f"“{text}”不是数字。",
            next_step_zh="例如写 100000、0.015 或 1.5%。",
        ) from None
