"""The picture of an original line, cut from the platform's own file."""

from __future__ import annotations

from workbench.domain.source import Source
from workbench.services.desk import Desk


def line_picture(desk: Desk, case: str, line_id: str) -> bytes | None:
    """Return the line's rectangle as PNG, or None where the file has no pages.

    Raises:
        NotFoundError: no such case or line.
    """
    raise NotImplementedError


def source_picture(desk: Desk, source: Source) -> bytes | None:
    """Return the rectangle of any source (a clause, a line) as PNG, or None where it has none."""
    raise NotImplementedError


def page_picture(desk: Desk, sha256: str, page: int, dpi: int = 110) -> bytes | None:
    """Return a whole page as PNG, or None where the file has no pages."""
    raise NotImplementedError
