"""What the automatic checks look at, gathered once per case by sums in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from workbench.domain.case import CaseKind, Document
from workbench.domain.deadlines import Deadline
from workbench.domain.findings import Triage
from workbench.domain.terms import Terms
from workbench.services.deadlines import deadlines_many
from workbench.services.merge_terms import merge_terms
from workbench.services.plan_facts import PlanFacts, Tables, gather_plan_facts

if TYPE_CHECKING:
    from workbench.store.repositories.coverage import Coverage
    from workbench.store.repositories.states import RunEntry
    from workbench.store.unit import Unit


_VERIFIED = ("verified", "verification_failed")


@dataclass(frozen=True, slots=True)
class CheckFacts:
    """Facts of one case as the checks need them."""

    kind: CaseKind
    today: date
    documents: tuple[Document, ...]
    coverage: Coverage
    terms: Terms
    triage: Mapping[str, Triage]
    run: RunEntry | None
    """Last saved audit."""
    stale: bool
    """True where facts changed since, or no audit was saved."""
    verified_on: date | None
    """Day of the last verification; None where there was none."""
    verified_ok: bool
    """True where that verification held."""
    rendered: frozenset[str]
    """Ids of the letters that were written."""
    exported: bool
    """True where the ledger was exported."""
    facts: int
    """Number that grows with every change of what the figures rest on."""
    plans: PlanFacts
    deadlines: tuple[Deadline, ...]
    """Everything that runs from the case's dates, by due day."""
    tables: Tables
    """Gives the dated tables; called only by a check that needs them."""


def gather_check_facts(unit: Unit, key: int, now: datetime, tables: Tables) -> CheckFacts:
    """Return the facts of a case as one unit of work sees them; days are counted in the time zone of ``now``."""
    return gather_many(unit, (key,), now, tables)[key]


def gather_many(unit: Unit, keys: Sequence[int], now: datetime, tables: Tables) -> dict[int, CheckFacts]:
    """Return the facts of several cases with one query a table, for a firm has hundreds of them."""
    cases, runs = unit.cases.many(keys), unit.runs.last_many(keys)
    documents, coverage = unit.documents.all_many(keys), unit.coverage.of_many(keys)
    terms, edits, triage = (
        unit.documents.terms_many(keys),
        unit.decisions.terms_many(keys),
        unit.decisions.triage_many(keys),
    )
    log = unit.custody.marks(keys, (*_VERIFIED, "rendered", "exported"))
    plans, deadlines = gather_plan_facts(unit, keys), deadlines_many(unit, keys)
    found: dict[int, CheckFacts] = {}
    for key, (case, facts) in cases.items():
        run = runs.get(key)
        verification = next((entry for entry in reversed(log[key]) if entry.action in _VERIFIED), None)
        found[key] = CheckFacts(
            kind=case.kind,
            today=now.date(),
            documents=documents[key],
            coverage=coverage[key],
            terms=merge_terms(terms[key], edits[key]).terms,
            triage=triage[key],
            run=run,
            stale=run is None or run.facts != facts,
            verified_on=None if verification is None else verification.at.astimezone(now.tzinfo).date(),
            verified_ok=verification is not None and verification.action == "verified",
            rendered=frozenset(entry.detail for entry in log[key] if entry.action == "rendered"),
            exported=any(entry.action == "exported" for entry in log[key]),
            facts=facts,
            plans=plans[key],
            deadlines=deadlines[key],
            tables=tables,
        )
    return found
