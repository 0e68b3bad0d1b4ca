"""The margin timeline as a picture: assets against the lines, with calls and forced sales marked.

Drawn from the audit's figures alone; each line is that of its day. Marks differ in shape and the lines in their dashes,
so that a black-and-white copy still tells them apart.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from PIL import Image, ImageDraw, ImageFont

from workbench.documents.glyphs import shipped_fonts
from workbench.documents.labels import Labels
from workbench.domain.margin import Margin, MarginDay
from workbench.domain.money import grouped

WIDTH, HEIGHT = 1800, 760
LEFT, RIGHT, TOP, BOTTOM = 230, 40, 60, 120
INK, GREY = (30, 30, 30), (150, 150, 150)
ASSETS, DEBT, WARNING, LIQUIDATION = (20, 70, 150), (120, 120, 120), (200, 130, 0), (190, 30, 30)
LEVELS = (("warning", WARNING), ("liquidation", LIQUIDATION))
LEAST_DAYS = 2
STEPS = 4
"""Horizontal grid lines between the lowest and the highest amount."""
CALLS = frozenset({"warning", "margin_call"})


def margin_chart(margin: Margin, labels: Labels) -> bytes | None:
    """Return the timeline as PNG, None where fewer than two days have known assets."""
    days = [day for day in margin.days if day.state != "unknown"]
    if len(days) < LEAST_DAYS:
        return None
    return _Chart(days, margin, labels).png()


class _Chart:
    """One picture being drawn."""

    def __init__(self, days: Sequence[MarginDay], margin: Margin, labels: Labels) -> None:
        self._days, self._margin, self._labels = days, margin, labels
        self._image = Image.new("RGB", (WIDTH, HEIGHT), "white")
        self._draw = ImageDraw.Draw(self._image)
        self._font = ImageFont.truetype(str(shipped_fonts() / "WorkbenchSong-Regular.otf"), 28)
        shown = [amount for day in days for amount in (day.assets, day.debt, *day.lines.values())]
        self._low, self._high = min(shown), max(shown)
        self._at = {day.date: at for at, day in enumerate(days)}

    def png(self) -> bytes:
        """Draw everything and return the file."""
        self._grid()
        self._curve([day.debt for day in self._days], DEBT, 3)
        for name, colour in LEVELS:
            self._level([day.lines.get(name) for day in self._days], colour)
        self._curve([day.assets for day in self._days], ASSETS, 5)
        self._marks()
        self._legend()
        stream = io.BytesIO()
        self._image.quantize(64).save(stream, format="PNG", optimize=True)
        return stream.getvalue()

    def _x(self, at: int) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * at / (len(self._days) - 1)

    def _y(self, amount: Decimal) -> float:
        span = self._high - self._low or Decimal(1)
        return float(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (amount - self._low) / span)

    def _text(self, place: tuple[float, float], text: str, anchor: str, colour: tuple[int, int, int] = INK) -> None:
        self._draw.text(place, text, colour, self._font, anchor=anchor)

    def _grid(self) -> None:
        for step in range(STEPS + 1):
            amount = self._low + (self._high - self._low) * step / STEPS
            y = self._y(amount)
            self._draw.line((LEFT, y, WIDTH - RIGHT, y), (225, 225, 225), 1)
            self._text((LEFT - 14, y), grouped(amount)[:-3], "rm", GREY)
        last = len(self._days) - 1
        for at, anchor in ((0, "la"), (last // 2, "ma"), (last, "ra")):
            self._text((self._x(at), HEIGHT - BOTTOM + 12), self._days[at].date.isoformat(), anchor, GREY)

    def _curve(self, amounts: Sequence[Decimal], colour: tuple[int, int, int], width: int) -> None:
        points = [(self._x(at), self._y(amount)) for at, amount in enumerate(amounts)]
        self._draw.line(points, colour, width, joint="curve")

    def _level(self, amounts: Sequence[Decimal | None], colour: tuple[int, int, int]) -> None:
        """Draw a line that may move with the debt, in dashes; days without it stay empty."""
        last = len(amounts) - 1
        for x in range(LEFT, WIDTH - RIGHT, 26):
            amount = amounts[min(last, round((x - LEFT) * last / (WIDTH - LEFT - RIGHT)))]
            if amount is not None:
                y = self._y(amount)
                self._draw.line((x, y, min(x + 14, WIDTH - RIGHT), y), colour, 3)

    def _marks(self) -> None:
        for event in self._margin.events:
            at = self._nearest(event.at.date())
            if at is None:
                continue
            x, y = self._x(at), self._y(self._days[at].assets)
            if event.kind in CALLS:
                self._draw.polygon([(x - 12, y - 34), (x + 12, y - 34), (x, y - 12)], WARNING)
            elif event.kind == "top_up":
                self._draw.rectangle((x - 9, y + 14, x + 9, y + 32), ASSETS)
            elif event.kind == "forced_sale":
                self._draw.line((x - 14, y - 14, x + 14, y + 14), LIQUIDATION, 6)
                self._draw.line((x - 14, y + 14, x + 14, y - 14), LIQUIDATION, 6)

    def _nearest(self, day: date) -> int | None:
        """Return the place of a day, or of the last one before it that is drawn."""
        earlier = [at for known, at in self._at.items() if known <= day]
        return max(earlier) if earlier else None

    def _legend(self) -> None:
        parts: list[tuple[str, tuple[int, int, int]]] = [("assets", ASSETS), ("debt", DEBT)]
        parts += [(name, colour) for name, colour in LEVELS if name in self._margin.lines]
        x = float(LEFT)
        for name, colour in parts:
            y = HEIGHT - 34
            self._draw.line((x, y, x + 46, y), colour, 5)
            text = self._labels.name("chart", name)
            self._text((x + 58, y), text, "lm")
            x += 58 + self._draw.textlength(text, self._font) + 44
        marks = (
            ("call", WARNING, CALLS),
            ("top_up", ASSETS, {"top_up"}),
            ("forced_sale", LIQUIDATION, {"forced_sale"}),
        )
        kinds = {event.kind for event in self._margin.events}
        for name, colour, among in marks:
            if kinds & among:
                self._sign(name, x + 12, HEIGHT - 34, colour)
                text = self._labels.name("chart", name)
                self._text((x + 34, HEIGHT - 34), text, "lm")
                x += 34 + self._draw.textlength(text, self._font) + 40

    def _sign(self, name: str, x: float, y: float, colour: tuple[int, int, int]) -> None:
        if name == "call":
            self._draw.polygon([(x - 12, y - 11), (x + 12, y - 11), (x, y + 11)], colour)
        elif name == "top_up":
            self._draw.rectangle((x - 9, y - 9, x + 9, y + 9), colour)
        else:
            self._draw.line((x - 12, y - 12, x + 12, y + 12), colour, 6)
            self._draw.line((x - 12, y + 12, x + 12, y - 12), colour, 6)
