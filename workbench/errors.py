"""Every error a person may meet, one small tree.

    WorkbenchError                what happened, where, what next
    ├── UsageError                a command or option that does not fit
    ├── InputError                a file, page or row that cannot be used
    │   ├── UnreadableFileError   empty, encrypted, truncated, too large, of the wrong kind, no rights
    │   ├── OcrNeededError        pages without text; the ``ocr`` extra or typed figures are the way out
    │   └── LayoutUnknownError    a table whose columns are not understood; needs a mapping
    ├── NotFoundError             no such case, line, finding, template
    ├── ConflictError             a name taken, a case changed elsewhere
    ├── StoreError                database locked, full, not writable, of a newer version
    ├── ReferenceGapError         a date beyond a dated table
    └── RenderError               a document whose figures, fields or glyphs do not resolve

Each carries three parts: what happened, where (file, page, row, raw text), what to do next. One place
(``cli.diagnostics``) turns them into exit code 2; the terminal interface turns them into a notice.
"""

from __future__ import annotations


class WorkbenchError(Exception):
    """An error for a person: one sentence each for what, where and what next, in English and Chinese."""

    def __init__(
        self, what: str, *, where: str = "", next_step: str = "", what_zh: str = "", next_step_zh: str = ""
    ) -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.next_step = next_step
        self.what_zh = what_zh or what
        self.next_step_zh = next_step_zh or next_step

    def text(self, lang: str = "en") -> str:
        """Return the three parts as one line in ``zh`` or ``en``."""
        what, next_step = (self.what_zh, self.next_step_zh) if lang == "zh" else (self.what, self.next_step)
        stop, gap, where = ("。", "", f"（{self.where}）") if lang == "zh" else (".", " ", f" ({self.where})")
        ends = what.endswith(stop)
        said = what.removesuffix(stop) + (where if self.where else "")
        if next_step and not said.endswith(("?", "？", "!", "！", "…", ":", "：")):
            return f"{said}{stop}{gap}{next_step}"
        return f"{said} {next_step}" if next_step else said + (stop if ends else "")

    def __str__(self) -> str:
        return self.text()


class UsageError(WorkbenchError):
    """A command or option that does not fit."""


class InputError(WorkbenchError):
    """A file, page or row that cannot be used."""


class UnreadableFileError(InputError):
    """A file that is empty, encrypted, truncated, too large, of the wrong kind or not readable."""


class OcrNeededError(InputError):
    """A document whose pages are pictures without text."""


class LayoutUnknownError(InputError):
    """A table whose columns are not understood and that needs a mapping."""


class NotFoundError(WorkbenchError):
    """No such case, line, finding or template."""


class ConflictError(WorkbenchError):
    """A name that is taken or a case that changed elsewhere."""


class StoreError(WorkbenchError):
    """A database that is locked, full, not writable or of a newer version."""


class ReferenceGapError(WorkbenchError):
    """A date for which a dated reference table has no value."""


class RenderError(WorkbenchError):
    """A document whose figures, fields or glyphs do not resolve."""
