"""Printed forms as data: which columns, words, signs and nil marks a statement has, and how rows look in it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from tests.intake.statements.truth import Event, financed, ordinary

_SIDES = {"side": ("借", "贷"), "side_words": ("支出", "收入"), "side_signs": ("-", "+")}
TRADING = frozenset({"buy", "financed_buy", "sell", "forced"})
CASH = frozenset({"deposit", "withdrawal", "credit_interest", "interest", "fee", "drawdown", "repay"})
FOLDER = Path(__file__).parent / "forms"
FIELD_OF = {
    title: name
    for name, titles in tomllib.loads((FOLDER / "titles.toml").read_text("utf-8")).items()
    for title in titles.split()
}


@dataclass(frozen=True)
class Form:
    """One layout of one broker."""

    name: str
    columns: str
    """Titles, blank-separated; ``title=field`` where the title does not tell; ``_`` stands for a blank in a title."""
    words: Mapping[str, str]
    """Event -> printed operation."""
    write: str = "tabs"
    """Name of the writer (:mod:`writers`)."""
    remarks: Mapping[str, str] = field(default_factory=dict)
    margin: bool = False
    without: Sequence[str] = ()
    """Events that this file does not print."""
    unlisted: Sequence[str] = ()
    """Events left out of the file, though they moved the balance (a list of fills only)."""
    above: Sequence[Sequence[str]] = ()
    below: Sequence[Sequence[str]] = ()
    newest_first: bool = False
    day: str = "%Y%m%d"
    clock: str = "%H:%M:%S"
    midnight: str = ""
    """Printed time of postings without one."""
    nil: str = "0.00"
    text_nil: str = ""
    signed_quantity: bool = False
    signed_gross: bool = False
    places: Mapping[str, int] = field(default_factory=dict)
    bare_code: bool = False
    grouped: bool = False
    kinds: Mapping[str, str] = field(default_factory=dict)
    """Event -> kind, where the form's words say more or less than the truth."""
    wrapped: Sequence[str] = ()
    """Fields printed as ``="…"``."""
    totals: bool = False
    opening: bool = False
    book: str = "account"

    @property
    def titles(self) -> list[tuple[str, str]]:
        """(title, field) of every column."""
        found = []
        for item in self.columns.split():
            title, _, name = item.partition("=")
            found.append((title.replace("_", " "), name or FIELD_OF[title.replace("_", "")]))
        return found

    def events(self) -> list[Event]:
        """Return the postings this form prints, in posting order."""
        names = {name for _, name in self.titles}
        fees = [one for one in ("commission", "stamp", "transfer", "handling", "regulatory") if one in names]
        if "total" in names or (names & {"net", "money_in"} and not fees):
            fees = ["commission", "stamp", "transfer"]
        events = (financed if self.margin else ordinary)(fees, self.without)
        return [event for event in events if event.event not in self.unlisted]

    def kind(self, event: Event) -> str:
        """Return what the importer should say a posting is."""
        return self.kinds.get(event.event, event.kind)

    def rows(self) -> list[list[str]]:
        """Return the preamble, the heading, all postings as this form prints them, and the footer."""
        events = self.events()
        body = [[self.cell(event, name) for _, name in self.titles] for event in events]
        if self.opening:
            body.insert(0, self._sum("期初余额", {"balance": "0.00"}))
        if self.newest_first:
            body.reverse()
        if self.totals:
            net = sum((event.net for event in events), Decimal(0))
            body.append(self._sum("合计", {"net": f"{net:.2f}"}))
        heading = [title for title, _ in self.titles]
        return [*map(list, self.above), heading, *body, *map(list, self.below)]

    def _sum(self, word: str, values: Mapping[str, str]) -> list[str]:
        names = [name for _, name in self.titles]
        at = names.index("word") if "word" in names and word == "期初余额" else 0
        return [word if column == at else values.get(name, "") for column, name in enumerate(names)]

    def cell(self, event: Event, name: str) -> str:
        """Return one cell as printed."""
        text = self._text(event, name)
        return f'="{text}"' if name in self.wrapped and text else text

    def _text(self, event: Event, name: str) -> str:
        plain = self._plain(event, name)
        return plain if plain is not None else self._figure(event, name)

    def _plain(self, event: Event, name: str) -> str | None:
        code = (str(int(event.code)) if self.bare_code else event.code) if event.code else self.text_nil
        word = self.words.get(event.event, "")
        clock = event.clock.strftime(self.clock) if event.clock else self.midnight
        texts = {
            "day": event.day.strftime(self.day),
            "clock": clock,
            "day_clock": f"{event.day.strftime(self.day)} {event.clock or '00:00:00'}",
            "packed": f"{event.day:%Y%m%d}" + (event.clock.strftime("%H%M%S") if event.clock else "000000"),
            "word": word,
            "code": code,
            "name": event.name or self.text_nil,
            "glued": f"{event.code}{event.name}" if event.code else self.text_nil,
            "word_glued": f"{word}({event.code}){event.name}" if event.event in TRADING else word,
            "serial": event.serial,
            "fill": event.serial if event.event in TRADING else "",
            "order": f"8{event.serial}" if event.event in TRADING else "",
            "remark": self.remarks.get(event.event, self.text_nil),
            "currency": "人民币",
            "market": ("上海Ａ股" if event.code[0] in "567" else "深圳Ａ股") if event.code else self.text_nil,
            "shareholder": "A100000001" if event.code else self.text_nil,
            "account": "660012345",
            "empty": self.text_nil,
        }
        return texts.get(name)

    def _figure(self, event: Event, name: str) -> str:
        way = -1 if event.net < 0 else 1
        trading, in_out = event.event in TRADING, event.net
        fees = {**event.fees, "total": event.charged}
        sign = -1 if self.signed_quantity and trading and event.net > 0 else 1
        value: Decimal | int | None = {
            "quantity": event.quantity * sign if event.quantity else None,
            "price": event.price or None,
            "gross": (event.gross * way if self.signed_gross else event.gross) or None,
            "net": event.net,
            "unsigned": abs(event.net),
            "inverted": -event.net,
            "before": event.balance - event.net,
            "other_figure": event.balance * 2 + 1234,
            "money_in": in_out if in_out > 0 else None,
            "money_out": -in_out if in_out < 0 else None,
            "balance": event.balance,
            "position": event.position,
            "zero": None,
            **{fee: fees.get(fee) for fee in (*fees, "settlement", "other") if trading or event.event == "repo_out"},
        }.get(name)
        if name in _SIDES:
            return _SIDES[name][event.net > 0]
        default = {"quantity": 0, "position": 0, "price": 3}.get(name, 2)
        places = self.places.get(name, default)
        if value is None:
            return self.nil if self.nil != "0.00" else f"{0:.{places}f}"
        return f"{value:,.{places}f}" if self.grouped else f"{value:.{places}f}"


def forms(name: str, *, margin: bool) -> list[Form]:
    """Return the forms of one data file."""
    data = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    found = []
    for entry in data["form"]:
        words = {**data["words"], **entry.pop("words", {})}
        unlisted = data["fills_only"]["unlisted"] if entry.pop("fills_only", False) else entry.pop("unlisted", ())
        found.append(Form(words=words, unlisted=unlisted, margin=margin, **entry))
    return found
