"""What the arithmetic of each row proves: turnover, net amount, balance; the rest is listed with its difference.

Source: domain specification, section 10.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from workbench.domain.lines import TRADES, Line, LineKind, RowIssue
from workbench.domain.money import TOLERANCE, ZERO, agrees, grouped, plain
from workbench.domain.source import Source
from workbench.intake.ledger.fees import net_effect

_HALF = Decimal("0.5")
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Proven:
    """Lines with the checks that closed on them, and the rows that do not close."""

    lines: tuple[Line, ...]
    issues: tuple[RowIssue, ...]


def prove(lines: Sequence[Line], opening: Decimal | None, *, fees_known: bool, chained: bool) -> Proven:
    """Prove each line's turnover, net amount and balance.

    Args:
        lines: in posting order.
        opening: printed balance before the first line, in yuan; None where not printed.
        fees_known: False where the file prints no fees, so that a net below turnover proves nothing.
        chained: False where the balances are no running balance of this ledger.
    """
    issues: list[RowIssue] = []
    proven: list[Line] = []
    previous = opening
    for line in lines:
        checks = set()
        for check, issue in _trade_checks(line, fees_known=fees_known):
            if issue is None:
                checks.add(check)
            else:
                issues.append(issue)
        if chained and line.balance is not None:
            marker = line.kind in (LineKind.OPENING, LineKind.CLOSING)
            if previous is not None:
                rolled = previous if marker else previous + line.stated
                if agrees(line.balance, rolled):
                    checks.add("balance")
                else:
                    issues.append(_gap(line, previous, rolled))
            previous = line.balance
        elif previous is not None:
            previous += line.stated
        proven.append(replace(line, proofs=frozenset(checks)))
    return Proven(tuple(proven), tuple(issues))


def _gap(line: Line, previous: Decimal, rolled: Decimal) -> RowIssue:
    assert line.balance is not None  # noqa: S101 - the caller checked
    detail = f"{grouped(previous)} + {grouped(line.stated)} = {grouped(rolled)} ≠ {grouped(line.balance)}"
    return RowIssue(line.source, "balance_gap", detail, line.balance - rolled)


def _trade_checks(line: Line, *, fees_known: bool) -> Iterator[tuple[str, RowIssue | None]]:
    if line.kind not in TRADES or line.gross is None:
        return
    if line.quantity and line.price:
        exact = line.quantity * line.price
        if turnover_agrees(line.gross, line.quantity, line.price):
            yield "gross", None
        else:
            detail = f"{plain(line.quantity)} × {plain(line.price)} = {grouped(exact)} ≠ {grouped(line.gross)}"
            yield "gross", RowIssue(line.source, "gross_open", detail, line.gross - exact)
    expected = net_effect(line.gross, line.fees.total, -line.gross if line.kind is LineKind.BUY else line.gross)
    if agrees(line.stated, expected):
        yield "net", None
    elif fees_known or line.stated == ZERO:
        sign = "+" if line.kind is LineKind.BUY else "−"
        left = f"{grouped(line.gross)} {sign} {grouped(line.fees.total)} = {grouped(abs(expected))}"
        detail = f"{left} ≠ {grouped(abs(line.stated))}"
        yield "net", RowIssue(line.source, "net_open", detail, line.stated - expected)


def turnover_agrees(gross: Decimal, quantity: Decimal, price: Decimal) -> bool:
    """Tell whether turnover is quantity x price, to the cent or within half a unit of the price's last place.

    Bonds are quoted for 100 yuan of face value and counted in lots of ten: these multiples are the same trade.
    """
    exponent = price.as_tuple().exponent
    rounding = quantity * _HALF.scaleb(exponent) if isinstance(exponent, int) else ZERO
    exact = quantity * price
    if abs(gross - exact) <= max(TOLERANCE, min(rounding, gross / _HUNDRED)):
        return True
    return any(agrees(gross, exact * factor) for factor in (Decimal(10), _HUNDRED))


def issue(source: Source, reason: str, detail: str = "", difference: Decimal | None = None) -> RowIssue:
    """Return a row issue."""
    return RowIssue(source, reason, detail, difference)
