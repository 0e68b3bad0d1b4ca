"""``workbench channels CASE``: where the case can be taken, and why another way does not fit."""

from __future__ import annotations

import typer

from workbench.cli.groups import command, new_app
from workbench.cli.options import CaseArgument, JsonOption
from workbench.cli.output import show, show_json
from workbench.cli.session import session
from workbench.domain.source import article_name
from workbench.services.channels import Channel, list_channels

app = new_app()


@command(app)
def channels(ctx: typer.Context, case: CaseArgument, as_json: JsonOption = False) -> None:
    """Show which channels fit the case, with which letter, and why the others do not."""
    state = session(ctx)
    say = state.say
    found = list_channels(state.desk(), case)
    if as_json:
        show_json({"schema": 1, "case": case, "channels": [_plain(one) for one in found]})
        return
    for one in found:
        letter = f"  [{one.template}]" if one.template and one.fits else ""
        show(f"{'✓' if one.fits else '✗'} {say.pick(one.name_zh, one.name_en)}{letter}")
        show(f"    {say.pick(one.why_zh, one.why_en)}")
        for note in one.notes_zh if say.lang == "zh" else one.notes_en:
            show(f"    ⚠ {note}")
        if one.fits and one.statutes:
            show(f"    {say('list_sep').join(map(article_name, one.statutes))}")
    show()
    show(say("channels.next", case=case))


def _plain(one: Channel) -> dict[str, object]:
    return {
        "id": one.id,
        "name": {"zh": one.name_zh, "en": one.name_en},
        "fits": one.fits,
        "why": {"zh": one.why_zh, "en": one.why_en},
        "template": one.template or None,
        "statutes": list(one.statutes),
        "notes": {"zh": list(one.notes_zh), "en": list(one.notes_en)},
    }
