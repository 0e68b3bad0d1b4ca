"""Write a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workbench.errors import UsageError


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """Yield a temporary path in the folder of ``out``; on success it replaces ``out``, on error nothing is left.

    Raises:
        UsageError: the folder is missing or cannot be written, the disk is full, or ``out`` is a folder.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{out.name}.", suffix=out.suffix, dir=out.parent)
        os.close(handle)
        temporary = Path(name)
        try:
            yield temporary
            temporary.chmod(0o644)
            temporary.replace(out)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(
            f"the file cannot be written: {error.strerror or error}",
            where=str(out),
            next_step="Choose a folder that exists, is writable and has free space.",
            what_zh=f"无法写入文件：{error.strerror or error}",
            next_step_zh="请选择一个存在、可写且有剩余空间的文件夹。",
        ) from error


def write_bytes(out: Path, data: bytes) -> None:
    """Write ``data`` to ``out`` in one step."""
    with replacing(out) as temporary:
        temporary.write_bytes(data)


def write_text(out: Path, text: str, *, encoding: str = "utf-8") -> None:
    """Write text with its line ends as given."""
    write_bytes(out, text.encode(encoding))
