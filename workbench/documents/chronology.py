"""What happened when: contract, money, calls, crossings, forced sales and the person's own dates in one table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby

from workbench.documents.amounts import Amount, Bound, total
from workbench.documents.labels import Labels
from workbench.documents.views import LineView, TermView
from workbench.domain.deadlines import CaseEvent
from workbench.domain.margin import Margin
from workbench.domain.money import percent

MONEY = frozenset({"margin_in", "margin_out", "drawdown", "principal_repaid", "transfer_in", "transfer_out"})
PENALTIES = frozenset({"late_fee", "penalty_interest", "breach_penalty", "profit_share"})
TEXT = 90
"""Characters of a message that are shown."""
_FIRST, _LAST = time.min, time.max


@dataclass(frozen=True, slots=True)
class Happening:
    """One row of the chronology."""

    at: datetime
    text: Bound
    amount: Amount | None
    place: Bound
    timed: bool = False
    """True where the hour is known."""


@dataclass(frozen=True, slots=True)
class Chronology:
    """Gathers the rows of one audit."""

    labels: Labels
    lines: tuple[LineView, ...]
    terms: dict[str, TermView]
    days: dict[str, date]
    """Contract dates by term: signed, start, end."""
    margin: Margin
    events: tuple[CaseEvent, ...]

    def rows(self) -> tuple[Happening, ...]:
        """Return everything in order of time."""
        found = [*self._contract(), *self._postings(), *self._margin(), *self._own()]
        return tuple(sorted(found, key=lambda one: one.at))

    def _contract(self) -> Iterator[Happening]:
        for key, day in self.days.items():
            term = self.terms.get(key)
            place = term.place if term else Bound("", "source")
            yield Happening(datetime.combine(day, _FIRST), self._word(key), None, place)

    def _postings(self) -> Iterator[Happening]:
        kept = [line for line in self.lines if line.kind in MONEY or line.kind in PENALTIES]
        for line in kept:
            yield Happening(datetime.combine(line.date, time(12)), line.operation or Bound(line.kind_label, "line"),
                            line.stated, line.place)  # fmt: skip
        sold = [line for line in self.lines if line.kind == "forced_sell"]
        for day, group in groupby(sold, key=lambda line: line.date):
            fills = tuple(group)
            text = self._word("forced_sale").format(count=len(fills))
            amount = total(line.stated for line in fills)
            yield Happening(datetime.combine(day, time(15)), Bound(text, "chronology"), amount, fills[0].place)

    def _margin(self) -> Iterator[Happening]:
        crossed = (("first_warning", self.margin.first_warning), ("first_liquidation", self.margin.first_liquidation))
        for key, day in crossed:
            if day is not None:
                yield Happening(datetime.combine(day, time(14)), self._word(key), None, Bound("", "source"))
        for event in self.margin.events:
            notice = event.notice
            if notice is None:
                continue
            told = "" if event.told is None else self._word("told").format(ratio=percent(event.told))
            words = " ".join(notice.text.split())
            words = f"{words[:TEXT]}…" if len(words) > TEXT else words
            sender = self._word("client") if notice.from_client else notice.sender
            place = f"{notice.source.file}" if notice.source else ""
            text = Bound(f"{sender}：{words}{told}", "notice")
            yield Happening(notice.at.replace(tzinfo=None), text, None, Bound(place, "source"), timed=True)

    def _own(self) -> Iterator[Happening]:
        for event in self.events:
            note = f"（{event.note}）" if event.note else ""
            text = Bound(self.labels.name("event_kind", event.kind.value) + note, "event")
            place = Bound(f"S{event.document}" if event.document else "", "source")
            yield Happening(datetime.combine(event.on, _LAST), text, None, place)

    def _word(self, key: str) -> Bound:
        return Bound(self.labels.groups["chronology"][key], "chronology")
