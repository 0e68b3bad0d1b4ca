"""Run everything once: facts, tables and options in, one Audit value out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from workbench.domain.audit import Audit, AuditedLine, AuditOptions, Fingerprint
from workbench.domain.findings import Finding, Verdict
from workbench.domain.lines import CHARGES, SALES, TRADES, Line, LineKind
from workbench.domain.money import ZERO
from workbench.domain.reference import ReferenceTables
from workbench.engine.account import Account, Expectation
from workbench.engine.allocation import allocate_payments
from workbench.engine.bases import bridges, build_bases, cost_of_money, totals
from workbench.engine.books import Books, build_books
from workbench.engine.checks import Evidence, run_checks
from workbench.engine.court_fees import court_fees
from workbench.engine.facts import CaseFacts
from workbench.engine.gaps import find_gaps
from workbench.engine.integrity import doubled_rows
from workbench.engine.liquidation import build_liquidation
from workbench.engine.lump_fees import split_lumps
from workbench.engine.margin_events import with_events
from workbench.engine.matching import match_books
from workbench.engine.prices import build_prices
from workbench.engine.replay import replay
from workbench.engine.timeline import build_margin
from workbench.engine.withholding import withheld_lines


def open_account(facts: CaseFacts, tables: ReferenceTables, options: AuditOptions) -> Account:
    """Replay the ledger and find what every check needs to know first: doubled rows and withheld interest."""
    facts = split_lumps(withheld_lines(facts, tables), tables)
    doubled = frozenset(doubled_rows(facts))
    running = replay(facts.lines, accrue_last_day=facts.terms.text("count_rule") == "both", ignored=doubled)
    withheld = sum((line.withheld for line in facts.lines if line.withheld), ZERO)
    kinds: dict[LineKind, list[Line]] = defaultdict(list)
    for line in facts.lines:
        kinds[line.kind].append(line)
    return Account(
        facts,
        tables,
        options,
        running,
        doubled,
        withheld,
        by_id={line.id: line for line in facts.lines},
        by_kind={kind: tuple(found) for kind, found in kinds.items()},
    )


def run_audit(facts: CaseFacts, tables: ReferenceTables, options: AuditOptions, engine_version: str) -> Audit:
    """Recompute a case.

    Args:
        facts: the case's documents as typed facts.
        tables: the dated reference tables.
        options: as-of date and the choices on the void basis.
        engine_version: version of this program, kept in the fingerprint.

    Raises:
        ReferenceGapError: where a chosen option needs a rate beyond a table.
    """
    account = open_account(facts, tables, options)
    books = build_books(account)
    prices = build_prices(account)
    margin = build_margin(account, books.interest, prices)
    liquidation = build_liquidation(account, prices, margin, books.interest)
    matching = match_books(facts)
    findings = run_checks(account, Evidence(books, prices, liquidation, matching))
    bases = build_bases(account, books, prices, _unbooked(findings))
    stated, expected = totals(account, books)
    overcharged = bases["as_stated"].allowed - bases["as_contracted"].allowed
    return Audit(
        case_name=facts.name,
        kind=facts.kind,
        as_of=account.as_of,
        options=options,
        terms=account.terms,
        contracts=facts.contracts,
        lines=tuple(audited_lines(account, books, findings)),
        findings=findings,
        stated=stated,
        expected=expected,
        overcharged=overcharged,
        bases=bases,
        bridges=bridges(bases, findings),
        margin=with_events(margin, account, liquidation.fills),
        liquidation=liquidation,
        gaps=tuple(find_gaps(account, books, prices, liquidation.proposals)),
        fingerprint=Fingerprint(engine_version, tables.version, tuple(sorted(facts.inputs))),
        yearly_cost=cost_of_money(account),
        allocation=allocate_payments(account, books.expected),
        claim_fees={name: court_fees(one.settlement, tables) for name, one in bases.items() if one.settlement > ZERO},
        matching=matching,
    )


def _unbooked(findings: tuple[Finding, ...]) -> Decimal:
    """Return deposits confirmed by the other side and absent from the statement, in yuan."""
    proven = (one for one in findings if one.code == "CASH-MISSING" and one.verdict is Verdict.PROVEN)
    missing = (one.expected for one in proven if not one.lines)
    return sum((amount for amount in missing if amount is not None), ZERO)


def audited_lines(account: Account, books: Books, findings: tuple[Finding, ...]) -> Iterator[AuditedLine]:
    """Yield every line beside what it should have been."""
    expected = books.expected
    concerned: dict[str, list[str]] = defaultdict(list)
    for finding in findings:
        for row in finding.lines:
            concerned[row].append(finding.key)
    zeros: dict[str, Decimal] = {}
    for stand in account.replay.stands:
        line = stand.line
        found = expected.get(line.id)
        effect = _effect(line, found)
        delta = None if effect is None else effect - line.stated
        if delta is not None and not delta:
            delta = zeros.setdefault(str(delta), delta)  # nearly all are zero: one object for all of them
        yield AuditedLine(
            line=line,
            expected=effect,
            delta=delta,
            cash=stand.cash,
            principal=stand.principal,
            working=found.working if found else "",
            segments=found.segments if found else (),
            findings=tuple(concerned.get(line.id, ())),
        )


def _effect(line: Line, found: Expectation | None) -> Decimal | None:
    """Return an expectation as an effect on cash, signed like the line."""
    if found is None:
        return None
    if line.kind in CHARGES or line.kind is LineKind.BUY:
        return -found.amount
    return found.amount if line.kind in SALES or line.kind in TRADES else None
