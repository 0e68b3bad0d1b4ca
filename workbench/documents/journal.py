"""The ledger as Beancount text: every posting balances, and the last cash balance is asserted.

Amounts are plain yuan; securities are booked at cost in an account of their own, so that no lot matching is needed:
the journal proves cash and charges, not share counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from workbench.documents.atomic import write_text
from workbench.domain.audit import Audit, AuditedLine
from workbench.domain.lines import LineKind
from workbench.domain.money import ZERO

CASH = "Assets:Account:Cash"
SECURITIES = "Assets:Account:Securities"
LOAN = "Liabilities:Financier:Principal"
CLIENT = "Equity:Client"
OPENING = "Equity:Opening"
UNEXPLAINED = "Equity:Unexplained"
COUNTER: Mapping[LineKind, str] = MappingProxyType(
    {
        LineKind.OPENING: OPENING,
        LineKind.MARGIN_IN: CLIENT,
        LineKind.MARGIN_OUT: CLIENT,
        LineKind.TRANSFER_IN: CLIENT,
        LineKind.TRANSFER_OUT: CLIENT,
        LineKind.DRAWDOWN: LOAN,
        LineKind.PRINCIPAL_REPAID: LOAN,
        LineKind.INTEREST: "Expenses:Financier:Interest",
        LineKind.LATE_FEE: "Expenses:Financier:LateFees",
        LineKind.PENALTY_INTEREST: "Expenses:Financier:PenaltyInterest",
        LineKind.MANAGEMENT_FEE: "Expenses:Financier:Management",
        LineKind.PROFIT_SHARE: "Expenses:Financier:ProfitShare",
        LineKind.BREACH_PENALTY: "Expenses:Financier:BreachPenalty",
        LineKind.OTHER_FEE: "Expenses:Financier:Other",
        LineKind.DIVIDEND: "Income:Dividends",
        LineKind.DIVIDEND_TAX: "Expenses:DividendTax",
    }
)
"""Account on the other side of cash; securities for trades, the unexplained account for the rest."""
TRADE_FEES = "Expenses:TradeFees"
_TRADES = (LineKind.BUY, LineKind.SELL, LineKind.FORCED_SELL)


def beancount(audit: Audit) -> str:
    """Return the journal in posting order; Beancount sorts by date itself and keeps the order within a day."""
    entries = audit.lines
    first = min((entry.line.date for entry in entries), default=date(2000, 1, 1))
    accounts = sorted({CASH, SECURITIES, TRADE_FEES, UNEXPLAINED, *COUNTER.values()})
    parts = [
        f'option "title" {quoted(audit.case_name)}',
        'option "operating_currency" "CNY"',
        f"; engine {plain(audit.fingerprint.engine)}, tables {plain(audit.fingerprint.tables)}",
        "",
        *(f"{first.isoformat()} open {account} CNY" for account in accounts),
        "",
    ]
    parts.extend(_transactions(entries))
    if entries:
        last = max(entry.line.date for entry in entries) + timedelta(days=1)
        parts.append(f"{last.isoformat()} balance {CASH} {entries[-1].cash:.2f} CNY")
    return "\n".join(parts) + "\n"


def write_beancount(audit: Audit, out: Path) -> None:
    """Write the journal.

    Raises:
        UsageError: the file cannot be written; nothing is left.
    """
    write_text(out, beancount(audit))


def _transactions(entries: tuple[AuditedLine, ...]) -> Iterator[str]:
    before = ZERO
    for entry in entries:
        yield from _transaction(entry, entry.cash - before - entry.line.stated)
        before = entry.cash


def _transaction(entry: AuditedLine, carried: Decimal) -> Iterator[str]:
    line = entry.line
    flag = "!" if entry.findings else "*"
    words = f"{line.operation} {line.name or ''}".strip()
    yield f"{line.date.isoformat()} {flag} {quoted(line.kind.value)} {quoted(words)}"
    yield f"  line: {quoted(line.id)}"
    yield f"  source: {quoted(_place(entry))}"
    if entry.expected is not None:
        yield f"  expected: {entry.expected:.2f} CNY"
    if entry.working:
        yield f"  working: {quoted(entry.working)}"
    for number, key in enumerate(entry.findings, 1):
        yield f"  finding{number}: {quoted(key)}"
    yield f"  {CASH}  {line.stated + carried:.2f} CNY"
    yield from _counter(entry)
    if carried:
        yield f"  {UNEXPLAINED}  {-carried:.2f} CNY"
    yield ""


def _counter(entry: AuditedLine) -> Iterator[str]:
    line = entry.line
    if line.kind not in _TRADES:
        yield f"  {COUNTER.get(line.kind, UNEXPLAINED)}  {-line.stated:.2f} CNY"
        return
    fees = line.fees.total
    if fees:
        yield f"  {TRADE_FEES}  {fees:.2f} CNY"
    yield f"  {SECURITIES}  {-line.stated - fees:.2f} CNY"
    if line.quantity is not None:
        yield f"    shares: {line.quantity:f}"
    if line.code:
        yield f"    code: {quoted(line.code)}"


def _place(entry: AuditedLine) -> str:
    source = entry.line.source
    return " ".join(str(part) for part in (source.file, source.page, source.row) if part is not None)


def plain(text: str) -> str:
    """Return text on one line."""
    return " ".join(text.split())


def quoted(text: str) -> str:
    """Return a Beancount string: one line, quotes and backslashes escaped, control characters dropped."""
    shown = "".join(char for char in plain(text) if char.isprintable())
    return '"' + shown.replace("\\", "\\\\").replace('"', '\\"') + '"'
