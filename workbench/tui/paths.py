"""Understand a pasted path: quoted, escaped, several at once, or a file address, as terminals paste dropped files."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from urllib.parse import unquote, urlsplit


def parse_paths(text: str) -> tuple[Path, ...]:
    """Return the paths in a line of text; a text that is itself a path, spaces and all, is one path."""
    whole = text.strip()
    if not whole:
        return ()
    first = _path(whole.strip("'\""))
    if first.exists():
        return (first,)
    try:
        parts = shlex.split(whole)
    except ValueError:
        return (first,)
    return tuple(_path(part) for part in parts)


def _path(text: str) -> Path:
    if text.startswith("file://"):
        text = unquote(urlsplit(text).path)
    if text.startswith("//") and os.name == "posix":  # the key that leads to the field, typed into it
        text = f"/{text.lstrip('/')}"
    return Path(text).expanduser()
