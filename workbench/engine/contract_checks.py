"""Findings on the contract itself: void, above the cap, one-sided, contradicting itself.

Source: domain specification, sections 8 and 9; what each rests on is in ../shared/facts/legal.md 3 and 4.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from workbench.domain.findings import Finding, Severity
from workbench.domain.lines import LineKind
from workbench.domain.money import ZERO, grouped
from workbench.domain.source import Source
from workbench.engine.account import Account
from workbench.engine.books import Books
from workbench.engine.build import charge_finding, plain_finding
from workbench.engine.caps import cap_steps, charges_paid, run_cap, yearly_contract_rate
from workbench.engine.lawful_checks import check_excessive, check_stacked
from workbench.errors import ReferenceGapError

MARK = 6
"""Characters of a file's hash that tell the contracts of a case apart."""


def check_contract(account: Account, books: Books) -> Iterator[Finding]:
    """``CON-*``, ``INT-CAP``, ``LATE-STACK`` and a ``PEN-EXCESS`` above the loss."""
    if account.off_exchange:
        yield plain_finding("CON-VOID", Severity.UNLAWFUL, terms=("financier",) if "financier" in account.terms else ())
        yield from _capped(account, books)
        yield from _deducted(account, books)
    told: set[tuple[str, str]] = set()
    keys: Counter[str] = Counter()
    for found in _read_in_contracts(account):
        if (found.code, found.text_zh) in told:  # the same contract may be there as PDF and as DOCX
            continue
        told.add((found.code, found.text_zh))
        keys[found.key] += 1  # one row may hold several clauses
        yield found if keys[found.key] == 1 else replace(found, about=f"{found.about}.{keys[found.key]}")


def _read_in_contracts(account: Account) -> Iterator[Finding]:
    for contract in account.facts.contracts:
        for contradiction in contract.contradictions:
            found = plain_finding("CON-MATH", Severity.ERROR, terms=contradiction.keys, detail=contradiction.detail)
            yield replace(found, about="+".join((*contradiction.keys, *map(_place, contradiction.sources[:1]))))
        for clause in contract.clauses:
            found = plain_finding("CON-CLAUSE", Severity.QUESTION, detail=f"«{clause.source.text}»")
            yield replace(found, about=_place(clause.source))


def _place(source: Source) -> str:
    """Return a short name of a place in a contract, the same while the file is read the same way: ``3f9a1c-p2.14``."""
    return f"{source.sha256[:MARK]}-p{source.page or 1}.{source.row or 0}"


def _capped(account: Account, books: Books) -> Iterator[Finding]:
    signed, as_of = account.signed_on, account.as_of
    if signed is None or as_of is None:
        return
    try:
        steps = cap_steps(signed, account.tables, account.options.filed_on)
    except ReferenceGapError:
        return
    yield from check_stacked(account, steps)
    yield from check_excessive(
        account, frozenset(due.line.id for due in books.dues if due.agrees and due.expectation.amount)
    )
    cap = steps[0].rate
    if books.interest is not None:
        rate = yearly_contract_rate(books.interest.product, account.tables, signed)
        if rate > cap:
            yield plain_finding("CON-USURY", Severity.UNLAWFUL, terms=("rate",), rate=_percent(rate), cap=_percent(cap))
    run = run_cap(account, steps, as_of)
    paid = sum((amount for _, amount in charges_paid(account)), ZERO) + account.withheld
    charged = [line for line in account.lines if line.kind in (LineKind.INTEREST, LineKind.MANAGEMENT_FEE)]
    weight = sum((principal * span.days for span, principal, _, _ in run.rows), ZERO)
    if paid <= run.accrued or not charged or not weight:
        return
    yearly = paid * 365 / weight
    found = charge_finding(
        "INT-CAP",
        charged[-1],
        paid,
        run.accrued,
        severity=Severity.UNLAWFUL,
        working=f"Σ P × {_percent(cap)} × d ÷ 365 = {grouped(run.accrued)}",
        rate=_percent(yearly),
        cap=_percent(cap),
    )
    yield replace(found, lines=tuple(line.id for line in charged), date=None)


def _percent(rate: Decimal) -> str:
    return f"{rate * 100:.2f}%"


def _deducted(account: Account, books: Books) -> Iterator[Finding]:
    """Interest prepaid by contract on the day of the loan: lawful principal is what was left (unlawful, not wrong)."""
    if account.terms.text("settlement") != "prepaid_monthly" or books.interest is None:
        return
    drawn = {line.date for line in account.of_kind(LineKind.DRAWDOWN)}
    for posting in books.interest.postings[:1]:
        line = posting.covered.line
        if line.date in drawn:
            yield charge_finding(
                "INT-PREDEDUCT", line, posting.stated, ZERO, severity=Severity.UNLAWFUL, working="0.00"
            )
