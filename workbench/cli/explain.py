"""``workbench explain CASE LINE``: where a line stands, what it should have been, and why."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from workbench.cli.audit_view import cause_text
from workbench.cli.diagnostics import narrate
from workbench.cli.groups import command, new_app
from workbench.cli.import_view import place
from workbench.cli.options import CaseArgument, JsonOption
from workbench.cli.output import show, show_json, yuan
from workbench.cli.session import session
from workbench.cli.terms import term_dict, value_text
from workbench.documents.atomic import write_bytes
from workbench.domain.findings import Finding
from workbench.domain.terms import Term
from workbench.errors import NotFoundError
from workbench.locales.catalogue import Catalogue
from workbench.services.explain_line import LineExplanation, explain_line

app = new_app()


@command(app)
def explain(
    ctx: typer.Context,
    case: CaseArgument,
    line: Annotated[str, typer.Argument(metavar="LINE", help="Number of the line in the audit, for example S1.17.")],
    picture: Annotated[
        Path | None, typer.Option(metavar="FILE.png", help="Also write the picture cut from the original file.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Explain one statement line: where it stands in the file, the balances around it, the working, the cause."""
    state = session(ctx)
    found = explain_line(state.desk(), case, line)
    if picture is not None:
        _write_picture(found, picture)
        narrate(state.say("explain.picture", file=picture))
    if as_json:
        show_json(_as_dict(found))
    else:
        _show(found, state.say)


def _show(found: LineExplanation, say: Catalogue) -> None:
    line = found.line.line
    amount = say.name("kind", line.kind)
    show(f"{line.id} · {line.date} · {amount} · {yuan(line.stated)}")
    where = " · ".join(part for part in (found.source.file, place(found.source, say)) if part)
    show(f"  {say('explain.where')}{where}")
    if found.source.text:
        show(f"  {say('explain.words')}{' '.join(found.source.text.split())}")
    show(f"  {say('explain.cash')}{yuan(found.cash_before) or '-'} → {yuan(found.cash_after)}")
    if found.principal_after or found.principal_before:
        show(f"  {say('explain.principal')}{yuan(found.principal_before) or '-'} → {yuan(found.principal_after)}")
    if found.line.expected is not None:
        show(f"  {say('explain.expected')}{yuan(found.line.expected)}")
    if found.working:
        show(f"  {say('explain.working')}{found.working}")
    if found.line.delta:
        show(f"  {say('explain.delta')}{yuan(found.line.delta)}")
    for finding in found.findings:
        _show_finding(finding, say)
    _show_terms(found.terms, say)


def _show_finding(finding: Finding, say: Catalogue) -> None:
    show()
    show(f"! {finding.code} {say.name('finding', finding.code)} [{say.name('verdict', finding.verdict)}]")
    show(f"  {say.pick(finding.text_zh, finding.text_en)}")
    if finding.cause is not None:
        show(f"  {cause_text(finding.cause, say)}")
        for other in finding.cause.alternatives:
            show(f"  {say('explain.or')}{other}")


def _show_terms(terms: Sequence[Term], say: Catalogue) -> None:
    if terms:
        show()
        show(say("explain.terms"))
    for term in terms:
        show(f"  {term.key} = {value_text(term.value, say)} ({say.name('term_status', term.status)})")
        if term.source is not None:
            where = " ".join(part for part in (term.source.file, place(term.source, say)) if part)
            show(f"    {where} «{' '.join(term.source.text.split())}»")


def _write_picture(found: LineExplanation, out: Path) -> None:
    if found.picture is None:
        raise NotFoundError(
            "This line has no picture: its file has no pages.",
            where=found.source.file,
            next_step="Leave --picture out; the row's words are shown.",
            what_zh="这一行没有图片：原文件没有页面。",
            next_step_zh="去掉 --picture 即可，原文会以文字显示。",
        )
    write_bytes(out, found.picture)


def _as_dict(found: LineExplanation) -> dict[str, object]:
    line, entry = found.line.line, found.line
    return {
        "schema": 1,
        "id": line.id,
        "file": found.source.file,
        "page": found.source.page,
        "row": found.source.row,
        "text": found.source.text,
        "date": line.date.isoformat(),
        "kind": line.kind.value,
        "stated": f"{line.stated:.2f}",
        "expected": None if entry.expected is None else f"{entry.expected:.2f}",
        "delta": None if entry.delta is None else f"{entry.delta:.2f}",
        "cash_before": None if found.cash_before is None else f"{found.cash_before:.2f}",
        "cash_after": f"{found.cash_after:.2f}",
        "principal_before": None if found.principal_before is None else f"{found.principal_before:.2f}",
        "principal_after": f"{found.principal_after:.2f}",
        "working": found.working,
        "findings": [
            {
                "code": finding.code,
                "key": finding.key,
                "delta": None if finding.delta is None else f"{finding.delta:.2f}",
                "cause": finding.cause and {"formula": finding.cause.formula, "exact": finding.cause.exact},
                "text": {"zh": finding.text_zh, "en": finding.text_en},
            }
            for finding in found.findings
        ],
        "terms": [term_dict(term) for term in found.terms],
    }
