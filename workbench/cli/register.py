"""The commands by name: where each lives and under which heading the help shows it.

The file of a command is imported only when it is called, so that one command does not wait for all the others.
Titles and one-line descriptions are data in ``locales/cli.<lang>.toml``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Entry:
    """One command of the top level."""

    name: str
    module: str
    """Module in ``workbench.cli`` whose ``app`` is the command."""
    section: str
    """Heading in ``workbench --help``."""


COMMANDS: Final = (
    Entry("demo", "demo", "start"),
    Entry("case", "case", "start"),
    Entry("import", "importing", "start"),
    Entry("terms", "terms", "figures"),
    Entry("audit", "audit", "figures"),
    Entry("explain", "explain", "figures"),
    Entry("findings", "findings", "figures"),
    Entry("margin", "margin", "figures"),
    Entry("bases", "bases", "figures"),
    Entry("match", "match", "figures"),
    Entry("assets", "assets", "figures"),
    Entry("offers", "offers", "figures"),
    Entry("risk", "risk", "figures"),
    Entry("review", "review", "figures"),
    Entry("calc", "calc", "figures"),
    Entry("evidence", "evidence", "out"),
    Entry("steps", "steps", "out"),
    Entry("deadlines", "deadlines", "out"),
    Entry("channels", "channels", "out"),
    Entry("templates", "templates", "out"),
    Entry("render", "render", "out"),
    Entry("written", "written", "out"),
    Entry("export", "export", "out"),
    Entry("bundle", "bundle", "out"),
    Entry("verify", "verify", "out"),
    Entry("open", "open", "out"),
    Entry("undo", "undo", "upkeep"),
    Entry("layouts", "layouts", "upkeep"),
    Entry("reference", "reference", "upkeep"),
    Entry("doctor", "doctor", "upkeep"),
    Entry("serve", "serve", "upkeep"),
)
SECTIONS: Final = ("start", "figures", "out", "upkeep")
