"""The settlement under each legal basis, with the parts of the identity it is made of."""

from __future__ import annotations

from decimal import Decimal

from workbench.domain.audit import Allocation, Audit, Basis
from workbench.domain.case import CaseKind
from workbench.domain.money import percent
from workbench.tui.presenters.base import Cell, Column, Detail, Row, Section, Words, label, money, one_line, signed

ORDER = ("as_stated", "as_contracted", "lpr4", "void")
COLUMNS = (
    Column("basis", 18, flex=2),
    Column("money_in", 14, right=True, needs=92),
    Column("money_out", 14, right=True, needs=92),
    Column("trading", 14, right=True, needs=92),
    Column("positions", 12, right=True, needs=110),
    Column("allowed", 13, right=True),
    Column("settlement", 14, right=True),
    Column("difference", 13, right=True, needs=66),
)


def settlement_cell(amount: Decimal) -> Cell:
    """Show a settlement; a shortfall is negative and says so by its sign."""
    return Cell(signed(amount), "good" if amount >= 0 else "bad")


def basis_rows(audit: Audit, words: Words) -> tuple[Row, ...]:
    """Return one row for each basis that applies to the case."""
    rows = []
    for name in ORDER:
        basis = audit.bases.get(name)
        if basis is None:
            continue
        cells = (
            Cell(words(f"basis.{name}"), "strong"),
            Cell(money(basis.money_in)),
            Cell(money(basis.money_out)),
            Cell(money(basis.trading)),
            Cell(money(basis.positions)),
            Cell(money(basis.allowed)),
            settlement_cell(basis.settlement),
            Cell(signed(basis.difference) if basis.difference else "", "muted"),
        )
        rows.append(Row(name, cells))
    return tuple(rows)


def identity(basis: Basis, words: Words) -> tuple[Cell, ...]:
    """Write the identity line by line so that it can be checked by hand."""
    parts = (
        ("+", "money_in", basis.money_in),
        ("−", "money_out", basis.money_out),
        ("+", "trading", basis.trading),
        ("+", "positions", basis.positions),
        ("−", "allowed", basis.allowed),
    )
    width = max(len(money(amount)) for _, _, amount in (*parts, ("", "", basis.settlement)))
    lines = [Cell(f"{sign} {money(amount):>{width}}  {words(f'column.{key}')}") for sign, key, amount in parts]
    lines.append(Cell(f"= {money(basis.settlement):>{width}}  {words('column.settlement')}", "strong"))
    return tuple(lines)


def bridge_label(text: str, words: Words) -> str:
    """Name a step of the bridge: a finding's code, or one of the three remainders."""
    return label(words, "bridge", text) if f"bridge.{text}" in words else label(words, "finding", one_line(text))


def basis_detail(audit: Audit, name: str, words: Words) -> Detail:
    """Show what a basis rests on, its identity, its working and the bridge that leads to it."""
    basis = audit.bases[name]
    verdict = "bases.owed" if basis.settlement >= 0 else "bases.short"
    sections = [
        Section("", (Cell(words(verdict, sum=money(abs(basis.settlement))), settlement_cell(basis.settlement).tone),)),
        Section(words("bases.identity"), identity(basis, words)),
        Section(words("bases.rests"), (Cell(words(f"basis.{name}.rests")),)),
    ]
    if basis.working:
        sections.append(Section(words("detail.working"), tuple(Cell(line) for line in basis.working.splitlines())))
    bridge = audit.bridges.get(name, ())
    if bridge:
        width = max(len(signed(step.amount)) for step in bridge)
        lines = tuple(Cell(f"{signed(step.amount):>{width}}  {bridge_label(step.label, words)}") for step in bridge)
        sections.append(Section(words("bases.bridge"), lines))
    fees = audit.claim_fees.get(name)
    if fees is not None:
        amounts = {"acceptance": fees.acceptance, "half": fees.acceptance_half, "preservation": fees.preservation}
        text = words("bases.claim_fees", **{key: money(amount) for key, amount in amounts.items()})
        sections.append(Section("", (Cell(text, "muted"),)))
    if audit.allocation and name == "as_contracted":
        rows = tuple(Cell(_allocated(row, words)) for row in audit.allocation)
        sections.append(Section(words("bases.allocation"), rows))
    return Detail(words(f"basis.{name}"), "", tuple(sections))


def _allocated(row: Allocation, words: Words) -> str:
    keys = ("payment", "to_interest", "to_principal", "principal_left")
    return words("bases.allocation_row", date=row.date, **{key: money(getattr(row, key)) for key in keys})


def warnings(audit: Audit, words: Words) -> tuple[Cell, ...]:
    """Return the sentences that must always stand beside the figures."""
    lines = [Cell(words("warning.not_advice"), "muted")]
    if audit.kind is CaseKind.OFF_EXCHANGE:
        lines.insert(0, Cell(words("warning.off_exchange"), "warn"))
    lines.insert(-1, Cell(words("warning.shortfall"), "warn"))
    if audit.yearly_cost is not None:
        cost = percent(audit.yearly_cost.quantize(Decimal("0.0001")))
        lines.insert(0, Cell(words("bases.yearly_cost", rate=cost), "strong"))
    return tuple(lines)


def leading(audit: Audit) -> tuple[str, Basis] | None:
    """Return the basis that the header speaks of: the contract's, else the platform's own."""
    found = ((name, audit.bases.get(name)) for name in ("as_contracted", "as_stated"))
    return next(((name, basis) for name, basis in found if basis is not None), None)


def headline(audit: Audit | None, words: Words) -> Cell:
    """Return the one figure of the header: owed to the client or shortfall, with its basis."""
    found = leading(audit) if audit is not None else None
    if found is None:
        return Cell("")
    name, basis = found
    key = "headline.owed" if basis.settlement >= 0 else "headline.short"
    text = words(key, sum=money(abs(basis.settlement)), basis=words(f"basis.{name}"))
    return Cell(text, "good" if basis.settlement >= 0 else "bad")


def reckoning(audit: Audit, words: Words) -> Cell | None:
    """Say in one sentence how the figure of the header comes about; None where there is none."""
    found = leading(audit)
    if found is None:
        return None
    names = ("money_in", "money_out", "trading", "positions", "allowed")
    return Cell(words("today.why", **{name: money(getattr(found[1], name)) for name in names}), "muted")
