"""Full-text search over everything in the vault of a case, recognised text of pictures included."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from unicodedata import normalize

from workbench.domain.case import Document
from workbench.errors import UsageError, WorkbenchError
from workbench.services.desk import Desk

AROUND = 28
"""Characters shown before and after a hit."""
Progress = Callable[[int, int, str], bool]


@dataclass(frozen=True, slots=True)
class Hit:
    """One page that holds all the words."""

    document: Document
    page: int
    """From 1; 1 for files without pages."""
    before: str
    found: str
    """The first word as it stands on the page."""
    after: str
    recognised: bool
    """True where the text was recognised from a picture."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search found, and what it could not look into."""

    hits: tuple[Hit, ...]
    unread: tuple[Document, ...]
    """Files that hold no readable text: sound, film, pictures without text recognition."""


def search_evidence(desk: Desk, case: str, words: str, progress: Progress | None = None) -> SearchResult:
    """Return the pages that hold all the words, whatever their width, case or spacing.

    Files met for the first time are read and their text is kept, so that the next search is quick.

    Args:
        desk: the desk.
        case: name of the case.
        words: what is looked for; blanks separate words that must all stand on the page.
        progress: called before each file that is read; False stops and leaves the rest for the next search.

    Raises:
        NotFoundError: no such case.
        UsageError: no words.
    """
    wanted = [folded for word in words.split() if (folded := fold(word))]
    if not wanted:
        raise UsageError("say what to look for", what_zh="请输入要查找的文字")
    _read_new(desk, case, progress)
    with desk.store.read() as unit:
        key = unit.cases.key(case)
        documents = {document.number: document for document in unit.documents.all(key)}
        rows, unread = unit.exhibits.search(key, wanted), unit.exhibits.unread(key)
    hits = tuple(_hit(documents[number], page, text, wanted[0], origin) for number, page, text, origin in rows)
    return SearchResult(hits, tuple(documents[number] for number in sorted(unread)))


def fold(text: str) -> str:
    """Return text as it is searched: one width, one case, no blanks."""
    return "".join(normalize("NFKC", text).casefold().split())


def _read_new(desk: Desk, case: str, progress: Progress | None) -> None:
    with desk.store.write() as unit:
        key = unit.cases.key(case)
        unit.exhibits.forget_unread(key)
        missing = unit.exhibits.texts_missing(key)
        documents = [document for document in unit.documents.all(key) if document.number in missing]
        unit.commit()
    for done, document in enumerate(documents):
        if progress is not None and not progress(done, len(documents), document.file):
            return
        pages = [(page, text, fold(text), origin) for page, text, origin in _pages(desk, document) if text.strip()]
        with desk.store.write() as unit:
            unit.exhibits.keep_texts(unit.cases.key(case), document.number, pages)
            unit.commit()


def _pages(desk: Desk, document: Document) -> Iterator[tuple[int, str, str]]:
    """Yield (page, text, origin); nothing for a file that no reader understands."""
    from workbench.readers.tables import read_table  # noqa: PLC0415  heavy
    from workbench.readers.text import read_text  # noqa: PLC0415

    try:
        data = desk.vault.read(document.sha256)
        pages: dict[int, list[str]] = {}
        origin = "text"
        try:
            lines = read_text(data, document.file).lines
        except WorkbenchError:
            for row in read_table(data, document.file).rows:
                pages.setdefault(row.page or 1, []).append("  ".join(text for text in row.texts if text))
        else:
            if any(word.confidence is not None for line in lines for word in line.words):
                origin = "ocr"
            for line in lines:
                pages.setdefault(line.page or 1, []).append(line.text)
    except WorkbenchError:
        return
    yield from ((page, "\n".join(found), origin) for page, found in sorted(pages.items()))


def _hit(document: Document, page: int, text: str, word: str, origin: str) -> Hit:
    start, end = _where(text, word)
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return Hit(document, page, _one_line(before), _one_line(text[start:end]), _one_line(after), origin == "ocr")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _where(text: str, word: str) -> tuple[int, int]:
    """Return where a folded word stands in the text as it is."""
    folded: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for one in fold(char):
            folded.append(one)
            places.append(place)
    at = "".join(folded).find(word)
    return (0, 0) if at < 0 else (places[at], places[at + len(word) - 1] + 1)
