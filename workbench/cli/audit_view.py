"""An audit as text: first one sentence, then what is wrong, what is owed, what to do; the table of findings last.

The reader is under stress. Nothing here computes: it counts findings and shows the figures the audit returned.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Sequence

from workbench.cli.output import shorten, show, show_table, yuan
from workbench.domain.audit import Audit
from workbench.domain.case import CaseKind
from workbench.domain.findings import Cause, Finding, Severity, Verdict
from workbench.domain.money import ZERO, percent
from workbench.locales.catalogue import Catalogue

BASES = ("as_stated", "as_contracted", "lpr4", "void")
WORKING = 60
"""Terminal columns of a working in the table; ``explain`` shows it whole."""
GAPS = 3
"""Gaps named among the next steps; the others are counted."""


def show_audit(audit: Audit, say: Catalogue) -> None:
    """Print the whole audit: the summary, what to do next, every finding."""
    show_summary(audit, say)
    show()
    show(say("audit.next.title"))
    for at, step in enumerate(_next_steps(audit, say), 1):
        show(f"  {at}. {step}")
    show()
    show_findings(audit.findings, say)


def show_summary(audit: Audit, say: Catalogue) -> None:
    """Print what is wrong, how much, what is owed on each basis, and what the figures are not."""
    as_of = audit.as_of.isoformat() if audit.as_of else "-"
    show(say("audit.title", case=audit.case_name, kind=say.name("case_kind", audit.kind), as_of=as_of))
    show()
    show(headline(audit, say))
    _show_severities(audit.findings, say)
    _show_tests(audit, say)
    show()
    _show_bases(audit, say)
    show()
    for line in warnings(audit.kind, say):
        show(f"⚠ {line}")


def headline(audit: Audit, say: Catalogue) -> str:
    """Say in one sentence how much was overcharged and what that gives by contract."""
    basis = audit.bases.get("as_contracted") or audit.bases.get("as_stated")
    if audit.overcharged > ZERO:
        first = say("audit.overcharged", amount=yuan(audit.overcharged))
    elif any(finding.severity is Severity.ERROR for finding in audit.findings):
        first = say("audit.errors_no_amount")
    else:
        first = say("audit.clean")
    if basis is None:
        return first
    key = "audit.due_to_client" if basis.settlement >= ZERO else "audit.due_from_client"
    return f"{first}{say('audit.join')}{say(key, amount=yuan(abs(basis.settlement)))}"


def warnings(kind: CaseKind, say: Catalogue) -> tuple[str, ...]:
    """Return the warnings every summary shows."""
    off = (say("warning.off_exchange"), say("warning.shortfall")) if kind is CaseKind.OFF_EXCHANGE else ()
    return (*off, say("warning.not_advice"))


def cause_text(cause: Cause, say: Catalogue) -> str:
    """Say by which formula the platform got its figure, and whether to the cent."""
    return f"{say('audit.cause')}{cause.formula}{'' if cause.exact else say('audit.not_exact')}"


def groups(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Put findings of one cause together, in the order of the first of each."""
    found: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        hypothesis = finding.cause.hypothesis if finding.cause else ""
        key = ("group", finding.group) if finding.group else (finding.severity, finding.code, hypothesis)
        found.setdefault(key, []).append(finding)
    return list(found.values())


def show_findings(findings: Sequence[Finding], say: Catalogue) -> None:
    """Print the findings grouped by cause, gravest first."""
    order = list(Severity)
    for group in sorted(groups(findings), key=lambda found: order.index(found[0].severity)):
        first = group[0]
        total = sum((finding.delta for finding in group if finding.delta is not None), ZERO)
        amount = say("audit.group_amount", amount=yuan(total)) if total else ""
        title = f"{first.code} {say.name('finding', first.code)}"
        severity = say.name("severity", first.severity)
        show(" · ".join(part for part in (title, severity, say("audit.group_count", count=len(group)), amount) if part))
        if first.cause is not None:
            show(f"  {cause_text(first.cause, say)}")
        if any(finding.stated is not None for finding in group):
            show_table(
                [say(f"audit.head.{key}") for key in ("date", "line", "stated", "expected", "delta", "working")],
                [_finding_row(finding) for finding in group],
                right=(2, 3, 4),
                indent="  ",
            )
        else:
            for finding in group:
                where = " ".join(part for part in (_day(finding), _lines(finding)) if part)
                show(f"  {where}{say('colon') if where else ''}{say.pick(finding.text_zh, finding.text_en)}")
        show()


def _finding_row(finding: Finding) -> list[str]:
    return [
        _day(finding),
        _lines(finding),
        yuan(finding.stated),
        yuan(finding.expected),
        yuan(finding.delta),
        shorten(finding.working, WORKING),
    ]


def _day(finding: Finding) -> str:
    return finding.date.isoformat() if finding.date else ""


def _lines(finding: Finding) -> str:
    """Return the first line's id and how many more there are: ``S1.6+2``."""
    more = f"+{len(finding.lines) - 1}" if len(finding.lines) > 1 else ""
    return f"{finding.lines[0]}{more}" if finding.lines else ""


def _show_severities(findings: Sequence[Finding], say: Catalogue) -> None:
    for severity in Severity:
        chosen = [finding for finding in findings if finding.severity is severity]
        if not chosen:
            continue
        show(say(f"audit.count.{severity}", count=len(chosen)))
        if severity is not Severity.ERROR:
            continue
        for group in groups(chosen):
            total = sum((finding.delta for finding in group if finding.delta is not None), ZERO)
            name, times = say.name("finding", group[0].code), say("audit.times", count=len(group))
            show(f"   · {name} {times}{say('colon')}{yuan(total)}" if total else f"   · {name} {times}")


def _show_tests(audit: Audit, say: Catalogue) -> None:
    """Name the liquidation tests that found something; they carry no amount but may weigh most."""
    if audit.liquidation.started is None:
        return
    show(say("audit.liquidated", date=audit.liquidation.started, proceeds=yuan(audit.liquidation.proceeds)))
    for test in audit.liquidation.tests:
        if test.verdict in (Verdict.PROVEN, Verdict.POSSIBLE):
            verdict = say.name("verdict", test.verdict)
            show(f"   · {say.name('finding', test.code)} [{verdict}]{say('colon')}{say.pick(test.why_zh, test.why_en)}")


def _show_bases(audit: Audit, say: Catalogue) -> None:
    show(say("audit.bases_title"))
    names = [name for name in BASES if name in audit.bases]
    show_table(
        [say(f"audit.basis.{key}") for key in ("name", "allowed", "paid", "settlement", "difference")],
        [
            [
                say.name("basis", name),
                yuan(audit.bases[name].allowed),
                yuan(audit.bases[name].paid),
                yuan(audit.bases[name].settlement),
                "" if name == "as_stated" else yuan(audit.bases[name].difference),
            ]
            for name in names
        ],
        right=(1, 2, 3, 4),
        indent="  ",
    )
    if audit.yearly_cost is not None:
        show(f"  {say('audit.yearly_cost', rate=percent(round(audit.yearly_cost, 4)))}")


def _next_steps(audit: Audit, say: Catalogue) -> Iterable[str]:
    case = audit.case_name if re.fullmatch(r"[\w.-]+", audit.case_name) else shlex.quote(audit.case_name)
    if any(term.status == "extracted" for term in audit.terms):
        yield say("audit.next.terms", case=case)
    with_line = next((finding for finding in audit.findings if finding.lines), None)
    if with_line is not None:
        yield say("audit.next.explain", case=case, line=with_line.lines[0])
    for gap in audit.gaps[:GAPS]:
        yield say("audit.next.gap", text=say.pick(gap.text_zh, gap.text_en))
    if len(audit.gaps) > GAPS:
        yield say("audit.next.gaps_more", count=len(audit.gaps) - GAPS, case=case)
    if audit.findings:
        yield say("audit.next.render", case=case)
    yield say("audit.next.export", case=case)
    yield say("audit.next.steps", case=case)
