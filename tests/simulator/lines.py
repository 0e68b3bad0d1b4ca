"""Assets at the contract's lines, by the table of domain specification section 6."""

from __future__ import annotations

from decimal import Decimal

from tests.simulator.model import Deal


def assets_at(deal: Deal, line: Decimal, principal: Decimal, debt: Decimal) -> Decimal:
    """Total assets in yuan at which the account stands on ``line``."""
    margin = deal.margin
    return {
        "assets_over_debt": line * debt,
        "equity_over_debt": (1 + line) * debt,
        "equity_over_margin": principal + line * margin,
        "margin_coefficient": principal + line * margin,
        "financing_multiple": line * principal,
        "net_value": line * (margin + principal),
        "absolute": line,
        "equity_over_assets": debt / (1 - line),
    }[deal.line_convention]


def ratio_words(deal: Deal, assets: Decimal, principal: Decimal, debt: Decimal) -> str:
    """Say in Chinese where the account stands, in the contract's own measure."""

    def percent(value: Decimal) -> str:
        return f"{(value * 100).quantize(Decimal('0.01'))}%"

    return {
        "assets_over_debt": f"维持担保比例为{percent(assets / debt)}",
        "equity_over_debt": f"风险比例为{percent((assets - debt) / debt)}",
        "equity_over_margin": f"剩余保证金为保证金的{percent((assets - principal) / deal.margin)}",
        "net_value": f"单位净值为{(assets / (deal.margin + principal)).quantize(Decimal('0.0001'))}",
        "equity_over_assets": f"自有权益占总资产的{percent((assets - debt) / assets)}",
    }.get(deal.line_convention, f"账户总资产为{assets.quantize(Decimal('0.01')):,}元")
