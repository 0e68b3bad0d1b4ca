"""When the interpreter looks for garbage: not while the objects of a long ledger are made, for all of them stay.

To go through them again and again takes longer than to make them, and stops every other thread meanwhile.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock


@dataclass
class _Search:
    """How many are making something now; the search is on again when nobody is."""

    lock: Lock = field(default_factory=Lock)
    makers: int = 0


_SEARCH = _Search()


@contextmanager
def uncollected(*, stays: bool = False) -> Iterator[None]:
    """Do not search while the block makes much; blocks may lie in each other and beside each other in threads.

    Args:
        stays: leave all there is at the end out of later searches too.
    """
    with _SEARCH.lock:
        _SEARCH.makers += 1
        gc.disable()
    try:
        yield
    finally:
        with _SEARCH.lock:
            _SEARCH.makers -= 1
            if stays:
                gc.freeze()
            if not _SEARCH.makers:
                gc.enable()
