"""Map the columns of a table nobody has seen: a draft to correct, a preview of what it gives, and saving it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import ConflictError, InputError, LayoutUnknownError, NotFoundError, UsageError
from workbench.services.desk import Desk

if TYPE_CHECKING:
    from workbench.domain.lines import Statement
    from workbench.intake.layouts import Layout
    from workbench.intake.mapping import LayoutDraft


@dataclass(frozen=True, slots=True)
class LayoutInfo:
    """A known layout for lists."""

    name: str
    title: str
    columns: int
    shipped: bool
    headless: bool


def list_layouts(desk: Desk) -> tuple[LayoutInfo, ...]:
    """Return the known layouts, the user's first.

    Raises:
        UnreadableFileError: one of the user's files is not valid.
    """
    return tuple(
        LayoutInfo(one.name, one.title, len(one.columns), one.shipped, one.headless)
        for one in sorted(desk.layouts(), key=lambda one: one.shipped)
    )


def layout_toml(desk: Desk, name: str) -> str:
    """Return a layout as TOML.

    Raises:
        NotFoundError: no layout has this name.
    """
    from workbench.intake.layouts import layout_text  # noqa: PLC0415  start fast

    return layout_text(desk.layouts().get(name))


def draft_layout(desk: Desk, path: Path) -> LayoutDraft:
    """Return a guess at the columns of a file's table.

    Raises:
        InputError: the file cannot be opened or read.
        LayoutUnknownError: no row with a day and a figure.
    """
    from workbench.intake import mapping  # noqa: PLC0415  start fast
    from workbench.readers.tables import read_table  # noqa: PLC0415

    found = mapping.draft_layout(read_table(file_bytes(path), path.name), desk.layouts())
    if found is None:
        raise LayoutUnknownError(
            "no table row with a date and an amount was found",
            where=str(path),
            next_step="Check that this is a statement; keep anything else as evidence (--as evidence).",
            what_zh="没有找到含日期和金额的表格行",
            next_step_zh="请确认这是对账单；其他材料请留作证据（命令行加 --as evidence）。",
        )
    return found


def preview_layout(desk: Desk, path: Path, layout: Layout) -> Statement:
    """Return the statement that a layout would give; nothing is written.

    Raises:
        WorkbenchError: the file gives no postings under this layout.
    """
    from dataclasses import replace  # noqa: PLC0415

    from workbench.intake.statements import read_statement  # noqa: PLC0415  start fast

    known = desk.layouts()
    others = tuple(one for one in known if one.name != layout.name)
    return read_statement(file_bytes(path), path.name, "0" * 64, replace(known, items=(layout, *others)), layout.name)


def read_layout(path: Path) -> Layout:
    """Return a layout from a TOML file a person wrote.

    Raises:
        InputError: the file cannot be opened.
        UnreadableFileError: not a valid layout.
    """
    from workbench.intake.layouts import layout_from  # noqa: PLC0415  start fast
    from workbench.intake.vocabulary import parse_toml  # noqa: PLC0415

    try:
        text = file_bytes(path).decode("utf-8")
    except UnicodeDecodeError:
        raise InputError(
            "the layout file is not UTF-8 text",
            where=str(path),
            next_step="Save it as UTF-8.",
            what_zh="版式文件不是 UTF-8 文本",
            next_step_zh="请另存为 UTF-8。",
        ) from None
    return layout_from(parse_toml(text, str(path)), str(path))


def save_layout(desk: Desk, layout: Layout, *, replace: bool = False) -> Path:
    """Save a layout with the user's others; the next import recognises its files by their titles.

    Raises:
        UsageError: a name that is no file name, or a layout without a date and an amount.
        ConflictError: the name is taken.
        StoreError: the folder cannot be written.
    """
    from workbench.documents.atomic import write_text  # noqa: PLC0415
    from workbench.intake.layouts import layout_text  # noqa: PLC0415  start fast

    _check(layout)
    try:
        known = desk.layouts().get(layout.name)
    except NotFoundError:
        known = None
    if known is not None and (known.shipped or not replace):
        raise ConflictError(
            f"a layout is already called {layout.name!r}",
            next_step="Choose another name." if known.shipped else "Choose another name, or replace it.",
            what_zh=f"已有名为“{layout.name}”的版式",
            next_step_zh="请换一个名称。" if known.shipped else "请换一个名称，或选择替换。",
        )
    desk.layout_dir.mkdir(parents=True, exist_ok=True)
    path = desk.layout_dir / f"{layout.name}.toml"
    write_text(path, layout_text(layout))
    return path


def _check(layout: Layout) -> None:
    if not re.fullmatch(r"[^\\/:*?\"<>|\x00-\x1f.][^\\/:*?\"<>|\x00-\x1f]{0,60}", layout.name):
        raise UsageError(
            f"{layout.name!r} is no name for a layout",
            next_step="Use letters, digits and blanks; up to 60 characters.",
            what_zh=f"“{layout.name}”不能作版式名称",
            next_step_zh="请用文字、数字，不超过 60 个字符。",
        )
    fields = set(layout.columns.values())
    cash = {"net", "money_in", "money_out", "debit", "credit", "gross"}
    if "date" not in fields or not (fields & cash or {"quantity", "price"} <= fields):
        raise UsageError(
            "a layout needs a date column and an amount column",
            next_step="Map a column to date and one to net, money_in, money_out, debit, credit or gross.",
            what_zh="版式至少要有日期列和金额列",
            next_step_zh="请指定日期列，以及净额、收入、支出、借方、贷方或成交金额中的至少一列。",
        )


def file_bytes(path: Path) -> bytes:
    """Return a file's bytes.

    Raises:
        InputError: it cannot be opened.
    """
    try:
        return path.read_bytes()
    except OSError as problem:
        raise InputError(
            f"the file cannot be opened: {problem.strerror}",
            where=str(path),
            next_step="Check the name and that you may read it.",
            what_zh=f"文件打不开：{problem.strerror}",
            next_step_zh="请检查文件名和读取权限。",
        ) from problem
