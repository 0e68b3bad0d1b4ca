"""``workbench verify FILE.zip``: hold a bundle against its manifest, its log and its own figures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbench.cli.diagnostics import ExitCode, narrate
from workbench.cli.groups import command, new_app
from workbench.cli.options import JsonOption
from workbench.cli.output import show, show_json
from workbench.cli.session import Session, session
from workbench.services.verify_bundle import BundleCheck, verify_bundle

app = new_app()


@command(app)
def verify(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A bundle (.zip) as `workbench bundle` writes it.")],
    quick: Annotated[bool, typer.Option("--quick", help="Do not recompute the figures.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Check a bundle without the sender's database; exit code 1 where something does not hold."""
    state = session(ctx)
    check = verify_bundle(state.desk(), file, recompute=not quick)
    if as_json:
        show_json(_plain(check))
    else:
        _show(state, check)
    if not check.ok:
        narrate(state.say("verify.broken"))
        raise typer.Exit(ExitCode.FOUND)


def _show(state: Session, check: BundleCheck) -> None:
    say = state.say

    def line(good: bool, text: str) -> None:
        show(f"{'✓' if good else '✗'} {text}")

    show(say("verify.case", name=check.name, engine=check.engine))
    line(not check.faults, say("verify.files", count=check.files))
    for fault in check.faults:
        show(f"    {say.name('bag_fault', fault.code)}: {fault.file}")
    if check.redacted:
        show(f"· {say('verify.redacted')}")
    else:
        line(not check.unlike, say("verify.originals"))
        for name in check.unlike:
            show(f"    {name}")
        line(not check.custody, say("verify.custody", count=check.entries, head=check.head))
        for one in check.custody:
            show(f"    {say(f'evidence.fault.{one.code}', file=one.file, number=one.number)}")
    _show_reread(state, check)
    if check.recomputed is not None:
        line(check.recomputed, say("verify.same" if check.recomputed else "verify.differs"))
    elif check.why_not is not None:
        show(f"· {say('verify.not_recomputed', why=check.why_not.text(state.lang))}")


def _show_reread(state: Session, check: BundleCheck) -> None:
    again, say = check.reread, state.say
    if again is None:
        return
    show(f"{'✗' if again.differs else '✓'} {say('verify.reread')}")
    for name in again.differs:
        show(f"    {say('verify.differently', file=name)}")
    for name, problem in again.unreadable:
        show(f"  · {say('verify.unreadable', file=name, why=problem.text(state.lang))}")


def _plain(check: BundleCheck) -> dict[str, object]:
    return {
        "schema": 1,
        "file": str(check.path),
        "case": check.name,
        "ok": check.ok,
        "redacted": check.redacted,
        "engine": check.engine,
        "files": check.files,
        "faults": [{"code": one.code, "file": one.file} for one in check.faults],
        "unlike": list(check.unlike),
        "custody": {
            "entries": check.entries,
            "head": check.head,
            "faults": [{"code": one.code, "file": one.file, "number": one.number} for one in check.custody],
        },
        "reread": None
        if check.reread is None
        else {"differs": list(check.reread.differs), "unreadable": [name for name, _ in check.reread.unreadable]},
        "recomputed": check.recomputed,
    }
