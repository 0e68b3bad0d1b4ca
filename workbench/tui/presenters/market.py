"""The market around the event: how much of a move was the market's, the sector's, the stock's own; what it supports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from workbench.domain.money import plain, price_text
from workbench.tui.presenters.base import DASH, MINUS, Cell, Column, Detail, Row, Section, Words, label, pick
from workbench.tui.presenters.parts import UNKNOWN, Part, figures, share, text

if TYPE_CHECKING:
    from workbench.planning.market import MarketReview
    from workbench.planning.market_series import Trend

MARKET = Part(
    "market",
    (
        Column("residual.code", 7),
        Column("residual.moved", 8, right=True),
        Column("residual.by_market", 8, right=True),
        Column("residual.by_sector", 8, right=True, needs=84),
        Column("residual.own", 8, right=True),
        Column("residual.day", 8, needs=98),
        Column("residual.week", 8),
        Column("residual.month", 8, needs=98),
        Column("residual.supports", 12, flex=1),
    ),
)
TREND_SIGNS = {"up": "↑", "down": "↓", "sideways": "→", "cannot_tell": UNKNOWN}


def market_rows(found: Sequence[MarketReview], words: Words) -> tuple[Row, ...]:
    """Return one row a security."""
    return tuple(_row(one, words) for one in found)


def _row(one: MarketReview, words: Words) -> Row:
    split = one.decomposition
    moves: tuple[str, ...] = (UNKNOWN,) * 4
    if split is not None:
        moves = tuple(
            DASH if part is None else _move(part) for part in (split.total, split.market, split.sector, split.own)
        )
    verdict = one.conclusion.verdict
    cells = (
        Cell(one.code, "strong"),
        *(Cell(move) for move in moves),
        *(Cell(_trend(trend, words)) for trend in one.trends),
        Cell(label(words, "market_verdict", verdict), "muted" if verdict == "cannot_tell" else ""),
    )
    return Row(one.code, cells)


def _move(part: Decimal) -> str:
    return ("+" if part > 0 else "") + share(part).replace("-", MINUS)


def _trend(trend: Trend, words: Words) -> str:
    return f"{TREND_SIGNS[trend.direction]} {label(words, 'market_trend', trend.direction)}"


def market_summary(plan: Mapping[str, str], words: Words) -> str:
    """Say against which index and sector the parts are told."""
    given = {key: plan.get(key) or words("plans.unset") for key in ("index", "sector")}
    return words("residual.market.summary", **given)


def market_detail(found: Sequence[MarketReview], key: str, words: Words) -> Detail | None:
    """Explain one security: parts of the move, trends, what they support, reason and weakness."""
    one = next((item for item in found if item.code == key), None)
    if one is None:
        return None
    end = one.conclusion
    sections = [
        text(label(words, "market_verdict", end.verdict), heading=words("column.residual.supports")),
        text(pick(words, end.why_zh, end.why_en)),
        text(pick(words, end.weakness_zh, end.weakness_en), heading=words("residual.weakness"), tone="warn"),
        text(pick(words, end.needs_zh, end.needs_en), heading=words("liquidation.needs"), tone="accent"),
        _parts(one, words),
        Section(words("residual.trends"), tuple(_trend_line(trend, words) for trend in one.trends)),
        text(
            words("residual.atr", sum=price_text(one.atr), part=share(one.atr_part)) if one.atr is not None else "",
            words("residual.volume", word=label(words, "market.divergence", one.divergence)),
            words("residual.limits", down=len(one.limits.down), up=len(one.limits.up)),
            words("residual.bars", count=one.bars),
        ),
    ]
    return Detail(one.code, words("residual.market.title"), tuple(sections))


def _parts(one: MarketReview, words: Words) -> Section:
    split = one.decomposition
    if split is None:
        return Section("", ())
    named = [
        ("", split.market, "market"),
        ("+", split.sector, "sector"),
        ("+", split.own, "stock"),
        ("=", split.total, "total"),
    ]
    rows = [(sign, _move(part), label(words, "market.driver", name)) for sign, part, name in named if part is not None]
    return figures(
        rows, words("residual.window", start=split.start, end=split.end, beta=plain(round(split.fit.beta, 2)))
    )


def _trend_line(trend: Trend, words: Words) -> Cell:
    means = [DASH if value is None else price_text(value) for value in (trend.close, trend.short_mean, trend.long_mean)]
    frame = label(words, "market.frame", trend.frame)
    values = {"close": means[0], "short": trend.short, "quick": means[1], "long": trend.long, "slow": means[2]}
    return Cell(f"{frame} {_trend(trend, words)}  {words('residual.trend', **values)}")
