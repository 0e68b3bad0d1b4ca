"""Price histories become daily returns of what is held now: aligned by day, missing days named, nothing filled in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Final

from workbench.domain.money import ONE, ZERO
from workbench.errors import UsageError
from workbench.planning.guards import positive

History = Mapping[str, Mapping[date, Decimal]]
"""Code -> day -> close in yuan; a day without trading has no entry."""
LARGEST_LIMIT: Final = Decimal("0.305")
"""Above the widest daily price limit (30 %) and its rounding: a bigger move is a split, a listing or a mistake."""


@dataclass(frozen=True, slots=True)
class DayReturn:
    """One day's simple returns, fractions."""

    day: date
    before: date
    """The trading day whose close it starts from."""
    total: Decimal
    """Return of the portfolio at today's weights: sum of weight x return."""
    by_code: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What is held, with the returns it would have had."""

    as_of: date
    """Last day on which all securities have a close."""
    values: Mapping[str, Decimal]
    """Code -> quantity x close of that day, in yuan, unrounded."""
    returns: tuple[DayReturn, ...]
    """Rising by day; a day after or on a gap is left out, never bridged."""
    missing: tuple[tuple[str, date], ...]
    """Closes that a day of the others, or of the calendar, lacks, inside the span of the file."""
    jumps: tuple[tuple[str, date, Decimal], ...]
    """Returns beyond any price limit: kept, and to be looked at (ex-rights days of unadjusted prices)."""

    @property
    def value(self) -> Decimal:
        """Market value in yuan."""
        return sum(self.values.values(), ZERO)


def portfolio_returns(
    quantities: Mapping[str, Decimal], history: History, calendar: Collection[date] = ()
) -> Portfolio:
    """Return the portfolio's daily returns at the weights it has now.

    r(t) = sum over codes of w x (P(t) / P(t-1) - 1), w = quantity x last close / value. A return is only taken between
    two successive trading days on both of which every code has a close.

    Args:
        quantities: code -> shares held now.
        history: closes.
        calendar: trading days known otherwise; those inside the file's span count as days even where no code has one.

    Raises:
        UsageError: nothing held, a code without history, or no two successive days.
    """
    for code, count in quantities.items():
        positive(count, f"the quantity of {code}", f"{code} 的数量")
    absent = sorted(code for code in quantities if not history.get(code))
    if absent or not quantities:
        raise _no_prices(absent)
    seen = sorted({day for code in quantities for day in history[code]})
    days = sorted({*seen, *(day for day in calendar if seen[0] <= day <= seen[-1])})
    missing = tuple((code, day) for day in days for code in sorted(quantities) if day not in history[code])
    gaps = {day for _, day in missing}
    pairs = [(before, day) for before, day in pairwise(days) if before not in gaps and day not in gaps]
    if not pairs:
        raise _no_returns(len(days), len(gaps))
    as_of = max(day for day in days if day not in gaps)
    values = {code: count * history[code][as_of] for code, count in quantities.items()}
    value = sum(values.values(), ZERO)
    returns = []
    for before, day in pairs:
        moves = {code: history[code][day] / history[code][before] - ONE for code in quantities}
        total = sum((values[code] * move for code, move in moves.items()), ZERO) / value
        returns.append(DayReturn(day, before, total, moves))
    jumps = tuple(
        (code, one.day, move)
        for one in returns
        for code, move in sorted(one.by_code.items())
        if abs(move) > LARGEST_LIMIT
    )
    return Portfolio(as_of, values, tuple(returns), missing, jumps)


def over_horizon(returns: tuple[DayReturn, ...], days: int) -> tuple[tuple[date, Decimal], ...]:
    """Return the compounded returns of every unbroken stretch of ``days`` days, by its last day; stretches overlap."""
    found = []
    for at in range(days - 1, len(returns)):
        stretch = returns[at - days + 1 : at + 1]
        if all(earlier.day == later.before for earlier, later in pairwise(stretch)):
            grown = ONE
            for one in stretch:
                grown *= ONE + one.total
            found.append((returns[at].day, grown - ONE))
    return tuple(found)


def _no_prices(codes: list[str]) -> UsageError:
    names = ", ".join(codes)
    return UsageError(
        f"the price file has no close for {names}" if codes else "nothing is held",
        next_step="Give a file with date, code and close of every holding, and holdings as CODE=QUANTITY.",
        what_zh=f"行情文件里没有 {names} 的收盘价" if codes else "没有持仓",
        next_step_zh="请提供含全部持仓的日期、代码、收盘价的文件，持仓写成 代码=数量。",
    )


def _no_returns(days: int, gaps: int) -> UsageError:
    return UsageError(
        f"no return can be taken: of {days} days {gaps} lack a close",
        next_step="Give closes of all holdings for the same successive trading days.",
        what_zh=f"算不出收益率：{days} 个交易日中有 {gaps} 天缺收盘价",
        next_step_zh="请提供全部持仓相同且连续的交易日收盘价。",
    )
