"""Three themes: dark, light, high contrast. Colours mean the same in each, and never say it alone."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="workbench-dark",
    primary="#7fb2c9",
    secondary="#9aa7b5",
    accent="#8ec3a7",
    warning="#e0b25c",
    error="#e67e74",
    success="#8fc98a",
    foreground="#d8dde3",
    background="#14181d",
    surface="#1a1f26",
    panel="#232a33",
    dark=True,
    variables={"muted": "#a2adb9", "cursor": "#213b48", "cursor-blurred": "#262e38"},
)
LIGHT = Theme(
    name="workbench-light",
    primary="#1f5f7a",
    secondary="#55606c",
    accent="#1f6b4a",
    warning="#8a5a00",
    error="#b3261e",
    success="#23692a",
    foreground="#1d2228",
    background="#f7f6f2",
    surface="#fdfcf9",
    panel="#e9e7e0",
    dark=False,
    variables={"muted": "#545a61", "cursor": "#c9dfe8", "cursor-blurred": "#e4e1d8"},
)
CONTRAST = Theme(
    name="workbench-contrast",
    primary="#00e5ff",
    secondary="#ffffff",
    accent="#00ff9c",
    warning="#ffd400",
    error="#ff8a80",
    success="#7dff7d",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#262626",
    dark=True,
    text_alpha=1.0,
    variables={"muted": "#d0d0d0", "cursor": "#00335c", "cursor-blurred": "#333333"},
)
THEMES = (DARK, LIGHT, CONTRAST)
