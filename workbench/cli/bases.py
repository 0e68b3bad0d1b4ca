"""``workbench bases CASE``: one settlement per legal basis, with everything an auditor needs to check it by hand."""

from __future__ import annotations

from typing import Any

import typer

from workbench.cli.audit_view import BASES, warnings
from workbench.cli.groups import command, new_app
from workbench.cli.options import CaseArgument, JsonOption
from workbench.cli.output import show, show_json, show_table, yuan
from workbench.cli.session import session
from workbench.documents.audit_json import audit_parts
from workbench.domain.audit import Allocation, Audit, Basis, BridgeStep
from workbench.domain.money import cents, percent
from workbench.locales.catalogue import Catalogue
from workbench.services.run_audit import compute_audit

app = new_app()
PARTS = ("money_in", "money_out", "trading", "positions", "allowed", "settlement")
COLUMNS = ("payment", "to_interest", "to_principal", "interest_left", "principal_left", "booked_principal")


@command(app)
def bases(ctx: typer.Context, case: CaseArgument, as_json: JsonOption = False) -> None:
    """Show the settlement on each legal basis: identity, bridge from the platform's books, court fees, allocation."""
    state = session(ctx)
    audit = compute_audit(state.desk(), case)
    if as_json:
        show_json(_json(audit))
        return
    say = state.say
    as_of = audit.as_of.isoformat() if audit.as_of else "-"
    show(say("bases.title", case=audit.case_name, as_of=as_of))
    for name in BASES:
        if name in audit.bases:
            show()
            _show_basis(audit, audit.bases[name], say)
    if audit.yearly_cost is not None:
        show()
        show(say("bases.yearly_cost", rate=percent(round(audit.yearly_cost, 4))))
    _show_allocation(audit.allocation, say)
    show()
    for line in (*warnings(audit.kind, say), say("bases.warning")):
        show(f"⚠ {line}")


def _show_basis(audit: Audit, basis: Basis, say: Catalogue) -> None:
    show(say.name("basis", basis.name))
    show("  " + say("bases.identity", **{part: yuan(getattr(basis, part)) for part in PARTS}))
    steps = audit.bridges.get(basis.name, ())
    if steps:
        show("  " + say("bases.bridge", amount=yuan(basis.difference)))
        summed = _summed(steps)
        wide = max(len(yuan(step.amount)) for step in summed)
        for step in summed:
            show(f"    {yuan(step.amount):>{wide}}  {_label(step, say)}")
    fees = audit.claim_fees.get(basis.name)
    if fees is not None:
        amounts = {"acceptance": fees.acceptance, "half": fees.acceptance_half, "preservation": fees.preservation}
        show("  " + say("bases.fees", **{key: yuan(amount) for key, amount in amounts.items()}))


def _summed(steps: tuple[BridgeStep, ...]) -> list[BridgeStep]:
    """Return one step per label; ``--json`` gives each finding's own."""
    found: dict[str, BridgeStep] = {}
    for step in steps:
        known = found.get(step.label)
        found[step.label] = BridgeStep(step.label, step.amount + known.amount) if known else step
    return list(found.values())


def _label(step: BridgeStep, say: Catalogue) -> str:
    return (
        say(f"bridge.{step.label}")
        if f"bridge.{step.label}" in say
        else f"{step.label} {say.name('finding', step.label)}"
    )


def _show_allocation(rows: tuple[Allocation, ...], say: Catalogue) -> None:
    if not rows:
        return
    show()
    show(say("bases.allocation"))
    show_table(
        [say("bases.head.date"), *(say(f"bases.head.{key}") for key in COLUMNS)],
        [[row.date.isoformat(), *(yuan(getattr(row, key)) for key in COLUMNS)] for row in rows],
        right=tuple(range(1, len(COLUMNS) + 1)),
        indent="  ",
    )


def _json(audit: Audit) -> dict[str, Any]:
    whole = audit_parts(audit)
    return {
        "schema": 1,
        "case": whole["case"],
        "bases": whole["bases"],
        "bridges": {
            name: [{"label": step.label, "amount": str(cents(step.amount)), "finding": step.finding} for step in steps]
            for name, steps in audit.bridges.items()
        },
        "claim_fees": {
            name: {
                "acceptance": str(cents(fees.acceptance)),
                "acceptance_half": str(cents(fees.acceptance_half)),
                "preservation": str(cents(fees.preservation)),
            }
            for name, fees in audit.claim_fees.items()
        },
        "allocation": [
            {"date": row.date.isoformat(), **{key: str(cents(getattr(row, key))) for key in COLUMNS}}
            for row in audit.allocation
        ],
        "yearly_cost": whole["yearly_cost"],
    }
