"""Contract terms: the canonical keys, their types, and typed access to them.

Source: domain specification, sections 3, 6 and 12.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from workbench.domain.source import Source

TermValue = str | bool | tuple[str, ...]
"""Canonical value: decimal text, ISO date, choice or free text; a flag; or a list of words."""


class TermStatus(StrEnum):
    """How far a term can be relied on."""

    EXTRACTED = "extracted"
    CONFIRMED = "confirmed"
    EDITED = "edited"
    DEFAULT = "default"


class TermType(StrEnum):
    """Shape of a term's value."""

    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    FLAG = "flag"
    CHOICE = "choice"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class TermSpec:
    """What one canonical key may hold."""

    key: str
    type: TermType
    choices: tuple[str, ...] = ()
    default: TermValue | None = None
    """Value that wins where the contract is silent; the report then says ``default``."""
    unit: str | None = None


RATES = frozenset(
    {
        "rate",
        "management_fee",
        "profit_share",
        "commission_rate",
        "late_fee_rate",
        "penalty_rate",
        "penalty_uplift",
        "breach_penalty",
        "single_stock_limit",
        "holiday_uplift",
    }
)
"""Numbers without a unit that people read as percentages."""
LINE_CONVENTIONS = (
    "assets_over_debt",
    "equity_over_debt",
    "equity_over_margin",
    "margin_coefficient",
    "equity_over_assets",
    "loss_over_margin",
    "financing_multiple",
    "net_value",
    "absolute",
)

_T, _D, _N, _F, _C, _W = (
    TermType.TEXT,
    TermType.DATE,
    TermType.NUMBER,
    TermType.FLAG,
    TermType.CHOICE,
    TermType.WORDS,
)

TERM_SPECS: tuple[TermSpec, ...] = (
    TermSpec("contract_no", _T),
    TermSpec("signed_on", _D),
    TermSpec("client", _T),
    TermSpec("financier", _T),
    TermSpec("platform", _T),
    TermSpec("account", _T),
    TermSpec("margin", _N, unit="yuan"),
    TermSpec("financing", _N, unit="yuan"),
    TermSpec("leverage", _N),
    TermSpec("leverage_convention", _C, ("financing_over_margin", "total_over_margin")),
    TermSpec("term_start", _D),
    TermSpec("term_end", _D),
    TermSpec("rate", _N),
    TermSpec("rate_period", _C, ("day", "month", "year", "trading_day")),
    TermSpec("rate_type", _C, ("fixed", "lpr_1y", "lpr_5y"), default="fixed"),
    TermSpec("rate_spread_bp", _N, unit="bp"),
    TermSpec("rate_reset", _C, ("on_publication", "yearly", "none")),
    TermSpec("day_count", _C, ("ACT/365", "ACT/360", "30/360", "MONTH", "TRADING")),
    TermSpec("count_rule", _C, ("first_not_last", "both"), default="first_not_last"),
    TermSpec("settlement", _C, ("daily", "weekly", "monthly", "quarterly", "at_maturity", "prepaid_monthly")),
    TermSpec("settlement_day", _N),
    TermSpec("broken_month", _C, ("full_month", "thirtieth"), default="thirtieth"),
    TermSpec("compounding", _C, ("none", "on_settlement"), default="none"),
    TermSpec("accrual_rounding", _C, ("per_posting", "per_day"), default="per_posting"),
    TermSpec("management_fee", _N),
    TermSpec("management_fee_period", _C, ("month", "once", "day", "trading_day")),
    TermSpec("profit_share", _N),
    TermSpec("commission_rate", _N),
    TermSpec("commission_min", _N, unit="yuan"),
    TermSpec("commission_min_per", _C, ("row", "order"), default="row"),
    TermSpec("commission_inclusive", _F, default=True),
    TermSpec("late_fee_rate", _N),
    TermSpec("late_fee_base", _C, ("overdue_interest", "overdue_total")),
    TermSpec("late_grace_days", _N),
    TermSpec("penalty_rate", _N),
    TermSpec("penalty_uplift", _N),
    TermSpec("breach_penalty", _N),
    TermSpec("breach_base", _C, ("margin", "financing")),
    TermSpec("line_convention", _C, LINE_CONVENTIONS),
    TermSpec("line_comparator", _C, ("lt", "le"), default="lt"),
    TermSpec("line_measured", _C, ("intraday", "close")),
    TermSpec("line_action", _C, ("may", "automatic")),
    TermSpec("warning_line", _N),
    TermSpec("liquidation_line", _N),
    TermSpec("emergency_line", _N),
    TermSpec("topup_deadline", _T),
    TermSpec("notice_required", _F),
    TermSpec("notice_methods", _W),
    TermSpec("sell_scope", _C, ("all", "to_restore")),
    TermSpec("sell_order", _T),
    TermSpec("single_stock_limit", _N),
    TermSpec("banned_securities", _W),
    TermSpec("holiday_uplift", _N),
    TermSpec("dispute_resolution", _T),
)
SPEC_BY_KEY: Mapping[str, TermSpec] = {spec.key: spec for spec in TERM_SPECS}


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the contract with its source."""

    key: str
    value: TermValue
    unit: str | None = None
    status: TermStatus = TermStatus.EXTRACTED
    source: Source | None = None
    """None only for defaults and for values a person typed."""

    def __post_init__(self) -> None:
        if self.key not in SPEC_BY_KEY:
            raise ValueError(f"not a canonical term: {self.key}")


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one case, one per key, with typed access; defaults count only where asked for."""

    items: tuple[Term, ...] = ()

    def __iter__(self) -> Iterator[Term]:
        return iter(self.items)

    def __contains__(self, key: object) -> bool:
        return any(term.key == key for term in self.items)

    def get(self, key: str) -> Term | None:
        """Return the term, or None where the contract is silent."""
        if key not in SPEC_BY_KEY:
            raise KeyError(key)
        for term in self.items:  # asked for every trade of a ledger: a generator would take twice as long
            if term.key == key:
                return term
        return None

    def _value(self, key: str) -> TermValue | None:
        term = self.get(key)
        return SPEC_BY_KEY[key].default if term is None else term.value

    def number(self, key: str) -> Decimal | None:
        """Return a number, the key's default, or None where unknown."""
        value = self._value(key)
        return None if value is None else Decimal(str(value))

    def text(self, key: str) -> str | None:
        """Return text or a choice, the key's default, or None where unknown."""
        value = self._value(key)
        return None if value is None else str(value)

    def day(self, key: str) -> date | None:
        """Return a date or None where unknown."""
        value = self._value(key)
        return None if value is None else date.fromisoformat(str(value))

    def flag(self, key: str) -> bool | None:
        """Return a flag, the key's default, or None where unknown."""
        value = self._value(key)
        return None if value is None else bool(value)

    def words(self, key: str) -> tuple[str, ...]:
        """Return a list of words; empty where unknown."""
        value = self._value(key)
        return value if isinstance(value, tuple) else ()

    def with_defaults(self) -> Terms:
        """Return the terms plus, for every silent key that has one, its default marked as such."""
        known = {term.key for term in self.items}
        extra = tuple(
            Term(spec.key, spec.default, spec.unit, TermStatus.DEFAULT)
            for spec in TERM_SPECS
            if spec.key not in known and spec.default is not None
        )
        return Terms(self.items + extra)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two clauses, or an amount and its multiple, that cannot both be right (``CON-MATH``)."""

    keys: tuple[str, ...]
    detail: str
    """The figures that disagree, for a person."""
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause kept for its legal effect rather than as a term (one-sided exemption, waiver, deemed service)."""

    topic: str
    """Code, for example ``no_notice``, ``deemed_service``, ``one_sided_change``, ``loss_on_client``."""
    source: Source


@dataclass(frozen=True, slots=True)
class Contract:
    """One imported contract: its terms, contradictions and notable clauses."""

    sha256: str
    file: str
    terms: Terms
    contradictions: tuple[Contradiction, ...] = ()
    clauses: tuple[Clause, ...] = ()
