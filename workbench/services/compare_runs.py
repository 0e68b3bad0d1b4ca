"""Tell step by step what changed the figures since an old run.

The bridge replaces one thing after the other: files, edited terms, tags, reference tables, options, and recomputes
after each. Its steps add up to the whole difference; what is left before the first step is the program's own change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from workbench.domain.audit import Audit, AuditOptions
from workbench.domain.reference import ReferenceTables
from workbench.domain.terms import Term, Terms
from workbench.errors import NotFoundError, UsageError
from workbench.services.desk import Desk
from workbench.services.read_case import Seen, gather_facts, present
from workbench.services.rerun_audit import OldRun, run_of
from workbench.services.run_audit import OWED_BASIS, AuditRun, read_run


@dataclass(frozen=True, slots=True)
class Step:
    """One change on the way from the old run to the present, with its effect."""

    kind: str
    """``program``, ``files``, ``term``, ``tags``, ``tables`` or ``options``."""
    name: str
    """File, term key or option; empty where the kind says it all."""
    before: str
    after: str
    overcharged: Decimal
    """Change of the overcharge in yuan."""
    settlement: Decimal
    """Change of the contractual settlement in yuan; positive = more due to the client."""


@dataclass(frozen=True, slots=True)
class LineChange:
    """A posting whose expected figure or presence changed."""

    file: str
    page: int | None
    row: int | None
    date: str
    before: str | None
    """Expected effect on cash before; None where there was no such posting or no expectation."""
    after: str | None
    state: str
    """``added``, ``removed`` or ``changed``."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The present audit against an old run."""

    run: AuditRun
    audit: Audit
    steps: tuple[Step, ...]
    lines: tuple[LineChange, ...]
    new_findings: tuple[dict[str, Any], ...]
    gone_findings: tuple[dict[str, Any], ...]
    settlements: dict[str, tuple[str | None, str | None]]
    """Basis -> settlement before and now."""
    exact: bool
    """False where the old run's decisions or tables were not kept, so that the steps cannot be told apart."""


def compare_runs(desk: Desk, case: str, number: int, options: AuditOptions) -> Comparison:
    """Compare the case as it is with a saved run.

    Raises:
        NotFoundError: no such case or run.
    """
    from workbench.documents.audit_json import audit_to_json  # noqa: PLC0415  start fast
    from workbench.engine import audit as engine  # noqa: PLC0415

    stored: dict[str, Any] = read_run(desk, case, number)
    with desk.store.read() as unit:
        facts = gather_facts(unit, case)
    audit = engine.run_audit(facts, desk.tables(), options, desk.engine_version)
    steps: tuple[Step, ...] = ()
    try:
        old = OldRun.read(desk, case, number)
        steps = tuple(_steps(desk, old, stored, audit, options))
        exact = True
    except (NotFoundError, UsageError):
        exact = False
    now = audit_to_json(audit)
    before, after = _findings(stored), _findings(now)
    return Comparison(
        run=run_of(desk, case, number),
        audit=audit,
        steps=steps,
        lines=tuple(_lines(stored, now)),
        new_findings=tuple(one for key, one in after.items() if key not in before),
        gone_findings=tuple(one for key, one in before.items() if key not in after),
        settlements={
            name: (_settlement(stored, name), _settlement(now, name))
            for name in dict.fromkeys([*stored["bases"], *now["bases"]])
        },
        exact=exact,
    )


def _steps(desk: Desk, old: OldRun, stored: dict[str, Any], now: Audit, options: AuditOptions) -> Iterator[Step]:
    """Yield the bridge from the stored result to the present one."""
    with desk.store.read() as unit:
        here = present(unit, unit.cases.key(old.case))
        names = {document.sha256: document.file for document in unit.documents.all(unit.cases.key(old.case))}
    at = (Decimal(stored["totals"]["overcharged"]), Decimal(_settlement(stored, OWED_BASIS) or "0"))
    terms = Terms()
    for kind, name, before, after, state in _states(old, here, desk.tables(), options, names):
        audit = state.audit(desk)
        reached = _totals(audit)
        moved = (reached[0] - at[0], reached[1] - at[1])
        if kind == "term":
            before, after = _value(terms.get(name)), _value(audit.terms.get(name))  # noqa: PLW2901  as merged
        if any(moved) or (kind != "program" and (kind != "term" or before != after)):
            yield Step(kind, name, before, after, *moved)
        at, terms = reached, audit.terms
    rest = _totals(now)
    if rest != at:
        yield Step("program", "", "", "", rest[0] - at[0], rest[1] - at[1])


def _states(
    old: OldRun, here: Seen, tables: ReferenceTables, options: AuditOptions, names: dict[str, str]
) -> Iterator[tuple[str, str, str, str, OldRun]]:
    """Yield (kind, name, before, after, state) for each change, one added after the other."""
    state = old
    yield "program", "", "", "", state
    if here.files != old.seen.files:
        added = "、".join(sorted(names[one] for one in here.files - old.seen.files))
        state = replace(state, seen=replace(state.seen, files=here.files))
        yield "files", added, "", "", state
    for key in sorted({*here.terms, *old.seen.terms}):
        edited = [{key: side[key]} if key in side else {} for side in (old.seen.terms, here.terms)]
        if edited[0] == edited[1]:
            continue
        terms = {name: term for name, term in state.seen.terms.items() if name != key}
        state = replace(state, seen=replace(state.seen, terms=terms | edited[1]))
        yield "term", key, "", "", state
    if dict(here.tags) != dict(old.seen.tags):
        state = replace(state, seen=replace(state.seen, tags=here.tags))
        yield "tags", "", str(len(old.seen.tags)), str(len(here.tags)), state
    if tables.version != old.tables.version:
        changed = sorted(name for name, sha in tables.sources.items() if old.tables.sources.get(name) != sha)
        state = replace(state, tables=tables)
        yield "tables", "、".join(changed), "", "", state
    if options != old.options:
        state = replace(state, options=options)
        yield "options", "", "", "", state


def _value(term: Term | None) -> str:
    return "" if term is None else str(term.value)


def _totals(audit: Audit) -> tuple[Decimal, Decimal]:
    basis = audit.bases.get(OWED_BASIS)
    return audit.overcharged, basis.settlement if basis else Decimal(0)


def _settlement(result: dict[str, Any], basis: str) -> str | None:
    found = result["bases"].get(basis)
    return None if found is None else found["settlement"]


def _findings(result: dict[str, Any]) -> dict[tuple[object, ...], dict[str, Any]]:
    """Return findings by what makes them the same in two runs: code, place of the first line or day, amount."""
    places = _places(result)
    keyed: dict[tuple[object, ...], dict[str, Any]] = {}
    for one in result["findings"]:
        rows = tuple(places.get(str(row)) for row in one["lines"])
        keyed[one["code"], rows, one["date"], one["delta"]] = one
    return keyed


def _places(result: dict[str, Any]) -> dict[str, tuple[object, ...]]:
    return {line["id"]: (line["file"], line["page"], line["row"]) for line in result["lines"]}


def _lines(before: dict[str, Any], after: dict[str, Any]) -> Iterator[LineChange]:
    """Yield postings that came, went or are expected differently; a posting is known by its place in its file."""
    old = {(line["file"], line["page"], line["row"], line["stated"]): line for line in before["lines"]}
    new = {(line["file"], line["page"], line["row"], line["stated"]): line for line in after["lines"]}
    for key in dict.fromkeys((*old, *new)):
        was, now = old.get(key), new.get(key)
        line = now or was
        if line is None or (was and now and was["expected"] == now["expected"] and was["kind"] == now["kind"]):
            continue
        state = "changed" if was and now else "added" if now else "removed"
        yield LineChange(
            line["file"], line["page"], line["row"], line["date"],
            was["expected"] if was else None, now["expected"] if now else None, state,
        )  # fmt: skip
