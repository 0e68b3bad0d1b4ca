"""The timeline minute by minute, on days with minute bars of everything held.

The lines of a minute are those of its day; nothing is filled in: a day on which one holding has no minute bars is left
out, and the minutes begin where every holding has traded. Source: domain specification, section 7.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from itertools import groupby

from workbench.domain.market import Bar
from workbench.domain.money import ZERO
from workbench.engine.replay import Stand


@dataclass(frozen=True, slots=True)
class MinuteValue:
    """Total assets at the end of one minute, in yuan."""

    at: datetime
    assets: Decimal
    """At the minute's closes."""
    low_assets: Decimal
    """At the minute's lows."""


def minute_bars(bars: Sequence[Bar]) -> Mapping[date, tuple[Bar, ...]]:
    """Return the minute bars by day, in order of time."""
    timed = sorted((bar for bar in bars if bar.time), key=lambda bar: (bar.date, bar.time or time(), bar.code))
    return {day: tuple(found) for day, found in groupby(timed, key=lambda bar: bar.date)}


def minutes_of(day: date, bars: Sequence[Bar], opening: Stand, stands: Sequence[Stand]) -> Iterator[MinuteValue]:
    """Yield the account's value at the end of every minute of a day.

    Args:
        day: the trading day.
        bars: its minute bars in order of time.
        opening: the account before the day's first line.
        stands: the account after each line of the day, in posting order; untimed lines count with the timed one
            before them.
    """
    priced = {bar.code for bar in bars}
    closes: dict[str, Decimal] = {}
    for moment, found in groupby(bars, key=lambda bar: bar.time):
        fresh = tuple(found)
        closes |= {bar.code: bar.close for bar in fresh}
        lows = closes | {bar.code: bar.low for bar in fresh}
        stand = _stand_at(moment or time(), opening, stands)
        if any(code not in priced for code in stand.shares):
            return
        if any(code not in closes for code in stand.shares):
            continue
        yield MinuteValue(
            datetime.combine(day, moment or time()),
            stand.cash + _value(stand, closes),
            stand.cash + _value(stand, lows),
        )


def _value(stand: Stand, prices: Mapping[str, Decimal]) -> Decimal:
    return sum((count * prices[code] for code, count in stand.shares.items()), ZERO)


def _stand_at(moment: time, opening: Stand, stands: Sequence[Stand]) -> Stand:
    """Return the account after the last line timed up to and including the minute's end."""
    found = opening
    for stand in stands:
        if stand.line.time is not None and stand.line.time <= moment:
            found = stand
    return found
