"""Imported files and what they say; adding one also writes the custody log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Row
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from workbench.domain.case import Document, DocumentKind
from workbench.domain.lines import Line, LineKind, RowIssue, Statement
from workbench.domain.market import NoticeLog, PriceFile
from workbench.domain.source import Source
from workbench.domain.terms import Contract, Term, Terms
from workbench.errors import NotFoundError
from workbench.store import converters
from workbench.store.arrival import Arrival, Content
from workbench.store.repositories.base import Image, Repository, table
from workbench.store.repositories.cases import Cases
from workbench.store.repositories.coverage import CoverageFacts, by_case
from workbench.store.repositories.custody import Custody
from workbench.store.rows import (
    BarRow,
    ClauseRow,
    ContradictionRow,
    DocumentRow,
    IssueRow,
    LineRow,
    NoticeRow,
    TermRow,
)


def to_document(row: DocumentRow | Row[Any]) -> Document:
    """Return the document of a row."""
    return Document(
        number=row.number,
        kind=DocumentKind(row.kind),
        file=row.file,
        sha256=row.sha256,
        size=row.size,
        imported=row.imported,
        summary=row.summary,
        summary_en=row.summary_en,
        layout=row.layout,
        start=row.start,
        end=row.end,
        rows=row.rows,
        book=row.book,
    )


class Documents(Repository):
    """The files of a case."""

    def __init__(self, session: Session, cases: Cases, custody: Custody, coverage: CoverageFacts) -> None:
        super().__init__(session)
        self._cases = cases
        self._custody = custody
        self._coverage = coverage

    def add(self, key: int, arrival: Arrival, now: datetime) -> tuple[Document, Image]:
        """Store a file with everything it says; return it and the image for undo."""
        row = DocumentRow(
            case_id=key,
            number=self._cases.take_document_number(key),
            kind=arrival.kind.value,
            file=arrival.file,
            sha256=arrival.sha256,
            size=arrival.size,
            imported=now,
            layout=arrival.layout,
            book=arrival.content.book if isinstance(arrival.content, Statement) else "account",
            start=arrival.start,
            end=arrival.end,
            rows=arrival.rows,
            summary=arrival.summary_zh,
            summary_en=arrival.summary_en,
            header=_header(arrival.content),
        )
        self.session.add(row)
        self.session.flush()
        self.session.refresh(row)
        document_id = _id(row)
        self._add_content(document_id, arrival.content)
        self._coverage.count(document_id)
        self._custody.record(key, now, "imported", arrival.file, arrival.sha256, arrival.kind.value)
        return to_document(row), {"table": "documents", "key": [document_id], "row": None}

    def all(self, key: int) -> tuple[Document, ...]:
        """Return the case's files in order of import."""
        return self.all_many((key,))[key]

    def all_many(self, keys: Sequence[int]) -> dict[int, tuple[Document, ...]]:
        """Return the files of several cases in order of import."""
        chosen = table(DocumentRow)
        columns = [column for column in chosen.columns if column.name != "header"]
        statement = select_columns(*columns).where(chosen.c.case_id.in_(keys)).order_by(chosen.c.number)
        found = by_case(keys, self.session.connection().execute(statement))
        return {key: tuple(map(to_document, rows)) for key, rows in found.items()}

    def terms_many(self, keys: Sequence[int]) -> dict[int, list[tuple[int, Contract]]]:
        """Return (document number, contract) of several cases; of the contracts nothing but the terms is read."""
        document, term = table(DocumentRow), table(TermRow)
        chosen = (
            select_columns(document.c.case_id, document.c.id, document.c.number, document.c.sha256, document.c.file)
            .where(document.c.case_id.in_(keys), document.c.kind == DocumentKind.CONTRACT.value)
            .order_by(document.c.number)
        )
        found = list(self.session.connection().execute(chosen))
        rows: dict[int, list[Term]] = {contract.id: [] for contract in found}
        places = {contract.id: contract for contract in found}
        said = select_columns(term).where(term.c.document_id.in_(rows)).order_by(term.c.document_id, term.c.position)
        for row in self.session.connection().execute(said).mappings():
            place = places[row["document_id"]]
            rows[place.id].append(converters.term(dict(row), place.sha256, place.file))
        return {
            key: [(one.number, Contract(one.sha256, one.file, Terms(tuple(rows[one.id])))) for one in contracts]
            for key, contracts in by_case(keys, found).items()
        }

    def hashes(self, key: int) -> dict[str, int]:
        """Return the SHA-256 of the case's files with their numbers."""
        return {row.sha256: row.number for row in self._rows(key)}

    def get(self, key: int, number: int) -> Document:
        """Return a file by its number.

        Raises:
            NotFoundError: the case has no such file.
        """
        return to_document(self.row_of(key, number))

    def row_of(self, key: int, number: int) -> DocumentRow:
        """Return the row of a file by its number.

        Raises:
            NotFoundError: the case has no such file.
        """
        chosen = select(DocumentRow).where(DocumentRow.case_id == key, DocumentRow.number == number)
        found = self.session.exec(chosen).first()
        if found is None:
            raise NotFoundError(
                f"there is no document {number}",
                next_step="`workbench evidence CASE` lists the files with their numbers.",
                what_zh=f"没有第 {number} 号文件",
                next_step_zh="用 workbench evidence 案件 查看文件编号。",
            )
        return found

    def every_hash(self) -> set[str]:
        """Return the SHA-256 of the files of all cases, deleted ones included."""
        return set(self.session.exec(select(DocumentRow.sha256)))

    def statements(self, key: int) -> tuple[Statement, ...]:
        """Return the statements in order of import."""
        return tuple(self._statement(row) for row in self._rows(key, DocumentKind.STATEMENT))

    def first_lines(self, key: int, limit: int) -> tuple[Line, ...]:
        """Return at most so many postings of the account's statements, in order of import."""
        chosen = table(LineRow)
        lines: list[Line] = []
        for row in self._rows(key, DocumentKind.STATEMENT):
            if row.book != "account" or len(lines) >= limit:
                continue
            statement = select_columns(chosen).where(chosen.c.document_id == _id(row)).order_by(chosen.c.position)
            found = self.session.connection().execute(statement.limit(limit - len(lines))).mappings()
            lines += [converters.line(dict(item), row.number, row.sha256, row.file) for item in found]
        return tuple(lines)

    def contracts(self, key: int) -> tuple[tuple[int, Contract], ...]:
        """Return (document number, contract) in order of import."""
        return tuple((row.number, self._contract(row)) for row in self._rows(key, DocumentKind.CONTRACT))

    def price_files(self, key: int) -> tuple[PriceFile, ...]:
        """Return the files of bars in order of import."""
        return tuple(self._prices(row) for row in self._rows(key, DocumentKind.PRICES))

    def notice_logs(self, key: int) -> tuple[NoticeLog, ...]:
        """Return the logs of messages in order of import."""
        return tuple(self._notices(row) for row in self._rows(key, DocumentKind.NOTICE))

    def line_kind(self, key: int, line_id: str) -> LineKind | None:
        """Return the kind of a line as imported, None where the case has no such line."""
        number, _, label = line_id.removeprefix("S").partition(".")
        if not number.isdecimal():
            return None
        kind = self.session.exec(
            select(LineRow.kind)
            .join(DocumentRow, col(LineRow.document_id) == col(DocumentRow.id))
            .where(DocumentRow.case_id == key, DocumentRow.number == int(number), LineRow.label == label)
        ).first()
        return None if kind is None else LineKind(kind)

    def line_source(self, key: int, line_id: str) -> Source | None:
        """Return where a line stands, None where the case has no such line."""
        number, _, label = line_id.removeprefix("S").partition(".")
        if not number.isdecimal():
            return None
        found = self.session.exec(
            select(LineRow, DocumentRow)
            .join(DocumentRow, col(LineRow.document_id) == col(DocumentRow.id))
            .where(DocumentRow.case_id == key, DocumentRow.number == int(number), LineRow.label == label)
        ).first()
        if found is None:
            return None
        line, document = found
        return converters.source(line.model_dump(), document.sha256, document.file)

    def _rows(self, key: int, kind: DocumentKind | None = None) -> list[DocumentRow]:
        statement = select(DocumentRow).where(DocumentRow.case_id == key).order_by(col(DocumentRow.number))
        if kind is not None:
            statement = statement.where(DocumentRow.kind == kind.value)
        return list(self.session.exec(statement))

    def _add_content(self, document_id: int, content: Content) -> None:
        if isinstance(content, Statement):
            values = (converters.line_values(document_id, at, line) for at, line in enumerate(content.lines))
            self.insert_many(LineRow, values)
            self._add_issues(document_id, content.issues)
        elif isinstance(content, Contract):
            terms = (converters.term_values(document_id, at, term) for at, term in enumerate(content.terms))
            self.insert_many(TermRow, terms)
            found = enumerate(content.contradictions)
            self.insert_many(
                ContradictionRow, (converters.contradiction_values(document_id, at, item) for at, item in found)
            )
            clauses = (converters.clause_values(document_id, at, clause) for at, clause in enumerate(content.clauses))
            self.insert_many(ClauseRow, clauses)
        elif isinstance(content, PriceFile):
            self.insert_many(
                BarRow, (converters.bar_values(document_id, at, bar) for at, bar in enumerate(content.bars))
            )
            self._add_issues(document_id, content.issues)
        elif isinstance(content, NoticeLog):
            notices = (converters.notice_values(document_id, at, item) for at, item in enumerate(content.notices))
            self.insert_many(NoticeRow, notices)

    def _add_issues(self, document_id: int, issues: Sequence[RowIssue]) -> None:
        values = (converters.issue_values(document_id, at, issue) for at, issue in enumerate(issues))
        self.insert_many(IssueRow, values)

    def _statement(self, row: DocumentRow) -> Statement:
        ident, file, sha256 = _id(row), row.file, row.sha256
        header = row.header
        return Statement(
            sha256=sha256,
            file=file,
            layout=row.layout,
            lines=tuple(converters.line(item, row.number, sha256, file) for item in self.rows_of(LineRow, ident)),
            issues=tuple(converters.issue(item, sha256, file) for item in self.rows_of(IssueRow, ident)),
            title=str(header.get("title", "")),
            holder=_text(header.get("holder")),
            account=_text(header.get("account")),
            start=row.start,
            end=row.end,
            opening=_figure(header.get("opening")),
            closing=_figure(header.get("closing")),
            printed_count=_whole(header.get("printed_count")),
            has_balance=bool(header.get("has_balance", True)),
            book=row.book,
        )

    def _contract(self, row: DocumentRow) -> Contract:
        ident, file, sha256 = _id(row), row.file, row.sha256
        return Contract(
            sha256=sha256,
            file=file,
            terms=Terms(tuple(converters.term(item, sha256, file) for item in self.rows_of(TermRow, ident))),
            contradictions=tuple(
                converters.contradiction(item, sha256, file) for item in self.rows_of(ContradictionRow, ident)
            ),
            clauses=tuple(converters.clause(item, sha256, file) for item in self.rows_of(ClauseRow, ident)),
        )

    def _prices(self, row: DocumentRow) -> PriceFile:
        ident, file, sha256 = _id(row), row.file, row.sha256
        bars = tuple(converters.bar(item, sha256, file) for item in self.rows_of(BarRow, ident))
        issues = tuple(converters.issue(item, sha256, file) for item in self.rows_of(IssueRow, ident))
        return PriceFile(sha256, file, bars, issues)

    def _notices(self, row: DocumentRow) -> NoticeLog:
        notices = tuple(converters.notice(item, row.sha256, row.file) for item in self.rows_of(NoticeRow, _id(row)))
        header = row.header
        return NoticeLog(
            sha256=row.sha256,
            file=row.file,
            notices=notices,
            complete=bool(header.get("complete", False)),
            start=_moment(header.get("start")),
            end=_moment(header.get("end")),
            counterparty=str(header.get("counterparty", "")),
        )


def _header(content: Content) -> dict[str, Any]:
    if isinstance(content, Statement):
        return {
            "title": content.title,
            "holder": content.holder,
            "account": content.account,
            "opening": None if content.opening is None else str(content.opening),
            "closing": None if content.closing is None else str(content.closing),
            "printed_count": content.printed_count,
            "has_balance": content.has_balance,
        }
    if isinstance(content, NoticeLog):
        return {
            "complete": content.complete,
            "start": None if content.start is None else content.start.isoformat(),
            "end": None if content.end is None else content.end.isoformat(),
            "counterparty": content.counterparty,
        }
    return {}


def numbered(statement: Statement, number: int) -> Statement:
    """Return a statement whose lines carry the number of its document: ``S0.4`` becomes ``S2.4``."""
    lines = tuple(replace(line, id=f"S{number}.{line.id.partition('.')[2]}") for line in statement.lines)
    return replace(statement, lines=lines)


def _id(row: DocumentRow) -> int:
    if row.id is None:
        raise ValueError("a document that was not stored has no key")
    return row.id


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _figure(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _whole(value: object) -> int | None:
    return None if value is None else int(str(value))


def _moment(value: object) -> datetime | None:
    return None if value is None else datetime.fromisoformat(str(value))
