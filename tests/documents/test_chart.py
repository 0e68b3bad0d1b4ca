"""The margin timeline as a picture: drawn where assets are known, with its colours for curve, lines and sale."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from PIL import Image

from workbench.documents.chart import ASSETS, LIQUIDATION, WARNING, margin_chart
from workbench.documents.labels import load_labels
from workbench.domain.margin import Margin, MarginDay, MarginEvent

START = date(2025, 1, 2)


def timeline(*assets: int, events: tuple[MarginEvent, ...] = (), state: str = "normal") -> Margin:
    days = tuple(
        MarginDay(START + timedelta(days=at), Decimal(one), Decimal(400), None, state) for at, one in enumerate(assets)
    )
    lines = {"warning": Decimal(480), "liquidation": Decimal(440)}
    return Margin("assets_over_debt", Decimal(400), lines, None, None, days, events)


def colours(png: bytes) -> set[tuple[int, ...]]:
    """Return the colours of a picture, each rounded to steps of eight."""
    image = Image.open(io.BytesIO(png)).convert("RGB").reduce(2)
    found = image.getcolors(image.width * image.height) or []
    return {tuple(channel // 32 for channel in colour) for _, colour in found if isinstance(colour, tuple)}


def rounded(colour: tuple[int, int, int]) -> tuple[int, ...]:
    return tuple(channel // 32 for channel in colour)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_curve_and_lines_are_drawn(lang: str) -> None:
    png = margin_chart(timeline(520, 500, 470, 430), load_labels(lang))
    assert png is not None
    assert png.startswith(b"\x89PNG")
    assert {rounded(ASSETS), rounded(WARNING), rounded(LIQUIDATION)} <= colours(png)


def test_a_forced_sale_and_a_call_change_the_picture() -> None:
    plain = margin_chart(timeline(520, 500, 470, 430), load_labels("zh"))
    at = datetime.combine(START + timedelta(days=3), datetime.min.time())
    events = (MarginEvent(at, "margin_call"), MarginEvent(at, "forced_sale"))
    assert margin_chart(timeline(520, 500, 470, 430, events=events), load_labels("zh")) != plain


def test_without_known_assets_there_is_no_picture() -> None:
    assert margin_chart(timeline(520), load_labels("zh")) is None
    assert margin_chart(timeline(0, 0, state="unknown"), load_labels("zh")) is None
