"""Dates that run: what happened when, and what is due until when under which article.

Source: Civil Code 188 and 195, Provisions on Limitation 6, 8, 9 and 10, Civil Procedure Law 104 and 126, Provisions on
Evidence 51, Provisions on Preservation 4, Police Procedure Provisions 179.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

SOON = timedelta(days=30)
"""A deadline closer than this is shown as near."""


class EventKind(StrEnum):
    """What starts, interrupts or ends a period."""

    HARM = "harm"
    KNEW = "knew"
    DEMANDED = "demanded"
    ACKNOWLEDGED = "acknowledged"
    SUED = "sued"
    MEDIATION = "mediation"
    POLICE_REPORTED = "police_reported"
    ENDED = "ended"
    LETTER_SENT = "letter_sent"
    PRESERVATION_ASKED = "preservation_asked"
    PRESERVED = "preserved"
    EVIDENCE_ORDERED = "evidence_ordered"
    POLICE_REFUSED = "police_refused"


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """Something that happened on a day and starts, interrupts or ends a period."""

    kind: EventKind
    on: date
    days: int | None = None
    """Days of a reply window or of the court's evidence period; None: the law's."""
    note: str = ""
    document: int | None = None
    """Number of the imported document that proves it."""
    number: int | None = None
    """Number within the case; None for one that the workbench found itself."""


class DeadlineState(StrEnum):
    """How near a deadline is."""

    MISSED = "missed"
    NEAR = "near"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A last day, always the earlier one where the law leaves room."""

    kind: str
    """``limitation``, ``suit_after_preservation``, ``evidence``, ``police_review``, ``reply``, ``filing_decision`` or
    ``preservation_ruling``."""
    due: date
    """Last day, not moved where it falls on a day off."""
    since: date
    """Day the period runs from."""
    event: EventKind
    own: bool
    """True where the client must act, False where the other side or an authority must."""
    statutes: tuple[str, ...]
    """Keys of the articles it rests on; empty for a window that the client set."""
    text_zh: str
    text_en: str
    assumed: bool = False
    """True where a date was assumed from the account, not told by a person."""

    def state(self, today: date) -> DeadlineState:
        """Return how near it is on a day."""
        if self.due < today:
            return DeadlineState.MISSED
        return DeadlineState.NEAR if self.due - today <= SOON else DeadlineState.AHEAD
