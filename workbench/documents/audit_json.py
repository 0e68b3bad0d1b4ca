"""The audit as JSON, schema 1: money as text with two decimals, ratios as text, dates ISO, absent null."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from workbench.documents.atomic import write_text
from workbench.documents.json_values import iso, money, ratio
from workbench.domain.audit import Audit, AuditedLine, Basis, Totals
from workbench.domain.findings import Finding
from workbench.domain.margin import Margin, MarginDay
from workbench.domain.money import plain
from workbench.domain.terms import Term

SCHEMA = 1


def audit_to_json(audit: Audit, lang: str = "zh") -> dict[str, Any]:
    """Return the audit as plain JSON values; ``lang`` (``zh`` or ``en``) is that of the reasons and gaps."""
    parts = audit_parts(audit, lang)
    return {**parts, "lines": list(parts["lines"])}


def audit_parts(audit: Audit, lang: str = "zh") -> dict[str, Any]:
    """Return the same with ``lines`` as an iterator: a hundred thousand of them at once take as much as the audit."""
    return {
        "schema": SCHEMA,
        "case": {"name": audit.case_name, "kind": audit.kind.value, "as_of": iso(audit.as_of)},
        "terms": [_term(term) for term in audit.terms],
        "lines": map(_line, audit.lines),
        "findings": [_finding(finding) for finding in audit.findings],
        "totals": {
            "stated": _totals(audit.stated),
            "expected": _totals(audit.expected),
            "overcharged": money(audit.overcharged),
        },
        "bases": {name: _basis(basis) for name, basis in audit.bases.items()},
        "margin": _margin(audit.margin),
        "liquidation": {
            "started": iso(audit.liquidation.started),
            "fills": list(audit.liquidation.fills),
            "proceeds": money(audit.liquidation.proceeds),
            "tests": [
                {
                    "code": test.code,
                    "verdict": test.verdict.value,
                    "why": test.why_zh if lang == "zh" else test.why_en,
                }
                for test in audit.liquidation.tests
            ],
        },
        "gaps": [gap.text_zh if lang == "zh" else gap.text_en for gap in audit.gaps],
        "yearly_cost": None if audit.yearly_cost is None else plain(audit.yearly_cost),
        "fingerprint": {
            "engine": audit.fingerprint.engine,
            "tables": audit.fingerprint.tables,
            "inputs": [{"file": name, "sha256": sha} for name, sha in audit.fingerprint.inputs],
        },
    }


def write_json(audit: Audit, out: Path) -> None:
    """Write the JSON document.

    Raises:
        UsageError: the file cannot be written; nothing is left.
    """
    write_text(out, json.dumps(audit_to_json(audit), ensure_ascii=False, indent=1) + "\n")


def _term(term: Term) -> dict[str, Any]:
    source = term.source
    return {
        "key": term.key,
        "value": list(term.value) if isinstance(term.value, tuple) else term.value,
        "unit": term.unit,
        "status": term.status.value,
        "source": None if source is None else {"file": source.file, "page": source.page, "text": source.text},
    }


def _line(entry: AuditedLine) -> dict[str, Any]:
    line, source = entry.line, entry.line.source
    return {
        "id": line.id,
        "file": source.file,
        "page": source.page,
        "row": source.row,
        "date": line.date.isoformat(),
        "kind": line.kind.value,
        "code": line.code,
        "quantity": ratio(line.quantity),
        "price": None if line.price is None else format(line.price, "f"),
        "stated": money(line.stated),
        "expected": money(entry.expected),
        "delta": money(entry.delta),
        "cash_balance": money(entry.cash),
        "working": entry.working or None,
    }


def _finding(one: Finding) -> dict[str, Any]:
    cause = one.cause
    return {
        "code": one.code,
        "severity": one.severity.value,
        "verdict": one.verdict.value,
        "date": iso(one.date),
        "lines": list(one.lines),
        "terms": list(one.terms),
        "stated": money(one.stated),
        "expected": money(one.expected),
        "delta": money(one.delta),
        "cause": None
        if cause is None
        else {"hypothesis": cause.hypothesis, "formula": cause.formula, "exact": cause.exact},
        "text": {"zh": one.text_zh, "en": one.text_en},
    }


def _totals(totals: Totals) -> dict[str, str | None]:
    return {name: money(value) for name, value in asdict(totals).items()}


def _basis(basis: Basis) -> dict[str, str | None]:
    figures = {"allowed": basis.allowed, "paid": basis.paid, "settlement": basis.settlement}
    if basis.name != "as_stated":
        figures["difference"] = basis.difference
    return {name: money(value) for name, value in figures.items()}


def _margin(margin: Margin) -> dict[str, Any]:
    return {
        "convention": margin.convention,
        "debt": money(margin.debt),
        "lines": {name: money(margin.lines.get(name)) for name in ("warning", "liquidation", "emergency")},
        "first_warning": iso(margin.first_warning),
        "first_liquidation": iso(margin.first_liquidation),
        "days": [_margin_day(day) for day in margin.days],
    }


def _margin_day(day: MarginDay) -> dict[str, str | None]:
    return {
        "date": day.date.isoformat(),
        "assets": money(day.assets),
        "debt": money(day.debt),
        "ratio": ratio(day.ratio),
        "state": day.state,
    }
