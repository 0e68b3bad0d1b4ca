"""``workbench review CASE``: parts of the loss, trading rhythm, market around the event, rules for next time."""

from __future__ import annotations

from typing import Annotated

import typer

from workbench.cli.arguments import number
from workbench.cli.groups import command, new_app
from workbench.cli.options import CaseArgument, JsonOption
from workbench.cli.output import show_json
from workbench.cli.session import session
from workbench.services.review_case import Review, review_case

app = new_app()


@command(app)
def review(
    ctx: typer.Context,
    case: CaseArgument,
    stop_loss: Annotated[
        str | None, typer.Option(metavar="X", help="Your own stop-loss below average cost, for example 8%.")
    ] = None,
    index: Annotated[
        str | None, typer.Option(metavar="CODE", help="Market index whose bars the case holds, for example 000300.")
    ] = None,
    sector: Annotated[str | None, typer.Option(metavar="CODE", help="Sector index whose bars the case holds.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Review the case: parts of the loss, trading rhythm, market around the event, rules for next time.

    The parts add up to the cent to what became of your own money.
    """
    from workbench.cli.review_view import show_review  # noqa: PLC0415 - --json needs no tables

    state = session(ctx)
    rule = None if stop_loss is None else number(stop_loss, "--stop-loss")
    found = review_case(state.desk(), case, stop_loss=rule, index=index, sector=sector)
    if as_json:
        show_json(_json(found))
    else:
        show_review(found, state.say)


def _json(found: Review) -> dict[str, object]:
    from workbench.documents.json_values import iso  # noqa: PLC0415 - start fast
    from workbench.documents.review_json import (  # noqa: PLC0415
        attribution_to_json,
        market_to_json,
        rhythm_to_json,
        rule_to_json,
    )

    return {
        "schema": 1,
        "case": found.audit.case_name,
        "event": iso(found.event),
        "attribution": attribution_to_json(found.attribution),
        "rhythm": rhythm_to_json(found.rhythm),
        "market": [market_to_json(one) for one in found.market],
        "rules": [rule_to_json(one) for one in found.rules],
    }
