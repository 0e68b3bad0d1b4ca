"""Fills that the market could not have given, and sales that look forced: parts of ``workbench margin``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workbench.cli.output import per_cent, show, show_table
from workbench.domain.lines import Line
from workbench.domain.liquidation import Plausibility, Proposal
from workbench.locales.catalogue import Catalogue


def show_market(found: Plausibility, lines: Mapping[str, Line], say: Catalogue) -> None:
    """Show how many fills could not have happened, which, and what could not be tried."""
    if not found.fills:
        return
    show()
    rate = per_cent(found.rate) if found.rate is not None else "-"
    show(say("margin.market", fills=found.fills, bad=found.bad, rate=rate))
    if found.impossible:
        show_table(
            [say(f"margin.head.{key}") for key in ("row", "date", "rule", "why")],
            [
                [
                    one.line,
                    lines[one.line].date.isoformat() if one.line in lines else "",
                    say.name("fill_rule", one.rule) + (f" {say('margin.doubtful')}" if one.doubtful else ""),
                    say.pick(one.why_zh, one.why_en),
                ]
                for one in found.impossible
            ],
            indent="  ",
        )
    parts = [f"{say.name('fill_rule', rule)} {count}" for rule, count in found.unchecked.items()]
    if parts:
        show(f"  {say('margin.untried', parts=say('list_sep').join(parts))}")


def show_proposals(proposals: Sequence[Proposal], lines: Mapping[str, Line], say: Catalogue) -> None:
    """Show the sales that look forced and how to tag them."""
    if not proposals:
        return
    show()
    show(say("margin.proposals", count=len(proposals)))
    show_table(
        [say(f"margin.head.{key}") for key in ("row", "date", "name", "sign", "why")],
        [
            [
                one.line,
                lines[one.line].date.isoformat(),
                f"{lines[one.line].code or ''} {lines[one.line].name or ''}".strip(),
                say("margin.strong") if one.strong else say("margin.weak"),
                say.pick(one.why_zh, one.why_en),
            ]
            for one in proposals
            if one.line in lines
        ],
        indent="  ",
    )
    show(f"  {say('margin.propose_next')}")
