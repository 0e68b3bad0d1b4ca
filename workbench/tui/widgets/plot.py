"""A plot of assets against the lines in braille dots: 2 x 4 dots a cell, drawn from numbers alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from workbench.domain.margin import Margin
from workbench.tui.presenters.base import money
from workbench.tui.presenters.margin import LINES
from workbench.tui.work import shell

DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
TONES = {"warning": "$text-warning", "liquidation": "$text-error", "emergency": "$text-error", "debt": "$muted"}
SIGNS = {"warning": "╌", "liquidation": "─", "emergency": "═", "debt": "·"}


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
    """Assets day by day, with warning and liquidation line as levels at the last day's debt."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._margin: Margin | None = None

    def show(self, margin: Margin | None) -> None:
        """Plot another timeline."""
        self._margin = margin
        self.refresh()

    def render(self) -> RenderResult:
        """Draw the plot with its legend; nothing where there are no days."""
        margin = self._margin
        width, height = self.content_size.width, self.content_size.height
        if margin is None or not margin.days or height < 3 or width < 30:  # noqa: PLR2004  # too small to mean anything
            return ""
        levels = {name: margin.lines[name] for name in LINES if name in margin.lines}
        if margin.debt > 0:
            levels["debt"] = margin.debt
        assets = [entry.assets for entry in margin.days]
        low, high = min(*assets, *levels.values()), max(*assets, *levels.values())
        label = max(cell_len(money(high)), cell_len(money(low))) + 1
        body = self._body(assets, levels, (low, high), (width - label, height - 1))
        labels = [money(high) if row == 0 else money(low) if row == height - 2 else "" for row in range(height - 1)]
        lines = [
            Content.styled(f"{text:>{label - 1}} ", "$muted") + line for text, line in zip(labels, body, strict=True)
        ]
        return Content("\n").join([*lines, self._legend(margin, levels)])

    def _body(
        self,
        assets: Sequence[Decimal],
        levels: Mapping[str, Decimal],
        bounds: tuple[Decimal, Decimal],
        size: tuple[int, int],
    ) -> list[Content]:
        low, high = bounds
        width, height = size
        grid = braille(assets, low, high, width, height)
        names = list(levels)
        at = dict(zip(scale(list(levels.values()), low, high, height), names, strict=True))
        lines = []
        for row in range(height):
            name = at.get(row)
            parts: list[tuple[str, str]] = []
            for mask in grid[row]:
                if mask:
                    parts.append((chr(0x2800 + mask), "$text-primary"))
                else:
                    parts.append((SIGNS[name], TONES[name]) if name else (" ", ""))
            lines.append(Content.assemble(*parts))
        return lines

    def _legend(self, margin: Margin, levels: Mapping[str, Decimal]) -> Content:
        words = shell(self).words
        parts: list[tuple[str, str]] = [("⣀⡠⠔ ", "$text-primary"), (words("column.assets") + "   ", "")]
        for name, amount in levels.items():
            key = "column.debt" if name == "debt" else f"margin.line_{name}"
            parts += [(SIGNS[name] * 2 + " ", TONES[name]), (f"{words(key)} {money(amount)}   ", "")]
        parts.append((f"{margin.days[0].date} ~ {margin.days[-1].date}", "$muted"))
        return Content.assemble(*parts).truncate(self.content_size.width, ellipsis=True)
