"""From postings to printed cells."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from tests.simulator.layout import Layout, operation_of
from tests.simulator.model import Posting

Row = list[str]


def number(layout: Layout, value: Decimal | None, places: int = 2) -> str:
    """Print a number in the layout's notation; None is the nil mark."""
    if value is None:
        return layout.nil
    text = f"{abs(value):,.{places}f}" if layout.thousands else f"{abs(value):.{places}f}"
    if value >= 0:
        return text
    return f"({text})" if layout.negative == "()" else layout.negative + text


def _quantity(layout: Layout, row: Posting) -> str:
    if row.quantity is None:
        return "0" if layout.nil else ""
    signed = -row.quantity if layout.signed_quantity and row.kind != "buy" else row.quantity
    return number(layout, Decimal(signed), 0)


def _other(layout: Layout, row: Posting) -> str:
    return number(layout, Decimal(0) if row.gross is not None else None)


def _fee_total(row: Posting) -> Decimal | None:
    parts = (row.commission, row.stamp, row.transfer, row.handling, row.regulatory)
    known = [part for part in parts if part is not None]
    return sum(known, Decimal(0)) if known else None


def cells(layout: Layout, row: Posting, serial: str) -> Row:
    """Print one posting."""
    unsigned = abs(row.net)
    values = {
        "date": row.date.strftime(layout.date_shape),
        "serial": serial,
        "operation": operation_of(layout, row),
        "code": row.code or "",
        "name": row.name or "",
        "price": number(layout, row.price, 3 if layout.format == "tabbed_xls" else 2),
        "quantity": _quantity(layout, row),
        "gross": number(layout, row.gross),
        "commission": number(layout, row.commission),
        "fee_total": number(layout, _fee_total(row)),
        "stamp": number(layout, row.stamp),
        "transfer": number(layout, row.transfer),
        "handling": number(layout, row.handling),
        "regulatory": number(layout, row.regulatory),
        "other": _other(layout, row),
        "net": number(layout, unsigned if "side" in layout.columns else row.net),
        "side": "贷" if row.net >= 0 else "借",
        "income": number(layout, unsigned) if row.net >= 0 else layout.nil,
        "outgo": number(layout, unsigned) if row.net < 0 else layout.nil,
        "balance": number(layout, row.balance),
        "position": "" if row.position is None else str(row.position),
        "remark": row.remark,
    }
    return [values[column] for column in layout.columns]


def serials(random: Random, rows: list[Posting]) -> list[str]:
    """Ascending serial numbers; a doubled row carries the number of its original."""
    current, result = random.randint(1_000_000, 9_000_000), []
    for index, row in enumerate(rows):
        same = index and row.kind == "buy" and row.gross == rows[index - 1].gross and row.net == rows[index - 1].net
        if not same:
            current += random.randint(1, 30)
        result.append(str(current))
    return result


def body(random: Random, layout: Layout, rows: list[Posting]) -> list[Row]:
    """Print all postings in posting order."""
    return [cells(layout, row, serial) for row, serial in zip(rows, serials(random, rows), strict=True)]


def header(layout: Layout) -> Row:
    """The header row."""
    return [layout.headers[column] for column in layout.columns]


def total(layout: Layout, rows: list[Posting]) -> Row:
    """A 合计 row with the sums of the fee columns."""
    sums = {
        name: number(layout, sum((getattr(row, name) or Decimal(0) for row in rows), Decimal(0)))
        for name in ("gross", "commission", "stamp", "transfer", "handling", "regulatory")
    }
    return ["合计" if column == "date" else sums.get(column, "") for column in layout.columns]
