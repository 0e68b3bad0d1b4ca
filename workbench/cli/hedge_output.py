"""What the commands of hedging and risk share: notes in both languages, amounts and fractions for scripts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TypeVar

from workbench.cli.arguments import number
from workbench.cli.calc_output import SHOWN
from workbench.cli.output import show
from workbench.domain.money import plain
from workbench.errors import UsageError
from workbench.locales.catalogue import Catalogue
from workbench.planning.notes import Note

ValueT = TypeVar("ValueT")


def show_notes(say: Catalogue, notes: Sequence[Note], title: str = "") -> None:
    """Write notes one a line, each after an optional title."""
    for note in notes:
        show(f"{title}{say.pick(note.text_zh, note.text_en)}")


def notes_json(notes: Sequence[Note]) -> list[dict[str, object]]:
    """Return notes for scripts."""
    return [{"code": note.code, "text": {"zh": note.text_zh, "en": note.text_en}} for note in notes]


def money(amount: Decimal | None) -> str | None:
    """Return yuan for scripts, two decimals."""
    return None if amount is None else f"{amount:.2f}"


def part(value: Decimal | None) -> str | None:
    """Return a fraction for scripts, six decimals at most."""
    return None if value is None else plain(value.quantize(SHOWN))


def by_code(words: Sequence[str], read: Callable[[str, str], ValueT]) -> dict[str, ValueT]:
    """Read ``CODE=VALUE`` words; a code may stand once.

    Raises:
        UsageError: a word of another form, or a code twice.
    """
    found: dict[str, ValueT] = {}
    for word in words:
        code, mark, text = word.partition("=")
        if not mark or not code.strip() or code.strip() in found:
            raise UsageError(
                f"`{word}` is not CODE=VALUE, or its code stands twice",
                next_step="Write each code once, for example 600519=200.",
                what_zh=f"“{word}”不是“代码=数值”，或代码重复",
                next_step_zh="每个代码写一次，例如 600519=200。",
            )
        found[code.strip()] = read(text.strip(), code.strip())
    return found


def whole(text: str, name: str) -> int:
    """Read a whole number of shares above 0.

    Raises:
        UsageError: for anything else.
    """
    value = number(text, name)
    if value <= 0 or value != int(value):
        raise UsageError(
            f"`{text}` is no whole number of shares",
            where=name,
            next_step="Write for example 1200.",
            what_zh=f"“{text}”不是整数股",
            next_step_zh="例如写 1200。",
        )
    return int(value)
