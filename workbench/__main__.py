"""Entry point: answers ``--version`` at once, else joins the command line with the terminal interface.

The two interfaces do not know each other; this file hands one to the other. It reads the process environment once and
passes it on.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
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

    return run(arguments, os.environ, open_tui=_open_tui, serve_tui=_serve_tui, program=_program(sys.argv[0]))


def _program(called: str) -> str:
    """Return what to type to call this program again: its name, or its path where the name alone is not found."""
    from shutil import which  # noqa: PLC0415 - `--version` must not wait for this

    if os.path.basename(called) == "__main__.py":  # noqa: PTH119 - pathlib would cost more than the answer
        return f"{os.path.basename(sys.executable)} -m workbench"  # noqa: PTH119
    found = which("workbench")
    return "workbench" if found and os.path.realpath(found) == os.path.realpath(called) else called


def _open_tui(session: Session) -> None:
    from workbench.tui.graphics import asking  # noqa: PLC0415 - commands never load the terminal interface
    from workbench.wiring import home_folder  # noqa: PLC0415

    with asking(os.environ) as answer:
        from workbench.tui.app import run  # noqa: PLC0415 - takes longer than the terminal's answer

        graphics = answer()
    os.environ.update(graphics.environment if graphics else {})
    run(session.desk, session.lang, home_folder(session.home), graphics)


def _serve_tui(session: Session, host: str, port: int, announce: Callable[[str], None]) -> None:
    from workbench.tui.serve import serve  # noqa: PLC0415
    from workbench.wiring import home_folder  # noqa: PLC0415

    where = ["--home", str(home_folder(session.home)), "--lang", session.lang]
    where += ["--database", session.database] if session.database else []
    serve([sys.executable, "-m", "workbench", *where], host, port, announce)


if __name__ == "__main__":
    sys.exit(main())
