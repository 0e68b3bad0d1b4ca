"""Jinja in a sandbox whose printed values never become markup.

Each value is replaced by a numbered mark made of private-use characters; Markdown is parsed with the marks in place
and the writer puts the values in afterwards, as text. So case data cannot bring markup along, and every amount still
knows what it is bound to when the page is composed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from traceback import walk_tb
from typing import NoReturn

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from workbench.documents.amounts import Amount, Bound, Figure, day_text
from workbench.documents.blocks import Block, Box, Picture, Table
from workbench.errors import RenderError

MARK = re.compile("\ue000(\\d+)\ue001")
EMPTY, BLANK = "—", "＿＿＿＿"
"""What nothing, and a field that nobody filled, look like on paper."""
Value = str | Block


class Marks:
    """The values printed so far; each gets a mark that survives Markdown untouched."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.values: list[Value] = []

    def add(self, value: Value) -> Markup:
        """Store a value and return its mark."""
        self.values.append(value)
        return Markup(f"\ue000{len(self.values) - 1}\ue001")  # noqa: S704  digits only

    def printed(self, value: object) -> Markup:
        """Return the mark of a value that a template prints.

        Raises:
            RenderError: a number that is bound to nothing, or a value that has no form on paper.
        """
        if isinstance(value, Markup):
            return value
        if isinstance(value, Amount):
            return self.add(Figure(self.yuan(value), value))
        if isinstance(value, Table | Picture | Box | str):
            return self.add(value)
        if isinstance(value, date):
            return self.add(Bound(day_text(value, self.lang), "date"))
        if value is None:
            return self.add(EMPTY)
        if isinstance(value, int) and not isinstance(value, bool):
            return self.add(str(value))
        return self.add(str(_refuse(value)))

    def yuan(self, value: Amount) -> str:
        """Write an amount with its unit."""
        return f"{value.text} 元" if self.lang == "zh" else f"CNY {value.text}"


def _refuse(value: object) -> NoReturn:
    kind = "a number bound to nothing" if isinstance(value, Decimal | float) else f"a {type(value).__name__}"
    raise RenderError(
        f"the template prints {kind}",
        next_step="Print amounts of findings, ledger lines or bases, for example {{ finding.delta }}.",
        what_zh="模板输出了没有出处的数字或无法打印的值",
        next_step_zh="请改为输出争议点、流水或结算口径中的金额，例如 {{ finding.delta }}。",
    )


def figures(value: object) -> object:
    """Filter ``figures``: an amount without its unit, for columns of a table."""
    return Figure(value.text, value) if isinstance(value, Amount) else value


def fill(folders: Sequence[Path], body: str, values: Mapping[str, object], marks: Marks) -> str:
    """Run a template and return Markdown in which every value is a mark.

    Raises:
        RenderError: the template is missing, has an error, or uses a value that does not exist.
    """

    @pass_context
    def finalize(_context: Context, value: object) -> Markup:
        return marks.printed(value)

    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader([str(folder) for folder in folders]),
        undefined=StrictUndefined,
        autoescape=True,  # macros then return marked text that is not marked twice
        finalize=finalize,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["figures"] = figures
    try:
        return environment.get_template(body).render(values)
    except TemplateNotFound as error:
        raise _failed(f"template {error.name} is missing", body) from error
    except TemplateSyntaxError as error:
        raise _failed(
            error.message or "syntax error", f"{error.filename and Path(error.filename).name}:{error.lineno}"
        ) from error
    except TemplateError as error:
        raise _failed(str(error), _line_of(error, body)) from error
    except RenderError as error:
        error.where = error.where or _line_of(error, body)
        raise
    except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        raise _failed(f"{type(error).__name__}: {error}", _line_of(error, body)) from error


def _line_of(error: BaseException, body: str) -> str:
    """Return file and line of the template that failed; Jinja maps the frames of its code back to the source."""
    frames = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    found = [(Path(name).name, line) for name, line in frames if name.endswith(".j2")]
    return f"{found[-1][0]}:{found[-1][1]}" if found else body


def _failed(why: str, where: str) -> RenderError:
    return RenderError(
        f"the template cannot be filled: {why}",
        where=where,
        next_step="Correct the template, or delete your own copy to get the packaged one back.",
        what_zh=f"模板无法填写：{why}",
        next_step_zh="请改正模板，或删除自己的副本以恢复自带模板。",
    )
