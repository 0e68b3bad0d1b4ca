"""Tables of the forced sale's worth and of what it left, every amount bound to the liquidation it is read from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from workbench.documents.amounts import Bound, amount
from workbench.documents.blocks import Runs, Table, plain_runs
from workbench.documents.labels import Labels
from workbench.documents.tables import cell, strong
from workbench.domain.liquidation import Damage, Ground, Holding, Plausibility, RiskSnapshot
from workbench.domain.money import percent, plain, price_text

Row = tuple[Runs, ...]


class SaleTables:
    """Builders for the sections after the tests of the forced sale."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels

    def damages(self, damages: tuple[Damage, ...]) -> Table | None:
        """One row a theory: its verdict and the range of its estimates; None without any."""
        rows: list[Row] = []
        for one in damages:
            origin = f"damage {one.code}"
            basis = Bound(self._labels.pick(one.basis_zh, one.basis_en), origin)
            missing = "、".join(one.missing)
            note = f"（{self._labels.name('head', 'no_price')} {missing}）" if missing else ""
            rows.append(
                (
                    cell(self._labels.name("finding", one.code)),
                    strong(self._labels.name("verdict", one.verdict.value)),
                    cell(amount(one.lowest, f"{origin} lowest")),
                    cell(amount(one.highest, f"{origin} highest")),
                    cell(Bound(basis + note, origin)),
                )
            )
        align = ("left", "left", "right", "right", "left")
        return self._table(
            ("theory", "verdict", "lowest", "highest", "price_basis"), rows, align, (1.3, 0.9, 1.1, 1.1, 3)
        )

    def grounds(self, grounds: tuple[Ground, ...]) -> Table | None:
        """One row a ground that the contract gives for a sale, and whether it was there; None without any."""
        rows = [
            (
                cell(self._labels.name("ground", one.name)),
                strong(self._labels.name("ground_verdict", one.verdict.value)),
                cell(Bound(self._labels.pick(one.why_zh, one.why_en), f"ground {one.name}")),
            )
            for one in grounds
        ]
        return self._table(("ground", "verdict", "why"), rows, ("left", "left", "left"), (1.3, 0.9, 4))

    def impossible(self, found: Plausibility, places: Mapping[str, str]) -> Table | None:
        """One row a fill and rule that the market could not have given; None without any."""
        rows = [
            (
                cell(places.get(one.line, one.line)),
                cell(self._labels.name("fill_rule", one.rule)),
                cell(Bound(self._labels.pick(one.why_zh, one.why_en), f"fill {one.line}")),
            )
            for one in found.impossible
        ]
        return self._table(("source", "rule", "why"), rows, ("left", "left", "left"), (1.8, 1, 3.5))

    def left(self, after: RiskSnapshot | None) -> Table | None:
        """Cash, exposure, debt and the fall to the line after the last forced sale; None without one."""
        if after is None:
            return None
        origin = "snapshot"
        fall = "" if after.fall is None else percent(round(after.fall, 4))
        row = (
            cell(after.day),
            cell(amount(after.cash, f"{origin} cash")),
            cell(amount(after.exposure, f"{origin} exposure")),
            cell(amount(after.debt, f"{origin} debt")),
            strong(amount(after.equity, f"{origin} equity")),
            cell(amount(after.unrealised, f"{origin} unrealised")),
            cell(fall),
        )
        heads = ("date", "cash", "exposure", "debt", "equity", "unrealised", "fall")
        return self._table(heads, [row], ("left", *("right",) * 6), (1.2, 1.2, 1.2, 1.2, 1.2, 1.2, 1))

    def holdings(self, after: RiskSnapshot | None) -> Table | None:
        """What is still held, with cost, price and the price that reaches the line; None where nothing is."""
        rows = [self._holding(one) for one in after.holdings] if after else []
        heads = ("name", "quantity", "cost", "price", "value", "unrealised", "price_at_line")
        return self._table(heads, rows, ("left", *("right",) * 6), (1.9, 0.9, 0.9, 0.9, 1.3, 1.3, 1.1))

    def _holding(self, one: Holding) -> Row:
        origin = f"holding {one.code}"
        return (
            cell(f"{one.code} {one.name}".strip()),
            cell(plain(one.quantity)),
            cell(_price(one.cost)),
            cell(_price(one.price)),
            cell(amount(one.value, f"{origin} value")),
            cell(amount(one.unrealised, f"{origin} unrealised")),
            cell(_price(one.liquidation_price)),
        )

    def _table(
        self, heads: tuple[str, ...], rows: Sequence[Row], align: tuple[str, ...], widths: tuple[float, ...]
    ) -> Table | None:
        names = tuple(plain_runs(self._labels.name("head", key)) for key in heads)
        return Table(names, tuple(rows), align, widths) if rows else None


def _price(value: Decimal | None) -> str:
    return "" if value is None else price_text(value)
