"""Let a person say which sales were forced, where no statement says so."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.services.desk import Desk


def tag_forced(desk: Desk, case: str, line_ids: Sequence[str], forced: bool | None) -> None:
    """Tag sales as forced or as the client's own; None takes the tag away.

    Raises:
        NotFoundError: no such line.
        UsageError: a line that is not a sale.
    """
    raise NotImplementedError


def list_tags(desk: Desk, case: str) -> dict[str, bool]:
    """Return the tags by line id."""
    raise NotImplementedError
