"""Interest taken out of a drawdown before it was paid: what the remark says, or what the amounts alone show.

Source: domain specification, section 12: principal is what arrived; a withheld period is ``INT-PREDEDUCT``.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from workbench.domain.dates import DateRange, add_months
from workbench.domain.lines import Line, LineKind
from workbench.domain.money import ZERO, agrees
from workbench.domain.reference import ReferenceTables
from workbench.engine.facts import CaseFacts
from workbench.engine.interest import accrue, product_of, total
from workbench.engine.replay import PrincipalHistory
from workbench.errors import ReferenceGapError


def withheld_lines(facts: CaseFacts, tables: ReferenceTables) -> CaseFacts:
    """Return the facts with the withheld amount on the first drawdown where only the amounts show it."""
    drawn = [line for line in facts.lines if line.kind is LineKind.DRAWDOWN]
    agreed = facts.terms.number("financing")
    if not drawn or agreed is None or any(line.withheld for line in drawn):
        return facts
    short = agreed - sum((line.stated for line in drawn), ZERO)
    if short <= ZERO or not _is_first_interest(facts, tables, drawn[0], agreed, short):
        return facts
    marked = replace(drawn[0], withheld=short)
    return replace(facts, lines=tuple(marked if line is drawn[0] else line for line in facts.lines))


def _is_first_interest(facts: CaseFacts, tables: ReferenceTables, line: Line, agreed: Decimal, short: Decimal) -> bool:
    product = product_of(facts.terms, line.date)
    if product is None:
        return False
    history = PrincipalHistory(((line.date, agreed),))
    quarterly = facts.terms.text("settlement") == "quarterly"
    ends = {add_months(line.date, months) for months in ((1, 3) if quarterly else (1,))}
    ends |= {line.date + timedelta(days=days) for days in ((30, 90) if quarterly else (30,))}
    try:
        amounts = [total(accrue(product, DateRange(line.date, end), history, tables)) for end in sorted(ends)]
    except ReferenceGapError:
        return False
    return any(agrees(amount, short) for amount in amounts)
