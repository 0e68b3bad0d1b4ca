"""Which column of a table is which field: by its title, or by a saved layout."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from workbench.intake.layouts import Layout, Layouts
from workbench.intake.values import plain_text
from workbench.intake.vocabulary import Titles, title_key

FEE_FIELDS = (
    "commission",
    "stamp_duty",
    "transfer_fee",
    "handling_fee",
    "regulatory_fee",
    "settlement_fee",
    "other",
    "fee_total",
)
_CASH = ("net", "money_in", "money_out", "debit", "credit")
_LEAST_KNOWN = 3
_LONGEST_TITLE = 24
_LOTS = re.compile(r"[(\[](?:单位:?)?手[)\]]$|手数$")
_TEN_THOUSAND = 10_000
_DIGITS = re.compile(r"\d{3,}|^\d+([.,]\d+)*$")


@dataclass(frozen=True, slots=True)
class Columns:
    """The meaning of each column of one table."""

    titles: tuple[str, ...]
    fields: Mapping[str, tuple[int, ...]]
    """Field -> column indexes, the most likely first."""
    layout: Layout | None = None
    extra: tuple[int, ...] = ()
    """Columns with a second operation word (摘要 beside 业务名称), read like a remark."""

    def first(self, name: str) -> int | None:
        """Return the likeliest column of a field, or None."""
        found = self.fields.get(name)
        return found[0] if found else None

    def all(self, name: str) -> tuple[int, ...]:
        """Return every column that may hold a field."""
        return self.fields.get(name, ())

    @property
    def fees(self) -> tuple[tuple[int, str], ...]:
        """(column, field) of every fee column, in file order."""
        return tuple(sorted((column, name) for name in FEE_FIELDS for column in self.all(name)))

    @property
    def numeric(self) -> frozenset[int]:
        """Columns that hold numbers."""
        names = (*FEE_FIELDS, *_CASH, "quantity", "price", "gross", "balance", "position")
        return frozenset(column for name in names for column in self.all(name))

    @property
    def has_cash(self) -> bool:
        """True where a column says how much cash moved."""
        return any(self.all(name) for name in _CASH)

    def is_lots(self, column: int) -> bool:
        """True where the title says that shares are counted in lots (手)."""
        return bool(_LOTS.search(plain_text(self.titles[column])))

    def scale(self, column: int) -> int:
        """Return how many yuan one of the column's units is: ten thousand where the title says 万元."""
        return _TEN_THOUSAND if "万元" in self.titles[column] else 1

    @property
    def is_sized(self) -> bool:
        """True where a column tells shares."""
        return bool(self.all("quantity"))

    @property
    def unnamed(self) -> tuple[int, ...]:
        """Columns with a title that nobody knows, or with none."""
        taken = {index for indexes in self.fields.values() for index in indexes} | set(self.extra)
        return tuple(index for index in range(len(self.titles)) if index not in taken)

    @property
    def is_ledger(self) -> bool:
        """True where the table has dates and amounts."""
        trade = self.all("gross") or (self.all("quantity") and self.all("price"))
        return bool(self.all("date")) and bool(self.has_cash or trade)


@dataclass(slots=True)
class _Found:
    """Candidates per field while a heading is read."""

    ranked: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    known: int = 0
    foreign: int = 0


def read_heading(titles: Sequence[str], layouts: Layouts, profile: Layout | None = None) -> Columns | None:
    """Return the columns of a heading row, or None where the row is no heading.

    Tables of holdings, contracts or orders come back with columns that are no ledger (``is_ledger`` False).
    """
    filled = [title for title in titles if title.strip()]
    if profile and profile.fits(titles):
        return _from_layout(titles, profile, layouts)
    for layout in layouts:
        if not layout.shipped and layout.fits(titles):
            return _from_layout(titles, layout, layouts)
    if len(filled) < _LEAST_KNOWN or any(len(title) > _LONGEST_TITLE or _DIGITS.search(title) for title in filled):
        return None
    found = _candidates(titles, layouts.titles)
    if found.known < _LEAST_KNOWN or found.known * 2 < len(filled):
        return None
    for layout in layouts:
        if layout.fits(titles):
            return _from_layout(titles, layout, layouts)
    if found.foreign > 1:
        return Columns(tuple(titles), {})
    return _resolved(titles, found)


def _candidates(titles: Sequence[str], known: Titles) -> _Found:
    found = _Found()
    for index, title in enumerate(titles):
        meanings = known.meanings(title)
        found.foreign += title_key(title) in known.foreign
        found.known += bool(meanings) or title_key(title) in known.foreign
        for name, rank in meanings:
            found.ranked.setdefault(name, []).append((rank, index))
    return found


def _resolved(titles: Sequence[str], found: _Found) -> Columns:
    """Give every column one meaning: dates before times, the best operation word, all candidates for amounts."""
    ranked = {name: [index for _, index in sorted(pairs)] for name, pairs in found.ranked.items()}
    dates, times = ranked.get("date", []), ranked.get("time", [])
    if dates:
        proper = [index for index in dates if index not in times] or dates[:1]
        ranked["date"] = proper
        ranked["time"] = [index for index in times if index not in proper]
    operations = ranked.get("operation", [])
    extra = tuple(operations[1:])
    if operations:
        ranked["operation"] = operations[:1]
    if len(ranked.get("code_name", [])) and ranked.get("code"):
        ranked["name"] = ranked.get("name", []) or ranked["code_name"]
        ranked["code_name"] = []
    return Columns(tuple(titles), {name: tuple(indexes) for name, indexes in ranked.items() if indexes}, None, extra)


def _from_layout(titles: Sequence[str], layout: Layout, layouts: Layouts) -> Columns:
    """Map the columns a layout names; the others keep what their titles mean unless the layout took the field."""
    by_key = {title_key(title): name for title, name in layout.columns.items() if not title.startswith("#")}
    by_place = {int(title[1:]) - 1: name for title, name in layout.columns.items() if re.fullmatch(r"#\d+", title)}
    base = _resolved(titles, _candidates(titles, layouts.titles))
    own = {index: by_key.get(title_key(title)) or by_place.get(index) for index, title in enumerate(titles)}
    taken = {index for index, name in own.items() if name}
    fields = {name: tuple(index for index in indexes if index not in taken) for name, indexes in base.fields.items()}
    for index, chosen in own.items():
        if chosen:
            fields[chosen] = (index, *(other for other in fields.get(chosen, ()) if other != index))
    for name in set(filter(None, own.values())):
        if name in _CASH:
            fields[name] = tuple(index for index in fields[name] if index in taken)
    extra = tuple(index for index in base.extra if index not in taken)
    return Columns(tuple(titles), {name: indexes for name, indexes in fields.items() if indexes}, layout, extra)


def headless_columns(width: int, layout: Layout, layouts: Layouts) -> Columns:
    """Return the columns of a table without heading: ``#1`` to ``#n`` as the layout maps them."""
    return _from_layout([f"#{number}" for number in range(1, width + 1)], layout, layouts)


def merged_titles(upper: Sequence[str], lower: Sequence[str], known: Titles) -> list[str]:
    """Return the titles of a heading printed over two rows: wrapped words joined, group titles replaced."""
    width = max(len(upper), len(lower))
    result = []
    for index in range(width):
        above = upper[index] if index < len(upper) else ""
        below = lower[index] if index < len(lower) else ""
        both = plain_text(above) + plain_text(below)
        if not above or not below:
            result.append(above or below)
        elif known.meanings(both):
            result.append(both)
        elif known.meanings(below) or not known.meanings(above):
            result.append(below)
        else:
            result.append(above)
    return result


def titles_key(titles: Sequence[str]) -> tuple[str, ...]:
    """Return a heading in one form, to recognise it when it is repeated."""
    return tuple(title_key(title) for title in titles)
