"""Say where a fact stands: file, page, row, and the words as printed."""

from __future__ import annotations

from workbench.domain.source import Source
from workbench.tui.presenters.base import Words, one_line


def place(source: Source, words: Words) -> str:
    """Write page and row, as far as the file has them."""
    parts = []
    if source.page is not None:
        parts.append(words("source.page", page=source.page))
    if source.row is not None:
        parts.append(words("source.row", row=source.row))
    return words("source.join").join(parts)


def place_with_file(source: Source, words: Words) -> str:
    """Write the file's name, then page and row."""
    return " · ".join(part for part in (one_line(source.file), place(source, words)) if part)


def printed_cells(source: Source) -> tuple[str, ...]:
    """Split a row's printed text into its cells; empty ones are left out."""
    return tuple(part.strip() for part in source.text.split(" | ") if part.strip())


def quote(source: Source, words: Words) -> str:
    """Put the quoted words of a clause in quotation marks."""
    return words("source.quote", text=one_line(source.text))
