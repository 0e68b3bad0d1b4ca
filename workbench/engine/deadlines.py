"""Deadlines from a case's dates: limitation with its interruptions, reply windows, periods of court and police.

Every date is the safe one: a period is not prolonged for a last day off, a procedure whose end is unknown interrupts
from its beginning, and a day that the account only suggests is marked as assumed.
Source: the articles named in each rule; ``../shared/facts/legal.md`` section 5.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from workbench.domain.deadlines import CaseEvent, Deadline, EventKind

LIMITATION_YEARS = 3
LONGEST_YEARS = 20
INTERRUPTS: Mapping[EventKind, tuple[str, ...]] = {
    EventKind.DEMANDED: ("民法典/一百九十五", "诉讼时效规定/八"),
    EventKind.ACKNOWLEDGED: ("民法典/一百九十五",),
    EventKind.SUED: ("民法典/一百九十五", "诉讼时效规定/十"),
    EventKind.MEDIATION: ("民法典/一百九十五",),
    EventKind.POLICE_REPORTED: ("民法典/一百九十五",),
}
"""Events that interrupt limitation, with the articles that say so."""
NAMES: Mapping[EventKind, tuple[str, str]] = {
    EventKind.HARM: ("损害发生", "the harm"),
    EventKind.KNEW: ("知道权利受损和义务人", "knowledge of harm and debtor"),
    EventKind.DEMANDED: ("催告到达", "the demand's arrival"),
    EventKind.ACKNOWLEDGED: ("对方同意履行", "the other side's promise"),
    EventKind.SUED: ("起诉或申请仲裁", "the suit"),
    EventKind.MEDIATION: ("申请调解", "the request for mediation"),
    EventKind.POLICE_REPORTED: ("报案", "the report to the police"),
    EventKind.ENDED: ("程序终结", "the end of the procedure"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A period of days that one event starts."""

    kind: str
    days: int | None
    """None: only the event's own number of days counts."""
    own: bool
    statutes: tuple[str, ...]
    zh: str
    en: str


WINDOWS: Mapping[EventKind, Window] = {
    EventKind.LETTER_SENT: Window(
        kind="reply", days=None, own=False, statutes=(), zh="对方应在函件所定期限内答复", en="reply to your letter due"
    ),
    EventKind.PRESERVATION_ASKED: Window(
        kind="preservation_ruling",
        days=5,
        own=False,
        statutes=("财产保全规定/四",),
        zh="法院应作出保全裁定",
        en="ruling on preservation due",
    ),
    EventKind.PRESERVED: Window(
        kind="suit_after_preservation",
        days=30,
        own=True,
        statutes=("民事诉讼法/一百零四",),
        zh="诉前保全后须起诉或申请仲裁，逾期解除保全",
        en="sue or apply for arbitration, or the preservation before suit is lifted",
    ),
    EventKind.SUED: Window(
        kind="filing_decision",
        days=7,
        own=False,
        statutes=("民事诉讼法/一百二十六",),
        zh="法院应决定是否立案",
        en="decision on filing due",
    ),
    EventKind.EVIDENCE_ORDERED: Window(
        kind="evidence",
        days=None,
        own=True,
        statutes=("民事证据规定/五十一",),
        zh="举证期限届满",
        en="evidence period ends",
    ),
    EventKind.POLICE_REFUSED: Window(
        kind="police_review",
        days=7,
        own=True,
        statutes=("公安机关办理刑事案件程序规定/一百七十九",),
        zh="对不予立案可申请复议",
        en="ask for review of the refusal to open a case",
    ),
}


def build_deadlines(events: Sequence[CaseEvent], started: date | None) -> tuple[Deadline, ...]:
    """Return every deadline that the events start, by due day.

    Args:
        events: what a person entered, and what the workbench found.
        started: day of the first forced sale or the last posting, from which limitation is assumed to run where nobody
            said when the client knew; None: limitation is left out.
    """
    found = [*_windows(events), *_limitation(events, started)]
    return tuple(sorted(found, key=lambda one: (one.due, one.kind)))


def _windows(events: Sequence[CaseEvent]) -> Iterator[Deadline]:
    for event in events:
        window = WINDOWS.get(event.kind)
        days = event.days or (window.days if window else None)
        if window is None or days is None:
            continue
        note = f"（{event.note}）" if event.note else ""
        yield Deadline(
            window.kind,
            event.on + timedelta(days=days),
            event.on,
            event.kind,
            window.own,
            window.statutes,
            f"{window.zh}{note}",
            f"{window.en}{f' ({event.note})' if event.note else ''}",
            assumed=event.number is None,
        )


def _limitation(events: Sequence[CaseEvent], started: date | None) -> Iterator[Deadline]:
    """Yield the end of limitation: three years from knowledge or from the last interruption that came in time."""
    knew = [event for event in events if event.kind is EventKind.KNEW]
    harm = [event for event in events if event.kind is EventKind.HARM]
    if knew:
        start, kind, assumed = max(event.on for event in knew), EventKind.KNEW, False
    elif started is not None:
        start, kind, assumed = started, EventKind.HARM, True
    else:
        return
    articles: tuple[str, ...] = ("民法典/一百八十八",)
    due = years_after(start, LIMITATION_YEARS)
    for event in sorted(events, key=lambda one: one.on):
        if not start <= event.on <= due:
            continue
        if event.kind in INTERRUPTS or (event.kind is EventKind.ENDED and kind in PROCEDURES):
            start, kind, assumed = event.on, event.kind, event.number is None
            articles = ("民法典/一百八十八", *INTERRUPTS.get(event.kind, ("民法典/一百九十五",)))
            due = years_after(start, LIMITATION_YEARS)
    first_harm = min((event.on for event in harm), default=started)
    if first_harm is not None:
        due = min(due, years_after(first_harm, LONGEST_YEARS))
    zh, en = NAMES[kind]
    yield Deadline(
        "limitation",
        due,
        start,
        kind,
        own=True,
        statutes=articles,
        text_zh=f"诉讼时效届满（自{zh}之日 {start} 起三年）",
        text_en=f"limitation ends (three years from {en} on {start})",
        assumed=assumed,
    )


PROCEDURES = frozenset({EventKind.SUED, EventKind.MEDIATION, EventKind.POLICE_REPORTED, EventKind.ENDED})
"""Interruptions after which the period runs again only from the procedure's end."""


def years_after(day: date, years: int) -> date:
    """Return the same day ``years`` later; 29 February becomes 28 February, the earlier and safer one."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
