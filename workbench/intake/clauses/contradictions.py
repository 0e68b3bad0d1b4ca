"""Where a contract disagrees with itself (``CON-MATH``): amounts, multiples, lines, rates, days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from workbench.domain.dates import whole_months
from workbench.domain.money import grouped, percent, plain
from workbench.domain.terms import Contradiction
from workbench.intake import chinese
from workbench.intake.clauses.interest import Quote, quotes
from workbench.intake.clauses.model import Deed, Found, Known, Sentence
from workbench.intake.clauses.period import term_length
from workbench.intake.clauses.place import source_of
from workbench.intake.clauses.sums import names_both

_ONCE = (
    "margin",
    "financing",
    "total",
    "term_start",
    "term_end",
    "liquidation_line",
    "warning_line",
    "commission_rate",
    "account",
)
_PER_YEAR = {"year": (Decimal(1),), "month": (Decimal(12),), "day": (Decimal(360), Decimal(365)), "trading_day": ()}
_CLOSE = Decimal("0.005")
"""Relative difference at which a rate and its printed equivalent still agree (print rounds)."""


def contradictions(deed: Deed, known: Known, found: Sequence[Found]) -> tuple[Contradiction, ...]:
    """Return every contradiction once."""
    every: Iterable[Contradiction] = (
        *_amounts_in_words(deed),
        *_twice(deed, found),
        *_multiple(deed, known),
        *_total(deed, known),
        *_lines(deed, known),
        *_rates(deed),
        *_term(deed, known),
    )
    return tuple(dict.fromkeys(every))


def _report(deed: Deed, keys: tuple[str, ...], detail: str, *sentences: Sentence) -> Contradiction:
    return Contradiction(keys, detail, tuple(source_of(deed, sentence) for sentence in dict.fromkeys(sentences)))


def _amounts_in_words(deed: Deed) -> Iterator[Contradiction]:
    """Compare capitals and figures of one amount."""
    for sentence in deed.sentences():
        for match in re.finditer(chinese.MONEY, sentence.text):
            values = chinese.amounts(match.group())
            if len(set(values)) > 1:
                shown = " ≠ ".join(grouped(value) for value in values)
                key = "margin" if "保证金" in sentence.text[: match.start()] else "financing"
                yield _report(deed, (key,), f"同一金额的大写与小写不一致:{match.group()}({shown})", sentence)


def _twice(deed: Deed, found: Sequence[Found]) -> Iterator[Contradiction]:
    """Compare equally plain statements of one term."""
    for key in _ONCE:
        least = 0 if key == "account" else 1
        same = [item for item in found if item.key == key and item.rank <= least]
        values = dict.fromkeys(item.value for item in same)
        if len(values) > 1 and not (key in ("financing", "margin") and _is_sum(values.keys())):
            shown = " / ".join(str(value) for value in values)
            yield _report(deed, (key,), f"合同对同一事项有不同写法:{shown}", *(item.sentence for item in same))


def _is_sum(values: Iterable[object]) -> bool:
    """Tell whether one value is the sum of the others: tranches and their total are no contradiction."""
    numbers = [Decimal(str(value)) for value in values]
    return len(numbers) > 2 and 2 * max(numbers) == sum(numbers)  # noqa: PLR2004 - a total and at least two parts


def _multiple(deed: Deed, known: Known) -> Iterator[Contradiction]:
    margin, financing, multiple = (_number(known, key) for key in ("margin", "financing", "leverage"))
    if not (margin and financing and multiple) or known["financing"].rank >= 5:  # noqa: PLR2004 - derived from the multiple itself
        return
    fitting = {financing, financing + margin}
    if names_both(known["leverage"].sentence.text):
        whole = known["leverage_convention"].value == "total_over_margin" if "leverage_convention" in known else False
        fitting = {financing + margin} if whole else {financing}
    if multiple * margin not in fitting:
        detail = f"杠杆 {plain(multiple)} 与金额不符:保证金 {grouped(margin)},配资 {grouped(financing)}"
        yield _report(
            deed, ("leverage", "margin", "financing"), detail, known["leverage"].sentence, known["financing"].sentence
        )


def _total(deed: Deed, known: Known) -> Iterator[Contradiction]:
    margin, financing, total = (_number(known, key) for key in ("margin", "financing", "total"))
    if margin and financing and total and margin + financing != total and known["financing"].rank < 5:  # noqa: PLR2004
        parts = f"保证金 {grouped(margin)} + 配资 {grouped(financing)} = {grouped(margin + financing)}"
        detail = f"总资金 {grouped(total)} ≠ {parts}"
        yield _report(deed, ("margin", "financing"), detail, known["total"].sentence, known["financing"].sentence)


def _lines(deed: Deed, known: Known) -> Iterator[Contradiction]:
    """Compare the lines' order: in every convention the warning stands above the liquidation line."""
    warning, liquidation = _number(known, "warning_line"), _number(known, "liquidation_line")
    convention = known["line_convention"].value if "line_convention" in known else None
    if warning is None or liquidation is None:
        return
    reversed_order = warning > liquidation if convention == "loss_over_margin" else warning < liquidation
    if reversed_order:
        detail = f"预警线 {plain(warning)} 与平仓线 {plain(liquidation)} 顺序颠倒"
        yield _report(
            deed,
            ("warning_line", "liquidation_line"),
            detail,
            known["warning_line"].sentence,
            known["liquidation_line"].sentence,
        )


def _rates(deed: Deed) -> Iterator[Contradiction]:
    """Compare every quoted rate with the first plain one, by the year."""
    plain_quotes = [quote for quote in quotes(deed) if quote.rank <= 1]
    for quote in plain_quotes[1:]:
        first = plain_quotes[0]
        if not _equivalent(first, quote):
            detail = f"利率前后不一:{percent(first.value)}/{first.period} 与 {percent(quote.value)}/{quote.period}"
            yield _report(deed, ("rate",), detail, first.sentence, quote.sentence)
            return


def _equivalent(one: Quote, other: Quote) -> bool:
    if one.period == other.period:
        return one.value == other.value
    pairs = [(one.value * a, other.value * b) for a in _PER_YEAR[one.period] for b in _PER_YEAR[other.period]]
    return not pairs or any(abs(a - b) <= _CLOSE * max(a, b) for a, b in pairs)


def _term(deed: Deed, known: Known) -> Iterator[Contradiction]:
    if "term_start" not in known or "term_end" not in known:
        return
    start, end = (date.fromisoformat(str(known[key].value)) for key in ("term_start", "term_end"))
    sentence = known["term_end"].sentence
    length = term_length(sentence.text)
    if end <= start:
        yield _report(deed, ("term_start", "term_end"), f"到期日 {end} 不晚于起始日 {start}", sentence)
    elif length and abs(whole_months(start, end)[0] - length) > 0 and not _day_short(start, end, length):
        yield _report(deed, ("term_start", "term_end"), f"期限 {length} 个月与 {start} 至 {end} 不符", sentence)


def _day_short(start: date, end: date, length: int) -> bool:
    """Accept an end on the day before the corresponding day: some contracts name the last day included."""
    months, days = whole_months(start, end)
    return months == length - 1 and days >= 27  # noqa: PLR2004 - a month less its last day


def _number(known: Known, key: str) -> Decimal | None:
    return Decimal(str(known[key].value)) if key in known else None
