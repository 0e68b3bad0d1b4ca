"""One template, four formats: fill, compose, prove, write whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from pathlib import Path

from workbench.documents.amounts import Amount
from workbench.documents.annex import annex
from workbench.documents.atomic import replacing
from workbench.documents.blocks import Block, Box, Heading, Paper, amounts_of, plain_runs
from workbench.documents.compose import Composer
from workbench.documents.context import DocumentContext, missing_fields
from workbench.documents.environment import Marks, fill
from workbench.documents.labels import load_labels
from workbench.documents.laws import load_laws
from workbench.documents.pdf import to_pdf
from workbench.documents.plain_text import to_markdown, to_text
from workbench.documents.proof import known_amounts, piece, prove
from workbench.documents.scene import Scene
from workbench.documents.template_files import FieldSpec, TemplateFile
from workbench.documents.word import to_docx
from workbench.errors import RenderError, UsageError

SUFFIXES = (".pdf", ".docx", ".md", ".txt")
SHEET = {"zh": "发送前须知", "en": "before-you-send"}


@dataclass(frozen=True, slots=True)
class Rendered:
    """What was written."""

    out: Path
    sheet: Path | None
    """The "before you send" sheet beside it, for the sender alone; None where the template has none."""
    blanks: tuple[FieldSpec, ...]
    """Required fields that stand as blanks."""
    amounts: tuple[Amount, ...]
    """Every amount it states."""


def compose(template: TemplateFile, context: DocumentContext) -> Paper:
    """Fill a template and check it; nothing is written.

    Raises:
        RenderError: the template, a field or an amount does not resolve.
    """
    labels = load_labels(template.lang)
    laws = load_laws(context.statutes, template.folders, template.lang)
    scene = Scene(context, template, labels, laws)
    marks = Marks(template.lang)
    markdown = fill(template.folders, template.body, scene.names(), marks)
    composer = Composer(marks.values, known_amounts(context.audit), "" if template.lang == "zh" else " ")
    title = template.title(template.lang, context.kind)
    try:
        prove((piece(title),), frozenset())
        blocks = composer.blocks(markdown)
    except RenderError as error:
        error.where = error.where or template.body
        raise
    body = tuple(block for block in blocks if not _is_sheet(block))
    return Paper(
        title=title,
        case=context.audit.case_name,
        lang=template.lang,
        style=template.style,
        blocks=(*body, *annex(amounts_of(body), scene)) if template.is_letter else body,
        sheet=tuple(block for block in blocks if _is_sheet(block)),
        items=context.bound() if template.is_book else (),
    )


def _is_sheet(block: Block) -> bool:
    return isinstance(block, Box) and block.look == "sheet"


def sheet_of(paper: Paper) -> Paper | None:
    """Return the "before you send" sheet as a document of its own, or None."""
    if not paper.sheet:
        return None
    heading = "发送前请您自己先看（不要随信寄出）" if paper.lang == "zh" else "Before you send (keep this sheet)"
    inner = tuple(block for box in paper.sheet if isinstance(box, Box) for block in box.blocks)
    return replace(paper, blocks=(Heading(1, plain_runs(heading)), *inner), sheet=(), items=(), style="report")


def render(template: TemplateFile, context: DocumentContext, out: Path) -> Rendered:
    """Write a document in the format of the suffix (.pdf, .docx, .md, .txt), and its sheet beside it.

    Raises:
        UsageError: another suffix, or the file cannot be written.
        RenderError: a figure, field or glyph does not resolve; nothing is written.
    """
    _known_suffix(out, template)
    paper = compose(template, context)
    sheet = sheet_of(paper)
    target = out.with_name(f"{out.stem}.{SHEET[template.lang]}{out.suffix}") if sheet else None
    data = to_bytes(paper, template, context, out.suffix)
    sheet_data = to_bytes(sheet, template, context, out.suffix) if sheet else b""
    with replacing(out) as temporary:
        temporary.write_bytes(data)
        if target is not None:
            with replacing(target) as beside:
                beside.write_bytes(sheet_data)
    return Rendered(out, target, missing_fields(template, context), amounts_of(paper.blocks))


def preview(template: TemplateFile, context: DocumentContext, *, plain: bool = False) -> str:
    """Return the document as Markdown or plain text, its sheet first."""
    paper = compose(template, context)
    return (to_text if plain else to_markdown)(replace(paper, blocks=paper.sheet + paper.blocks))


def to_bytes(paper: Paper, template: TemplateFile, context: DocumentContext, suffix: str) -> bytes:
    """Return a document in one format; the same content always gives the same PDF."""
    made = datetime.combine(context.today, time(), UTC)
    match suffix.lower():
        case ".pdf":
            return to_pdf(paper, template.folders, made)
        case ".docx":
            return to_docx(paper, made)
        case ".md":
            return to_markdown(paper).encode()
        case _:
            return to_text(paper).encode()


def _known_suffix(out: Path, template: TemplateFile) -> None:
    if template.is_book and out.suffix.lower() != ".pdf":
        raise UsageError(
            "an evidence book is a PDF",
            where=out.name,
            next_step="Choose a name that ends in .pdf; the catalogue alone (evidence_catalogue) can be .docx.",
            what_zh="证据册只能保存为 PDF",
            next_step_zh="请使用 .pdf 后缀；单独的证据目录（evidence_catalogue）可保存为 .docx。",
        )
    if out.suffix.lower() in SUFFIXES:
        return
    raise UsageError(
        f"a document cannot be written as {out.suffix or 'a file without suffix'}",
        where=out.name,
        next_step=f"Use one of {', '.join(SUFFIXES)}.",
        what_zh=f"文书不能保存为 {out.suffix or '无后缀文件'}",
        next_step_zh=f"请使用后缀 {'、'.join(SUFFIXES)}。",
    )
