"""What the forced sale left and what each theory is worth: tables of ``workbench margin``."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from workbench.cli.output import shorten, show, show_table, yuan
from workbench.domain.liquidation import Damage, Holding, RiskSnapshot
from workbench.domain.money import percent, plain, price_text
from workbench.locales.catalogue import Catalogue

BASIS = 44
"""Terminal columns for prices and formula; ``--json`` gives them whole."""


def show_damages(damages: Sequence[Damage], say: Catalogue) -> None:
    """Show one row a theory with the range of its estimates."""
    if not damages:
        return
    show()
    show(say("margin.damages"))
    show_table(
        [say(f"margin.head.{key}") for key in ("theory", "verdict", "lowest", "highest", "basis")],
        [
            [
                say.name("finding", one.code),
                say.name("verdict", one.verdict.value),
                "-" if one.lowest is None else yuan(one.lowest),
                "-" if one.highest is None else yuan(one.highest),
                shorten(say.pick(one.basis_zh, one.basis_en), BASIS),
            ]
            for one in damages
        ],
        right=(2, 3),
        indent="  ",
    )
    show(say("margin.overlap"))


def show_aftermath(after: RiskSnapshot | None, say: Catalogue) -> None:
    """Show what was left after the last forced sale."""
    if after is None:
        return
    show()
    show(say("margin.after", date=after.day.isoformat(), cash=yuan(after.cash), debt=yuan(after.debt)))
    if not after.holdings:
        show(f"  {say('margin.nothing_held', equity=_yuan(after.equity))}")
        return
    keys = ("name", "quantity", "cost", "price", "value", "unrealised", "price_at_line")
    show_table(
        [say(f"margin.head.{key}") for key in keys],
        [_holding_row(one) for one in after.holdings],
        right=(1, 2, 3, 4, 5, 6),
        indent="  ",
    )
    parts = {
        "exposure": _yuan(after.exposure),
        "equity": _yuan(after.equity),
        "unrealised": _yuan(after.unrealised),
        "fall": "-" if after.fall is None else percent(round(after.fall, 4)),
    }
    show(f"  {say('margin.exposure', **parts)}")


def _holding_row(one: Holding) -> list[str]:
    prices = [_price(value) for value in (one.cost, one.price)]
    amounts = [_yuan(one.value), _yuan(one.unrealised)]
    return [f"{one.code} {one.name}".strip(), plain(one.quantity), *prices, *amounts, _price(one.liquidation_price)]


def _yuan(value: Decimal | None) -> str:
    return "-" if value is None else yuan(value)


def _price(value: Decimal | None) -> str:
    return "-" if value is None else price_text(value)
