"""Own assets and offers of a case, by number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select

from workbench.planning.assets import Asset, AssetKind
from workbench.planning.offers import Offer, Side
from workbench.store.repositories.base import Image, Repository
from workbench.store.rows import AssetRow, OfferRow


class Plans(Repository):
    """What a person plans with."""

    def assets(self, key: int) -> dict[int, Asset]:
        """Return the assets by number."""
        return self.assets_many((key,))[key]

    def assets_many(self, keys: Sequence[int]) -> dict[int, dict[int, Asset]]:
        """Return the assets of several cases by case and number."""
        found: dict[int, dict[int, Asset]] = {key: {} for key in keys}
        chosen = select(AssetRow).where(col(AssetRow.case_id).in_(keys)).order_by(col(AssetRow.number))
        for row in self.session.exec(chosen):
            found[row.case_id][row.number] = _asset(row)
        return found

    def add_asset(self, key: int, asset: Asset, now: datetime) -> tuple[int, Image]:
        """Add an asset under the next number; return that number with the image for undo."""
        number = self._next(AssetRow, key)
        row = AssetRow(case_id=key, number=number, at=now, **asdict(asset))
        return number, self.change(row, (key, number))

    def remove_asset(self, key: int, number: int) -> Image | None:
        """Take an asset away; None where there is none of this number."""
        return self.drop(AssetRow, (key, number))

    def offers(self, key: int) -> dict[int, Offer]:
        """Return the offers by number."""
        return self.offers_many((key,))[key]

    def offers_many(self, keys: Sequence[int]) -> dict[int, dict[int, Offer]]:
        """Return the offers of several cases by case and number."""
        found: dict[int, dict[int, Offer]] = {key: {} for key in keys}
        chosen = select(OfferRow).where(col(OfferRow.case_id).in_(keys)).order_by(col(OfferRow.number))
        for row in self.session.exec(chosen):
            offer = Offer(row.on, Side(row.by), row.amount, row.terms, row.note, row.evidence)
            found[row.case_id][row.number] = offer
        return found

    def add_offer(self, key: int, offer: Offer, now: datetime) -> tuple[int, Image]:
        """Add an offer under the next number; return that number with the image for undo."""
        number = self._next(OfferRow, key)
        said = asdict(offer)
        row = OfferRow(case_id=key, number=number, at=now, on=said.pop("date"), **said)
        return number, self.change(row, (key, number))

    def remove_offer(self, key: int, number: int) -> Image | None:
        """Take an offer away; None where there is none of this number."""
        return self.drop(OfferRow, (key, number))

    def _next(self, row: type[AssetRow | OfferRow], key: int) -> int:
        highest = self.session.exec(select(func.max(row.number)).where(row.case_id == key)).one()
        return (highest or 0) + 1


def _asset(row: AssetRow) -> Asset:
    kept = row.model_dump(exclude={"case_id", "number", "at", "kind"})
    return Asset(kind=AssetKind(row.kind), **kept)
