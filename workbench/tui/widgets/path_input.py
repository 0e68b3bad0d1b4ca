"""A field for pasted paths: several lines become several paths instead of losing all but the first."""

from __future__ import annotations

import shlex

from workbench.tui.widgets.field import Field


class PathInput(Field):
    """An input that takes a paste of many lines, and leaves names as they are."""

    def validate_value(self, value: str) -> str:
        """Keep full-width digits: they may be part of a file's name."""
        return value

    def one_line(self, text: str) -> str:
        """Join pasted lines into one, each quoted."""
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if len(lines) <= 1:
            return "".join(lines)
        return " ".join(shlex.quote(line.strip("'\"")) for line in lines)
