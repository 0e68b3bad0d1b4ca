"""``workbench match CASE``: the ledger beside the client's bank and the broker's own statement."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from workbench.cli.groups import command, new_app
from workbench.cli.options import CaseArgument, JsonOption
from workbench.cli.output import show, show_json, show_table, yuan
from workbench.cli.session import session
from workbench.domain.matching import Agreement, Coverage, Matching, Pair
from workbench.domain.money import cents, plain
from workbench.locales.catalogue import Catalogue
from workbench.services.run_audit import compute_audit

app = new_app()


@command(app, "match")
def match(
    ctx: typer.Context,
    case: CaseArgument,
    every: Annotated[bool, typer.Option("--all", help="Show what agrees too.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Hold the ledger against the client's bank and the broker's statement, movement by movement."""
    state = session(ctx)
    matching = compute_audit(state.desk(), case).matching
    if as_json:
        show_json({"schema": 1, "case": case, **_json(matching)})
        return
    say = state.say
    if not matching.coverage:
        show(say("match.nothing"))
        return
    for known in matching.coverage:
        book = say.name("book", known.book)
        show(
            say(
                "match.coverage", book=book, file=known.file, start=known.start, end=known.end,
                compared=known.compared, unrelated=known.unrelated,
            )
        )  # fmt: skip
    shown = matching.pairs if every else matching.open
    if not shown:
        show(say("match.agrees", count=len(matching.pairs)))
        return
    show()
    show_table(
        [say(f"match.head.{key}") for key in ("agreement", "date", "book", "ledger", "other", "line")],
        [_row(pair, say) for pair in shown],
        right=(3, 4),
    )
    if not every and len(shown) < len(matching.pairs):
        show(say("match.others", count=len(matching.pairs) - len(shown)))


def _row(pair: Pair, say: Catalogue) -> list[str]:
    other = pair.other
    theirs = None if other is None else (-other.stated if pair.book == "bank" else other.stated)
    return [
        say.name("agreement", pair.agreement),
        pair.date.isoformat(),
        say.name("book", pair.book),
        "-" if pair.ledger is None else yuan(pair.ledger.stated),
        "-" if other is None or theirs is None else f"{yuan(theirs)} ({other.date})" if pair.days else yuan(theirs),
        "-" if pair.ledger is None else pair.ledger.id,
    ]


def _json(matching: Matching) -> dict[str, Any]:
    return {
        "books": [_coverage(known) for known in matching.coverage],
        "pairs": [_pair(pair) for pair in matching.pairs],
        "open": sum(pair.agreement is not Agreement.SAME for pair in matching.pairs),
    }


def _coverage(known: Coverage) -> dict[str, Any]:
    span = {"start": known.start.isoformat(), "end": known.end.isoformat()}
    return {"book": known.book, "file": known.file, **span, "compared": known.compared, "unrelated": known.unrelated}


def _pair(pair: Pair) -> dict[str, Any]:
    other = pair.other
    return {
        "agreement": pair.agreement.value,
        "book": pair.book,
        "date": pair.date.isoformat(),
        "line": pair.ledger.id if pair.ledger else None,
        "ledger": str(cents(pair.ledger.stated)) if pair.ledger else None,
        "file": pair.file,
        "row": other.source.row if other else None,
        "other": str(cents(other.stated)) if other else None,
        "other_date": other.date.isoformat() if other else None,
        "code": next((line.code for line in (pair.ledger, other) if line and line.code), None),
        "price": plain(other.price) if other and other.price else None,
    }
