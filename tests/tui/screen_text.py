"""What a running terminal interface shows, as plain text."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from textual.app import App
from textual.pilot import Pilot

STEP = 0.05
"""Seconds between two looks."""


def shown(app: App[Any]) -> str:
    """Return the whole screen as text, one line per row."""
    width, height = app.size
    lines = app.screen._compositor.render_strips(app.size)  # what the terminal would get
    return "\n".join("".join(segment.text for segment in strip).ljust(width) for strip in lines[:height])


async def until(pilot: Pilot[Any], text: str, seconds: float = 15) -> str:
    """Wait until a text stands on the screen and return the screen; fail with what stands there instead."""
    screen = ""
    for _ in range(int(seconds / STEP)):
        await pilot.pause()
        screen = shown(pilot.app)
        if text in screen:
            return screen
        await asyncio.sleep(STEP)
    raise AssertionError(f"{text!r} never came:\n{screen}")


async def until_true(pilot: Pilot[Any], condition: Callable[[], bool], seconds: float = 15) -> None:
    """Wait until a condition holds; fail with what stands on the screen."""
    for _ in range(int(seconds / STEP)):
        await pilot.pause()
        if condition():
            return
        await asyncio.sleep(STEP)
    raise AssertionError(f"it never came true:\n{shown(pilot.app)}")


async def until_noticed(pilot: Pilot[Any], text: str, seconds: float = 30) -> None:
    """Wait until a notice with a text was shown; test runs draw none, so the app's own list is looked at."""
    for _ in range(int(seconds / STEP)):
        await pilot.pause()
        said = [notice.message for notice in pilot.app._notifications]
        if any(text in message for message in said):
            return
        await asyncio.sleep(STEP)
    raise AssertionError(f"no notice said {text!r}, only {said}")
