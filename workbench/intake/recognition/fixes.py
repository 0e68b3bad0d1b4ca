"""One cell of a recognised table that is taken for something else than was recognised."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.readers.model import Row


@dataclass(frozen=True, slots=True)
class Fix:
    """One cell read otherwise than recognised."""

    row: Row
    """The row as recognised."""
    title: str
    before: str
    after: str
    why: str
    """``vocabulary`` or the check that closes: ``balance``, ``net``, ``gross``, ``date``."""
    confidence: float | None = None
    times: int = 1
    """How often the same misreading stands in the file; only the first place is told."""
