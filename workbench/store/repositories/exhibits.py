"""What a person says about the files, and the text of their pages for the search."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from workbench.domain.evidence import EvidenceForm, EvidenceGroup, ExhibitNote
from workbench.store.repositories.base import Image, Repository
from workbench.store.repositories.documents import Documents
from workbench.store.rows import DocumentRow, ExhibitRow, PageTextRow


class Exhibits(Repository):
    """Notes and page texts of a case's files, by document number."""

    def __init__(self, session: Session, documents: Documents) -> None:
        super().__init__(session)
        self._documents = documents

    def notes(self, key: int) -> dict[int, ExhibitNote]:
        """Return what was said, by document number."""
        found = self.session.exec(
            select(DocumentRow.number, ExhibitRow)
            .where(DocumentRow.case_id == key)
            .join(ExhibitRow, col(ExhibitRow.document_id) == col(DocumentRow.id))
        )
        return {number: _note(row) for number, row in found}

    def set_note(self, key: int, number: int, note: ExhibitNote, now: datetime) -> Image:
        """Say something about a file.

        Raises:
            NotFoundError: the case has no such file.
        """
        ident = self._documents.row_of(key, number).id or 0
        row = ExhibitRow(
            document_id=ident,
            title=note.title,
            group=None if note.group is None else int(note.group),
            purpose=note.purpose,
            source=note.source,
            form="" if note.form is None else note.form.value,
            acquired_by=note.acquired_by,
            acquired_on=note.acquired_on,
            acquired_how=note.acquired_how,
            carrier=note.carrier,
            copies=note.copies,
            at=now,
        )
        return self.change(row, (ident,))

    def texts_missing(self, key: int) -> set[int]:
        """Return the numbers of the files whose text is not kept yet."""
        kept = select(PageTextRow.document_id)
        chosen = select(DocumentRow.number).where(DocumentRow.case_id == key, col(DocumentRow.id).not_in(kept))
        return set(self.session.exec(chosen))

    def keep_texts(self, key: int, number: int, pages: Iterable[tuple[int, str, str, str]]) -> None:
        """Keep the pages of a file as (page, text, folded, origin); a file without text keeps one empty page."""
        ident = self._documents.row_of(key, number).id
        if self.session.exec(select(PageTextRow.page).where(PageTextRow.document_id == ident)).first() is not None:
            return
        rows = [
            {"document_id": ident, "page": page, "text": text, "folded": folded, "origin": origin}
            for page, text, folded, origin in pages
        ]
        self.insert_many(
            PageTextRow, rows or [{"document_id": ident, "page": 0, "text": "", "folded": "", "origin": ""}]
        )

    def unread(self, key: int) -> set[int]:
        """Return the numbers of the files that hold no text that can be read."""
        chosen = (
            select(DocumentRow.number)
            .where(DocumentRow.case_id == key, PageTextRow.page == 0)
            .join(PageTextRow, col(PageTextRow.document_id) == col(DocumentRow.id))
        )
        return set(self.session.exec(chosen))

    def page_text(self, key: int, number: int, page: int) -> str:
        """Return the kept text of one page; empty where none is kept."""
        chosen = select(PageTextRow.text).where(
            PageTextRow.document_id == self._documents.row_of(key, number).id, PageTextRow.page == page
        )
        return self.session.exec(chosen).first() or ""

    def forget_unread(self, key: int) -> None:
        """Let files without text be tried again, for recognition may have been installed since."""
        idents = select(DocumentRow.id).where(DocumentRow.case_id == key)
        for row in self.session.exec(
            select(PageTextRow).where(PageTextRow.page == 0, col(PageTextRow.document_id).in_(idents))
        ):
            self.session.delete(row)
        self.session.flush()

    def search(self, key: int, words: Sequence[str]) -> list[tuple[int, int, str, str]]:
        """Return (document number, page, text, origin) of the pages that hold all the folded words."""
        chosen = (
            select(DocumentRow.number, PageTextRow.page, PageTextRow.text, PageTextRow.origin)
            .where(DocumentRow.case_id == key)
            .join(PageTextRow, col(PageTextRow.document_id) == col(DocumentRow.id))
            .order_by(col(DocumentRow.number), col(PageTextRow.page))
        )
        for word in words:
            chosen = chosen.where(col(PageTextRow.folded).contains(word, autoescape=True))
        return [(number, page, text, origin) for number, page, text, origin in self.session.exec(chosen)]


def _note(row: ExhibitRow) -> ExhibitNote:
    return ExhibitNote(
        title=row.title,
        group=None if row.group is None else EvidenceGroup(row.group),
        purpose=row.purpose,
        source=row.source,
        form=EvidenceForm(row.form) if row.form else None,
        acquired_by=row.acquired_by,
        acquired_on=row.acquired_on,
        acquired_how=row.acquired_how,
        carrier=row.carrier,
        copies=row.copies,
    )
