"""When interest is posted and which days each posting covers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tests.simulator.accrual import add_months
from tests.simulator.model import Deal
from tests.simulator.tables import DAY

MONTHS = {"monthly": 1, "quarterly": 3, "prepaid_monthly": 1}
PERIOD_STYLES = ("open_range", "closed_range", "open_days", "closed_days", "none")


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``start`` (included) to ``end`` (excluded), posted on ``due``."""

    start: date
    end: date
    due: date


def _next(deal: Deal, drawn: date, index: int) -> date:
    if deal.settlement_day:
        first = date(drawn.year, drawn.month, deal.settlement_day) + DAY
        return add_months(first if first > drawn else add_months(first, 1), index - 1)
    if deal.settlement == "weekly":
        return drawn + timedelta(days=7 * index)
    return add_months(drawn, MONTHS[deal.settlement] * index, drawn.day)


def periods(deal: Deal, drawn: date, repaid: date) -> list[Period]:
    """Cut [drawn, repaid) into the settlement's periods; a prepaid one is posted on its first day."""
    if deal.settlement == "at_maturity":
        return [Period(drawn, repaid, repaid)]
    result, start, index = [], drawn, 1
    while start < repaid:
        end = _next(deal, drawn, index)
        if deal.settlement == "prepaid_monthly":
            result.append(Period(start, end, start))
        else:
            result.append(Period(start, min(end, repaid), min(end, repaid)))
        start, index = end, index + 1
    return result


def period_style(random: Random, deal: Deal) -> str:
    """Choose how the remark prints a period; without a range only where rows follow each other gaplessly."""
    if deal.settlement == "prepaid_monthly":
        return random.choice(("closed_days", "closed_range"))
    return random.choice(PERIOD_STYLES)


def period_remark(style: str, prefix: str, shape: str, period: Period, days: int) -> str:
    """Print a period: ``shape`` is a date format, ``days`` the number of days the posting charges."""
    if style == "none":
        return ""
    last = period.end - DAY if style.startswith("closed") else period.end
    text = f"{prefix}{period.start.strftime(shape)}至{last.strftime(shape)}"
    return f"{text} {'计' if len(prefix) % 2 else ''}{days}天" if style.endswith("days") else text
