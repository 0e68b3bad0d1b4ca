"""How an optional part is added to this installation."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path


def install_command(extra: str) -> str:
    """Return the command that adds an optional part to this very installation, to be run in the program's folder.

    The package is named by its folder, never by its name: a registry may know that name for something else.

    Args:
        extra: name of the optional part, as ``ocr``.
    """
    python = Path(sys.executable)
    if sys.platform == "win32":
        return subprocess.list2cmdline([str(python), "-m", "pip", "install", f".[{extra}]"])
    try:
        said = f"~/{shlex.quote(str(python.relative_to(Path.home())))}"
    except (ValueError, RuntimeError):  # elsewhere, or nobody's home is known
        said = shlex.quote(str(python))
    return f"{said} -m pip install '.[{extra}]'"
