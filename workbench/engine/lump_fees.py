"""Split a trade's single fee figure into commission and statutory parts, so that each can be checked.

Many statements print one total, or none at all and only a net amount. The statutory parts follow from the date, side
and market; the rest is commission, unless a usual wrong stamp duty or transfer fee explains the total to the cent.

Source: domain specification, sections 5 and 12 (findings state the component); facts: ../shared/facts/fees.csv.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from decimal import Decimal

from workbench.domain.lines import SALES, TRADES, Line, TradeFees
from workbench.domain.money import TOLERANCE, ZERO, cents
from workbench.domain.reference import ReferenceTables
from workbench.domain.terms import Terms
from workbench.engine.facts import CaseFacts
from workbench.engine.hypotheses import shortest_rate
from workbench.engine.trade_charges import commission, statutory, turnover
from workbench.errors import ReferenceGapError

WRONG_STAMPS = tuple(map(Decimal, ("0.001", "0.0005", "0.003", "0.002")))
"""Stamp duty rates seen where another, or none, is due: those of earlier years."""
WRONG_TRANSFERS = tuple(map(Decimal, ("0.00002", "0.00001", "0.0006", "0.0001")))
"""Transfer fee rates seen where another, or none, is due."""
LARGEST = Decimal("0.02")
"""Largest part of the turnover that a difference between gross and net may be, to be a fee."""


def split_lumps(facts: CaseFacts, tables: ReferenceTables) -> CaseFacts:
    """Return the facts with every lump fee of a trade split into its parts."""
    by_file: dict[str, list[Line]] = defaultdict(list)
    for line in facts.lines:
        if line.kind in TRADES and line.code and turnover(line):
            by_file[line.source.sha256].append(line)
    split: dict[str, Line] = {}
    for trades in by_file.values():
        for line, lump in _lumps(trades, facts.terms, tables):
            split[line.id] = replace(line, fees=_parts(line, lump, facts.terms, tables))
    if not split:
        return facts
    return replace(facts, lines=tuple(split.get(line.id, line) for line in facts.lines))


def _lumps(trades: Sequence[Line], terms: Terms, tables: ReferenceTables) -> Iterator[tuple[Line, Decimal]]:
    """Yield the trades of one file whose fees stand in one figure, with it."""
    used = {field.name for line in trades for field in fields(line.fees) if getattr(line.fees, field.name) is not None}
    if used == {"other"} or (used == {"commission"} and _is_total(trades, terms, tables)):
        yield from ((line, line.fees.total) for line in trades if line.fees.total)
    elif not used:
        for line in trades:
            gross = turnover(line) or ZERO
            fee = gross - line.stated if line.kind in SALES else -line.stated - gross
            if TOLERANCE < fee <= gross * LARGEST + 10 and line.stated:
                yield line, fee


def _is_total(trades: Sequence[Line], terms: Terms, tables: ReferenceTables) -> bool:
    """Tell whether a commission column holds the total: more rows agree with the total than with the commission."""
    alone = whole = 0
    for line in trades:
        gross, stated = turnover(line) or ZERO, line.fees.commission or ZERO
        agreed = commission(terms, gross)
        statute = _statutory(line, gross, tables)
        if agreed is None or statute is None:
            continue
        alone += abs(stated - agreed[0]) <= TOLERANCE
        rest = stated - agreed[0] - sum(statute)
        whole += any(abs(rest - extra) <= TOLERANCE * 2 for extra in _extras(line, gross, terms, tables))
    return whole > alone


def _parts(line: Line, lump: Decimal, terms: Terms, tables: ReferenceTables) -> TradeFees:
    gross = turnover(line) or ZERO
    statute = _statutory(line, gross, tables)
    if statute is None:
        return TradeFees(commission=lump)
    agreed = commission(terms, gross)
    for parts in _guesses(agreed[0], *statute, gross) if agreed else ():
        for extra in _extras(line, gross, terms, tables):
            open_ = lump - extra - parts.total
            if abs(open_) <= TOLERANCE * 2:
                return replace(parts, commission=(parts.commission or ZERO) + open_, other=extra or None)
    stamp, transfer = statute
    rest = lump - stamp - transfer
    if rest < ZERO:
        return TradeFees(commission=lump)
    extra = _likely_extra(rest, gross, _extras(line, gross, terms, tables))
    return TradeFees(rest - extra, stamp, transfer, other=extra or None)


def _likely_extra(rest: Decimal, gross: Decimal, extras: Sequence[Decimal]) -> Decimal:
    """Return which exchange fees stand in the rest beside a wrong commission: those that leave a round one."""
    possible = [extra for extra in extras if extra < rest] or [ZERO]
    whole = [extra for extra in possible if rest - extra == (rest - extra).to_integral_value()]
    by_rate = [one for one in possible if shortest_rate((rest - one) / gross, gross, rest - one, 2) is not None]
    return (whole or by_rate or possible)[0]


def _guesses(due: Decimal, stamp: Decimal, transfer: Decimal, gross: Decimal) -> Iterator[TradeFees]:
    """Yield what the total may be made of: as it should be, then with one statutory part left out or wrong."""
    yield TradeFees(due, stamp, transfer)
    yield TradeFees(due, stamp)
    for rate in WRONG_STAMPS:
        yield TradeFees(due, cents(gross * rate), transfer)
    if stamp:
        yield TradeFees(due, ZERO, transfer)
    yield TradeFees(due, stamp, transfer * 2)
    for rate in WRONG_TRANSFERS:
        yield TradeFees(due, stamp, cents(gross * rate))


def _statutory(line: Line, gross: Decimal, tables: ReferenceTables) -> tuple[Decimal, Decimal] | None:
    """Return stamp duty and transfer fee in yuan, None outside the tables."""
    try:
        return statutory("stamp_duty", line, gross, tables)[0], statutory("transfer_fee", line, gross, tables)[0]
    except ReferenceGapError:
        return None


def _extras(line: Line, gross: Decimal, terms: Terms, tables: ReferenceTables) -> tuple[Decimal, ...]:
    """Return exchange fees that may stand beside the commission: none where it includes them."""
    if terms.flag("commission_inclusive") is not False:
        return (ZERO,)
    try:
        handling = statutory("handling_fee", line, gross, tables)[0]
        regulatory = statutory("regulatory_fee", line, gross, tables)[0]
    except ReferenceGapError:
        return (ZERO,)
    return (ZERO, handling + regulatory, handling, regulatory)
