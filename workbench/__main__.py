"""Entry point: answers ``--version`` at once, else joins the command line with the terminal interface.

The two interfaces do not know each other; this file hands one to the other. It reads the process environment once and
passes it on.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from workbench import __version__

if TYPE_CHECKING:
    from workbench.cli.session import Session


def main() -> int:
    """Run the program on the process's arguments and return its exit code."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        sys.stdout.write(f"workbench {__version__}\n")
        return 0
    from workbench.cli.app import run  # noqa: PLC0415 - the answer above must not wait for this

    return run(arguments, os.environ, open_tui=_open_tui)


def _open_tui(session: Session) -> None:
    from workbench.tui.app import run  # noqa: PLC0415 - commands never load the terminal interface

    run(session.desk, session.lang)


if __name__ == "__main__":
    sys.exit(main())
