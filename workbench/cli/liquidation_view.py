"""The tests of the forced sale, the grounds for it and its other courses: parts of ``workbench margin``."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.cli.output import shorten, show, show_table, yuan
from workbench.domain.counterfactual import Counterfactual
from workbench.domain.liquidation import Ground, Liquidation
from workbench.locales.catalogue import Catalogue

CODES = 15
"""Terminal columns for the codes whose price is missing; ``--json`` names all."""


def show_tests(found: Liquidation, say: Catalogue) -> None:
    """Show every test with its reason, and under an open one what would settle it."""
    show()
    if found.started is None:
        show(say("margin.not_liquidated"))
    else:
        show(say("margin.liquidated", date=found.started, fills=len(found.fills), proceeds=yuan(found.proceeds)))
    for test in found.tests:
        name = f"{test.code} {say.name('finding', test.code)}"
        show(f"  [{say.name('verdict', test.verdict)}] {name}{say('colon')}{say.pick(test.why_zh, test.why_en)}")
        if test.needs_zh:
            show(f"      → {say.pick(test.needs_zh, test.needs_en)}")


def show_grounds(grounds: Sequence[Ground], say: Catalogue) -> None:
    """Show on which grounds the contract allowed a sale, and whether each was there."""
    if not grounds:
        return
    show()
    show(say("margin.grounds"))
    for one in grounds:
        name = say.name("ground", one.name)
        show(f"  [{say.name('ground_verdict', one.verdict)}] {name}{say('colon')}{say.pick(one.why_zh, one.why_en)}")


def show_otherwise(rows: Sequence[Counterfactual], say: Catalogue) -> None:
    """Show what the sale would have brought otherwise."""
    if not rows:
        return
    show()
    show(say("margin.otherwise"))
    keys = ("theory", "price", "date", "actual", "otherwise", "difference", "rests_on")
    show_table(
        [say(f"margin.head.{key}") for key in keys],
        [
            [
                say.name("theory", row.theory),
                say.name("price", row.price),
                row.day.isoformat() if row.day else "-",
                yuan(row.actual),
                _brought(row, say),
                yuan(row.difference),
                f"{row.rests_on} {say.name('verdict', row.verdict)}" if row.verdict else row.rests_on,
            ]
            for row in rows
        ],
        right=(3, 4, 5),
        indent="  ",
    )
    show(say("margin.estimates"))


def _brought(row: Counterfactual, say: Catalogue) -> str:
    if row.otherwise is not None:
        return yuan(row.otherwise)
    return say("margin.no_price", codes=shorten("、".join(row.missing), CODES))
