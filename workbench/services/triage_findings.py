"""A person's decision on each finding, and which findings go into the letter."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.domain.findings import Triage, TriageState
from workbench.services.desk import Desk


def list_triage(desk: Desk, case: str) -> dict[str, Triage]:
    """Return the decisions by finding key; findings never touched are not among them."""
    raise NotImplementedError


def set_triage(
    desk: Desk, case: str, keys: Sequence[str], state: TriageState | str, *, note: str = "", reviewer: str = ""
) -> dict[str, Triage]:
    """Set the state of findings, in one undoable change; empty ``note`` and ``reviewer`` keep the earlier ones.

    Raises:
        UsageError: an unknown state.
    """
    raise NotImplementedError


def set_in_letter(desk: Desk, case: str, keys: Sequence[str], in_letter: bool = True) -> dict[str, Triage]:
    """Tick findings into the letter or out of it."""
    raise NotImplementedError
