"""The calculators of the market: beta and the move around an event, average true range, trend."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.arguments import day
from workbench.cli.options import JsonOption
from workbench.cli.output import per_cent, show, show_json, show_table
from workbench.cli.session import session
from workbench.domain.money import plain, price_text
from workbench.errors import UsageError
from workbench.locales.catalogue import Catalogue
from workbench.services.read_bars import read_bars

if TYPE_CHECKING:
    from workbench.domain.market import Bar
    from workbench.planning.market_factors import Decomposition

BarsArgument = Annotated[str, typer.Argument(metavar="FILE[:CODE]", help="Daily bars, not adjusted (CSV, XLSX).")]


def bars_of(text: str) -> tuple[Bar, ...]:
    """Return the bars of ``FILE`` or ``FILE:CODE``."""
    name, mark, code = text.rpartition(":")
    if mark and len(code) == 6 and code.isdigit():  # noqa: PLR2004  digits of a security code
        return read_bars(Path(name), code)
    return read_bars(Path(text))


def beta(
    ctx: typer.Context,
    stock: BarsArgument,
    index: Annotated[str, typer.Argument(metavar="INDEX[:CODE]", help="Daily bars of the market index.")],
    event: Annotated[str, typer.Option(metavar="DATE", help="Day of the event, for example the forced sale.")],
    sector: Annotated[str | None, typer.Option(metavar="FILE[:CODE]", help="Daily bars of the sector's index.")] = None,
    window: Annotated[int, typer.Option(metavar="N", min=20, help="Most daily returns before the event.")] = 60,
    before: Annotated[int, typer.Option(metavar="N", min=0, help="Trading days before the event in its window.")] = 5,
    after: Annotated[int, typer.Option(metavar="N", min=0, help="Trading days after it in its window.")] = 1,
    as_json: JsonOption = False,
) -> None:
    """Compute beta before an event and split the move around it: market, sector, the stock itself.

    Example: workbench calc beta prices.csv:600519 hs300.csv --event 2025-03-31
    """
    from workbench.planning.market_factors import Window, decompose  # noqa: PLC0415 - start fast

    state = session(ctx)
    days = Window(day(event), window, before, after)
    found = decompose(bars_of(stock), bars_of(index), days, bars_of(sector) if sector else None)
    if as_json:
        from workbench.documents.review_json import decomposition_to_json  # noqa: PLC0415

        show_json({"schema": 1, **decomposition_to_json(found)})
        return
    say, fit = state.say, found.fit
    known = "-" if fit.r_squared is None else f"{fit.r_squared:.4f}"
    show(say("market.fit", beta=f"{fit.beta:.4f}", alpha=f"{fit.alpha * 100:.4f}%", r_squared=known, days=fit.days))
    show(say("market.window", start=found.start, end=found.end))
    show_table([say("market.head.part"), say("market.head.move")], _moves(found, say), right=(1,), indent="  ")
    score = "-" if found.score is None else f"{found.score:.2f}"
    show(say("market.driver_is", driver=say(f"market.driver.{found.driver}"), score=score))


def _moves(found: Decomposition, say: Catalogue) -> list[list[str]]:
    parts = (("market", found.market), ("sector", found.sector), ("stock", found.own), ("total", found.total))
    return [[say(f"market.driver.{name}"), per_cent(part)] for name, part in parts if part is not None]


def atr(
    ctx: typer.Context,
    stock: BarsArgument,
    length: Annotated[int, typer.Option(metavar="N", min=1, max=250, help="Bars of the average.")] = 14,
    as_json: JsonOption = False,
) -> None:
    """Compute Wilder's average true range at the last bar, in yuan and as a part of the close."""
    from workbench.planning.market_series import average_true_range  # noqa: PLC0415 - start fast

    state = session(ctx)
    bars = bars_of(stock)
    found = average_true_range(bars, length)
    if found is None:
        raise UsageError(
            f"{length} daily bars are needed, the file has {len(bars)}",
            where=stock,
            next_step="Export a longer stretch, or take fewer with --length.",
            what_zh=f"需要 {length} 根日线，文件只有 {len(bars)} 根",
            next_step_zh="请导出更长的区间，或用 --length 取较少的根数。",
        )
    last = bars[-1]
    if as_json:
        show_json(
            {
                "schema": 1,
                "date": last.date.isoformat(),
                "close": plain(last.close),
                "atr": plain(round(found, 6)),
                "part": plain(round(found / last.close, 6)),
            }
        )
        return
    figures = {"length": length, "date": last.date, "atr": price_text(found), "part": per_cent(found / last.close)}
    show(state.say("market.atr", **figures))


def trend(ctx: typer.Context, stock: BarsArgument, as_json: JsonOption = False) -> None:
    """Show the trend by day, week and month, volume against price, gaps and days at the price limit."""
    from workbench.planning.market_series import FRAMES, divergence, gaps, limit_days  # noqa: PLC0415 - start fast
    from workbench.planning.market_series import trend as trend_of  # noqa: PLC0415

    state = session(ctx)
    bars = bars_of(stock)
    found = [trend_of(bars, *frame) for frame in FRAMES]
    volume, jumps, limits = divergence(bars), gaps(bars), limit_days(bars, state.desk().tables())
    if as_json:
        from workbench.documents.review_json import gaps_to_json, limits_to_json, trend_to_json  # noqa: PLC0415

        parts = {"gaps": gaps_to_json(jumps), "limits": limits_to_json(limits)}
        show_json({"schema": 1, "trends": [trend_to_json(one) for one in found], "divergence": volume, **parts})
        return
    say = state.say
    show_table(
        [say(f"market.head.{key}") for key in ("frame", "close", "short", "long", "direction")],
        [
            [
                say(f"market.frame.{one.frame}"),
                "" if one.close is None else price_text(one.close),
                "" if one.short_mean is None else f"{price_text(one.short_mean)} ({one.short})",
                "" if one.long_mean is None else f"{price_text(one.long_mean)} ({one.long})",
                say(f"market_trend.{one.direction}"),
            ]
            for one in found
        ],
        right=(1, 2, 3),
    )
    show(say("market.volume", divergence=say(f"market.divergence.{volume}")))
    show(say("market.gaps", up=jumps.up, down=jumps.down, days=jumps.days))
    show(say("market.limits", up=len(limits.up), down=len(limits.down), known=limits.known))
