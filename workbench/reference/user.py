"""Rates and trading days that the user added after this version: read, checked and written in the home folder."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from workbench.domain.dates import add_months
from workbench.domain.money import plain
from workbench.domain.reference import LprQuote
from workbench.errors import InputError
from workbench.reference.files import damaged, day, figure, file_hash, read_rows, table_infos

LPR_FILE = "lpr.csv"
DAYS_FILE = "trading_days.csv"
PUBLICATION_DAY = 20
"""The LPR is published on the 20th, or the next working day; a quote is safe to use until the next 20th."""


@dataclass(frozen=True, slots=True)
class UserAdditions:
    """What the user added."""

    lpr: tuple[LprQuote, ...] = ()
    lpr_valid_to: date | None = None
    """Last day the newest added quote is known to hold; None where none was added."""
    days: tuple[date, ...] = ()
    days_to: date | None = None
    """Last calendar day up to which the added trading days are complete."""
    hashes: dict[str, str] = field(default_factory=dict)


def read_additions(folder: Path | None) -> UserAdditions:
    """Return what a folder adds; a packaged table always wins where it already has the date.

    Raises:
        InputError: a file cannot be read, or a month of the LPR is missing between the table and an added quote.
    """
    if folder is None or not folder.is_dir():
        return UserAdditions()
    infos = table_infos()
    lpr_path, days_path = folder / LPR_FILE, folder / DAYS_FILE
    quotes = _quotes(lpr_path, infos["lpr"].last)
    days, days_to = _days(days_path)
    hashes = {f"user_{path.stem}": file_hash(path) for path in (lpr_path, days_path) if path.is_file()}
    return UserAdditions(quotes, _next_publication(quotes[-1].date) if quotes else None, days, days_to, hashes)


def write_lpr(folder: Path, quotes: Iterable[LprQuote]) -> None:
    """Write the user's quotes, all at once or not at all."""
    rows = [(quote.date.isoformat(), plain(quote.one_year), plain(quote.five_year)) for quote in quotes]
    _write(folder / LPR_FILE, ("date", "one_year", "five_year"), rows)


def write_trading_days(folder: Path, days: Sequence[date], covers_to: date) -> None:
    """Write the user's trading days and up to which day they are complete, all at once or not at all."""
    rows = [("open", entry.isoformat()) for entry in sorted(set(days))]
    _write(folder / DAYS_FILE, ("kind", "date"), [*rows, ("covers_to", covers_to.isoformat())])


def months_apart(earlier: date, later: date) -> int:
    """Return how many publications lie between two days of publication."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def _next_publication(published: date) -> date:
    return add_months(published.replace(day=PUBLICATION_DAY), 1)


def _quotes(path: Path, last: date) -> tuple[LprQuote, ...]:
    quotes: list[LprQuote] = []
    for number, row in enumerate(read_rows(path) if path.is_file() else (), start=2):
        try:
            quote = LprQuote(day(row["date"]), figure(row["one_year"]), figure(row["five_year"]), by_user=True)
        except (KeyError, ValueError) as problem:
            raise damaged(path, number, str(problem)) from problem
        if quote.date > last:
            quotes.append(quote)
    quotes.sort(key=lambda quote: quote.date)
    before = last
    for quote in quotes:
        if months_apart(before, quote.date) != 1:
            raise InputError(
                f"between {before} and {quote.date} an LPR publication is missing",
                where=str(path),
                next_step="Add one publication for every month.",
                what_zh=f"{before} 与 {quote.date} 之间缺少一次 LPR 公布",
                next_step_zh="请逐月补齐公布的 LPR。",
            )
        before = quote.date
    return tuple(quotes)


def _days(path: Path) -> tuple[tuple[date, ...], date | None]:
    days: list[date] = []
    covers_to: date | None = None
    for number, row in enumerate(read_rows(path) if path.is_file() else (), start=2):
        try:
            entry = day(row["date"])
        except (KeyError, ValueError) as problem:
            raise damaged(path, number, str(problem)) from problem
        if row.get("kind") == "covers_to":
            covers_to = entry
        else:
            days.append(entry)
    return tuple(days), covers_to


def _write(path: Path, heading: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(heading)
    writer.writerows(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".writing-", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            stream.write(text.getvalue())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
