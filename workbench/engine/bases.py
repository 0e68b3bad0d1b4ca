"""One settlement per legal basis, by one identity that can be checked by hand.

settlement = client money in - client money out + trading result + value of remaining positions - charges allowed;
positive = due to the client. Source: domain specification, sections 9 and 12.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workbench.domain.audit import Basis, BridgeStep, Totals
from workbench.domain.findings import Finding, Severity
from workbench.domain.lines import CHARGES, TRADES, Line, LineKind
from workbench.domain.money import ZERO, cents, grouped
from workbench.engine.account import Account, Expectation
from workbench.engine.books import Books
from workbench.engine.caps import cap_steps, run_cap
from workbench.engine.cashflow import yearly_cost
from workbench.engine.prices import Prices
from workbench.engine.trade_charges import net_of, turnover
from workbench.errors import ReferenceGapError

IN = (LineKind.MARGIN_IN, LineKind.TRANSFER_IN)
OUT = (LineKind.MARGIN_OUT, LineKind.TRANSFER_OUT)
SIDE_INCOME = (LineKind.DIVIDEND, LineKind.DIVIDEND_TAX, LineKind.ADJUSTMENT)


@dataclass(frozen=True, slots=True)
class Parts:
    """The identity's parts common to all bases, in yuan."""

    money_in: Decimal
    money_out: Decimal
    opening: Decimal
    booked: Decimal
    """Trading result as the platform booked it, its excess trade fees added back."""
    true: Decimal
    """Trading result by price x quantity, contractual commission and statutory rates."""
    positions: Decimal
    fee_excess: Decimal
    posted: Decimal
    """Charges posted or withheld, trade fees left out."""
    unbooked: Decimal
    """Deposits confirmed by the other side and missing from the statement."""


def parts_of(account: Account, books: Books, prices: Prices, unbooked: Decimal) -> Parts:
    """Add up the identity's parts."""
    total = dict.fromkeys(LineKind, ZERO)
    for line in account.lines:
        total[line.kind] += line.stated
    excess = sum((part.excess for parts in books.trades.values() for part in parts), ZERO)
    side = sum((total[kind] for kind in SIDE_INCOME), ZERO)
    booked = sum((total[kind] for kind in TRADES), ZERO) + side + excess
    true = sum((_true_net(account, books, line) for line in account.lines if line.kind in TRADES), ZERO) + side
    first = account.lines[0] if account.lines else None
    opening = account.replay.stands[0].cash - first.stated if first and first.kind is not LineKind.OPENING else ZERO
    return Parts(
        money_in=sum((total[kind] for kind in IN), ZERO),
        money_out=-sum((total[kind] for kind in OUT), ZERO),
        opening=opening,
        booked=booked,
        true=true,
        positions=cents(_positions(account, prices)),
        fee_excess=excess,
        posted=-sum((total[kind] for kind in CHARGES), ZERO) + account.withheld,
        unbooked=unbooked,
    )


def _true_net(account: Account, books: Books, line: Line) -> Decimal:
    if line.id in account.doubled:
        return ZERO
    gross = turnover(line)
    parts = books.trades.get(line.id, ())
    if gross is None or (not parts and line.fees.total == ZERO):
        return line.stated
    return net_of(line, gross, line.fees.total - sum((part.excess for part in parts), ZERO))


def _positions(account: Account, prices: Prices) -> Decimal:
    day = account.as_of
    if not account.replay.stands or day is None:
        return ZERO
    value = ZERO
    for code, count in account.replay.stands[-1].shares.items():
        price = prices.close(code, day)
        if price is not None and count > ZERO:
            value += count * price
    return value


def build_bases(account: Account, books: Books, prices: Prices, unbooked: Decimal) -> dict[str, Basis]:
    """Return the settlement of every basis that applies to the case."""
    parts = parts_of(account, books, prices, unbooked)
    paid = parts.posted + parts.fee_excess
    stated = _basis("as_stated", parts, parts.booked, paid, paid, ZERO, "")
    expected = books.expected
    contracted = sum((_allowed(line, expected) for line in account.lines if line.kind in CHARGES), ZERO)
    bases = {"as_stated": stated}

    def add(name: str, allowed: Decimal, working: str) -> None:
        bases[name] = _basis(name, parts, parts.true, allowed, paid, stated.settlement, working)

    add("as_contracted", contracted, "")
    if account.off_exchange:
        capped = _lpr4(account, contracted)
        if capped is not None:
            add("lpr4", *capped)
        add("void", *_void(account, parts))
    return bases


def _allowed(line: Line, expected: Mapping[str, Expectation]) -> Decimal:
    found = expected.get(line.id)
    return line.charge if found is None else found.amount


def _basis(
    name: str, parts: Parts, trading: Decimal, allowed: Decimal, paid: Decimal, stated: Decimal, working: str
) -> Basis:
    as_booked = name == "as_stated"
    money_in = parts.money_in + parts.opening + (ZERO if as_booked else parts.unbooked)
    settlement = cents(money_in - parts.money_out + trading + parts.positions - allowed)
    text = (
        f"{grouped(money_in)} − {grouped(parts.money_out)} + ({grouped(trading)}) + {grouped(parts.positions)}"
        f" − {grouped(allowed)} = {grouped(settlement)}"
    )
    return Basis(
        name=name,
        allowed=allowed,
        paid=paid,
        settlement=settlement,
        difference=ZERO if as_booked else settlement - stated,
        money_in=money_in,
        money_out=parts.money_out,
        trading=trading,
        positions=parts.positions,
        working=f"{text}; {working}" if working else text,
    )


def _lpr4(account: Account, contracted: Decimal) -> tuple[Decimal, str] | None:
    signed, as_of = account.signed_on, account.as_of
    if signed is None or as_of is None:
        return None
    try:
        steps = cap_steps(signed, account.tables, account.options.filed_on)
    except ReferenceGapError:
        return None
    run = run_cap(account, steps, as_of)
    rates = ", ".join(f"{step.source}: {step.rate * 100:.2f}%" for step in steps)
    return min(run.accrued, contracted), f"min({grouped(run.accrued)}, {grouped(contracted)}); {rates}"


def _void(account: Account, parts: Parts) -> tuple[Decimal, str]:
    share = account.options.fault_share
    borne = cents(max(ZERO, -parts.true) * share)
    cost, text = occupancy(account)
    words = [text] if text else []
    if borne:
        words.append(f"fault {share}: −{grouped(borne)}")
    return cost - borne, "; ".join(words)


def occupancy(account: Account) -> tuple[Decimal, str]:
    """Return the cost of holding the principal in yuan on the void basis, by the person's choice, with its working."""
    mode, as_of = account.options.occupancy, account.as_of
    first = account.replay.principal.first
    if mode == "none" or as_of is None or first is None:
        return ZERO, ""
    amount = ZERO
    day = first
    changes = {when for when, _ in account.replay.principal.changes}
    quotes = account.tables.lpr if mode == "lpr_1y" else account.tables.deposits
    cuts = sorted({cut for cut in (*changes, *(quote.date for quote in quotes), as_of) if first < cut <= as_of})
    for cut in cuts:
        rate = _occupancy_rate(account, mode, day)
        amount += account.replay.principal.at(day) * rate * (cut - day).days / 365
        day = cut
    return cents(amount), f"occupancy {mode}: {grouped(amount)}"


def _occupancy_rate(account: Account, mode: str, day: date) -> Decimal:
    if mode == "lpr_1y":
        return account.tables.lpr_at(day).one_year
    known = [quote for quote in account.tables.deposits if quote.date <= day]
    if not known:
        raise ReferenceGapError(f"no deposit benchmark is known for {day}", where="table deposits")
    return known[-1].demand


def totals(account: Account, books: Books) -> tuple[Totals, Totals]:
    """Return stated and expected sums by category, in yuan."""
    expected = books.expected
    groups = {
        "interest": {LineKind.INTEREST},
        "late": {LineKind.LATE_FEE, LineKind.PENALTY_INTEREST},
        "fees": {LineKind.MANAGEMENT_FEE, LineKind.PROFIT_SHARE, LineKind.OTHER_FEE},
        "penalty": {LineKind.BREACH_PENALTY},
    }
    stated, right = {}, {}
    for name, kinds in groups.items():
        rows = [line for line in account.lines if line.kind in kinds]
        stated[name] = sum((line.charge for line in rows), ZERO)
        right[name] = sum((_allowed(line, expected) for line in rows), ZERO)
    stated["interest"] += account.withheld
    for name, items in (("statutory", _STATUTORY), ("commission", ("commission",))):
        chosen = [part for parts in books.trades.values() for part in parts if part.item in items]
        stated[name] = sum((part.stated for part in chosen), ZERO)
        right[name] = sum((part.stated - part.excess for part in chosen), ZERO)
    return Totals(**stated), Totals(**right)


_STATUTORY = ("stamp_duty", "transfer_fee", "handling_fee", "regulatory_fee", "other")


def cost_of_money(account: Account) -> Decimal | None:
    """Return the effective yearly cost of the financing with every charge counted, None where it has no solution."""
    flows: list[tuple[date, Decimal]] = [
        (line.date, line.stated)
        for line in account.lines
        if line.kind in CHARGES or line.kind in (LineKind.DRAWDOWN, LineKind.PRINCIPAL_REPAID)
    ]
    open_principal = account.replay.stands[-1].principal if account.replay.stands else ZERO
    if open_principal > ZERO and account.as_of is not None:
        flows.append((account.as_of, -open_principal))
    return yearly_cost(flows) if flows else None


def bridges(bases: Mapping[str, Basis], findings: tuple[Finding, ...]) -> dict[str, tuple[BridgeStep, ...]]:
    """Return, per basis, the steps from ``as_stated`` that add up to its difference line by line."""
    found: dict[str, tuple[BridgeStep, ...]] = {}
    stated = bases["as_stated"]
    for name, basis in bases.items():
        if name == "as_stated":
            continue
        steps = []
        if name == "as_contracted":
            steps = [
                BridgeStep(finding.code, finding.delta, finding.key)
                for finding in findings
                if finding.delta and finding.severity is Severity.ERROR and finding.code in _CHARGE_CODES
            ]
        else:
            steps.append(BridgeStep("charges", stated.allowed - basis.allowed))
        trading = basis.trading - stated.trading + basis.money_in - stated.money_in
        if trading:
            steps.append(BridgeStep("trading", trading))
        rest = basis.difference - sum((step.amount for step in steps), ZERO)
        if rest:
            steps.append(BridgeStep("other", rest))
        found[name] = tuple(steps)
    return found


_CHARGE_CODES = frozenset(
    {
        "INT-RATE", "INT-BASIS", "INT-DAYS", "INT-START", "INT-PRINCIPAL", "INT-COMPOUND", "INT-FLOAT", "INT-DUP",
        "INT-AFTER", "INT-PREDEDUCT", "INT-OTHER", "LATE-RATE", "LATE-BASE", "LATE-DAYS", "PEN-BREACH", "PEN-EXCESS",
        "FEE-UNLISTED", "FEE-RATE", "FEE-MIN", "FEE-STAMP", "FEE-TRANSFER", "FEE-DUP", "FEE-MGMT", "FEE-SHARE",
        "LIQ-AFTER",
    }
)  # fmt: skip
