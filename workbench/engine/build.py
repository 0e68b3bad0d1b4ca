"""One way to make a finding, so that amounts, lines and sentences never drift apart."""

from __future__ import annotations

from decimal import Decimal

from workbench.domain.findings import Cause, Finding, Severity, Verdict
from workbench.domain.lines import Line
from workbench.domain.money import grouped
from workbench.engine.phrases import sentence


def charge_finding(
    code: str,
    line: Line,
    stated: Decimal,
    expected: Decimal,
    *,
    working: str = "",
    terms: tuple[str, ...] = (),
    cause: Cause | None = None,
    severity: Severity = Severity.ERROR,
    verdict: Verdict = Verdict.PROVEN,
    more_lines: tuple[str, ...] = (),
    **figures: str,
) -> Finding:
    """Return a finding on one posting.

    Args:
        code: finding code.
        line: the posting; it gives date and id.
        stated: size as posted, in yuan.
        expected: size as it should be, in yuan.
        working: formula of the expected size.
        terms: keys of the terms it rests on.
        cause: formula that reproduces the stated size.
        severity: what kind of wrong it is.
        verdict: how far it is established.
        more_lines: ids of further lines it concerns.
        figures: further words for the sentence.
    """
    delta = stated - expected
    zh, en = sentence(
        code,
        date=line.date.isoformat(),
        stated=grouped(stated),
        expected=grouped(expected),
        delta=grouped(delta),
        working=working,
        operation=line.operation or line.kind.value,
        **figures,
    )
    return Finding(
        code=code,
        severity=severity,
        verdict=verdict,
        date=line.date,
        lines=(line.id, *more_lines),
        terms=terms,
        stated=stated,
        expected=expected,
        delta=delta,
        working=working,
        cause=cause,
        text_zh=zh,
        text_en=en,
        group=f"{code}:{cause.hypothesis}" if cause else code,
    )


ODD = "-ODD"
"""Ending of a phrase for what is only unusual; its finding has the plain code."""


def plain_finding(
    code: str,
    severity: Severity,
    *,
    line: Line | None = None,
    terms: tuple[str, ...] = (),
    verdict: Verdict = Verdict.PROVEN,
    working: str = "",
    **figures: str,
) -> Finding:
    """Return a finding without amounts of its own."""
    zh, en = sentence(code, date=line.date.isoformat() if line else "", working=working, **figures)
    return Finding(
        code=code.removesuffix(ODD),
        severity=severity,
        verdict=verdict,
        date=line.date if line else None,
        lines=(line.id,) if line else (),
        terms=terms,
        working=working,
        text_zh=zh,
        text_en=en,
        group=code,
    )
