"""Open a new, empty case."""

from __future__ import annotations

from workbench.domain.case import Case, CaseKind
from workbench.errors import UsageError
from workbench.services.desk import Desk

MAX_NAME = 120
"""Characters; longer names break tables and file names."""


def create_case(desk: Desk, name: str, kind: CaseKind | str = CaseKind.OFF_EXCHANGE) -> Case:
    """Create a case; names are unique among cases that are not deleted.

    Raises:
        UsageError: the name is empty, too long or has control characters; the kind is unknown.
        ConflictError: a case with this name exists.
    """
    chosen = clean_name(name)
    with desk.store.write() as unit:
        case = unit.cases.create(chosen, _kind(kind), desk.now())
        unit.commit()
    return case


def clean_name(name: str) -> str:
    """Return a name without stray blanks.

    Raises:
        UsageError: empty, too long, or with control characters.
    """
    chosen = " ".join(name.split())
    if not chosen or len(chosen) > MAX_NAME or not chosen.isprintable():
        raise UsageError(
            "a case needs a name of 1 to 120 printable characters",
            where=repr(name[:40]),
            next_step="Choose a short name, for example the other side's.",
            what_zh="案件名称须为 1 至 120 个可见字符",
            next_step_zh="请换一个简短的名称，例如对方名称。",
        )
    return chosen


def _kind(kind: CaseKind | str) -> CaseKind:
    try:
        return CaseKind(kind)
    except ValueError:
        raise UsageError(
            f"unknown kind of case: {kind}",
            next_step="Use off_exchange or broker_margin.",
            what_zh=f"未知的案件类型：{kind}",
            next_step_zh="请使用 off_exchange（场外配资）或 broker_margin（融资融券）。",
        ) from None
