"""Every broker's form with a posting table comes back as the true account it was printed from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

import pytest

from tests.intake.statements.form import TRADING, Form, forms
from tests.intake.statements.truth import Event
from tests.intake.statements.writers import WRITERS
from workbench.domain.lines import Line, LineKind, Statement
from workbench.intake.layouts import load_layouts
from workbench.intake.statements import read_statement

FORMS = (*forms("brokers", margin=False), *forms("margins", margin=True))
_HARMLESS = frozenset({"no_balance", "balance_unrelated"})


def read(form: Form) -> Statement:
    data = WRITERS[form.write](form.rows())
    return read_statement(data, f"{form.name}.xls", "0" * 64, load_layouts(None))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_form(form: Form) -> None:
    statement = read(form)
    lines = [line for line in statement.lines if line.kind not in {LineKind.OPENING, LineKind.CLOSING}]
    check(form, form.events(), lines)
    names = {name for _, name in form.titles}
    assert statement.has_balance == ("balance" in names)
    assert statement.book == form.book
    unknown = sum(form.kind(event) == "unknown" for event in form.events())
    reasons = Counter(issue.reason for issue in statement.issues if issue.reason not in _HARMLESS)
    assert reasons == (Counter(unknown_operation=unknown) if unknown else Counter())


def check(form: Form, events: Sequence[Event], lines: Sequence[Line]) -> None:
    """Assert that the lines are the events, as far as the form prints them."""
    names = {name for _, name in form.titles}
    cash_shown = bool(names & {"net", "money_in", "unsigned"})
    got = [(line.date, line.kind.value, line.stated) for line in lines]
    assert got == [
        (event.day, form.kind(event), event.net if cash_shown else _with_fees(event, names)) for event in events
    ]
    for line, event in zip(lines, events, strict=True):
        if names & {"code", "glued"}:
            assert line.code == (event.code or None)
        if event.event in TRADING and "quantity" in names:
            _check_trade(line, event, proven=cash_shown and bool(names & {"commission", "total"}))
        if "balance" in names:
            assert line.balance == event.balance
        if "clock" in names and event.clock:
            assert line.time == event.clock
    if "balance" in names:
        assert all("balance" in line.proofs for line in lines[1:])


def _check_trade(line: Line, event: Event, *, proven: bool) -> None:
    assert (line.quantity, line.price, line.gross) == (Decimal(event.quantity), event.price, event.gross)
    if proven:
        assert line.fees.total == event.charged
        assert {"gross", "net"} <= line.proofs


def _with_fees(event: Event, names: set[str]) -> Decimal:
    fees = sum((value for name, value in event.fees.items() if name in names), Decimal(0))
    return event.gross - fees if event.net > 0 else -(event.gross + fees)
