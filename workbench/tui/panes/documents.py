"""Letters, ledger exports and the case's own files: fill what is missing, look, write, open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.message import Message

from workbench.domain.case import Document
from workbench.tui.actions import bindings
from workbench.tui.modals.form import FormField, FormModal
from workbench.tui.panes.base import CasePane
from workbench.tui.presenters.base import Column, Detail, pick
from workbench.tui.presenters.letters import (
    COLUMNS,
    EXPORT,
    FILE,
    LETTER_FORMATS,
    TEMPLATE,
    export_detail,
    file_detail,
    letter_rows,
    template_detail,
)
from workbench.tui.work import Failed, compute, shell

if TYPE_CHECKING:
    from workbench.services.render_document import FieldInfo, TemplateInfo


@dataclass
class PreviewRead(Message):
    """A letter's text arrived."""

    template: str
    text: str


@dataclass
class FieldsRead(Message):
    """A letter's fields arrived."""

    template: str
    fields: tuple[FieldInfo, ...]
    folder: Path


@dataclass
class FolderRead(Message):
    """The proposed folder for an export arrived."""

    suffix: str
    folder: Path


@dataclass
class Written(Message):
    """A file was written; the workspace says where and offers to open it."""

    path: Path


class OpenWanted(Message):
    """A person wants to see the selected file in the system's viewer."""


class DocumentsPane(CasePane):
    """What can be written for the case, and what came in."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("documents")
    scope = "documents"
    columns: ClassVar[Sequence[Column]] = COLUMNS

    def __init__(self, *, id: str) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._previews: dict[str, str] = {}

    def update_rows(self) -> None:
        """Fill the table; letters' texts are read anew."""
        self._previews = {}
        if self.view is None:
            self.table.show(())
            return
        self.table.show(letter_rows(self.view.templates, self.view.documents, self.words))
        self.summarise(self.words("documents.summary"))

    def _template(self, key: str) -> TemplateInfo | None:
        templates = self.view.templates if self.view else ()
        return next((info for info in templates if f"{TEMPLATE}{info.id}" == key), None)

    def document(self) -> Document | None:
        """Return the selected file of the case, if one is selected."""
        row, documents = self.table.row, self.view.documents if self.view else ()
        return next((item for item in documents if row and f"{FILE}{item.number}" == row.key), None)

    def detail(self) -> Detail | None:
        """Show a letter's text, an export's contents or a file's hash."""
        row = self.table.row
        if row is None:
            return None
        if (info := self._template(row.key)) is not None:
            if info.id not in self._previews:
                self._read_preview(info.id)
            return template_detail(info, self._previews.get(info.id, self.words("documents.reading")), self.words)
        if row.key.startswith(EXPORT):
            return export_detail(row.key.removeprefix(EXPORT), self.words)
        document = self.document()
        return file_detail(document, self.words) if document else None

    def _read_preview(self, template: str) -> None:
        view, backend, lang = self.view, shell(self).backend, self.words.lang
        if view is None or view.audit is None:
            return
        case, audit = view.name, view.audit
        compute(self, lambda: PreviewRead(template, backend.letter_text(case, template, audit, lang)), "preview")

    @on(PreviewRead)
    def preview_read(self, event: PreviewRead) -> None:
        """Keep the text; show it if its letter is still selected."""
        event.stop()
        self._previews[event.template] = event.text
        row = self.table.row
        if row is not None and row.key == f"{TEMPLATE}{event.template}":
            self.announce()

    def open_row(self) -> None:
        """Write what is selected."""
        self.action_write()

    def action_write(self) -> None:
        """Ask for missing facts, format and folder; files of the case are opened instead."""
        row, view, backend = self.table.row, self.view, shell(self).backend
        if row is None or view is None:
            return
        case = view.name
        if (info := self._template(row.key)) is not None:
            template = info.id
            compute(self, lambda: FieldsRead(template, backend.fields(case, template), backend.out_folder()), "fields")
        elif row.key.startswith(EXPORT):
            suffix = row.key.removeprefix(EXPORT)
            compute(self, lambda: FolderRead(suffix, backend.out_folder()), "fields")
        elif row.key.startswith(FILE):
            self.post_message(OpenWanted())

    def write_template(self, template: str) -> None:
        """Select a letter and ask for what it needs."""
        if self.table.go_to_key(f"{TEMPLATE}{template}"):
            self.action_write()

    def action_fields(self) -> None:
        """Fill in a letter's facts; same form as for writing."""
        self.action_write()

    @on(FieldsRead)
    def fields_read(self, event: FieldsRead) -> None:
        """Ask; then write in a worker."""
        event.stop()
        view, words, backend = self.view, self.words, shell(self).backend
        info = self._template(f"{TEMPLATE}{event.template}")
        if view is None or info is None:
            return
        case, audit, lang = view.name, view.audit, words.lang
        title = pick(words, info.title_zh, info.title_en)
        formats = tuple((suffix, words(f"format.{suffix[1:]}")) for suffix in LETTER_FORMATS)
        asked = (
            *(FormField(field.key, pick(words, field.label_zh, field.label_en), field.value) for field in event.fields),
            FormField("out_format", words("documents.format"), ".pdf", formats),
            FormField(
                "out_name", words("documents.path"), str(event.folder / file_name(f"{case}-{title}")), required=True
            ),
        )

        def write(values: dict[str, str] | None) -> None:
            if values is None:
                return
            out = with_suffix(values.pop("out_name"), values.pop("out_format"))
            filled = {key: text for key, text in values.items() if text}
            compute(
                self,
                lambda: Written(backend.render(case, event.template, out, filled, audit, lang)),
                "write",
                exclusive=False,
            )
            self.notify(words("documents.writing", path=str(out)), markup=False)

        self.app.push_screen(FormModal(title, asked, words("documents.form_hint")), write)

    @on(FolderRead)
    def folder_read(self, event: FolderRead) -> None:
        """Ask for the path of an export; then write in a worker."""
        event.stop()
        view, words, backend = self.view, self.words, shell(self).backend
        if view is None:
            return
        case, audit = view.name, view.audit
        name = file_name(f"{case}-{words('documents.ledger_name')}")
        field = FormField(
            "out_name", words("documents.path"), str(event.folder / f"{name}{event.suffix}"), required=True
        )

        def write(values: dict[str, str] | None) -> None:
            if values is None:
                return
            out = with_suffix(values["out_name"], event.suffix)
            compute(self, lambda: Written(backend.export(case, out, audit)), "write", exclusive=False)
            self.notify(words("documents.writing", path=str(out)), markup=False)

        self.app.push_screen(FormModal(words(f"export.{event.suffix[1:]}"), (field,)), write)

    @on(Failed)
    def preview_failed(self, event: Failed) -> None:
        """A letter that cannot be shown yet says why in its own place instead of a notice."""
        row = self.table.row
        if event.group != "preview" or row is None or (info := self._template(row.key)) is None:
            return
        event.stop()
        self._previews[info.id] = event.error.text(self.words.lang)
        self.announce()


def file_name(text: str) -> str:
    """Return text as a file name: separators and control characters become hyphens."""
    return "".join("-" if char in '/\\:*?"<>|' or not char.isprintable() else char for char in text).strip(" .")


def with_suffix(path: str, suffix: str) -> Path:
    """Return the typed path with the chosen suffix; one typed out in full stays."""
    typed = Path(path).expanduser()
    return typed if typed.suffix.lower() == suffix else typed.with_name(typed.name + suffix)
