"""The one owner of stderr and of exit codes: narration, warnings, and every error as one line.

stdout carries data only. Nothing else in the command line writes to stderr or decides how a program ends.
"""

from __future__ import annotations

import re
import sys
import traceback
from enum import IntEnum
from typing import TYPE_CHECKING

import typer

from workbench.errors import WorkbenchError

if TYPE_CHECKING:
    from workbench.locales.catalogue import Catalogue

PROGRAM = "workbench"


class ExitCode(IntEnum):
    """How the program ends."""

    DONE = 0
    """Did what was asked."""
    FOUND = 1
    """A check found something wrong (``verify``, ``audit --fail-on``)."""
    REFUSED = 2
    """Usage or bad input; one line on stderr says which; nothing half-written."""
    INTERRUPTED = 130
    """Stopped from the keyboard."""


class ReaderGoneError(Exception):
    """Whoever read our stdout has closed it; there is nobody left to write for."""


def narrate(text: str) -> None:
    """Write a sentence for people to stderr; characters the terminal cannot show are escaped, never fatal."""
    try:
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()
    except OSError:
        return  # a closed stderr must not turn success into failure


def report(error: BaseException, say: Catalogue, *, debug: bool) -> ExitCode:
    """Turn an error that ended a command into one line on stderr and an exit code.

    Args:
        error: what was raised.
        say: words of the chosen language.
        debug: also write the traceback.
    """
    if isinstance(error, ReaderGoneError):
        return ExitCode.DONE
    if isinstance(error, KeyboardInterrupt | typer.Abort):
        narrate(f"{PROGRAM}: {say('error.interrupted')}")
        return ExitCode.INTERRUPTED
    if debug:
        narrate("".join(traceback.format_exception(error)).rstrip())
    narrate(f"{PROGRAM}: {_one_line(_sentence(error, say))}")
    return ExitCode.REFUSED


EXTRA_WORDS = re.compile(r"Got unexpected extra argument\(s\) \((.*)\)")
"""What Typer says of words too many; its exception has no class of its own."""


def sentence(error: WorkbenchError, say: Catalogue) -> str:
    """Join an error's three parts to one line: what, where, what next."""
    what = say.pick(error.what_zh, error.what).rstrip(".。")
    where = say("error.where", where=error.where) if error.where and error.where not in what else ""
    next_step = say.pick(error.next_step_zh, error.next_step).rstrip(".。")
    sentences = [f"{part}{say('stop')}" for part in (f"{what}{where}", next_step) if part]
    return " ".join(say.pick("", " ").join(sentences).split())


def _sentence(error: BaseException, say: Catalogue) -> str:
    if isinstance(error, WorkbenchError):
        return sentence(error, say)
    if isinstance(error, typer.TyperException):
        return _usage(error, say)
    if isinstance(error, OSError) and error.strerror:
        return say("error.system", what=error.strerror, where=error.filename or "-")
    return say("error.unexpected", kind=type(error).__name__, what=str(error) or "-")


def _usage(error: typer.TyperException, say: Catalogue) -> str:
    """Say what does not fit and how to see the usage; the common cases in the chosen language."""
    context = getattr(error, "ctx", None)
    command = plain_path(context) if context is not None else PROGRAM
    parameter = getattr(error, "param", None)
    hint = parameter.get_error_hint() if parameter is not None else getattr(error, "param_hint", None)
    name = str(hint or getattr(error, "option_name", "")).replace("'", "")
    key = f"usage.{type(error).__name__}"
    message = getattr(error, "message", "")
    if extra := EXTRA_WORDS.fullmatch(message):
        what = say("usage.extra", words=extra[1])
    elif choices := getattr(getattr(parameter, "type", None), "choices", None):
        what = say("usage.choices", name=name, choices=" | ".join(map(str, choices)))
    elif key in say and name:
        what = say(key, name=name, what=message.replace("Value error, ", ""))
    else:
        what = error.format_message().replace("Value error, ", "")
    return say.pick("", " ").join((what, say("usage.help", command=command)))


def plain_path(context: typer.Context) -> str:
    """Return ``workbench terms CASE set``: a command's path without Typer's marks around an argument."""
    return re.sub(r"[{}]|<[^>]*>", "", context.command_path)


def _one_line(text: str) -> str:
    return " ".join(text.split())
