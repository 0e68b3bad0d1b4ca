"""A field for pasted paths: several lines become several paths instead of losing all but the first."""

from __future__ import annotations

import shlex

from textual import events
from textual.widgets import Input


class PathInput(Input):
    """An input that takes a paste of many lines."""

    def _on_paste(self, event: events.Paste) -> None:
        """Join pasted lines into one, each quoted."""
        event.prevent_default()
        event.stop()
        lines = [line.strip() for line in event.text.splitlines() if line.strip()]
        text = lines[0] if len(lines) == 1 else " ".join(shlex.quote(line.strip("'\"")) for line in lines)
        self.insert_text_at_cursor(text)
