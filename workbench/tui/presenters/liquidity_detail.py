"""Where the figures of step 4 come from: what an asset fetches, why it is sold or kept, what other haircuts do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.domain.money import ONE, cents, percent, plain
from workbench.tui.presenters import liquidity
from workbench.tui.presenters.base import Detail, Section, Words, label, money, one_line
from workbench.tui.presenters.parts import Part, figures, text
from workbench.tui.state import CaseView

if TYPE_CHECKING:
    from workbench.planning.assets import Asset
    from workbench.planning.liquidity import HaircutCase, Plan, PlanRow
    from workbench.services.raise_cash import CashPlan


def detail(part: Part, key: str, view: CaseView, found: CashPlan | None, words: Words) -> Detail | None:
    """Explain the selected row."""
    if part is liquidity.ASSETS:
        asset = view.assets.get(int(key)) if key.isdigit() else None
        return None if asset is None else _asset_detail(asset, words)
    if found is None:
        return None
    plan = found.plan
    if key.startswith(liquidity.SALE):
        return _sale_detail(plan.rows[int(key.removeprefix(liquidity.SALE))], words)
    if key.startswith(liquidity.KEPT):
        at, _, reason = key.removeprefix(liquidity.KEPT).partition(":")
        return _kept_detail(plan.rows[int(at)], reason, words)
    if key.startswith(liquidity.SHIFT):
        return _shift_detail(found.cases[int(key.removeprefix(liquidity.SHIFT))], words)
    return _total_detail(plan, words)


def _asset_detail(asset: Asset, words: Words) -> Detail:
    value = asset.quantity * asset.price
    after = cents(value * (ONE - asset.haircut))
    amounts = (
        ("", money(value), f"{plain(asset.quantity)} × {plain(asset.price)}"),
        ("−", money(cents(value) - after), words("liquidity.by_haircut", part=percent(asset.haircut))),
        ("=", money(after), words("column.liquidity.gross")),
    )
    rate, least = asset.fee
    fee = words("liquidity.fee", rate=percent(rate), least=money(least))
    counted = "liquidity.days_exchange" if asset.kind.value in ("share", "fund") else "liquidity.days_calendar"
    sections = (
        figures(amounts),
        text(
            fee,
            words("liquidity.fee_assumed") if asset.fee_assumed else "",
            words("liquidity.duties") if asset.kind.value == "share" else "",
            words("liquidity.tax_rate", rate=percent(asset.tax_rate)) if asset.tax_rate else "",
            heading=words("liquidity.costs"),
        ),
        text(words(counted, days=asset.days), heading=words("column.liquidity.available")),
        text(words("liquidity.keeps", count=plain(asset.keep)) if asset.keep else ""),
        text(words("liquidity.own_figures"), tone="muted"),
    )
    name = f"{asset.code} {asset.name}".strip()
    return Detail(one_line(name), label(words, "asset_kind", asset.kind.value), sections)


def _proceeds_section(row: PlanRow, words: Words) -> Section:
    got = row.proceeds
    sold, price = plain(row.sold), plain(row.asset.price)
    return figures(
        (
            ("", money(got.value), f"{sold} × {price}"),
            ("−", money(got.haircut_loss), words("liquidity.by_haircut", part=percent(row.asset.haircut))),
            ("−", money(got.fees), words("column.liquidity.fees")),
            ("−", money(got.tax), words("column.liquidity.tax")),
            ("=", money(got.net), words("column.liquidity.net")),
        )
    )


def _sale_detail(row: PlanRow, words: Words) -> Detail:
    sections = (
        _proceeds_section(row, words),
        text(words("liquidity.order_means", order=row.order)),
        text(words("liquidity.arrives", day=row.available)),
        text(words("liquidity.fee_assumed") if row.asset.fee_assumed else "", tone="warn"),
        text(words("liquidity.duties") if row.asset.kind.value == "share" else "", tone="muted"),
    )
    return Detail(one_line(row.asset.name), words("liquidity.sells", count=plain(row.sold)), sections)


def _kept_detail(row: PlanRow, reason: str, words: Words) -> Detail:
    sections = (
        text(words(f"liquidity.reason.{reason}")),
        text(words("liquidity.arrives", day=row.available), tone="muted"),
    )
    return Detail(one_line(row.asset.name), label(words, "calc_plan.reason", reason), sections)


def _shift_detail(case: HaircutCase, words: Words) -> Detail:
    again = case.again
    sections = (
        figures(
            (
                ("", money(case.net), words("liquidity.same_sales")),
                ("", money(case.shortfall), words("liquidity.missing")),
            )
        ),
        figures(
            (
                ("", money(again.total.cost), words("column.liquidity.cost")),
                ("", money(again.shortfall), words("liquidity.missing")),
            ),
            words("liquidity.again"),
        ),
        text(words("liquidity.shift_means"), tone="muted"),
    )
    return Detail(liquidity.points(case.shift, words), "", sections)


def _total_detail(plan: Plan, words: Words) -> Detail:
    got = plan.total
    sections = (
        figures(
            (
                ("", money(got.value), words("column.liquidity.value")),
                ("−", money(got.haircut_loss), words("column.liquidity.haircut")),
                ("−", money(got.fees), words("column.liquidity.fees")),
                ("−", money(got.tax), words("column.liquidity.tax")),
                ("=", money(got.net), words("column.liquidity.net")),
            )
        ),
        Section("", tuple(liquidity.verdict_of(plan, words))),
        text(words("liquidity.cheapest"), tone="muted"),
    )
    return Detail(words("liquidity.total"), "", sections)
