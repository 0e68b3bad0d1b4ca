"""Arguments and options that several commands share, each described once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Lang(StrEnum):
    """Languages of the text for people."""

    ZH = "zh"
    EN = "en"


CaseArgument = Annotated[str, typer.Argument(metavar="CASE", help="Name of the case.", show_default=False)]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]
OutOption = Annotated[
    Path | None, typer.Option("-o", "--out", metavar="FILE", help="File to write; its ending chooses the format.")
]
NoteOption = Annotated[str, typer.Option("--note", metavar="TEXT", help="A note to keep with it.")]
