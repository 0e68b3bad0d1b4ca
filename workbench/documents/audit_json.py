"""The audit as one JSON object for scripts, auditors and the acceptance cases.

Source: interfaces.md, ``audit --json``: money as strings with two decimals, ratios as strings, ISO dates, absent = null.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from workbench.domain.audit import Audit, AuditedLine, Basis, Totals
from workbench.domain.findings import Finding
from workbench.domain.money import cents, plain
from workbench.domain.terms import Term

SCHEMA = 1
RATIO_DIGITS = Decimal("0.000001")


def audit_to_json(audit: Audit) -> dict[str, Any]:
    """Return the agreed object; codes and keys never change with the language."""
    return {
        "schema": SCHEMA,
        "case": {"name": audit.case_name, "kind": audit.kind.value, "as_of": _day(audit.as_of)},
        "terms": [_term(term) for term in audit.terms.with_defaults()],
        "lines": [_line(entry) for entry in audit.lines],
        "findings": [_finding(finding) for finding in audit.findings],
        "totals": {
            "stated": _totals(audit.stated),
            "expected": _totals(audit.expected),
            "overcharged": _money(audit.overcharged),
        },
        "bases": {name: _basis(basis) for name, basis in audit.bases.items()},
        "bridges": {
            name: [{"label": step.label, "amount": _money(step.amount), "finding": step.finding} for step in steps]
            for name, steps in audit.bridges.items()
        },
        "yearly_cost": _ratio(audit.yearly_cost),
        "margin": {
            "convention": audit.margin.convention,
            "debt": _money(audit.margin.debt),
            "lines": {name: _money(audit.margin.lines.get(name)) for name in ("warning", "liquidation", "emergency")},
            "first_warning": _day(audit.margin.first_warning),
            "first_liquidation": _day(audit.margin.first_liquidation),
            "days": [
                {
                    "date": _day(day.date),
                    "assets": _money(day.assets),
                    "debt": _money(day.debt),
                    "ratio": _ratio(day.ratio),
                    "state": day.state,
                }
                for day in audit.margin.days
            ],
        },
        "liquidation": {
            "started": _day(audit.liquidation.started),
            "fills": list(audit.liquidation.fills),
            "proceeds": _money(audit.liquidation.proceeds),
            "tests": [
                {"code": test.code, "verdict": test.verdict.value, "why": {"zh": test.why_zh, "en": test.why_en}}
                for test in audit.liquidation.tests
            ],
        },
        "gaps": [{"code": gap.code, "text": {"zh": gap.text_zh, "en": gap.text_en}} for gap in audit.gaps],
        "fingerprint": {
            "engine": audit.fingerprint.engine,
            "tables": audit.fingerprint.tables,
            "inputs": [{"file": name, "sha256": digest} for name, digest in audit.fingerprint.inputs],
        },
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _money(amount: Decimal | None) -> str | None:
    return None if amount is None else str(cents(amount) + 0)


def _ratio(number: Decimal | None) -> str | None:
    return None if number is None else plain(number.quantize(RATIO_DIGITS))


def _number(number: Decimal | None) -> str | None:
    return None if number is None else plain(number)


def _term(term: Term) -> dict[str, Any]:
    source = term.source
    return {
        "key": term.key,
        "value": list(term.value) if isinstance(term.value, tuple) else term.value,
        "unit": term.unit,
        "status": term.status.value,
        "source": {"file": source.file, "page": source.page, "text": source.text} if source else None,
    }


def _line(entry: AuditedLine) -> dict[str, Any]:
    line = entry.line
    return {
        "id": line.id,
        "file": line.source.file,
        "page": line.source.page,
        "row": line.source.row,
        "date": _day(line.date),
        "kind": line.kind.value,
        "code": line.code,
        "quantity": _number(line.quantity),
        "price": _number(line.price),
        "stated": _money(line.stated),
        "expected": _money(entry.expected),
        "delta": _money(entry.delta),
        "cash_balance": _money(entry.cash),
        "working": entry.working or None,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    cause = finding.cause
    return {
        "key": finding.key,
        "code": finding.code,
        "severity": finding.severity.value,
        "verdict": finding.verdict.value,
        "date": _day(finding.date),
        "lines": list(finding.lines),
        "terms": list(finding.terms),
        "stated": _money(finding.stated),
        "expected": _money(finding.expected),
        "delta": _money(finding.delta),
        "working": finding.working or None,
        "cause": {
            "hypothesis": cause.hypothesis,
            "formula": cause.formula,
            "exact": cause.exact,
            "alternatives": list(cause.alternatives),
        }
        if cause
        else None,
        "group": finding.group or None,
        "text": {"zh": finding.text_zh, "en": finding.text_en},
    }


def _totals(totals: Totals) -> dict[str, str | None]:
    return {name: _money(amount) for name, amount in asdict(totals).items()}


def _basis(basis: Basis) -> dict[str, Any]:
    found = {
        "allowed": _money(basis.allowed),
        "paid": _money(basis.paid),
        "settlement": _money(basis.settlement),
        "working": basis.working,
    }
    if basis.name != "as_stated":
        found["difference"] = _money(basis.difference)
    return found
