"""Compares an audit with a truth by the rules of the acceptance cases, and says more about each difference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from workbench.domain.audit import Audit

CENT, BASIS_TOLERANCE = Decimal("0.01"), Decimal("0.05")
SILENT = frozenset({"opening", "closing"})


@dataclass(slots=True)
class Outcome:
    """What differs in one case."""

    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    terms: list[str] = field(default_factory=list)
    bases: list[str] = field(default_factory=list)
    unexplained: list[str] = field(default_factory=list)
    found: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)
    explained: Counter[str] = field(default_factory=Counter)

    @property
    def clean(self) -> bool:
        """Nothing differs."""
        return not (self.missed or self.false or self.lines or self.terms or self.bases)

    def report(self) -> list[str]:
        """One line per difference."""
        groups = {
            "missed": self.missed,
            "false alarm": self.false,
            "line": self.lines,
            "term": self.terms,
            "basis": self.bases,
            "not explained": self.unexplained,
        }
        return [f"{name}: {entry}" for name, entries in groups.items() for entry in entries]


def _number(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _fits(want: Mapping[str, Any], code: str, day: str | None, delta: Decimal | None) -> bool:
    if want["code"] != code or (want["date"] and want["date"] != day):
        return False
    target = _number(want["delta"])
    return target is None or (delta is not None and abs(abs(delta) - abs(target)) <= CENT)


def _findings(audit: Audit, truth: Mapping[str, Any], families: Mapping[str, tuple[str, ...]], out: Outcome) -> None:
    errors = [f for f in audit.findings if f.severity == "error"]
    dates = {entry.line.id: entry.line.date.isoformat() for entry in audit.lines}
    left = sorted(truth["findings"], key=lambda w: w["date"] is None or w["delta"] is None)
    out.wanted.update(w["code"] for w in left)
    for want in list(left):
        hit = next((f for f in errors if _fits(want, f.code, f.date.isoformat() if f.date else None, f.delta)), None)
        if hit is None:
            continue
        errors.remove(hit)
        left.remove(want)
        _credit(out, want["code"], hit.cause.hypothesis if hit.cause else "", families)
    for finding in list(errors):
        days = Counter(dates.get(line) for line in finding.lines)
        group = [w for w in left if w["code"] == finding.code and days[w["date"]] > 0]
        total = sum((abs(Decimal(w["delta"])) for w in group if w["delta"]), Decimal(0))
        if len(group) > 1 and (finding.delta is None or abs(abs(finding.delta) - total) <= CENT * len(group)):
            errors.remove(finding)
            for want in group:
                left.remove(want)
                _credit(out, want["code"], finding.cause.hypothesis if finding.cause else "", families)
    allowed = {s["code"] for s in truth["structural"]}
    codes = {f.code for f in audit.findings}
    out.missed += [
        f"structural {s['code']}" for s in truth["structural"] if not s.get("optional") and s["code"] not in codes
    ]
    for want in left:
        near = [f for f in audit.findings if f.date and f.date.isoformat() == want["date"]]
        hint = "; ".join(f"{f.code} {f.severity} {f.delta}" for f in near[:3])
        out.missed.append(f"{want['code']} {want['date']} {want['stated']} should be {want['expected']} [{hint}]")
    for extra in errors:
        if extra.code not in allowed:
            out.false.append(f"{extra.code} {extra.date} {extra.stated} expected {extra.expected}: {extra.text_en}")


def _credit(out: Outcome, code: str, hypothesis: str, families: Mapping[str, tuple[str, ...]]) -> None:
    out.found[code] += 1
    words = families.get(code, ())
    if not words or any(word in hypothesis.casefold() for word in words):
        out.explained[code] += 1
    else:
        out.unexplained.append(f"{code}: hypothesis {hypothesis!r}, one of {words} expected")


def _lines(audit: Audit, truth: Mapping[str, Any], out: Outcome) -> None:
    want = Counter((r["date"], r["kind"], Decimal(r["stated"])) for r in truth["lines"])
    got = Counter(
        (entry.line.date.isoformat(), str(entry.line.kind), entry.line.stated)
        for entry in audit.lines
        if entry.line.kind not in SILENT
    )
    out.lines += [f"missing {key}" for key in (want - got).elements()]
    out.lines += [f"extra {key}" for key in (got - want).elements()]


def _terms(audit: Audit, truth: Mapping[str, Any], out: Outcome) -> None:
    given = {term.key: term for term in audit.terms}
    for key, want in truth["terms"].items():
        value = given[key].value if key in given else None
        if not _same(key, want, value):
            out.terms.append(f"{key}: {want!r} expected, {value!r} found")
        elif key in truth["units"] and given[key].unit != truth["units"][key]:
            out.terms.append(f"{key}: unit {given[key].unit!r}")


def _same(key: str, want: object, value: object) -> bool:
    if isinstance(want, list):
        return isinstance(value, tuple) and sorted(want) == sorted(value)
    if isinstance(want, bool) or value is None or key in {"account", "contract_no"}:
        return want == value
    try:
        return Decimal(str(want)) == Decimal(str(value))
    except ArithmeticError:
        return str(want) == str(value)


def _bases(audit: Audit, truth: Mapping[str, Any], out: Outcome) -> None:
    for name, want in truth["bases"].items():
        got = audit.bases.get(name)
        for part in ("settlement", "allowed"):
            figure = getattr(got, part) if got else None
            if figure is None or abs(figure - Decimal(want[part])) > BASIS_TOLERANCE:
                out.bases.append(f"{name} {part}: {want[part]} expected, {figure} found")
    if truth["bases"] and abs(audit.overcharged - Decimal(truth["overcharged"])) > BASIS_TOLERANCE:
        out.bases.append(f"overcharged: {truth['overcharged']} expected, {audit.overcharged} found")


def compare(audit: Audit, truth: Mapping[str, Any], families: Mapping[str, tuple[str, ...]]) -> Outcome:
    """Compare everything."""
    out = Outcome()
    _findings(audit, truth, families, out)
    _lines(audit, truth, out)
    _terms(audit, truth, out)
    _bases(audit, truth, out)
    return out
