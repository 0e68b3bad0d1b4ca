"""When the interpreter looks for garbage: not among what stays, and not while a person waits for a key.

A case of a hundred thousand lines is millions of objects; to go through them again and again would stop the keys for
up to a second each time. So what is loaded is left out of the search, and taken into it once whenever a case is opened,
before it is read: what earlier cases took is then let go. (At once after leaving one would be too early: timers that
were stopped still hold its screen for some seconds.)
"""

from __future__ import annotations

import gc


def leave_out() -> None:
    """Leave what there is by now out of the search."""
    gc.freeze()


def sweep() -> None:
    """Let go of what earlier cases took: a tenth of a second, after a case of a hundred thousand lines up to one.

    So at a moment when nobody types: a case is being opened.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
