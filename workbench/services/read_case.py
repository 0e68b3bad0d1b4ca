"""Read a case's facts, documents and files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.domain.case import Case, Document
from workbench.domain.evidence import CustodyEvent
from workbench.domain.lines import SALES, Line, LineKind, Statement
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


def gather_facts(unit: Unit, case: str) -> CaseFacts:
    """Return the facts of a case as one unit of work sees them."""
    from workbench.engine.facts import CaseFacts  # noqa: PLC0415  start fast
    from workbench.intake.books import with_books  # noqa: PLC0415
    from workbench.intake.overlap import merge_statements  # noqa: PLC0415

    key = unit.cases.key(case)
    contracts = unit.documents.contracts(key)
    tags = unit.decisions.tags(key)
    statements = with_books(tuple(_tagged(statement, tags) for statement in unit.documents.statements(key)))
    return CaseFacts(
        name=case,
        kind=unit.cases.get(case).kind,
        terms=merge_terms(contracts, unit.decisions.terms(key)).terms,
        contracts=tuple(contract for _, contract in contracts),
        statements=statements,
        lines=merge_statements(statements),
        bars=tuple(bar for prices in unit.documents.price_files(key) for bar in prices.bars),
        notice_logs=unit.documents.notice_logs(key),
        inputs=tuple(sorted((document.file, document.sha256) for document in unit.documents.all(key))),
    )


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
