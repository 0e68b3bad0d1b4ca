"""Help as plain text in the session's language: ``CASE PATH...`` in the usage line, no type names, no boxes.

Typer's own help is English and marks every argument with braces and Python types; under stress less is more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol, cast

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from workbench.cli.diagnostics import plain_path
from workbench.cli.session import session
from workbench.locales.catalogue import Catalogue

EXTRAS = re.compile(r"  \[[^\]]*\]$")
"""Typer's English marks after a description."""


class Formatter(Protocol):
    """The part of Click's help formatter used here."""

    def section(self, name: str) -> AbstractContextManager[None]:
        """Open a headed section."""

    def write_dl(self, rows: Sequence[tuple[str, str]]) -> None:
        """Write names with their descriptions."""

    def write_usage(self, prog: str, args: str = ..., prefix: str | None = ...) -> None:
        """Write the usage line."""


def write_usage(ctx: typer.Context, formatter: Formatter, tail: str = "") -> None:
    """Write ``Usage: workbench terms CASE set KEY=VALUE... [OPTIONS]``."""
    needed = (
        f"{param.opts[-1]} {param.metavar or param.name.upper()}"
        for param in ctx.command.params
        if isinstance(param, TyperOption) and param.required
    )
    words = [*map(_usage_name, _arguments(ctx.command.params)), *needed, tail, say_of(ctx)("usage.options")]
    formatter.write_usage(plain_path(ctx), " ".join(word for word in words if word), f"{say_of(ctx)('usage.title')} ")


def write_parameters(ctx: typer.Context, formatter: Formatter) -> None:
    """Write the arguments and the options with their descriptions."""
    say = say_of(ctx)
    params = ctx.command.get_params(ctx)
    arguments = [(param.metavar or param.name, param.help or "") for param in _arguments(params)]
    options = [
        (record[0], say("usage.help_option") if param.name == "help" else EXTRAS.sub("", record[1]))
        for param in params
        if isinstance(param, TyperOption) and (record := param.get_help_record(ctx)) is not None
    ]
    for title, rows in (("arguments", arguments), ("options_title", options)):
        if rows:
            with formatter.section(say(f"usage.{title}")):
                formatter.write_dl(rows)


def say_of(ctx: typer.Context) -> Catalogue:
    """Return the words of the context's session."""
    return session(ctx).say


def _arguments(params: Sequence[object]) -> list[TyperArgument]:
    return [param for param in params if isinstance(param, TyperArgument)]


def _usage_name(param: TyperArgument) -> str:
    name = param.metavar or param.name
    return name if param.required or name.startswith("[") else f"[{name}]"


class PlainCommand(TyperCommand):
    """A command with plain help."""

    def parse_args(self, ctx: object, args: list[str]) -> list[str]:
        """Read the arguments; an error knows the command it arose in."""
        with _known_place(ctx):
            return super().parse_args(cast("typer.Context", ctx), args)

    def format_usage(self, ctx: object, formatter: Formatter) -> None:
        """Write the usage line."""
        write_usage(cast("typer.Context", ctx), formatter)

    def format_options(self, ctx: object, formatter: Formatter) -> None:
        """Write arguments and options."""
        write_parameters(cast("typer.Context", ctx), formatter)


class PlainGroup(TyperGroup):
    """A group of verbs with plain help."""

    verbs = "VERB ..."

    def parse_args(self, ctx: object, args: list[str]) -> list[str]:
        """Read the arguments; an error knows the command it arose in."""
        with _known_place(ctx):
            return super().parse_args(cast("typer.Context", ctx), args)

    def resolve_command(self, ctx: object, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Find the command or verb that is called; a mistyped name gets the nearest ones suggested."""
        context = cast("typer.Context", ctx)
        known = self.list_commands(context)
        if args and args[0] not in known:
            from difflib import get_close_matches  # noqa: PLC0415  only for a mistake

            say, near = say_of(context), get_close_matches(args[0], known)
            hints = [say("usage.near", names=", ".join(near))] if near else []
            context.fail(say.pick("", " ").join([say("usage.no_command", name=args[0]), *hints]))
        return super().resolve_command(context, args)

    def format_usage(self, ctx: object, formatter: Formatter) -> None:
        """Write the usage line."""
        write_usage(cast("typer.Context", ctx), formatter, self.verbs)

    def format_options(self, ctx: object, formatter: Formatter) -> None:
        """Write arguments, options and verbs."""
        write_parameters(cast("typer.Context", ctx), formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: object, formatter: Formatter) -> None:
        """Write the verbs with the first sentence of each."""
        rows = [(name, _first_line(command.help or "")) for name, command in self.commands.items()]
        with formatter.section(say_of(cast("typer.Context", ctx))("usage.verbs")):
            formatter.write_dl(rows)


@contextmanager
def _known_place(ctx: object) -> Iterator[None]:
    """Name the command in an error of Click's parser, which does not always know it."""
    try:
        yield
    except typer.TyperException as error:
        if getattr(error, "ctx", None) is None:
            error.ctx = ctx  # type: ignore[attr-defined]
        raise


def _first_line(text: str) -> str:
    return " ".join(text.split("\n\n", maxsplit=1)[0].split())
