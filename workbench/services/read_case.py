"""Read a case's facts, documents and files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench.domain.case import Case, Document
from workbench.domain.evidence import CustodyEvent
from workbench.domain.lines import SALES, Line, LineKind, Statement
from workbench.domain.terms import Term
from workbench.services.desk import Desk
from workbench.services.merge_terms import merge_terms

if TYPE_CHECKING:
    from workbench.engine.facts import CaseFacts
    from workbench.store.unit import Unit


def get_case(desk: Desk, case: str) -> Case:
    """Return the case.

    Raises:
        NotFoundError: no such case.
    """
    with desk.store.read() as unit:
        return unit.cases.get(case)


def read_facts(desk: Desk, case: str) -> CaseFacts:
    """Return everything the engine works on: merged terms, statements, one ledger, bars, notices.

    Raises:
        NotFoundError: no such case.
    """
    with desk.store.read() as unit:
        return gather_facts(unit, case)


def gather_facts(unit: Unit, case: str, seen: Seen | None = None) -> CaseFacts:
    """Return the facts of a case as one unit of work sees them.

    Args:
        unit: the unit of work.
        case: the case's name.
        seen: files and decisions to use instead of all of the present ones.
    """
    from workbench.engine.facts import CaseFacts  # noqa: PLC0415  start fast
    from workbench.intake.books import with_books  # noqa: PLC0415
    from workbench.intake.overlap import merge_statements  # noqa: PLC0415

    key = unit.cases.key(case)
    seen = seen or present(unit, key)
    contracts = [found for found in unit.documents.contracts(key) if found[1].sha256 in seen.files]
    whole = [statement for statement in unit.documents.statements(key) if statement.sha256 in seen.files]
    statements = with_books(tuple(_tagged(statement, seen.tags) for statement in whole))
    prices = [found for found in unit.documents.price_files(key) if found.sha256 in seen.files]
    documents = [document for document in unit.documents.all(key) if document.sha256 in seen.files]
    return CaseFacts(
        name=case,
        kind=unit.cases.get(case).kind,
        terms=merge_terms(contracts, seen.terms).terms,
        contracts=tuple(contract for _, contract in contracts),
        statements=statements,
        lines=merge_statements(statements),
        bars=tuple(bar for file in prices for bar in file.bars),
        notice_logs=tuple(log for log in unit.documents.notice_logs(key) if log.sha256 in seen.files),
        inputs=tuple(sorted((document.file, document.sha256) for document in documents)),
        own_sales=frozenset(line for line, forced in seen.tags.items() if not forced),
    )


@dataclass(frozen=True, slots=True)
class Seen:
    """What facts are made of: imported files, edited terms, forced-sale tags."""

    files: frozenset[str]
    """SHA-256 of the files."""
    terms: Mapping[str, Term | None]
    tags: Mapping[str, bool]


def present(unit: Unit, key: int) -> Seen:
    """Return what the case holds now."""
    files = frozenset(document.sha256 for document in unit.documents.all(key))
    return Seen(files, unit.decisions.terms(key), unit.decisions.tags(key))


def list_documents(desk: Desk, case: str) -> tuple[Document, ...]:
    """Return the imported files in order of import.

    Raises:
        NotFoundError: no such case.
    """
    with desk.store.read() as unit:
        return unit.documents.all(unit.cases.key(case))


def document_bytes(desk: Desk, sha256: str) -> bytes:
    """Return a file from the vault, verified against its hash.

    Raises:
        NotFoundError: the vault has no such file.
        StoreError: the file's bytes no longer give its hash.
    """
    return desk.vault.read(sha256)


def case_version(desk: Desk, case: str) -> int:
    """Return a number that grows with every change of the case, to notice changes made elsewhere.

    Raises:
        NotFoundError: no such case.
    """
    with desk.store.read() as unit:
        return unit.cases.versions(unit.cases.key(case))[0]


def first_lines(desk: Desk, case: str, limit: int) -> tuple[tuple[Line, ...], int]:
    """Return the first postings of the account as imported, and how many there are in all.

    A long ledger takes a while to recompute; this is what can be shown at once.

    Raises:
        NotFoundError: no such case.
    """
    with desk.store.read() as unit:
        key = unit.cases.key(case)
        return unit.documents.first_lines(key, limit), unit.coverage.of(key).lines


def list_custody(desk: Desk, case: str) -> tuple[CustodyEvent, ...]:
    """Return the case's custody log, oldest first.

    Raises:
        NotFoundError: no such case.
    """
    with desk.store.read() as unit:
        return unit.custody.all(unit.cases.key(case))


def _tagged(statement: Statement, tags: Mapping[str, bool]) -> Statement:
    """Let a person's word about forced sales stand over the statement's."""
    if not any(line.id in tags for line in statement.lines):
        return statement
    return replace(statement, lines=tuple(_retagged(line, tags.get(line.id)) for line in statement.lines))


def _retagged(line: Line, forced: bool | None) -> Line:
    if forced is None or line.kind not in SALES:
        return line
    return replace(line, kind=LineKind.FORCED_SELL if forced else LineKind.SELL)
