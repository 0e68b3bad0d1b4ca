"""Deadlines of a case, nearest first, with the articles and the day each runs from."""

from __future__ import annotations

from datetime import date

from workbench.domain.deadlines import Deadline, DeadlineState
from workbench.domain.source import article_name
from workbench.tui.presenters.base import Cell, Column, Detail, Row, Section, Words, day, label, pick

COLUMNS = (
    Column("deadline_state", 8),
    Column("due", 10),
    Column("who", 8, needs=60),
    Column("what", 20, flex=1),
)
MARKS = {DeadlineState.MISSED: ("‼", "bad"), DeadlineState.NEAR: ("▲", "warn"), DeadlineState.AHEAD: (" ", "")}


def deadline_rows(deadlines: tuple[Deadline, ...], today: date, words: Words) -> tuple[Row, ...]:
    """Return one row a deadline."""
    rows = []
    for one in deadlines:
        state = one.state(today)
        sign, tone = MARKS[state]
        cells = (
            Cell(f"{sign} {label(words, 'deadline_state', state)}", tone),
            Cell(day(one.due), tone),
            Cell(words("deadlines.own") if one.own else words("deadlines.theirs"), "muted"),
            Cell(pick(words, one.text_zh, one.text_en)),
        )
        rows.append(Row(f"{one.kind}:{one.due}:{one.since}", cells))
    return tuple(rows)


def deadline_detail(deadlines: tuple[Deadline, ...], key: str, words: Words) -> Detail | None:
    """Explain one deadline: what it is, from when it runs, under which articles."""
    one = next((item for item in deadlines if f"{item.kind}:{item.due}:{item.since}" == key), None)
    if one is None:
        return None
    since = words("deadlines.since", event=label(words, "event_kind", one.event), day=day(one.since))
    cells = [Cell(pick(words, one.text_zh, one.text_en), "strong"), Cell(since)]
    if one.assumed:
        cells.append(Cell(words("deadlines.assumed"), "warn"))
    sections = [Section("", tuple(cells))]
    if one.statutes:
        sections.append(Section(words("deadlines.articles"), tuple(map(Cell, map(article_name, one.statutes)))))
    sections.append(Section("", (Cell(words("deadlines.safe"), "muted"),)))
    return Detail(day(one.due), "", tuple(sections))
