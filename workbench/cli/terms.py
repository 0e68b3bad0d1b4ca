"""``workbench terms CASE``: the contract's terms with their sources; set and confirm them."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

import typer

from workbench.cli.arguments import pairs
from workbench.cli.diagnostics import narrate
from workbench.cli.groups import CaseGroup, command, new_app
from workbench.cli.import_view import place
from workbench.cli.options import CaseArgument, JsonOption
from workbench.cli.output import shorten, show, show_json, show_table, width
from workbench.cli.session import case_name, session
from workbench.domain.money import percent
from workbench.domain.terms import RATES, SPEC_BY_KEY, Term, Terms, TermStatus, TermValue
from workbench.locales.catalogue import Catalogue
from workbench.services.edit_terms import confirm_terms, list_contract_notes, list_terms, set_terms

app = new_app(CaseGroup)
QUOTED = 44
VALUE = 44


@app.callback(invoke_without_command=True)
def terms(ctx: typer.Context, case: CaseArgument, as_json: JsonOption = False) -> None:
    """Show the contract's terms with their sources; VERB set or confirm changes them.

    Examples: workbench terms A set rate=1.5% rate_period=month · workbench terms A confirm rate margin
    """
    if ctx.invoked_subcommand is not None:
        return
    state = session(ctx)
    known = list_terms(state.desk(), case).with_defaults()
    if as_json:
        show_json({"schema": 1, "case": case, "terms": [term_dict(term) for term in known]})
        return
    _show(known, state.say, case)
    contradictions, _ = list_contract_notes(state.desk(), case)
    for note in contradictions:
        show(f"! {state.say('terms.contradiction')} {', '.join(note.keys)}{state.say('colon')}{note.detail}")


@command(app, "set")
def set_(
    ctx: typer.Context,
    values: Annotated[
        list[str],
        typer.Argument(metavar="KEY=VALUE...", help="Terms to set; KEY= with nothing after it removes one."),
    ],
) -> None:
    """Set terms; the contract's own wording stays on record."""
    state, case = session(ctx), case_name(ctx)
    changes = pairs(values)
    after = set_terms(state.desk(), case, changes)
    for key in changes:
        term = after.get(key)
        value = state.say("terms.removed") if term is None else value_text(term.value, state.say)
        narrate(f"{key} = {value}")
    narrate(state.say("terms.undo", case=case))


@command(app)
def confirm(
    ctx: typer.Context,
    keys: Annotated[
        list[str] | None, typer.Argument(metavar="KEY...", help="Terms to confirm; none: all that are known.")
    ] = None,
) -> None:
    """Confirm that terms were read correctly."""
    state, case = session(ctx), case_name(ctx)
    after = confirm_terms(state.desk(), case, keys or ())
    count = sum(term.status is TermStatus.CONFIRMED for term in after)
    narrate(state.say("terms.confirmed", count=count, total=len(after.items)))


def _show(known: Terms, say: Catalogue, case: str) -> None:
    if all(term.status is TermStatus.DEFAULT for term in known):
        narrate(say("terms.none", case=case))
    show_table(
        [say(f"terms.head.{key}") for key in ("key", "name", "value", "status", "source")],
        [
            [
                term.key,
                say.name("term", term.key),
                shorten(_value(term, say), VALUE),
                say.name("term_status", term.status),
                _source(term, say),
            ]
            for term in known
        ],
    )


def _value(term: Term, say: Catalogue) -> str:
    """Return the value in words, with the code that `terms set` takes where it has one."""
    if term.key in RATES and term.unit is None and isinstance(term.value, str):
        return percent(Decimal(term.value))
    text = value_text(term.value, say)
    if term.unit:
        return f"{text} {say.name('term_unit', term.unit)}"
    named = text if isinstance(term.value, bool) else _named(term, say)
    both = say("terms.named", name=named, code=text)
    return text if named == text or width(both) > VALUE else both


def _named(term: Term, say: Catalogue) -> str:
    if isinstance(term.value, tuple):
        return say("list_sep").join(say.name("choice", code) for code in term.value)
    group = "convention" if term.key == "line_convention" else "choice"
    return say.name(group, str(term.value)) if SPEC_BY_KEY[term.key].choices else str(term.value)


def _source(term: Term, say: Catalogue) -> str:
    if term.source is None:
        return ""
    where = place(term.source, say)
    quoted = shorten(" ".join(term.source.text.split()), QUOTED)
    return " ".join(part for part in (term.source.file, where, f"«{quoted}»" if quoted else "") if part)


def value_text(value: TermValue, say: Catalogue) -> str:
    """Write a term's value for people."""
    if isinstance(value, bool):
        return say("yes" if value else "no")
    return ", ".join(value) if isinstance(value, tuple) else value


def term_dict(term: Term) -> dict[str, object]:
    """Return a term as in ``audit --json``."""
    source = term.source
    return {
        "key": term.key,
        "value": list(term.value) if isinstance(term.value, tuple) else term.value,
        "unit": term.unit,
        "status": term.status.value,
        "source": None if source is None else {"file": source.file, "page": source.page, "text": source.text},
    }
