"""Writing a letter, from any tab: ask what is missing, show it beforehand, write it in a worker."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from workbench.tui.modals.form import FormField, FormModal
from workbench.tui.modals.pages import PagesModal
from workbench.tui.modals.report import Choice, ReportModal
from workbench.tui.panes.base import CasePane
from workbench.tui.presenters.base import Cell, pick
from workbench.tui.presenters.letters import LETTER_FORMATS
from workbench.tui.work import compute, shell

if TYPE_CHECKING:
    from workbench.services.draw_pages import Pages
    from workbench.services.render_document import FieldInfo, Letter, TemplateInfo

BOOK = "evidence_book"
"""The one document that binds the originals, and is a PDF only."""
HOW = ("out_format", "out_name", "out_bind")
"""Entries of the form that are no facts of the letter."""


@dataclass
class FieldsRead(Message):
    """A letter's fields arrived."""

    template: str
    fields: tuple[FieldInfo, ...]
    folder: Path


@dataclass
class FormPreviewed(Message):
    """A letter's text with the entries of an open form arrived."""

    title: str
    text: str
    pages: Callable[[], Pages]
    """Reads the same as pages."""


@dataclass
class Written(Message):
    """A file was written; the workspace says where and offers to open it."""

    path: Path
    note: str = ""
    """What else there is to say: blanks left, a sheet beside it."""


class LetterPane(CasePane):
    """A tab from which letters can be written."""

    def template(self, ident: str) -> TemplateInfo | None:
        """Return a template of the case by its id."""
        templates = self.view.templates if self.view else ()
        return next((info for info in templates if info.id == ident), None)

    def ask_letter(self, template: str) -> None:
        """Read a letter's fields; the form follows."""
        view, backend = self.view, shell(self).backend
        if view is not None:
            case = view.name
            compute(self, lambda: FieldsRead(template, backend.fields(case, template), backend.out_folder()), "fields")

    def _form(self, event: FieldsRead, title: str, case: str) -> tuple[FormField, ...]:
        words = self.words
        facts = tuple(
            FormField(
                field.key,
                pick(words, field.label_zh, field.label_en),
                field.value,
                tuple((choice, choice) for choice in field.choices),
            )
            for field in event.fields
        )
        name = str(event.folder / file_name(f"{case}-{title}"))
        where = FormField("out_name", words("documents.path"), name, required=True)
        if event.template == BOOK:
            bound = tuple((value, words(f"documents.bind_{value}")) for value in ("pages", "pictures"))
            return (*facts, FormField("out_bind", words("documents.bind"), "pages", bound), where)
        formats = tuple((suffix, words(f"format.{suffix[1:]}")) for suffix in LETTER_FORMATS)
        return (*facts, FormField("out_format", words("documents.format"), ".pdf", formats), where)

    @on(FieldsRead)
    def fields_read(self, event: FieldsRead) -> None:
        """Ask; then write in a worker."""
        event.stop()
        view, words, backend = self.view, self.words, shell(self).backend
        info = self.template(event.template)
        if view is None or info is None:
            return
        case, audit, lang = view.name, view.audit, words.lang
        title = pick(words, info.title_zh, info.title_en)
        known = {field.key: field.value for field in event.fields}

        def look(values: Mapping[str, str]) -> None:
            filled = entries(values, known)
            text = f"{title}  {words('documents.preview')}"

            def pages() -> Pages:
                return backend.letter_pages(case, event.template, filled, audit, lang)

            def work() -> FormPreviewed:
                return FormPreviewed(text, backend.letter_text(case, event.template, filled, audit, lang), pages)

            compute(self, work, "form-preview")

        def write(values: dict[str, str] | None) -> None:
            if values is None:
                return
            out = with_suffix(values["out_name"], values.get("out_format", ".pdf"))
            filled, pictures = entries(values, known), values.get("out_bind") == "pictures"

            def work() -> Written:
                letter = backend.render(case, event.template, out, filled, audit, lang, as_pictures=pictures)
                return Written(letter.path, self._note(letter))

            compute(self, work, "write", exclusive=False)
            self.notify(words("documents.writing", path=str(out)), markup=False)

        hint = words("documents.form_hint")
        self.app.push_screen(FormModal(title, self._form(event, title, case), hint, preview=look), write)

    def _note(self, letter: Letter) -> str:
        words = self.words
        names = words("source.join").join(pick(words, one.label_zh, one.label_en) for one in letter.blanks)
        blanks = words("documents.blanks", names=names) if names else ""
        sheet = words("documents.sheet", file=letter.sheet.name) if letter.sheet else ""
        return " ".join(part for part in (blanks, sheet) if part)

    @on(FormPreviewed)
    def form_previewed(self, event: FormPreviewed) -> None:
        """Show the letter over the form, which stays as it is."""
        event.stop()
        lines = tuple(Cell(line) for line in event.text.splitlines())

        def take(choice: str | None) -> None:
            if choice is not None:
                self.app.push_screen(PagesModal(event.title, event.pages))

        self.app.push_screen(ReportModal(event.title, lines, (Choice("pages", "k", self.words("action.pages")),)), take)


def entries(values: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    """Return the facts that a person changed; what the case knows by itself is not a person's word."""
    return {key: text for key, text in values.items() if key not in HOW and text != known.get(key, "")}


def file_name(text: str) -> str:
    """Return text as a file name: separators and control characters become hyphens."""
    return "".join("-" if char in '/\\:*?"<>|' or not char.isprintable() else char for char in text).strip(" .")


def with_suffix(path: str, suffix: str) -> Path:
    """Return the typed path with the chosen suffix; one typed out in full stays."""
    typed = Path(path).expanduser()
    return typed if typed.suffix.lower() == suffix else typed.with_name(typed.name + suffix)
