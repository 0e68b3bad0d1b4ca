"""``workbench doctor``: is everything in place."""

from __future__ import annotations

import typer

from workbench.cli.diagnostics import ExitCode, narrate
from workbench.cli.groups import command, new_app
from workbench.cli.options import JsonOption
from workbench.cli.output import show_json, show_table
from workbench.cli.session import session
from workbench.services.check_health import HealthItem, check_health

app = new_app()


@command(app)
def doctor(ctx: typer.Context, as_json: JsonOption = False) -> None:
    """Check database, schema version, fonts, optional parts, and how far the reference tables reach."""
    state = session(ctx)
    say = state.say
    items = check_health(state.desk())
    if as_json:
        show_json({"schema": 1, "ok": all(item.ok for item in items), "items": [_as_dict(item) for item in items]})
    else:
        show_table(
            ["", say("doctor.head.name"), say("doctor.head.detail")],
            [[_mark(item), item.name, say.pick(item.detail_zh, item.detail_en)] for item in items],
        )
    broken = [item.name for item in items if not item.ok]
    if broken:
        narrate(say("doctor.broken", names=", ".join(broken)))
        raise typer.Exit(ExitCode.FOUND)


def _mark(item: HealthItem) -> str:
    if not item.ok:
        return "✗"
    return "!" if item.warning else "✓"


def _as_dict(item: HealthItem) -> dict[str, object]:
    detail = {"zh": item.detail_zh, "en": item.detail_en}
    return {"name": item.name, "ok": item.ok, "warning": item.warning, "detail": detail}
