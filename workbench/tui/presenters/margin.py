"""The margin timeline and the tests of the forced sale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from workbench.domain.margin import Margin, MarginDay, MarginEvent
from workbench.domain.money import plain
from workbench.tui.presenters.base import (
    DASH,
    Cell,
    Column,
    Detail,
    Row,
    Section,
    Words,
    day,
    label,
    money,
    pick,
    signed,
)

DAY_COLUMNS = (
    Column("state", 8),
    Column("date", 10),
    Column("assets", 13, right=True),
    Column("debt", 13, right=True, needs=68),
    Column("ratio", 9, right=True),
    Column("fall", 8, right=True),
    Column("distance", 12, right=True, needs=80),
    Column("low_assets", 15, right=True, needs=98),
    Column("events", 10, flex=1),
)
STATE_TONE = {"normal": "", "warning": "warn", "liquidation": "bad", "emergency": "bad", "unknown": "muted"}
STATE_MARK = {"normal": " ", "warning": "▲", "liquidation": "●", "emergency": "‼", "unknown": "?"}
LINES = ("warning", "liquidation", "emergency")


def ratio(value: Decimal | None, convention: str | None) -> str:
    """Write a ratio as the contract counts: per cent, or yuan where the line is an absolute sum."""
    if value is None:
        return DASH
    if convention == "absolute":
        return money(value)
    if convention in ("net_value", "financing_multiple"):
        return plain(value.quantize(Decimal("0.0001")))
    return f"{value * 100:.2f}%"


def day_row(entry: MarginDay, convention: str | None, words: Words, events: Sequence[MarginEvent] = ()) -> Row:
    """Make the row of one trading day, with what happened on it."""
    tone = STATE_TONE.get(entry.state, "")
    return Row(
        entry.date.isoformat(),
        (
            Cell(f"{STATE_MARK.get(entry.state, ' ')} {label(words, 'margin_state', entry.state)}", tone),
            Cell(day(entry.date), "muted"),
            Cell(money(entry.assets)),
            Cell(money(entry.debt)),
            Cell(ratio(entry.ratio, convention), tone),
            Cell(DASH if entry.fall is None else f"{entry.fall * 100:.2f}%", tone),
            Cell(DASH if entry.distance is None else signed(entry.distance), tone),
            Cell(money(entry.low_assets), "muted"),
            Cell(" · ".join(dict.fromkeys(label(words, "margin_event", event.kind) for event in events)), "accent"),
        ),
    )


def day_rows(margin: Margin, words: Words) -> tuple[Row, ...]:
    """Return the days in order."""
    by_day: dict[str, list[MarginEvent]] = {}
    for event in margin.events:
        by_day.setdefault(_event_day(event), []).append(event)
    return tuple(
        day_row(entry, margin.convention, words, by_day.get(entry.date.isoformat(), ())) for entry in margin.days
    )


def margin_summary(margin: Margin, words: Words) -> str:
    """Say by which convention the lines are counted and when they were first crossed."""
    convention = label(words, "convention", margin.convention) if margin.convention else words("margin.no_convention")
    return words(
        "margin.summary",
        convention=convention,
        warning=day(margin.first_warning),
        liquidation=day(margin.first_liquidation),
    )


def day_detail(margin: Margin, key: str, words: Words) -> Detail | None:
    """Show one day's figures against the lines."""
    entry = next((item for item in margin.days if item.date.isoformat() == key), None)
    if entry is None:
        return None
    figures = [
        (words("column.assets"), entry.assets),
        (words("column.debt"), entry.debt),
        *((words(f"margin.line_{name}"), entry.lines[name]) for name in LINES if name in entry.lines),
    ]
    if entry.distance is not None:
        figures.append((words("column.distance"), entry.distance))
    width = max(len(money(amount)) for _, amount in figures)
    sections = [Section("", tuple(Cell(f"{money(amount):>{width}}  {text}") for text, amount in figures))]
    rate = Cell(f"{words('column.ratio')}  {ratio(entry.ratio, margin.convention)}", STATE_TONE.get(entry.state, ""))
    sections.append(Section("", (rate, *_notes(margin, entry, words))))
    sections += [_event_section(event, words) for event in margin.events if _event_day(event) == key]
    return Detail(f"{key} {label(words, 'margin_state', entry.state)}", "", tuple(sections))


def _notes(margin: Margin, entry: MarginDay, words: Words) -> Iterator[Cell]:
    """Say how far the line is, what the lows made of it, which prices are missing or old, the minute of a crossing."""
    if entry.fall is not None:
        yield Cell(words("margin.fall", part=f"{entry.fall * 100:.2f}%"))
    if entry.uplifted:
        yield Cell(words("margin.uplifted"), "warn")
    if entry.low_assets is not None:
        yield Cell(words("margin.low", sum=money(entry.low_assets)))
    if entry.missing:
        yield Cell(words("margin.missing", codes="、".join(entry.missing)), "bad")
    for one in entry.stale:
        yield Cell(
            words("margin.stale", code=one.code, day=day(one.day), source=words(f"margin.from_{one.source}")), "warn"
        )
    minutes = [one for one in margin.minutes if one.at.date() == entry.date]
    crossed = next((one for one in minutes if one.state in ("liquidation", "emergency")), None)
    if crossed is not None:
        yield Cell(words("margin.minute", at=f"{crossed.at:%H:%M}", sum=money(crossed.assets)), "bad")
    elif minutes:
        yield Cell(words("margin.minutes", count=len(minutes)), "muted")


def _event_day(event: MarginEvent) -> str:
    """Return the day of the timeline an event stands on: that of its comparison, else its own."""
    return (event.day or event.at.date()).isoformat()


def _event_section(event: MarginEvent, words: Words) -> Section:
    tone = {True: "good", False: "bad", None: ""}[event.agrees]
    amount = f" {money(event.amount)}" if event.amount is not None else ""
    lines = [Cell(f"{label(words, 'margin_event', event.kind)}{amount}", "strong")]
    lines += [Cell(pick(words, event.text_zh, event.text_en), tone)] if event.text_zh else []
    lines += [Cell(f"{event.at:%Y-%m-%d %H:%M}  {event.notice.text}", "muted")] if event.notice else []
    return Section("", tuple(lines))
