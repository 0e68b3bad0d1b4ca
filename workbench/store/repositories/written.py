"""Documents that were written, with the amounts they stated."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col, select

from workbench.store.repositories.base import Repository
from workbench.store.repositories.states import WrittenEntry
from workbench.store.rows import WrittenRow


class WrittenDocuments(Repository):
    """What left the workbench as a document."""

    def add(self, key: int, entry: WrittenEntry) -> None:
        """Note a document; one of the same name and template replaces the earlier note."""
        same = select(WrittenRow).where(
            WrittenRow.case_id == key, WrittenRow.template == entry.template, WrittenRow.file == entry.file
        )
        for row in self.session.exec(same):
            self.session.delete(row)
        self.session.add(
            WrittenRow(
                case_id=key,
                template=entry.template,
                file=entry.file,
                sha256=entry.sha256,
                at=entry.at,
                amounts=[list(pair) for pair in entry.amounts],
            )
        )
        self.session.flush()

    def all(self, key: int) -> tuple[WrittenEntry, ...]:
        """Return the documents, last written first."""
        rows = self.session.exec(
            select(WrittenRow).where(WrittenRow.case_id == key).order_by(col(WrittenRow.at).desc(), col(WrittenRow.id))
        )
        return tuple(WrittenEntry(row.template, row.file, row.sha256, row.at, _pairs(row.amounts)) for row in rows)


def _pairs(amounts: Sequence[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((origin, text) for origin, text in amounts)
