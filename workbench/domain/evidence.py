"""Custody: what happened to a file, in a chain that shows tampering."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CustodyEvent:
    """One entry of a case's custody log; ``digest`` covers the previous entry's."""

    number: int
    at: datetime
    action: str
    """``imported``, ``verified``, ``exported``, ``rendered``, ``deleted``, ``note`` ..."""
    file: str
    sha256: str
    detail: str
    previous: str
    digest: str
