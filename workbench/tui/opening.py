"""Hand a file to the system's viewer, detached, so that nothing it prints reaches the terminal."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from workbench.errors import UsageError


def open_path(path: Path) -> None:
    """Open a file in the system's viewer.

    Raises:
        UsageError: this machine has no viewer; the sentence names the file.
    """
    if sys.platform == "win32":
        os.startfile(path)  # noqa: S606  # the system's own way to open a file
        return
    opener = "open" if sys.platform == "darwin" else "xdg-open"
    program = shutil.which(opener)
    if program is None:
        raise UsageError(
            "no viewer on this machine",
            where=str(path),
            next_step="Open the file by hand.",
            what_zh="本机没有可用的查看器",
            next_step_zh="请手动打开该文件。",
        )
    subprocess.Popen(  # noqa: S603  # fixed program, path as one argument
        [program, str(path)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def copy_for_viewing(name: str, data: bytes) -> Path:
    """Write a copy under its own name to a fresh temporary folder; the vault's file is never handed out."""
    folder = Path(tempfile.mkdtemp(prefix="workbench-"))
    path = folder / (Path(name).name or "file")
    path.write_bytes(data)
    path.chmod(0o400)
    return path
