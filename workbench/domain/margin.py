"""The margin timeline as values: days, minutes, messages and sales on it.

Source: domain specification, sections 6 and 7.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from workbench.domain.market import Notice


@dataclass(frozen=True, slots=True)
class StalePrice:
    """A price taken from an earlier day, said instead of passed over."""

    code: str
    day: date
    """Day the price is from."""
    source: str
    """``bar`` (an imported daily bar) or ``trade`` (the statement's own last fill)."""


@dataclass(frozen=True, slots=True)
class MarginMinute:
    """One minute of the timeline, on days with minute bars of every holding."""

    at: datetime
    """End of the minute."""
    assets: Decimal
    """Yuan: cash and holdings after the fills timed up to then, at the minute's closes."""
    low_assets: Decimal
    """The same at the minute's lows."""
    ratio: Decimal | None
    state: str


@dataclass(frozen=True, slots=True)
class MarginDay:
    """One trading day of the margin timeline."""

    date: date
    assets: Decimal
    debt: Decimal
    ratio: Decimal | None
    """In the contract's convention; None where it has none."""
    state: str
    """``normal``, ``warning``, ``liquidation``, ``emergency`` or ``unknown``."""
    low_assets: Decimal | None = None
    """Assets at the day's low prices; None without bars."""
    lines: Mapping[str, Decimal] = field(default_factory=dict)
    """``warning``, ``liquidation``, ``emergency`` -> assets at the line that day in yuan, holiday uplift included."""
    missing: tuple[str, ...] = ()
    """Codes held without any known price: the day's assets are then unknown."""
    stale: tuple[StalePrice, ...] = ()
    """Holdings valued at an earlier price, because that day has none."""
    uplifted: bool = False
    """True where the contract's higher line for long holidays applied."""

    @property
    def distance(self) -> Decimal | None:
        """Assets minus assets at the liquidation line in yuan; negative = below it; None where either is unknown."""
        line = self.lines.get("liquidation")
        return None if line is None or self.state == "unknown" else self.assets - line

    @property
    def fall(self) -> Decimal | None:
        """Fall of total assets that reaches the liquidation line, as a fraction: ``1 - A*/A``."""
        distance = self.distance
        return None if distance is None or not self.assets else distance / self.assets


@dataclass(frozen=True, slots=True)
class MarginEvent:
    """A message, a top-up or a forced sale on the timeline."""

    at: datetime
    kind: str
    """Kind of the message, ``top_up`` or ``forced_sale``."""
    notice: Notice | None = None
    line: str | None = None
    """Id of the posting."""
    amount: Decimal | None = None
    """Demanded, confirmed or paid in, in yuan."""
    told: Decimal | None = None
    """Ratio the message states, as a fraction."""
    day: date | None = None
    """Day the ratio was compared with; None where nothing could be compared."""
    convention: str | None = None
    """Convention in which the ratio was compared."""
    computed: Decimal | None = None
    """The account's ratio on that day in that convention."""
    agrees: bool | None = None
    """Whether told and computed agree; None where nothing could be compared."""
    by_contract: bool = False
    """True where the told ratio is reached only with the agreed financing, not with what arrived."""
    text_zh: str = ""
    text_en: str = ""
    """The comparison in one sentence; empty where nothing could be compared."""


@dataclass(frozen=True, slots=True)
class Margin:
    """The margin timeline with its lines."""

    convention: str | None
    debt: Decimal
    lines: Mapping[str, Decimal]
    """``warning``, ``liquidation``, ``emergency`` -> assets at the line in yuan, at the last day's debt."""
    first_warning: date | None
    first_liquidation: date | None
    days: tuple[MarginDay, ...]
    events: tuple[MarginEvent, ...] = ()
    """What happened on the timeline, in order of time."""
    minutes: tuple[MarginMinute, ...] = ()
    """The days with minute bars, minute by minute."""

    def first_minute(self, states: Collection[str]) -> MarginMinute | None:
        """Return the first minute in one of the states, None where there is none."""
        return next((minute for minute in self.minutes if minute.state in states), None)
