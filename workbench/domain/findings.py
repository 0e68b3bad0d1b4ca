"""Findings: what is wrong, by how much, why, and how sure.

Source: domain specification, sections 8 and 12.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Severity(StrEnum):
    """What kind of wrong a finding is."""

    ERROR = "error"
    """Contradicts contract, statute or arithmetic."""
    UNLAWFUL = "unlawful"
    """Follows the contract but exceeds what the law protects."""
    QUESTION = "question"
    """Needs the platform's answer."""
    NOTE = "note"


class Verdict(StrEnum):
    """How far a finding or a liquidation test is established."""

    PROVEN = "proven"
    POSSIBLE = "possible"
    NOT_FOUND = "not_found"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Cause:
    """The formula that reproduces a wrong figure."""

    hypothesis: str
    """Code of the mistake, for example ``basis_360`` or ``principal_not_reduced``."""
    formula: str
    """The operation with its numbers, ending in ``= amount``."""
    exact: bool
    """True when the formula gives the stated amount to the cent."""
    alternatives: tuple[str, ...] = ()
    """Formulas of other hypotheses that fit equally well."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One cause, one finding; amounts are sizes of the charge in yuan (positive = client overcharged)."""

    code: str
    severity: Severity
    text_zh: str
    text_en: str
    verdict: Verdict = Verdict.PROVEN
    date: date | None = None
    lines: tuple[str, ...] = ()
    """Ids of the statement lines, the first one giving the date."""
    terms: tuple[str, ...] = ()
    """Keys of the contract terms it rests on."""
    stated: Decimal | None = None
    expected: Decimal | None = None
    delta: Decimal | None = None
    working: str = ""
    """The formula of the expected figure with its numbers."""
    cause: Cause | None = None
    group: str = ""
    """Findings with the same group share one cause."""
    about: str = ""
    """What it is about where that is neither a line nor a day and there can be several: a clause, terms at odds."""

    @property
    def key(self) -> str:
        """Identity across runs, so that triage survives them: code and lines, else the day or what it is about."""
        return f"{self.code}:{','.join(self.lines) or self.date or self.about or '-'}"


class TriageState(StrEnum):
    """What a person decided about a finding."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DISPUTED = "disputed"
    EXPLAINED = "explained"
    NEEDS_EVIDENCE = "needs_evidence"


@dataclass(frozen=True, slots=True)
class Triage:
    """A person's decision on one finding."""

    finding: str
    """The finding's ``key``."""
    state: TriageState
    note: str = ""
    reviewer: str = ""
    in_letter: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that could not be checked and the document that would close it."""

    code: str
    text_zh: str
    text_en: str
