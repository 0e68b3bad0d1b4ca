"""One page of an original as text with the found words marked; its picture and the original are one key away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.widget import Widget

from workbench.domain.case import Document
from workbench.tui.modals.pages import PagesModal
from workbench.tui.modals.report import Choice, ReportModal
from workbench.tui.opening import copy_for_viewing, open_path
from workbench.tui.presenters.base import one_line
from workbench.tui.presenters.evidence import page_lines
from workbench.tui.work import Noticed, compute, shell

if TYPE_CHECKING:
    from workbench.services.evidence_pages import EvidencePage


@dataclass(frozen=True, slots=True)
class PageShown:
    """A page and what was looked for on it."""

    page: EvidencePage
    query: str


def show_page(node: Widget, shown: PageShown) -> None:
    """Open the page; a page with a picture can be enlarged here or handed to the system's viewer."""
    words, page = shell(node).words, shown.page
    caption = f"{one_line(page.document.file)}  {words('source.page', page=page.page)}"
    pictured = (Choice("pages", "k", words("action.pages")),) if page.picture else ()
    choices = (*pictured, Choice("open", "o", words("evidence.open_page")))

    def take(choice: str | None) -> None:
        if choice == "pages":
            show_pages_of(node, page.document, page.page)
        elif choice == "open":
            open_page(node, page)

    lines = page_lines(page, shown.query, words)
    start = next((index for index, line in enumerate(lines) if line.tone == "accent"), 0)
    node.app.push_screen(ReportModal(caption, lines, choices, start), take)


def show_pages_of(node: Widget, document: Document, page: int = 1) -> None:
    """Show an original's pages."""
    backend = shell(node).backend
    node.app.push_screen(PagesModal(one_line(document.file), lambda: backend.document_pages(document), page))


def open_page(node: Widget, page: EvidencePage) -> None:
    """Hand the page alone to the system's viewer, so that it opens where the hit is; files without pages go whole."""
    words, backend, document = shell(node).words, shell(node).backend, page.document

    def work() -> Noticed:
        if page.picture is None:
            path = copy_for_viewing(document.file, backend.document_bytes(document.sha256))
        else:
            path = copy_for_viewing(f"{document.file}-{page.page}.png", page.picture)
        open_path(path)
        return Noticed(words("picture.opened", path=str(path)))

    compute(node, work, "open")
