"""Saved audit runs."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Row, func
from sqlalchemy import select as select_columns
from sqlalchemy.orm import defer
from sqlmodel import col, select

from workbench.domain.reference import ReferenceTables
from workbench.domain.terms import Term, TermStatus
from workbench.errors import NotFoundError
from workbench.store.converters import term_value
from workbench.store.repositories.base import Repository, table
from workbench.store.repositories.states import RunDecisions, RunEntry
from workbench.store.rows import ReferenceRow, RunRow
from workbench.store.snapshots import packed, unpacked

_WITHOUT_RESULT = defer(RunRow.result)  # type: ignore[arg-type]  # SQLModel shows columns as plain values

PIECES = 100
"""Lines of a result that are compressed at a time."""


class Runs(Repository):
    """The runs of a case."""

    def add(self, key: int, entry: RunEntry, result: bytes) -> int:
        """Save a run with its packed result under the next number of the case; ``entry.number`` is ignored.

        Returns:
            The number.
        """
        highest = self.session.exec(select(func.max(RunRow.number)).where(RunRow.case_id == key)).one()
        number = (highest or 0) + 1
        self.session.add(
            RunRow(
                case_id=key,
                number=number,
                at=entry.at,
                facts=entry.facts,
                engine=entry.engine,
                tables=entry.tables,
                inputs=[list(pair) for pair in entry.inputs],
                options=dict(entry.options),
                overcharged=entry.overcharged,
                basis=entry.basis,
                settlement=entry.settlement,
                findings=entry.findings,
                open_keys=list(entry.keys),
                result=result,
                decisions=None if entry.decisions is None else _kept(entry.decisions),
            )
        )
        self.session.flush()
        return number

    def all(self, key: int) -> tuple[RunEntry, ...]:
        """Return the runs, newest first, without results."""
        rows = self.session.exec(
            select(RunRow).where(RunRow.case_id == key).order_by(col(RunRow.number).desc()).options(_WITHOUT_RESULT)
        )
        return tuple(_entry(row) for row in rows)

    def last(self, key: int) -> RunEntry | None:
        """Return the last run, None before the first."""
        return self.last_many((key,)).get(key)

    def last_many(self, keys: Sequence[int]) -> dict[int, RunEntry]:
        """Return the last run of each of several cases that has one."""
        run = table(RunRow)
        columns = [column for column in run.columns if column.name != "result"]
        newest = (
            select_columns(run.c.case_id, func.max(run.c.number).label("number"))
            .where(run.c.case_id.in_(keys))
            .group_by(run.c.case_id)
            .subquery()
        )
        both = (run.c.case_id == newest.c.case_id) & (run.c.number == newest.c.number)
        found = self.session.connection().execute(select_columns(*columns).join_from(run, newest, both))
        return {row.case_id: _entry(row) for row in found}

    def get(self, key: int, number: int) -> RunEntry:
        """Return a run without its result.

        Raises:
            NotFoundError: no such run.
        """
        chosen = select(RunRow).where(RunRow.case_id == key, RunRow.number == number).options(_WITHOUT_RESULT)
        row = self.session.exec(chosen).first()
        if row is None:
            raise _no_run(number)
        return _entry(row)

    def keep_tables(self, tables: ReferenceTables) -> None:
        """Keep reference tables under their version, once."""
        if self.session.get(ReferenceRow, tables.version) is None:
            self.session.add(ReferenceRow(version=tables.version, data=packed(tables)))
            self.session.flush()

    def tables(self, version: str) -> ReferenceTables | None:
        """Return the reference tables of a version, None where no run kept them."""
        row = self.session.get(ReferenceRow, version)
        return None if row is None else unpacked(row.data)

    def result(self, key: int, number: int) -> dict[str, object]:
        """Return a run's result.

        Raises:
            NotFoundError: no such run.
        """
        stored = self.session.exec(select(RunRow.result).where(RunRow.case_id == key, RunRow.number == number)).first()
        if stored is None:
            raise _no_run(number)
        value = json.loads(zlib.decompress(stored))
        if not isinstance(value, dict):
            raise TypeError("a saved result is one JSON object")
        return value


def packed_result(result: Mapping[str, object]) -> bytes:
    """Return a result as compressed JSON; what it holds as iterators is gone through once.

    Written piece by piece: one call over a hundred thousand lines would hold up all other threads, and the whole text
    would take more memory than the audit it tells of.
    """
    compressor = zlib.compressobj()
    packed = bytearray()
    pieces = _pieces(result)
    while batch := "".join(islice(pieces, PIECES)):
        packed += compressor.compress(batch.encode())
    return bytes(packed + compressor.flush())


def _pieces(result: Mapping[str, object]) -> Iterator[str]:
    write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    yield "{"
    for at, (key, value) in enumerate(result.items()):
        yield f"{',' if at else ''}{write(key)}:"
        if isinstance(value, Iterable) and not isinstance(value, str | Mapping):
            yield "["
            for place, item in enumerate(value):
                yield f",{write(item)}" if place else write(item)
            yield "]"
        else:
            yield write(value)
    yield "}"


def _no_run(number: int) -> NotFoundError:
    return NotFoundError(
        f"there is no run {number}",
        next_step="See the runs with `workbench audit CASE --runs`.",
        what_zh=f"没有第 {number} 次核算",
        next_step_zh="用 workbench audit 案件 --runs 查看历次核算。",
    )


def _kept(decisions: RunDecisions) -> dict[str, object]:
    terms = {
        key: None
        if term is None
        else {
            "value": list(term.value) if isinstance(term.value, tuple) else term.value,
            "unit": term.unit,
            "status": term.status.value,
        }
        for key, term in decisions.terms.items()
    }
    return {"terms": terms, "tags": dict(decisions.tags)}


def _decisions(kept: Mapping[str, Any] | None) -> RunDecisions | None:
    if kept is None:
        return None
    terms = {
        key: None if one is None else Term(key, term_value(one["value"]), one["unit"], TermStatus(one["status"]))
        for key, one in kept["terms"].items()
    }
    return RunDecisions(terms, dict(kept["tags"]))


def _entry(row: RunRow | Row[Any]) -> RunEntry:
    return RunEntry(
        number=row.number,
        at=row.at,
        facts=row.facts,
        engine=row.engine,
        tables=row.tables,
        inputs=tuple((file, sha256) for file, sha256 in row.inputs),
        options=row.options,
        overcharged=row.overcharged,
        basis=row.basis,
        settlement=row.settlement,
        findings=row.findings,
        keys=tuple(row.open_keys),
        decisions=_decisions(row.decisions),
    )
