"""What the automatic checks look at, gathered once per case by sums in the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from workbench.domain.case import CaseKind, Document
from workbench.domain.findings import Triage
from workbench.domain.terms import Terms
from workbench.services.merge_terms import merge_terms
from workbench.services.plan_facts import PlanFacts, Tables, gather_plan_facts

if TYPE_CHECKING:
    from workbench.store.repositories.coverage import Coverage
    from workbench.store.repositories.states import RunEntry
    from workbench.store.unit import Unit


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
    tables: Tables
    """Gives the dated tables; called only by a check that needs them."""


def gather_check_facts(unit: Unit, key: int, now: datetime, tables: Tables) -> CheckFacts:
    """Return the facts of a case as one unit of work sees them; days are counted in the time zone of ``now``."""
    run = unit.runs.last(key)
    verification = unit.custody.last(key, ("verified", "verification_failed"))
    return CheckFacts(
        kind=unit.cases.by_key(key).kind,
        today=now.date(),
        documents=unit.documents.all(key),
        coverage=unit.coverage.of(key),
        terms=merge_terms(unit.documents.contracts(key), unit.decisions.terms(key)).terms,
        triage=unit.decisions.triage(key),
        run=run,
        stale=run is None or run.facts != unit.cases.versions(key)[1],
        verified_on=None if verification is None else verification.at.astimezone(now.tzinfo).date(),
        verified_ok=verification is not None and verification.action == "verified",
        rendered=frozenset(unit.custody.details(key, "rendered")),
        exported=bool(unit.custody.details(key, "exported")),
        facts=unit.cases.versions(key)[1],
        plans=gather_plan_facts(unit, (key,))[key],
        tables=tables,
    )
