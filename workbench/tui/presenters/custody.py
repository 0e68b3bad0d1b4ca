"""The custody log: what happened to which file, when, and the chain that shows tampering."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.domain.evidence import CustodyEvent
from workbench.tui.presenters.base import Cell, Column, Detail, Row, Section, Words, label, one_line

COLUMNS = (
    Column("custody.number", 5, right=True),
    Column("custody.at", 16),
    Column("custody.action", 10),
    Column("custody.file", 14, flex=1),
    Column("custody.detail", 14, flex=2, needs=64),
)
TONES = {"verification_failed": "bad", "removed": "warn", "note": "accent"}


def custody_rows(log: Sequence[CustodyEvent], words: Words) -> tuple[Row, ...]:
    """Return the entries, last first."""
    return tuple(
        Row(
            str(one.number),
            (
                Cell(str(one.number), "muted"),
                Cell(f"{one.at:%Y-%m-%d %H:%M}"),
                Cell(label(words, "custody.action", one.action), TONES.get(one.action, "")),
                Cell(one_line(one.file)),
                Cell(one_line(one.detail), "" if one.action == "note" else "muted"),
            ),
        )
        for one in reversed(log)
    )


def custody_detail(one: CustodyEvent, words: Words) -> Detail:
    """Show an entry whole, with the digests that tie it to the one before."""
    chain = (
        Cell(words("custody.previous"), "muted"),
        Cell(one.previous),
        Cell(words("custody.digest"), "muted"),
        Cell(one.digest),
    )
    sections = (
        Section("", tuple(Cell(text) for text in (one_line(one.file), one.detail) if text)),
        Section("SHA-256", (Cell(one.sha256),) if one.sha256 else ()),
        Section(words("custody.chain"), chain),
    )
    title = f"{one.number}  {label(words, 'custody.action', one.action)}"
    return Detail(title, f"{one.at:%Y-%m-%d %H:%M:%S %z}", sections)
