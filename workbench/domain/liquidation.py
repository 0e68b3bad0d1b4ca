"""The forced sale as values: its tests, what it was held against, what it cost.

Source: domain specification, section 7.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from workbench.domain.counterfactual import Counterfactual
from workbench.domain.findings import Verdict


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure a verdict rests on."""

    name: str
    """Key of its name in the locales' ``figure`` table."""
    value: Decimal
    """Yuan."""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground on which the contract lets the other side sell, and whether it was there."""

    name: str
    """``line``, ``emergency``, ``concentration``, ``banned_security``, ``unfunded``, ``maturity`` ..."""
    term: str
    """Key of the term that gives the ground."""
    verdict: Verdict
    """``proven``: the ground was there."""
    why_zh: str
    why_en: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Damage:
    """What one theory is worth by the estimates that rest on it; theories overlap and are never added up."""

    code: str
    """Code of the test the theory rests on."""
    verdict: Verdict
    lowest: Decimal | None
    """Lowest difference in yuan, positive = lost by the client; None where no estimate has a price."""
    highest: Decimal | None
    basis_zh: str
    """Price source and formula in words."""
    basis_en: str
    missing: tuple[str, ...] = ()
    """Codes without a price."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A sale that may have been forced, for the person to tag."""

    line: str
    """Id of the sale."""
    grounds: tuple[str, ...]
    """``remark``, ``notice``, ``message_names_it``, ``all_at_once``, ``below_line``."""
    strong: bool
    why_zh: str
    why_en: str


@dataclass(frozen=True, slots=True)
class Impossible:
    """One fill that the market could not have given, and why."""

    line: str
    rule: str
    """``price``, ``limit``, ``halted``, ``closed``, ``session``, ``volume``, ``tick``, ``lot`` or ``t1``."""
    why_zh: str
    why_en: str
    doubtful: bool = False
    """True where it could still have happened in a rare way; not counted as impossible."""


@dataclass(frozen=True, slots=True)
class Plausibility:
    """Every fill held against the market."""

    fills: int = 0
    """Fills of the ledger, forced or not."""
    priced: int = 0
    """Fills with a bar of their day."""
    impossible: tuple[Impossible, ...] = ()
    """Every broken rule; a fill may break several."""
    unchecked: Mapping[str, int] = field(default_factory=dict)
    """Rule -> fills it could not be tried on, because a bar, a time or a status is missing."""

    @property
    def bad(self) -> int:
        """Fills that break at least one rule beyond doubt."""
        return len({one.line for one in self.impossible if not one.doubtful})

    @property
    def rate(self) -> Decimal | None:
        """Impossible fills among all fills, a fraction; None without fills."""
        return Decimal(self.bad) / self.fills if self.fills else None


@dataclass(frozen=True, slots=True)
class Holding:
    """One security left after the sale."""

    code: str
    name: str
    quantity: Decimal
    cost: Decimal | None
    """Average cost in yuan a share; None where the purchases are not in the ledger."""
    price: Decimal | None
    price_day: date | None
    liquidation_price: Decimal | None
    """Price in yuan at which, all else unchanged, the account reaches the liquidation line; None: never."""

    @property
    def value(self) -> Decimal | None:
        """Market value in yuan."""
        return None if self.price is None else self.quantity * self.price

    @property
    def unrealised(self) -> Decimal | None:
        """Unrealised result in yuan, negative = a loss."""
        return None if self.price is None or self.cost is None else self.quantity * (self.price - self.cost)


@dataclass(frozen=True, slots=True)
class RiskSnapshot:
    """What is left after the last forced sale and how far it is from the next one."""

    day: date
    cash: Decimal
    debt: Decimal
    holdings: tuple[Holding, ...]
    exposure: Decimal | None
    """Market value at risk in yuan; None where a price is missing."""
    assets: Decimal | None
    at_line: Decimal | None
    """Total assets at the liquidation line in yuan."""

    @property
    def equity(self) -> Decimal | None:
        """Assets minus debt in yuan; negative = shortfall."""
        return None if self.assets is None else self.assets - self.debt

    @property
    def unrealised(self) -> Decimal | None:
        """Sum of the holdings' unrealised results; None where one is unknown."""
        parts = [holding.unrealised for holding in self.holdings]
        return None if any(part is None for part in parts) else sum((part for part in parts if part), Decimal(0))

    @property
    def fall(self) -> Decimal | None:
        """Fall of all holdings together that reaches the line, a fraction of the exposure; None where it cannot."""
        if self.assets is None or self.at_line is None or not self.exposure:
            return None
        return (self.assets - self.at_line) / self.exposure


@dataclass(frozen=True, slots=True)
class LiquidationTest:
    """One test of the forced sale with its verdict and reason."""

    code: str
    verdict: Verdict
    why_zh: str
    why_en: str
    needs_zh: str = ""
    """What would settle a ``cannot_tell`` or ``possible``; empty where nothing is wanting."""
    needs_en: str = ""
    figures: tuple[Figure, ...] = ()
    """The figures the verdict rests on."""


@dataclass(frozen=True, slots=True)
class Liquidation:
    """The forced sale as found."""

    started: date | None
    fills: tuple[str, ...]
    proceeds: Decimal
    tests: tuple[LiquidationTest, ...]
    otherwise: tuple[Counterfactual, ...] = ()
    """What the sale would have brought otherwise; estimates."""
    grounds: tuple[Ground, ...] = ()
    """Grounds the contract gives for a forced sale, each with whether it was there."""
    damages: tuple[Damage, ...] = ()
    """What each theory is worth; estimates that overlap."""
    after: RiskSnapshot | None = None
    """What was left after the last forced sale; None without one."""
    proposals: tuple[Proposal, ...] = ()
    """Sales that may have been forced and are not tagged either way."""
    market: Plausibility = field(default_factory=Plausibility)
    """Every fill of the ledger held against the market."""
