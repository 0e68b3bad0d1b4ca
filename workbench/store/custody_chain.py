"""The custody log as a chain: each entry's digest covers the one before, so that no entry can change unseen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC

from workbench.domain.evidence import CustodyEvent, CustodyFault

GENESIS = "0" * 64
"""What the first entry of a case takes as the digest before it."""


def digest_of(event: CustodyEvent) -> str:
    """Return the SHA-256 over an entry's canonical JSON, the previous digest included."""
    at = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    parts = [event.number, at, event.action, event.file, event.sha256, event.detail, event.previous]
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def broken_at(events: Sequence[CustodyEvent]) -> int:
    """Return the number of the first entry that does not hold, 0 where the whole chain does."""
    previous = GENESIS
    for number, event in enumerate(events, start=1):
        if event.number != number or event.previous != previous or event.digest != digest_of(event):
            return number
        previous = event.digest
    return 0


def custody_faults(events: Sequence[CustodyEvent], files: Mapping[str, str]) -> tuple[CustodyFault, ...]:
    """Hold the log against its own chain and against the files the case lists.

    Args:
        events: the log, oldest first.
        files: name by SHA-256 of every file the case lists.
    """
    faults = [CustodyFault("chain", number=number)] if (number := broken_at(events)) else []
    logged: dict[str, str] = {}
    for event in events:
        if event.action == "imported":
            logged[event.sha256] = event.file
        elif event.action == "removed":
            logged.pop(event.sha256, None)
    faults += [CustodyFault("unlogged", name) for sha256, name in files.items() if sha256 not in logged]
    faults += [CustodyFault("renamed", name) for sha256, name in files.items() if logged.get(sha256, name) != name]
    faults += [CustodyFault("lost", name) for sha256, name in logged.items() if sha256 not in files]
    return tuple(faults)
