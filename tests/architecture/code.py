"""The sources as parsed trees, for the rules of this folder."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Module:
    """One source file."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """Path from the checkout's top."""
        return self.path.relative_to(ROOT).as_posix()

    def inside(self, *folders: str) -> bool:
        """Tell whether the file lies in one of these folders of the package."""
        return any(self.name.startswith(f"workbench/{folder}/") for folder in folders)

    def calls(self) -> Iterator[ast.Call]:
        """Return every call in the file."""
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))

    def place(self, node: ast.expr) -> str:
        """Return ``file:line`` for a complaint."""
        return f"{self.name}:{node.lineno}"


@cache
def modules(folder: str) -> tuple[Module, ...]:
    """Return the sources of ``workbench`` or ``tests``."""
    found = []
    for path in sorted((ROOT / folder).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        found.append(Module(path, text, ast.parse(text, str(path))))
    return tuple(found)
