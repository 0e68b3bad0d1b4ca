"""A plot of assets against the lines, with messages and sales marked under it and every sign explained.

Drawn from numbers alone; each line is that of its day. Curve, lines and marks differ in shape, not only in colour.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from workbench.domain.margin import Margin, MarginDay
from workbench.tui.presenters.base import label, money
from workbench.tui.presenters.margin import LINES
from workbench.tui.widgets.legend import Legend
from workbench.tui.work import shell

if TYPE_CHECKING:
    from workbench.tui.widgets.plot_canvas import MarginCanvas

TONES = {"assets": "$text-primary", "notice": "$text-warning", "forced": "$text-error", "debt": "$muted"}
"""Tone -> colour; the style sheet gives the canvas the same ones."""
SIGNS = {
    "debt": ("·", "debt"),
    "warning": ("╌", "notice"),
    "liquidation": ("─", "forced"),
    "emergency": ("═", "forced"),
}
MARKS = {
    "forced_sale": ("✕", "forced"),
    "margin_call": ("▼", "notice"),
    "warning": ("▽", "notice"),
    "top_up": ("■", "assets"),
}
"""Kind of event -> sign and tone; of several on one day the first kind here is shown."""


class MarginPlot(Vertical):
    """Assets day by day against each day's lines, marks at the foot, the legend below."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._margin: Margin | None = None
        self._canvas: MarginCanvas | None = None

    def compose(self) -> ComposeResult:
        """Lay out the legend; the canvas stands over it once there is something to draw."""
        yield Legend(id="margin-legend")

    def show(self, margin: Margin | None) -> None:
        """Plot another timeline; nothing where fewer than two days are known."""
        self._margin = margin
        days = _known(margin)
        self.display = len(days) > 1
        if margin is not None and self.display:
            self.query_one(Legend).show(self._legend(margin, days))
            self.run_worker(self._draw(), exclusive=True)

    async def _draw(self) -> None:
        if self._canvas is None:
            module = await asyncio.to_thread(import_module, "workbench.tui.widgets.plot_canvas")
            self._canvas = module.MarginCanvas()
            await self.mount(self._canvas, before=0)
        margin, days = self._margin, _known(self._margin)
        if margin is not None and self._canvas is not None:
            levels = [(*SIGNS[name], amounts) for name, amounts in _levels(days).items()]
            marks = [(day, *MARKS[kind]) for day, kind in _marks(margin, days).items()]
            self._canvas.draw(days, levels, marks)

    def _legend(self, margin: Margin, days: Sequence[MarginDay]) -> list[Content]:
        """Explain every sign."""
        words = shell(self).words
        parts = [("⣀⡠⠔", "assets", words("column.assets"))]
        last = days[-1]
        for name in reversed(_levels(days)):
            key, amount = ("column.debt", last.debt) if name == "debt" else (f"margin.line_{name}", last.lines[name])
            parts.append((SIGNS[name][0] * 2, SIGNS[name][1], f"{words(key)} {money(amount)}"))
        kinds = {event.kind for event in margin.events}
        parts += [(*MARKS[kind], label(words, "margin_event", kind)) for kind in MARKS if kind in kinds]
        return [Content.assemble((sign, TONES[tone]), f" {text}") for sign, tone, text in parts]


def _known(margin: Margin | None) -> list[MarginDay]:
    """Return the days whose assets are known."""
    return [day for day in margin.days if day.state != "unknown"] if margin else []


def _levels(days: Sequence[MarginDay]) -> dict[str, list[float]]:
    """Return the debt and each line day by day, those that every day has."""
    found = {"debt": [float(day.debt) for day in days if day.debt > 0]}
    found |= {name: [float(day.lines[name]) for day in days if name in day.lines] for name in LINES}
    return {name: amounts for name, amounts in found.items() if len(amounts) == len(days)}


def _marks(margin: Margin, days: Sequence[MarginDay]) -> dict[int, str]:
    """Return number of a day -> kind of event, the weightiest of a day; a day that is not drawn is the one before."""
    order = list(MARKS)
    found: dict[int, str] = {}
    for event in margin.events:
        at = _place(event.at.date(), days)
        if event.kind in MARKS and at is not None:
            found[at] = min(found.get(at, event.kind), event.kind, key=order.index)
    return found


def _place(day: date, days: Sequence[MarginDay]) -> int | None:
    """Return the number of a day, or of the last one before it."""
    earlier = [at for at, entry in enumerate(days) if entry.date <= day]
    return earlier[-1] if earlier else None
