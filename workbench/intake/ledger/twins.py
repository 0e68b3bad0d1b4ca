"""Tables of one file that repeat each other: a fill list beside the cash ledger, or the same sheet twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Protocol, TypeVar

from workbench.domain.lines import Line
from workbench.domain.money import cents

_LEAST = 2


class Part(Protocol):
    """A table with its lines."""

    lines: list[Line]


T = TypeVar("T", bound=Part)


def without_twins(parts: Sequence[T]) -> list[T]:
    """Return the tables without those whose every posting stands in another, larger one."""
    kept: list[T] = []
    for part in sorted(parts, key=lambda one: -len(one.lines)):
        mine = Counter(map(_key, part.lines))
        twin = any(len(part.lines) >= _LEAST and not mine - Counter(map(_key, other.lines)) for other in kept)
        if not twin:
            kept.append(part)
    return [part for part in parts if any(part is one for one in kept)]


def _key(line: Line) -> tuple[object, ...]:
    return line.date, line.code, line.quantity, cents(line.stated)
