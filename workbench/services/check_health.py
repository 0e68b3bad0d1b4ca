"""Is everything in place: database, vault, fonts, optional parts, dated tables."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.services.desk import Desk


@dataclass(frozen=True, slots=True)
class HealthItem:
    """One thing that was looked at."""

    name: str
    ok: bool
    detail_zh: str
    detail_en: str
    warning: bool = False
    """True where it works but needs attention soon (a dated table near or past its end, a missing extra)."""


def check_health(desk: Desk) -> tuple[HealthItem, ...]:
    """Look at everything and return what was found; raises nothing for a part that is broken."""
    raise NotImplementedError
