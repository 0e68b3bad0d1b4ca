"""Letters and reports from templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from workbench.domain.audit import Audit
from workbench.services.desk import Desk


@dataclass(frozen=True, slots=True)
class FieldInfo:
    """A fact that a letter needs and that only the person knows."""

    key: str
    label_zh: str
    label_en: str
    required: bool = True
    value: str = ""
    """What was entered before; empty where nothing was."""


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


def list_templates(desk: Desk, case: str | None = None) -> tuple[TemplateInfo, ...]:
    """Return the templates, those that fit the case's kind where a case is given."""
    raise NotImplementedError


def missing_fields(desk: Desk, case: str, template_id: str) -> tuple[FieldInfo, ...]:
    """Return the fields of a template that still need an entry."""
    raise NotImplementedError


def list_fields(desk: Desk, case: str, template_id: str) -> tuple[FieldInfo, ...]:
    """Return all fields of a template with what was entered before."""
    raise NotImplementedError


def set_fields(desk: Desk, case: str, fields: Mapping[str, str]) -> None:
    """Remember entries for all letters of the case; empty text forgets one."""
    raise NotImplementedError


def render_document(
    desk: Desk,
    case: str,
    template_id: str,
    out: Path,
    fields: Mapping[str, str] | None = None,
    *,
    audit: Audit | None = None,
    lang: str = "zh",
) -> Path:
    """Render a letter to ``out`` (.pdf, .docx, .md, .txt by suffix); the entries are remembered.

    Args:
        desk: the desk.
        case: name of the case.
        template_id: id of the template.
        out: file to write; replaced only when the whole document stands.
        fields: entries beyond the remembered ones.
        audit: the audit at hand; None recomputes and saves it.
        lang: language where the template has several.

    Raises:
        NotFoundError: no such case or template.
        RenderError: a figure, field or glyph does not resolve; nothing is written.
    """
    raise NotImplementedError


def preview_markdown(
    desk: Desk,
    case: str,
    template_id: str,
    fields: Mapping[str, str] | None = None,
    *,
    audit: Audit | None = None,
    lang: str = "zh",
) -> str:
    """Return the letter as Markdown; fields still missing stand as visible blanks. Nothing is written."""
    raise NotImplementedError
