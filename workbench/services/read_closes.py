"""Read closing prices from a file for the calculators; nothing is saved."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.intake.closes import Closes


def read_closes_file(path: Path) -> Closes:
    """Read a price file: bars of any program, or the columns date, code, close.

    Raises:
        InputError: a file that holds no usable closes.
        OSError: a file that cannot be opened.
    """
    from workbench.intake.closes import read_closes  # noqa: PLC0415  start fast

    data = path.read_bytes()
    return read_closes(data, path.name, sha256(data).hexdigest())
