"""A field of one line that loses nothing of a paste: input methods and clipboards hand over several lines at once."""

from __future__ import annotations

from textual import events
from textual.widgets import Input


class LineInput(Input):
    """An input whose pasted lines become one, with a blank between them."""

    def _on_paste(self, event: events.Paste) -> None:
        """Join the lines; Textual's own input keeps only the first."""
        event.prevent_default()
        event.stop()
        text = " ".join(line.strip() for line in event.text.splitlines() if line.strip())
        self.insert_text_at_cursor("".join(char for char in text if char.isprintable()))
