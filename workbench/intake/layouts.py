"""Layouts: named column mappings for files whose titles alone do not tell, shipped or saved by the user."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from workbench.errors import NotFoundError, UnreadableFileError
from workbench.intake.vocabulary import Operations, Titles, load_operations, load_titles, parse_toml, title_key

FIELDS = frozenset(
    [
        "date",
        "time",
        "operation",
        "code",
        "code_name",
        "name",
        "quantity",
        "price",
        "gross",
        "net",
        "money_in",
        "money_out",
        "debit",
        "credit",
        "side",
        "balance",
        "position",
        "commission",
        "fee_total",
        "stamp_duty",
        "transfer_fee",
        "handling_fee",
        "regulatory_fee",
        "settlement_fee",
        "other",
        "serial",
        "fill",
        "order",
        "remark",
        "counterparty",
        "counter_account",
        "account",
        "shareholder",
        "currency",
        "market",
        "number",
        "ignored",
    ]
)
"""Every field a column can be mapped to."""
VOCABULARIES = frozenset({"headers.toml", "operations.toml"})
"""Files of the user's folder that add column titles and operations for all layouts."""
AMOUNTS = ("auto", "signed", "out_positive", "by_operation")
"""How the amount column is signed: found by arithmetic, as printed, charges positive, or by the operation's name."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One saved mapping."""

    name: str
    title: str
    columns: Mapping[str, str]
    """Column title, or ``#n`` for the n-th column, -> field."""
    requires: tuple[str, ...] = ()
    """Titles that must all be present for the layout to be recognised; empty: its own columns."""
    operations: Mapping[str, str] = field(default_factory=dict)
    """Operation words of this layout -> kind of line."""
    amounts: str = "auto"
    book: str = ""
    """``bank`` for the client's own bank or wallet, ``account`` for a ledger; empty: found by content."""

    shipped: bool = False
    """True for the layouts of the package."""

    @property
    def needed(self) -> tuple[str, ...]:
        """Titles that must all stand in a heading; empty for a file without one."""
        return self.requires or tuple(title for title in self.columns if not title.startswith("#"))

    @property
    def headless(self) -> bool:
        """True where the layout is for a table without a heading, whose columns only have numbers."""
        return bool(self.columns) and not self.needed

    def fits(self, titles: Sequence[str]) -> bool:
        """Tell whether a heading has all titles this layout needs."""
        needed = self.needed
        if not needed or len(titles) < len(needed):
            return False
        present = {title_key(title) for title in titles}
        return all(title_key(title) in present for title in needed)


@dataclass(frozen=True, slots=True)
class Layouts:
    """All that is known about statements, passed into the readers of meaning."""

    titles: Titles
    operations: Operations
    items: tuple[Layout, ...] = ()

    def __iter__(self) -> Iterator[Layout]:
        return iter(self.items)

    def get(self, name: str) -> Layout:
        """Return a layout by name.

        Raises:
            NotFoundError: no layout has this name.
        """
        for item in self.items:
            if item.name == name:
                return item
        known = "、".join(item.name for item in self.items)
        raise NotFoundError(
            f"no layout is called {name!r}",
            next_step=f"Known layouts: {known}.",
            what_zh=f"没有名为 {name} 的版式",
            next_step_zh=f"已有版式：{known}。",
        )


def load_layouts(user_dir: Path | None = None) -> Layouts:
    """Return the shipped layouts and vocabularies with the user's own on top.

    Args:
        user_dir: folder with the user's layouts, one ``*.toml`` each, and vocabularies; may be absent.

    Raises:
        UnreadableFileError: a data file is not valid.
    """
    items: dict[str, Layout] = {}
    for where, text, shipped in _texts(user_dir):
        layout = replace(layout_from(parse_toml(text, where), where), shipped=shipped)
        items.setdefault(layout.name, layout)
    return Layouts(load_titles(user_dir), load_operations(user_dir), tuple(items.values()))


def _texts(user_dir: Path | None) -> Iterator[tuple[str, str, bool]]:
    if user_dir and user_dir.is_dir():
        for path in sorted(user_dir.glob("*.toml")):
            if path.name not in VOCABULARIES:
                yield str(path), path.read_text("utf-8"), False
    for entry in sorted((files("workbench.intake") / "data" / "layouts").iterdir(), key=lambda one: one.name):
        if entry.name.endswith(".toml"):
            yield entry.name, entry.read_text("utf-8"), True


def layout_from(data: Mapping[str, Any], where: str) -> Layout:
    """Return a layout from its data.

    Raises:
        UnreadableFileError: a field, sign convention or name that does not exist.
    """
    columns = {str(title): str(name) for title, name in data.get("columns", {}).items()}
    wrong = sorted(set(columns.values()) - FIELDS)
    amounts = str(data.get("amounts", "auto"))
    if wrong or amounts not in AMOUNTS or not data.get("name"):
        raise UnreadableFileError(
            f"The layout has an unknown field or sign convention: {', '.join(wrong) or amounts or 'no name'}.",
            where=where,
            next_step=f"Fields are: {', '.join(sorted(FIELDS))}.",
            what_zh="版式文件中有未知的字段或符号约定。",
            next_step_zh="请对照说明改正字段名。",
        )
    return Layout(
        str(data["name"]),
        str(data.get("title", data["name"])),
        columns,
        tuple(str(title) for title in data.get("requires", ())),
        {str(word): str(kind) for word, kind in data.get("operations", {}).items()},
        amounts,
        str(data.get("book", "")),
    )


def layout_text(layout: Layout) -> str:
    """Return a layout as the TOML file that :func:`load_layouts` reads back."""
    lines = [f"name = {_quoted(layout.name)}", f"title = {_quoted(layout.title)}"]
    lines += [f"amounts = {_quoted(layout.amounts)}"] if layout.amounts != "auto" else []
    lines += [f"book = {_quoted(layout.book)}"] if layout.book else []
    lines += [f"requires = [{', '.join(map(_quoted, layout.requires))}]"] if layout.requires else []
    lines += ["", "[columns]", *(f"{_quoted(title)} = {_quoted(name)}" for title, name in layout.columns.items())]
    if layout.operations:
        lines += [
            "",
            "[operations]",
            *(f"{_quoted(word)} = {_quoted(kind)}" for word, kind in layout.operations.items()),
        ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'
