"""How commands are found and described: loaded by name when called, described in the chosen language.

The commands' own docstrings and help texts are English; for Chinese the same places are filled from the catalogue
(``help.<command>[.<verb>].text`` and ``….<parameter>``, or ``option.<parameter>`` where all commands share one). A test
holds that none is missing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from typing import cast

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.main import get_command as build_command

from workbench.cli.plain_help import Formatter, PlainCommand, PlainGroup
from workbench.cli.register import COMMANDS, SECTIONS
from workbench.cli.session import Session
from workbench.locales.catalogue import Catalogue

Command = TyperCommand | TyperGroup


class LazyGroup(PlainGroup):
    """The top level: commands from the register, each imported when called."""

    verbs = "COMMAND ..."

    def list_commands(self, ctx: object) -> list[str]:  # noqa: ARG002 - Click's signature
        """Return every command's name in the order of the help."""
        return [entry.name for section in SECTIONS for entry in COMMANDS if entry.section == section]

    def get_command(self, ctx: object, cmd_name: str) -> Command | None:
        """Import and return a command, described in the session's language; None where there is none."""
        entry = next((entry for entry in COMMANDS if entry.name == cmd_name), None)
        if entry is None:
            return None
        if entry.name not in self.commands:
            module = import_module(f"workbench.cli.{entry.module}")
            command = cast("Command", build_command(module.app))
            command.name = entry.name
            describe(command, _session(ctx).say, entry.name)
            self.commands[entry.name] = command
        return cast("Command", self.commands[entry.name])

    def format_commands(self, ctx: object, formatter: Formatter) -> None:
        """Write the commands under their headings, without importing them."""
        say = _session(ctx).say
        for section in SECTIONS:
            with formatter.section(say(f"section.{section}")):
                formatter.write_dl([(e.name, say(f"command.{e.name}")) for e in COMMANDS if e.section == section])


class CaseGroup(PlainGroup):
    """A command whose case stands before its verb: ``terms CASE``, ``terms CASE set KEY=VALUE``."""

    verbs = "[VERB ...]"

    def parse_args(self, ctx: object, args: list[str]) -> list[str]:
        """Let options stand on either side of CASE; Click itself takes a group's options only before it."""
        if len(args) > 1 and not args[0].startswith("-") and args[1].startswith("-"):
            verb = next((at for at, word in enumerate(args) if at and word in self.commands), len(args))
            args = [*args[1:verb], args[0], *args[verb:]]
        return super().parse_args(cast("typer.Context", ctx), args)


def new_app(cls: type[TyperGroup] = PlainGroup) -> typer.Typer:
    """Return an empty Typer application with the settings all commands share: plain help, no completion of its own."""
    return typer.Typer(
        cls=cls,
        rich_markup_mode=None,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )


def command(app: typer.Typer, name: str | None = None) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return the decorator that adds a command or verb with plain help to an application."""
    return app.command(name, cls=PlainCommand, context_settings={"help_option_names": ["-h", "--help"]})


def describe(command: Command, say: Catalogue, path: str) -> None:
    """Fill a command's help, and that of its options and verbs, from the catalogue where it has an entry."""
    key = f"help.{path}"
    if f"{key}.text" in say:
        command.help = say(f"{key}.text").strip()
        command.short_help = None
    elif command.help:
        command.help = plain(command.help)
    for param in command.params:
        if isinstance(param, TyperOption | TyperArgument):
            own, shared = f"{key}.{param.name}", f"option.{param.name}"
            param.help = say(own) if own in say else say(shared) if shared in say else param.help
    if isinstance(command, TyperGroup):
        for verb, inner in command.commands.items():
            describe(cast("Command", inner), say, f"{path}.{verb}")


def plain(text: str) -> str:
    """Take the code marks out of a docstring so that it reads well in a terminal."""
    return re.sub(r"``(.+?)``", r"\1", text)


def _session(ctx: object) -> Session:
    return cast("Session", cast("typer.Context", ctx).find_root().obj)
