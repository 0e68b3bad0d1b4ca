"""Draws screenshots of phones: a chat with bubbles, a conversation of short messages, a list of them, a photo."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from workbench.documents.glyphs import shipped_fonts

WIDTH = 1080
_SIZE = 44
_LINE = 62
_PAD = 28


@dataclass(frozen=True)
class Said:
    """One bubble; ``side`` is ``left``, ``right``, ``time`` or ``system``."""

    side: str
    text: str


def _font(size: int = _SIZE) -> ImageFont.FreeTypeFont:
    path = next(iter(sorted(shipped_fonts().glob("*Regular.otf"))))
    return ImageFont.truetype(str(path), size)


def _wrapped(draw: ImageDraw.ImageDraw, text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    lines = [""]
    for char in text:
        if char == "\n" or draw.textlength(lines[-1] + char, font) > width:
            lines.append("" if char == "\n" else char)
        else:
            lines[-1] += char
    return lines


def chat(title: str, said: Sequence[Said], *, dark: bool = False, height: int = 2200) -> Image.Image:
    """Draw a WeChat conversation."""
    ground, other, own, ink = (
        ((17, 17, 17), (44, 44, 44), (60, 179, 110), (230, 230, 230)) if dark
        else ((237, 237, 237), (255, 255, 255), (149, 236, 105), (20, 20, 20))
    )  # fmt: skip
    image = Image.new("RGB", (WIDTH, height), ground)
    draw = ImageDraw.Draw(image)
    draw.text((60, 24), "09:41", ink, _font(36))
    draw.text((880, 24), "5G 82%", ink, _font(36))
    draw.text((30, 100), "<", ink, _font(52))
    draw.text((WIDTH / 2, 130), title, ink, _font(50), anchor="mm")
    top = 220
    for one in said:
        if one.side in {"time", "system"}:
            draw.text((WIDTH / 2, top + 30), one.text, (150, 150, 150), _font(34), anchor="mm")
            top += 90
            continue
        top = _bubble(draw, one, top, own if one.side == "right" else other, ink)
    draw.rectangle((0, height - 120, WIDTH, height), (247, 247, 247) if not dark else (30, 30, 30))
    return image


def _bubble(
    draw: ImageDraw.ImageDraw, one: Said, top: int, fill: tuple[int, int, int], ink: tuple[int, int, int]
) -> int:
    font = _font()
    lines = _wrapped(draw, one.text, font, WIDTH * 0.62)
    wide = max(draw.textlength(line, font) for line in lines) + 2 * _PAD
    high = len(lines) * _LINE + 2 * _PAD - 10
    left = 150 if one.side == "left" else WIDTH - 150 - wide
    avatar = 30 if one.side == "left" else WIDTH - 130
    draw.rectangle((avatar, top, avatar + 100, top + 100), (90, 120, 190))
    draw.rounded_rectangle((left, top, left + wide, top + high), 14, fill)
    for at, line in enumerate(lines):
        draw.text((left + _PAD, top + _PAD - 6 + at * _LINE), line, ink, font)
    return int(top + max(high, 100) + 44)


def message_list(entries: Sequence[tuple[str, str, str]], height: int = 1800) -> Image.Image:
    """Draw a list of short messages: (sender, time, words)."""
    image = Image.new("RGB", (WIDTH, height), (255, 255, 255))
    draw = ImageDraw.Draw(image)
    draw.text((60, 24), "09:41", (20, 20, 20), _font(36))
    draw.text((60, 110), "信息", (20, 20, 20), _font(64))
    top = 240
    for sender, when, words in entries:
        draw.ellipse((40, top, 140, top + 100), (120, 160, 220))
        draw.text((180, top), sender, (20, 20, 20), _font(46))
        draw.text((WIDTH - 50, top + 6), when, (140, 140, 140), _font(34), anchor="ra")
        lines = _wrapped(draw, words, _font(38), WIDTH - 240)
        for at, line in enumerate(lines):
            draw.text((180, top + 66 + at * 52), line, (110, 110, 110), _font(38))
        top += 90 + 52 * len(lines) + 40
        draw.line((180, top - 20, WIDTH, top - 20), (225, 225, 225), 2)
    return image


def photo(seed: int = 3) -> Image.Image:
    """Draw a picture without text: hills under a sky."""
    pick = random.Random(seed)  # noqa: S311 - a reproducible fixture
    image = Image.new("RGB", (1200, 900), (150, 190, 230))
    draw = ImageDraw.Draw(image)
    for _ in range(14):
        x, y, r = pick.randint(0, 1200), pick.randint(400, 1000), pick.randint(80, 360)
        draw.ellipse((x - r, y - r // 2, x + r, y + r // 2), tuple(pick.randint(30, 160) for _ in range(3)))
    return image
