"""A person's own plan files: assets as a table or TOML, proposals and offers as TOML."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from workbench.domain.money import ZERO
from workbench.errors import UsageError
from workbench.planning.assets import Asset, AssetKind
from workbench.planning.negotiation import Proposal, Suit
from workbench.planning.offers import Offer, Side
from workbench.planning.pledge import Pledge, cover
from workbench.planning.repayment import RepaymentKind, RepaymentTerms, schedule
from workbench.services.plan_fields import Fields

BASES = ("as_stated", "as_contracted", "lpr4", "void")
_TITLES = {
    "名称": "name", "种类": "kind", "代码": "code", "数量": "quantity", "价格": "price", "折价": "haircut",
    "到账天数": "days", "费率": "fee_rate", "最低费用": "fee_min", "税率": "tax_rate", "保留": "keep",
    "最小单位": "lot",
}  # fmt: skip
"""Chinese column titles of an asset table."""
ASSET_NAMES = {field: title for title, field in _TITLES.items()}
"""Chinese names of an asset's fields."""
_KINDS = {
    "股票": AssetKind.SHARE, "基金": AssetKind.FUND, "逆回购": AssetKind.REVERSE_REPO,
    "国债逆回购": AssetKind.REVERSE_REPO, "存款": AssetKind.DEPOSIT, "实物": AssetKind.GOODS, "其他": AssetKind.OTHER,
}  # fmt: skip
_FORMS = {
    "等额本金": RepaymentKind.EQUAL_PRINCIPAL, "等额本息": RepaymentKind.ANNUITY, "先息后本": RepaymentKind.BULLET,
}  # fmt: skip
_SIDES = {"用资人": Side.CLIENT, "我方": Side.CLIENT, "配资方": Side.FINANCIER, "对方": Side.FINANCIER}
_ALL = frozenset({"all", "全部"})
_MONEY = frozenset({AssetKind.DEPOSIT, AssetKind.REVERSE_REPO})


@dataclass(frozen=True, slots=True)
class ProposalFile:
    """What a person wrote down about a negotiation."""

    discount_rate: Decimal
    settlements: Mapping[str, Decimal]
    suit: Suit
    proposals: tuple[Proposal, ...]
    offers: tuple[Offer, ...]


def read_assets(path: Path) -> tuple[Asset, ...]:
    """Read a list of assets: TOML with ``[[asset]]``, else a table (CSV, XLSX, ...) whose first row has the titles.

    Raises:
        UsageError: a field that is missing, unknown or out of range, with its row.
        UnreadableFileError: no readable table.
    """
    if path.suffix.lower() == ".toml":
        whole = _toml(path)
        Fields(whole, path.name).only("asset")
        return tuple(asset_from(one) for one in _tables(whole, "asset", path.name))
    from workbench.readers.tables import read_table  # noqa: PLC0415  start fast

    rows = read_table(path.read_bytes(), path.name).rows
    titles = [_TITLES.get(title.strip(), title.strip().lower()) for row in rows[:1] for title in row.texts]
    return tuple(
        asset_from(Fields(dict(zip(titles, row.texts, strict=False)), f"{path.name}:{row.row}"))
        for row in rows[1:]
        if any(text.strip() for text in row.texts)
    )


def read_proposals(path: Path, known: Mapping[str, Decimal] | None = None) -> ProposalFile:
    """Read proposals, bases, the view of a suit and the offers so far from TOML.

    Args:
        path: the file.
        known: settlements of a case, which then stand for those of the file.

    Raises:
        UsageError: a field that is missing, unknown or out of range, with its table.
    """
    content = _toml(path)
    whole = Fields(content, path.name).only("discount_rate", "bases", "suit", "proposal", "offer")
    bases = Fields(_table(content, "bases", path.name), f"{path.name} [bases]").only(*BASES)
    settlements = known or {name: bases.number(name) for name in BASES if bases.has(name)}
    return ProposalFile(
        discount_rate=whole.number("discount_rate"),
        settlements=settlements,
        suit=_suit(_table(content, "suit", path.name), settlements, path.name),
        proposals=tuple(proposal_from(one) for one in _tables(content, "proposal", path.name)),
        offers=tuple(offer_from(one) for one in _tables(content, "offer", path.name)),
    )


def asset_from(row: Fields) -> Asset:
    """Read one asset.

    Raises:
        UsageError: a field that is missing, unknown or out of range.
    """
    row.only(*_TITLES.values())
    kind = row.choice("kind", AssetKind, _KINDS)
    money = kind in _MONEY
    quantity = row.number("quantity")
    return Asset(
        name=row.text("name") or row.text("code") or str(kind),
        kind=kind,
        quantity=quantity,
        price=row.number("price", Decimal(1) if money else None),
        haircut=row.number("haircut", ZERO if money else None),
        days=row.whole("days", 1 if kind is AssetKind.SHARE else None),
        code=row.text("code"),
        fee_rate=row.number_or_none("fee_rate"),
        fee_min=row.number("fee_min", ZERO),
        tax_rate=row.number("tax_rate", ZERO),
        keep=quantity if row.text("keep").lower() in _ALL else row.number("keep", ZERO),
        lot=row.number_or_none("lot"),
    )


def _suit(table: Mapping[str, Any], settlements: Iterable[str], name: str) -> Suit:
    suit = Fields(table, f"{name} [suit]").only("probability", "enforcement_discount", "collected_on", "preserve")
    chances = Fields(_table(table, "probability", name), f"{name} [suit.probability]").only(*settlements)
    return Suit(
        probability={basis: chances.number(basis) for basis in settlements if chances.has(basis)},
        enforcement_discount=suit.number_or_none("enforcement_discount"),
        collected_on=suit.day("collected_on") if suit.has("collected_on") else None,
        preserve=suit.flag("preserve"),
    )


def proposal_from(row: Fields) -> Proposal:
    """Read one proposal with its schedule.

    Raises:
        UsageError: a field that is missing, unknown or out of range.
    """
    row.only("name", "payer", "debt", "rate", "months", "kind", "start", "grace", "lump_sum", "waived", "pledge")
    months = row.whole("months", 0)
    terms = RepaymentTerms(
        debt=row.number("debt"),
        rate=row.number("rate", None if months else ZERO),
        months=months,
        kind=row.choice("kind", RepaymentKind, _FORMS) if months else RepaymentKind.BULLET,
        start=row.day("start"),
        grace=row.whole("grace", 0),
        lump_sum=row.number("lump_sum", ZERO),
        waived=row.number("waived", ZERO),
    )
    pledges = [
        Pledge(one.text("name"), one.number("quantity"), one.number("price"), one.number("haircut"))
        for one in _tables(row.values, "pledge", row.place)
        if one.only("name", "quantity", "price", "haircut")
    ]
    secured = cover(pledges, terms.rest) if pledges and terms.rest else None
    payer = row.choice("payer", Side, _SIDES)
    return Proposal(row.text("name") or row.place, payer, schedule(terms), secured)


def offer_from(row: Fields) -> Offer:
    """Read one offer.

    Raises:
        UsageError: a field that is missing, unknown or out of range.
    """
    row.only("date", "by", "amount", "terms", "note", "evidence")
    return Offer(
        date=row.day("date"),
        by=row.choice("by", Side, _SIDES),
        amount=row.number("amount"),
        terms=row.text("terms"),
        note=row.text("note"),
        evidence=row.whole("evidence") if row.has("evidence") else None,
    )


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    except ValueError as problem:
        raise UsageError(
            f"the file is no TOML: {problem}",
            where=path.name,
            next_step="Compare it with the example in the README.",
            what_zh=f"文件不是 TOML：{problem}",
            next_step_zh="请对照 README 中的例子。",
        ) from None


def _table(content: Mapping[str, Any], name: str, place: str) -> Mapping[str, Any]:
    value = content.get(name, {})
    if not isinstance(value, Mapping):
        raise Fields(content, place).unfit(name, f"请写成 [{name}] 表", f"Write it as a table [{name}]")
    return value


def _tables(content: Mapping[str, Any], name: str, place: str) -> tuple[Fields, ...]:
    value = content.get(name, [])
    if not isinstance(value, list) or not all(isinstance(one, Mapping) for one in value):
        raise Fields(content, place).unfit(name, f"请写成 [[{name}]] 表", f"Write it as tables [[{name}]]")
    return tuple(Fields(one, f"{place} [[{name}]] {number}") for number, one in enumerate(value, 1))
