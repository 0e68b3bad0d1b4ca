"""Letters and reports from templates, with what the person typed before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.domain.audit import Audit
from workbench.domain.evidence import catalogue
from workbench.errors import ConflictError
from workbench.services.desk import Desk
from workbench.services.line_picture import source_picture
from workbench.services.record_output import record_output
from workbench.services.run_audit import run_audit
from workbench.store.failures import disk_errors

if TYPE_CHECKING:
    from workbench.documents.context import DocumentContext
    from workbench.documents.template_files import FieldSpec, TemplateFile


@dataclass(frozen=True, slots=True)
class FieldInfo:
    """A fact that a letter needs and that only the person knows."""

    key: str
    label_zh: str
    label_en: str
    required: bool = True
    value: str = ""
    """What was entered before, else what the case itself knows; empty where nothing is known."""
    choices: tuple[str, ...] = ()
    """The only entries that are accepted; empty: any."""
    amount: bool = False
    """True where the entry is an amount in yuan."""


@dataclass(frozen=True, slots=True)
class TemplateInfo:
    """A letter or report that can be rendered."""

    id: str
    title_zh: str
    title_en: str
    recipient_zh: str = ""
    recipient_en: str = ""
    step: int | None = None
    """Number of the recovery step it belongs to."""
    kinds: tuple[str, ...] = ("off_exchange", "broker_margin")
    lang: str = "zh"
    """Language the document is written in."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as written."""

    path: Path
    sheet: Path | None = None
    """The "before you send" sheet beside it, for the sender alone; None where the template has none."""
    blanks: tuple[FieldInfo, ...] = ()
    """Facts still missing: they stand as visible blanks."""


def _field_names(desk: Desk, keys: Iterable[str]) -> tuple[str, str]:
    """Return what templates call these fields, Chinese first; a key that no template asks for as it is."""
    from workbench.documents.template_files import list_templates as list_files  # noqa: PLC0415  start fast

    asked = {field.key: field for template in list_files(desk.template_dirs) for field in template.fields}
    known = [(key, asked.get(key)) for key in keys]
    zh = "、".join(key if field is None else field.label_zh for key, field in known)
    return zh, ", ".join(key if field is None else field.label_en for key, field in known)


def list_templates(desk: Desk, case: str | None = None) -> tuple[TemplateInfo, ...]:
    """Return the templates, those that fit the case's kind where a case is given.

    Raises:
        NotFoundError: no such case.
        RenderError: a template's facts cannot be read.
    """
    from workbench.documents.template_files import list_templates as list_files  # noqa: PLC0415  start fast

    kind = None
    if case is not None:
        with desk.store.read() as unit:
            kind = unit.cases.get(case).kind.value
    files = list_files(desk.template_dirs)
    return tuple(_info(file, kind) for file in files if kind is None or kind in file.kinds)


def missing_fields(desk: Desk, case: str, template_id: str) -> tuple[FieldInfo, ...]:
    """Return the required fields of a template that nothing fills yet.

    Raises:
        NotFoundError: no such case or template.
    """
    return tuple(field for field in list_fields(desk, case, template_id) if field.required and not field.value)


def list_fields(desk: Desk, case: str, template_id: str) -> tuple[FieldInfo, ...]:
    """Return all fields of a template with what was entered before, or what the case's terms know.

    Raises:
        NotFoundError: no such case or template.
    """
    from workbench.services.edit_terms import list_terms  # noqa: PLC0415

    template = _template(desk, template_id)
    with desk.store.read() as unit:
        typed = unit.decisions.fields(unit.cases.key(case))
    terms = list_terms(desk, case)

    def known(spec: FieldSpec) -> str:
        group, _, key = spec.fill.partition(":")
        filled = (terms.text(key) or "") if group == "term" else case if spec.fill == "case:name" else ""
        return typed.get(spec.key) or filled or spec.default

    return tuple(_field(spec, known(spec)) for spec in template.fields)


def set_fields(desk: Desk, case: str, fields: Mapping[str, str]) -> None:
    """Remember entries for all letters of the case, as one undoable change; empty text forgets one.

    Raises:
        NotFoundError: no such case.
    """
    now = desk.now()
    with desk.store.write() as unit:
        key = unit.cases.key(case)
        known = unit.decisions.fields(key)
        fresh = {name: text.strip() for name, text in fields.items() if text.strip() != known.get(name, "")}
        images = unit.decisions.set_fields(key, fresh, now)
        if images:
            zh, en = _field_names(desk, fresh)
            unit.changed(key, now, f"填写文书：{zh}", f"filled in: {en}", images)
        unit.commit()


def render_document(
    desk: Desk,
    case: str,
    template_id: str,
    out: Path,
    fields: Mapping[str, str] | None = None,
    *,
    audit: Audit | None = None,
    lang: str = "zh",
    as_pictures: bool = False,
) -> Letter:
    """Render a letter to ``out`` (.pdf, .docx, .md, .txt by suffix); the entries are remembered once it stands.

    Args:
        desk: the desk.
        case: name of the case.
        template_id: id of the template.
        out: file to write; replaced only when the whole document stands.
        fields: entries beyond the remembered ones.
        audit: the audit at hand; None recomputes and saves it.
        lang: ``en`` takes the English sibling of a template (``NAME_en``) where there is one.
        as_pictures: bind pages of PDFs as pictures, so that an evidence book is PDF/A.

    Raises:
        NotFoundError: no such case or template.
        UsageError: another suffix, or the file cannot be written.
        RenderError: a figure, field or glyph does not resolve; nothing is written.
        ConflictError: new entries for a case that is open for reading only; nothing is written.
    """
    from workbench.documents.render import render  # noqa: PLC0415  heavy

    template = _template(desk, template_id, lang)
    if fields:
        _require_fillable(desk, case, fields)
    context = document_context(desk, case, fields, audit or run_audit(desk, case), as_pictures=as_pictures)
    written = render(template, context, out)
    if fields:
        set_fields(desk, case, fields)
    bound = [one.document for one in context.exhibits] if template.is_book else []
    stated = [(one.origin, one.text) for one in written.amounts]
    record_output(desk, case, "rendered", written.out, template.id, originals=bound, stated=stated)
    blanks = tuple(_field(spec, spec.default) for spec in written.blanks)
    return Letter(written.out, written.sheet, blanks)


def _require_fillable(desk: Desk, case: str, fields: Mapping[str, str]) -> None:
    """Refuse new entries for a sealed case before a file is written, not after."""
    with desk.store.read() as unit:
        key = unit.cases.key(case)
        known = unit.decisions.fields(key)
        if any(text.strip() != known.get(name, "") for name, text in fields.items()):
            unit.cases.require_open(key)


def preview_markdown(
    desk: Desk,
    case: str,
    template_id: str,
    fields: Mapping[str, str] | None = None,
    *,
    audit: Audit | None = None,
    lang: str = "zh",
) -> str:
    """Return the letter as Markdown; fields still missing stand as visible blanks. Nothing is written.

    Raises:
        NotFoundError: no such case or template.
        RenderError: a figure or field does not resolve.
    """
    return _preview(desk, case, template_id, fields, audit, lang, plain=False)


def preview_text(
    desk: Desk, case: str, template_id: str, fields: Mapping[str, str] | None, audit: Audit | None, lang: str
) -> str:
    """Return the letter as plain text, to be read before it is written; as :func:`preview_markdown` otherwise."""
    return _preview(desk, case, template_id, fields, audit, lang, plain=True)


def preview_pages(
    desk: Desk, case: str, template_id: str, fields: Mapping[str, str] | None, audit: Audit | None, lang: str
) -> bytes:
    """Return the letter as the PDF it would be written as; as :func:`preview_markdown` otherwise."""
    from workbench.documents.render import compose, to_bytes  # noqa: PLC0415  heavy

    template, context = _preview_of(desk, case, template_id, fields, audit, lang)
    return to_bytes(compose(template, context), template, context, ".pdf")


def _preview(
    desk: Desk,
    case: str,
    template_id: str,
    fields: Mapping[str, str] | None,
    audit: Audit | None,
    lang: str,
    *,
    plain: bool,
) -> str:
    from workbench.documents.render import preview  # noqa: PLC0415  heavy

    return preview(*_preview_of(desk, case, template_id, fields, audit, lang), plain=plain)


def _preview_of(
    desk: Desk, case: str, template_id: str, fields: Mapping[str, str] | None, audit: Audit | None, lang: str
) -> tuple[TemplateFile, DocumentContext]:
    from workbench.services.run_audit import compute_audit  # noqa: PLC0415

    template = _template(desk, template_id, lang)
    return template, document_context(desk, case, fields, audit or compute_audit(desk, case))


def copy_template(desk: Desk, template_id: str) -> tuple[Path, ...]:
    """Copy a template into the user's own folder, where it comes before the packaged one; return the new files.

    Raises:
        NotFoundError: no such template.
        ConflictError: the user has a copy already; it is not overwritten.
        StoreError: the folder cannot be written.
    """
    from workbench.documents.atomic import write_bytes  # noqa: PLC0415  start fast
    from workbench.documents.template_files import find  # noqa: PLC0415

    template = _template(desk, template_id)
    own = desk.home / "templates"
    sources = [path for name in (f"{template.id}.toml", template.body) if (path := find(desk.template_dirs, name))]
    taken = next((own / path.name for path in sources if (own / path.name).exists()), None)
    if taken is not None:
        raise ConflictError(
            "there is a copy of your own already",
            where=str(taken),
            next_step="Edit it, or delete it to start again from the packaged one.",
            what_zh="已有您自己的副本",
            next_step_zh="请直接修改它，或删除后重新复制。",
        )
    with disk_errors(own):
        own.mkdir(parents=True, exist_ok=True)
    for path in sources:
        write_bytes(own / path.name, path.read_bytes())
    return tuple(own / path.name for path in sources)


def document_context(
    desk: Desk, case: str, fields: Mapping[str, str] | None, audit: Audit, *, as_pictures: bool = False
) -> DocumentContext:
    """Return everything a document of the case may show."""
    from workbench.documents.context import build_context  # noqa: PLC0415  start fast
    from workbench.services.bind_evidence import bound_items  # noqa: PLC0415
    from workbench.services.gather_review import gather_review  # noqa: PLC0415

    with desk.store.read() as unit:
        key = unit.cases.key(case)
        triage, typed = unit.decisions.triage(key), unit.decisions.fields(key)
        exhibits, last = catalogue(unit.documents.all(key), unit.exhibits.notes(key)), unit.custody.last(key)
        events = unit.events.all(key)
    sources = {entry.line.id: entry.line.source for entry in audit.lines}

    def picture(line_id: str) -> bytes | None:
        source = sources.get(line_id)
        return None if source is None else source_picture(desk, source)

    return build_context(
        audit,
        statutes=desk.statutes(),
        today=desk.today,
        triage=triage,
        exhibits=exhibits,
        pictures=picture,
        bound=lambda: bound_items(desk, exhibits, as_pictures=as_pictures),
        review=lambda: gather_review(desk, case, audit),
        events=events,
        custody_head="" if last is None else last.digest,
        fields={**typed, **(fields or {})},
    )


def _template(desk: Desk, template_id: str, lang: str = "zh") -> TemplateFile:
    from workbench.documents.template_files import find, load_template  # noqa: PLC0415  start fast

    sibling = f"{template_id}_{lang}"
    known = find(desk.template_dirs, f"{sibling}.toml") is not None
    return load_template(desk.template_dirs, sibling if known else template_id)


def _info(file: TemplateFile, kind: str | None) -> TemplateInfo:
    return TemplateInfo(
        id=file.id,
        title_zh=file.title("zh", kind),
        title_en=file.title("en", kind),
        recipient_zh=file.recipient("zh", kind),
        recipient_en=file.recipient("en", kind),
        step=file.step,
        kinds=file.kinds,
        lang=file.lang,
    )


def _field(spec: FieldSpec, value: str) -> FieldInfo:
    return FieldInfo(
        key=spec.key,
        label_zh=spec.label_zh,
        label_en=spec.label_en,
        required=spec.required,
        value=value,
        choices=spec.choices,
        amount=spec.kind == "amount",
    )
