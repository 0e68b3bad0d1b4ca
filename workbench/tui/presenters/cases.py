"""The list of cases: what a person needs to choose one; search, filters and order over two hundred of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING
from unicodedata import normalize

from workbench.domain.case import CaseKind
from workbench.tui.presenters.base import Cell, Column, Row, Rows, Words, money, one_line
from workbench.tui.presenters.bases import settlement_cell
from workbench.tui.presenters.steps import SOON, due_cell

if TYPE_CHECKING:
    from workbench.services.list_cases import CaseSummary

COLUMNS = (
    Column("case", 18, flex=3),
    Column("kind", 10, needs=96),
    Column("step", 6),
    Column("documents", 5, right=True, needs=110),
    Column("overcharged", 14, right=True),
    Column("owed", 16, right=True, needs=60),
    Column("basis", 10, needs=110),
    Column("deadline", 10, needs=76),
    Column("changed", 10, needs=120),
)
FALLING = ("documents", "overcharged", "owed", "changed")
"""Columns whose largest value comes first when they are first chosen."""
CHOICES: Mapping[str, tuple[str | int, ...]] = {
    "kind": ("", *(kind.value for kind in CaseKind)),
    "step": tuple(range(9)),
    "due": ("", "soon", "missed"),
    "owed": ("", "owed", "owing"),
}
"""Values of each filter in the order in which its key goes through them; the first lets everything through."""


@dataclass(frozen=True, slots=True)
class CaseQuery:
    """What the list shows and in which order; the defaults show everything, last changed first."""

    text: str = ""
    """Every word must occur in the name, a party or the name of a file."""
    kind: str = ""
    step: int = 0
    due: str = ""
    owed: str = ""
    sort: str = "changed"
    """Key of a column."""
    reverse: bool = True

    def turned(self, name: str) -> CaseQuery:
        """Return the query with the next value of one filter."""
        values = CHOICES[name]
        following = values[(values.index(getattr(self, name)) + 1) % len(values)]
        return replace(self, **{name: following})  # type: ignore[arg-type]  # each value is of its field's type

    def sorted_by(self, column: str) -> CaseQuery:
        """Return the query ordered by a column; the same column again turns the order round."""
        return replace(self, sort=column, reverse=not self.reverse if column == self.sort else column in FALLING)

    def cleared(self) -> CaseQuery:
        """Return the query without search and filters, in the same order."""
        return CaseQuery(sort=self.sort, reverse=self.reverse)

    def to_values(self) -> dict[str, object]:
        """Return what is remembered from one session to the next."""
        return asdict(self)

    @classmethod
    def from_values(cls, values: Mapping[str, object]) -> CaseQuery:
        """Return the remembered query; what is not understood is left out."""
        plain = cls()
        known = {
            name: value
            for name, value in values.items()
            if type(value) is type(getattr(plain, name, None))
            and (name not in CHOICES or value in CHOICES[name])
            and (name != "sort" or value in {column.key for column in COLUMNS})
        }
        return replace(plain, **known)  # type: ignore[arg-type]  # types were compared


def urgent(summary: CaseSummary, today: date) -> date | None:
    """Return the date that presses most: an overdue task, a deadline that passed, else the next date to come."""
    if summary.next_due is not None and summary.next_due < today:
        return min(summary.next_due, summary.missed or summary.next_due)
    return summary.missed or summary.next_due


def select_cases(summaries: Sequence[CaseSummary], query: CaseQuery, today: date) -> list[CaseSummary]:
    """Return the cases a query lets through, in its order; a case without the value comes last either way."""
    wanted = _folded(query.text).split()
    found = [one for one in summaries if _keeps(one, query, today) and all(word in _search(one) for word in wanted)]
    key = _ORDERS[query.sort]
    known = [one for one in found if key(one, today) is not None]
    known.sort(key=lambda one: key(one, today), reverse=query.reverse)  # type: ignore[arg-type,return-value]
    return known + [one for one in found if key(one, today) is None]


def _keeps(summary: CaseSummary, query: CaseQuery, today: date) -> bool:
    if query.kind not in ("", summary.case.kind.value) or query.step not in (0, summary.step):
        return False
    if query.owed and (summary.owed is None or summary.owed == 0 or (summary.owed > 0) != (query.owed == "owed")):
        return False
    return query.due in ("", due_state(summary, today))


def due_state(summary: CaseSummary, today: date) -> str:
    """Return ``missed``, ``soon`` (within a week) or nothing."""
    due = urgent(summary, today)
    if due is None or due > today + timedelta(days=SOON):
        return ""
    return "missed" if due < today else "soon"


def _search(summary: CaseSummary) -> str:
    return _folded(" ".join((summary.case.name, summary.client, summary.financier, *summary.files)))


def _folded(text: str) -> str:
    return normalize("NFKC", text).casefold()


_ORDERS: Mapping[str, Callable[[CaseSummary, date], object]] = {
    "case": lambda one, _: _folded(one.case.name),
    "kind": lambda one, _: one.case.kind.value,
    "step": lambda one, _: (one.step, one.tasks_done),
    "documents": lambda one, _: one.documents,
    "overcharged": lambda one, _: one.overcharged,
    "owed": lambda one, _: one.owed,
    "basis": lambda one, _: one.basis,
    "deadline": urgent,
    "changed": lambda one, _: one.case.changed,
}


def case_row(summary: CaseSummary, today: date, words: Words) -> Row:
    """Make the row of one case; figures of a stale audit carry a tilde."""
    about = "~" if summary.stale and summary.overcharged is not None else ""
    overcharged = Cell("") if summary.overcharged is None else Cell(f"{about}{money(summary.overcharged)}", "strong")
    owed = Cell("")
    if summary.owed is not None:
        settled = settlement_cell(summary.owed)
        owed = Cell(f"{about}{settled.text}", settled.tone)
    return Row(
        summary.case.name,
        (
            Cell(case_title(summary.case.name, words, sealed=summary.case.sealed), "strong"),
            Cell(words(f"case_kind_short.{summary.case.kind.value}"), "muted"),
            Cell(f"{summary.step}/8"),
            Cell(str(summary.documents), "muted"),
            overcharged,
            owed,
            Cell(words(f"basis.{summary.basis}") if summary.basis else "", "muted"),
            _deadline(summary, today, words),
            Cell(summary.case.changed.date().isoformat(), "muted"),
        ),
    )


def case_title(name: str, words: Words, *, sealed: bool) -> str:
    """Write a case's name; one that was opened for reading only says so."""
    return f"{words('bundles.sealed_mark')} {one_line(name)}" if sealed else one_line(name)


def _deadline(summary: CaseSummary, today: date, words: Words) -> Cell:
    overdue = summary.next_due is not None and summary.next_due < today
    if summary.missed is not None and not overdue:
        return Cell(words("due.passed", days=(today - summary.missed).days), "bad")
    return due_cell(summary.next_due, today, words)


def case_rows(summaries: Sequence[CaseSummary], today: date, words: Words) -> Rows:
    """Return one row a case, made when it comes into sight."""
    return Rows(len(summaries), lambda index: case_row(summaries[index], today, words))


def case_titles(query: CaseQuery, words: Words) -> list[str]:
    """Return the titles of the columns; an arrow stands at the one that orders."""
    arrow = "↓" if query.reverse else "↑"
    return [(arrow if column.key == query.sort else "") + words(f"column.{column.key}") for column in COLUMNS]


def list_summary(
    summaries: Sequence[CaseSummary], shown: Sequence[CaseSummary], query: CaseQuery, today: date, words: Words
) -> str:
    """Say how many cases there are and are shown, how many dates press, and which filters are on."""
    states = [due_state(summary, today) for summary in summaries]
    parts = [words("home.count", shown=len(shown), all=len(summaries))]
    parts += [words(f"home.{state}", count=states.count(state)) for state in ("missed", "soon") if state in states]
    on = [filter_name(name, getattr(query, name), words) for name in CHOICES if getattr(query, name)]
    return "  ".join(parts) + (f"  [{' · '.join(on)}]" if on else "")


def filter_name(name: str, value: object, words: Words) -> str:
    """Return the words for one filter's value."""
    if name == "kind":
        return words(f"case_kind_short.{value}")
    return words("home.filter_step", number=value) if name == "step" else words(f"home.filter_{value}")
