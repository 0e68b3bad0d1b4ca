"""The drawing of a margin timeline on textual-plot's canvas: days across, yuan up.

Loaded when a plot is first looked at, because the library brings NumPy with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil, floor
from typing import ClassVar

from textual_plot import AxisFormatter, HiResMode, NumericAxisFormatter, PlotWidget

from workbench.domain.margin import MarginDay

Level = tuple[str, str, Sequence[float]]
"""Sign, tone and amounts of a line."""
Mark = tuple[int, str, str]
"""Number of a day, sign, tone."""
TICK_COLUMNS = 16
"""Columns a date on the axis takes, with room beside it."""
LABEL_END = 7
"""Columns by which a date reaches beyond its day, and the frame."""
TICK_ROWS = 3
"""Rows from one amount on the axis to the next."""
POINTS = 400
"""Places at which a line is drawn, so that it is closed at every width."""
SIDE_ROOM = 0.02
"""Part of the width kept free beside the first and the last day, whose marks the frame would cover."""
MARK_ROOM = 0.1
"""Part of the height kept free for the marks under the curve."""


class DayAxis(AxisFormatter):
    """Days by their number, labelled with their dates, as many as there is room for."""

    def __init__(self, days: Sequence[MarginDay], room: Callable[[], int]) -> None:
        self._days = days
        self._room = room

    def get_ticks(self, min_: float, max_: float, max_ticks: int = 8) -> list[float]:  # noqa: ARG002 - theirs
        """Return the first day and others at one distance, those whose dates fit whole and stand apart."""
        columns = self._room() / ((max_ - min_) or 1)
        if columns <= 0:
            return []
        fit = floor(max_ - LABEL_END / columns)
        return [float(day) for day in range(0, min(fit, len(self._days) - 1) + 1, ceil(TICK_COLUMNS / columns))]

    def get_labels_for_ticks(self, ticks: Sequence[float]) -> list[str]:
        """Return the dates."""
        return [self._days[round(tick)].date.isoformat() for tick in ticks]


class YuanAxis(NumericAxisFormatter):
    """Round amounts, as many as there is room for."""

    def __init__(self, room: Callable[[], int]) -> None:
        self._room = room

    def get_ticks(self, min_: float, max_: float, max_ticks: int = 8) -> list[float]:
        """Return round amounts, every second one left out until they fit."""
        found = super().get_ticks(min_, max_, max_ticks)
        while len(found) > max(2, self._room() // TICK_ROWS):
            found = found[::2]
        return found

    def get_labels_for_ticks(self, ticks: Sequence[float]) -> list[str]:
        """Return the amounts with separators."""
        return [f"{tick:,.0f}" for tick in ticks]


class MarginCanvas(PlotWidget, can_focus=False):
    """Assets as a curve of dots, the lines as rows of signs, marks at the foot."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"plot--assets", "plot--notice", "plot--forced", "plot--debt"}

    def __init__(self) -> None:
        super().__init__(allow_pan_and_zoom=False)
        self._fill: Callable[[], None] | None = None

    def draw(self, days: Sequence[MarginDay], levels: Sequence[Level], marks: Sequence[Mark]) -> None:
        """Draw a timeline.

        Args:
            days: the days whose assets are known, two at least.
            levels: sign, tone and amount in yuan on each of the days; a later one is drawn over an earlier one.
            marks: number of the day, sign, tone; tones are the parts of the classes ``plot--TONE``.
        """
        assets = [float(day.assets) for day in days]
        amounts = [*assets, *(amount for _, _, row in levels for amount in row)]
        low, high = min(amounts), max(amounts)
        foot = low - MARK_ROOM * ((high - low) or 1)
        ends = max(len(f"{amount:,.0f}") for amount in (foot, high)) + 2
        self.margin_left, self.margin_top, self.margin_bottom = ends, 0, 1
        self.set_x_formatter(DayAxis(days, lambda: self.size.width - ends))
        self.set_y_formatter(YuanAxis(lambda: self.size.height))
        beside = SIDE_ROOM * len(days)
        self.set_xlimits(-beside, len(days) - 1 + beside)
        self.set_ylimits(foot, high)
        places = [(len(days) - 1) * point / POINTS for point in range(POINTS + 1)]

        def fill() -> None:
            self.clear()
            for sign, tone, level in levels:
                self.scatter(places, [level[int(place)] for place in places], sign, self._tone(tone))
            self.plot(list(range(len(days))), assets, self._tone("assets"), HiResMode.BRAILLE)
            for day, sign, tone in marks:
                self.scatter([day], [foot], sign, self._tone(tone))

        self._fill = fill
        fill()
        self.call_after_refresh(self.refresh, layout=True)

    def notify_style_update(self) -> None:
        """Take the colours of another theme."""
        super().notify_style_update()
        if self._fill is not None and self.is_mounted:
            self._fill()

    def _tone(self, name: str) -> str:
        return str(self.get_component_rich_style(f"plot--{name}"))
