"""``workbench findings CASE``: the findings with a person's decision on each, and which go into the letter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from workbench.cli.diagnostics import narrate
from workbench.cli.groups import CaseGroup, command, new_app
from workbench.cli.options import CaseArgument, JsonOption, NoteOption
from workbench.cli.output import shorten, show, show_json, show_table, yuan
from workbench.cli.session import case_name, session
from workbench.domain.findings import Finding, Triage, TriageState
from workbench.errors import NotFoundError, UsageError
from workbench.services.run_audit import compute_audit
from workbench.services.triage_findings import list_triage, set_in_letter, set_triage

app = new_app(CaseGroup)
KeysArgument = Annotated[
    list[str], typer.Argument(metavar="KEY...", help="Keys as listed, or a code or a line for all findings of it.")
]
TEXT = 60


@app.callback(invoke_without_command=True)
def findings(ctx: typer.Context, case: CaseArgument, as_json: JsonOption = False) -> None:
    """List the findings with your decision on each; VERB set decides, VERB letter ticks them into the letter.

    Examples: workbench findings A set INT-RATE:S1.8 disputed --note "..." · workbench findings A letter INT-RATE
    """
    if ctx.invoked_subcommand is not None:
        return
    state = session(ctx)
    desk, say = state.desk(), state.say
    found, decisions = compute_audit(desk, case).findings, list_triage(desk, case)
    if as_json:
        show_json({"schema": 1, "case": case, "findings": [_as_dict(item, decisions.get(item.key)) for item in found]})
        return
    if not found:
        narrate(say("findings.none"))
    rows = []
    for item in found:
        triage = decisions.get(item.key, Triage(item.key, TriageState.OPEN))
        rows.append(
            [
                item.key,
                say.name("severity", item.severity),
                yuan(item.delta),
                say.name("triage", triage.state),
                "✉" if triage.in_letter else "",
                shorten(triage.note or say.pick(item.text_zh, item.text_en), TEXT),
            ]
        )
    show_table(
        [say(f"findings.head.{key}") for key in ("key", "severity", "delta", "state", "letter", "text")],
        rows,
        right=(2,),
    )
    if rows:
        show()
        show(say("findings.total", count=len(rows)))


@command(app, "set")
def set_(
    ctx: typer.Context,
    words: Annotated[
        list[str], typer.Argument(metavar="KEY... STATE", help="Keys as listed, then the state.", show_default=False)
    ],
    note: NoteOption = "",
    reviewer: Annotated[str, typer.Option(metavar="NAME", help="Who decided.")] = "",
) -> None:
    """Decide on findings. STATE: open, accepted, disputed, explained or needs_evidence."""
    state, case = session(ctx), case_name(ctx)
    keys, chosen = words[:-1], words[-1]
    if not keys or chosen not in list(TriageState):
        states = ", ".join(TriageState)
        raise UsageError(
            "Name one or more findings and then a state.",
            next_step=f"States: {states}.",
            what_zh="请先写一个或多个问题的键，再写状态。",
            next_step_zh=f"状态有：{states}。",
        )
    desk = state.desk()
    matched = _match(compute_audit(desk, case).findings, keys)
    set_triage(desk, case, matched, chosen, note=note, reviewer=reviewer)
    narrate(state.say("findings.set", count=len(matched), state=state.say.name("triage", chosen)))


@command(app)
def letter(
    ctx: typer.Context,
    keys: KeysArgument,
    out: Annotated[bool, typer.Option("--out", help="Take them out of the letter instead.")] = False,
) -> None:
    """Tick findings into the next letter."""
    state, case = session(ctx), case_name(ctx)
    desk = state.desk()
    matched = _match(compute_audit(desk, case).findings, keys)
    set_in_letter(desk, case, matched, not out)
    narrate(state.say("findings.out" if out else "findings.in", count=len(matched)))


def _match(found: Sequence[Finding], words: Sequence[str]) -> list[str]:
    """Return the keys meant by words that are keys, codes or line ids; each at most once, in the audit's order."""
    for word in words:
        if not any(_meant(item, word) for item in found):
            raise NotFoundError(
                f"No finding is meant by `{word}`.",
                next_step="`workbench findings CASE` lists the keys.",
                what_zh=f"没有与“{word}”对应的问题。",
                next_step_zh="用 workbench findings 案件名 查看各问题的键。",
            )
    return list(dict.fromkeys(item.key for item in found if any(_meant(item, word) for word in words)))


def _meant(finding: Finding, word: str) -> bool:
    return word in (finding.key, finding.code) or word in finding.lines


def _as_dict(finding: Finding, triage: Triage | None) -> dict[str, object]:
    return {
        "key": finding.key,
        "code": finding.code,
        "severity": finding.severity.value,
        "date": finding.date.isoformat() if finding.date else None,
        "lines": list(finding.lines),
        "delta": None if finding.delta is None else f"{finding.delta:.2f}",
        "text": {"zh": finding.text_zh, "en": finding.text_en},
        "state": (triage.state if triage else TriageState.OPEN).value,
        "note": triage.note if triage else "",
        "reviewer": triage.reviewer if triage else "",
        "in_letter": bool(triage and triage.in_letter),
    }
