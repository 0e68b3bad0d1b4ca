"""Folders and files to choose from: hidden ones left out, plain signs that every terminal draws one cell wide."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from textual.widgets import DirectoryTree


class FileTree(DirectoryTree):
    """A directory tree for documents."""

    ICON_NODE = "▸ "
    ICON_NODE_EXPANDED = "▾ "
    ICON_FILE = "  "

    def filter_paths(self, paths: Iterable[Path]) -> Iterable[Path]:
        """Leave hidden files out."""
        return [path for path in paths if not path.name.startswith(".")]
