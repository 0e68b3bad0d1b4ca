"""What a person plans with: own assets outside the financed account, and the log of offers."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Field, SQLModel

from workbench.store.columns import Digits, Moment, Yuan


class AssetRow(SQLModel, table=True):
    """One own asset outside the financed account."""

    __tablename__ = "own_assets"

    case_id: int = Field(primary_key=True, foreign_key="cases.id", ondelete="CASCADE")
    number: int = Field(primary_key=True)
    name: str
    kind: str
    code: str = ""
    quantity: Decimal = Field(sa_type=Digits)
    price: Decimal = Field(sa_type=Digits)
    haircut: Decimal = Field(sa_type=Digits)
    days: int
    fee_rate: Decimal | None = Field(default=None, sa_type=Digits)
    fee_min: Decimal = Field(sa_type=Digits)
    tax_rate: Decimal = Field(sa_type=Digits)
    keep: Decimal = Field(sa_type=Digits)
    lot: Decimal | None = Field(default=None, sa_type=Digits)
    at: datetime = Field(sa_type=Moment)


class OfferRow(SQLModel, table=True):
    """One offer as made."""

    __tablename__ = "offers"

    case_id: int = Field(primary_key=True, foreign_key="cases.id", ondelete="CASCADE")
    number: int = Field(primary_key=True)
    on: date
    by: str
    amount: Decimal = Field(sa_type=Yuan)
    terms: str = ""
    note: str = ""
    evidence: int | None = None
    at: datetime = Field(sa_type=Moment)
