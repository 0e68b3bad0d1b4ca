"""A plot of assets against the lines in braille dots, 2 x 4 dots a cell, with messages and sales marked under it.

Drawn from numbers alone; each line is that of its day. Curve, lines and marks differ in shape, not only in colour.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from workbench.domain.margin import Margin, MarginDay
from workbench.tui.presenters.base import label, money
from workbench.tui.presenters.margin import LINES
from workbench.tui.work import shell

DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
TONES = {"warning": "$text-warning", "liquidation": "$text-error", "emergency": "$text-error", "debt": "$muted"}
SIGNS = {"warning": "╌", "liquidation": "─", "emergency": "═", "debt": "·"}
MARKS = {
    "forced_sale": ("✕", "$text-error"),
    "margin_call": ("▼", "$text-warning"),
    "warning": ("▽", "$text-warning"),
    "top_up": ("■", "$text-primary"),
}
"""Kind of event -> sign and tone; of several in one column the first kind here is shown."""
LEAST_WIDTH, LEAST_HEIGHT = 30, 5
LEAST_ROWS = 6
"""Rows of the curve below which the legend gives way."""


def scale(values: Sequence[Decimal], low: Decimal, high: Decimal, steps: int) -> list[int]:
    """Map values to 0 (top) .. steps - 1 (bottom)."""
    span = high - low or Decimal(1)
    return [min(steps - 1, max(0, int((high - value) / span * (steps - 1)))) for value in values]


def braille(values: Sequence[Decimal], low: Decimal, high: Decimal, width: int, height: int) -> list[list[int]]:
    """Return dot masks by row and cell; the curve is joined so that steep falls show."""
    grid = [[0] * width for _ in range(height)]
    columns = width * 2
    sampled = [values[min(len(values) - 1, x * len(values) // columns)] for x in range(columns)]
    levels = scale(sampled, low, high, height * 4)
    for x, level in enumerate(levels):
        before = levels[x - 1] if x else level
        for y in range(min(before, level), max(before, level) + 1):
            grid[y // 4][x // 2] |= DOTS[y % 4][x % 2]
    return grid


class MarginPlot(Widget):
    """Assets day by day against each day's lines, marks below."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._margin: Margin | None = None

    def show(self, margin: Margin | None) -> None:
        """Plot another timeline."""
        self._margin = margin
        self.refresh()

    def render(self) -> RenderResult:
        """Draw the plot, the marks and the legend; nothing where there are no days or too little room."""
        margin = self._margin
        width, height = self.content_size.width, self.content_size.height
        days = [day for day in margin.days if day.state != "unknown"] if margin else []
        if margin is None or not days or height < LEAST_HEIGHT or width < LEAST_WIDTH:
            return ""
        levels = _levels(days)
        shown = [day.assets for day in days] + [amount for row in levels.values() for amount in row]
        low, high = min(shown), max(shown)
        gutter = max(cell_len(money(high)), cell_len(money(low))) + 1
        legend = self._legend(margin, days, levels)[: max(1, height - LEAST_ROWS - 1)]
        rows = height - 1 - len(legend)
        body = _body([day.assets for day in days], levels, (low, high), (width - gutter, rows))
        body.append(_marks(margin, days, width - gutter))
        names = {0: money(high), rows - 1: money(low)}
        lines = [
            Content.styled(f"{names.get(row, ''):>{gutter - 1}} ", "$muted") + line for row, line in enumerate(body)
        ]
        return Content("\n").join([*lines, *legend])

    def _legend(
        self, margin: Margin, days: Sequence[MarginDay], levels: Mapping[str, Sequence[Decimal]]
    ) -> list[Content]:
        """Explain every sign, on as many lines as the width needs."""
        words = shell(self).words
        parts = [("⣀⡠⠔", "$text-primary", words("column.assets"))]
        for name, amounts in sorted(levels.items(), key=lambda item: item[0] == "debt"):
            key = "column.debt" if name == "debt" else f"margin.line_{name}"
            parts.append((SIGNS[name] * 2, TONES[name], f"{words(key)} {money(amounts[-1])}"))
        kinds = {event.kind for event in margin.events}
        parts += [(*MARKS[kind], label(words, "margin_event", kind)) for kind in MARKS if kind in kinds]
        parts.append(("", "$muted", f"{days[0].date} ~ {days[-1].date}"))
        lines: list[Content] = []
        for sign, tone, text in parts:
            item = Content.assemble((f"{sign} " if sign else "", tone), text + "  ")
            if lines and lines[-1].cell_length + item.cell_length <= self.content_size.width:
                lines[-1] += item
            else:
                lines.append(item)
        return lines


def _levels(days: Sequence[MarginDay]) -> dict[str, list[Decimal]]:
    """Return the debt and each line day by day, those that every day has; in one cell the later one is drawn."""
    found = {"debt": [day.debt for day in days if day.debt > 0]}
    found |= {name: [day.lines[name] for day in days if name in day.lines] for name in LINES}
    return {name: amounts for name, amounts in found.items() if len(amounts) == len(days)}


def _body(
    assets: Sequence[Decimal],
    levels: Mapping[str, Sequence[Decimal]],
    bounds: tuple[Decimal, Decimal],
    size: tuple[int, int],
) -> list[Content]:
    low, high = bounds
    width, height = size
    grid = braille(assets, low, high, width, height)
    under: dict[tuple[int, int], str] = {}
    for name, amounts in levels.items():
        sampled = [amounts[min(len(amounts) - 1, x * len(amounts) // width)] for x in range(width)]
        under |= {(row, x): name for x, row in enumerate(scale(sampled, low, high, height))}
    lines = []
    for row in range(height):
        parts: list[tuple[str, str]] = []
        for x, mask in enumerate(grid[row]):
            level = under.get((row, x))
            if mask:
                parts.append((chr(0x2800 + mask), "$text-primary"))
            else:
                parts.append((SIGNS[level], TONES[level]) if level else (" ", ""))
        lines.append(Content.assemble(*parts))
    return lines


def _marks(margin: Margin, days: Sequence[MarginDay], width: int) -> Content:
    """Return the row of marks: each event under the column of its day, the weightiest of a column."""
    order = list(MARKS)
    found: dict[int, str] = {}
    for event in margin.events:
        at = _place(event.at.date(), days)
        if event.kind not in MARKS or at is None:
            continue
        x = min(width - 1, at * width // len(days))
        found[x] = min(found.get(x, event.kind), event.kind, key=order.index)
    return Content.assemble(*(MARKS[found[x]] if x in found else (" ", "") for x in range(width)))


def _place(day: date, days: Sequence[MarginDay]) -> int | None:
    """Return the index of a day, or of the last one before it."""
    earlier = [at for at, entry in enumerate(days) if entry.date <= day]
    return earlier[-1] if earlier else None
