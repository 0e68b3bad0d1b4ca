"""A short position against a holding: index futures, or an ETF borrowed from a licensed broker.

It never hedges more than the holding, and never with borrowed margin.
Source: articles 000 (ETF做空或对冲、期货套保) and 003 (在允许的市场上对冲系统性风险；无对冲工具时降低杠杆).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from workbench.domain.money import ONE, ZERO, cents
from workbench.planning.guards import inside, not_negative, positive
from workbench.planning.notes import (
    ACCOUNT_UNKNOWN,
    ARITHMETIC,
    FROZEN,
    FUTURES_ACCOUNT,
    LENDING_ACCOUNT,
    NO_ACCOUNT,
    OWN_RISK,
    T_PLUS_1,
    TOO_SMALL,
    Note,
    borrowed,
)

MOVES: Final = tuple(Decimal(text) for text in ("-0.2", "-0.1", "-0.05", "0.05", "0.1", "0.2"))
"""Moves of the index that the table shows."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """What is sold short."""

    code: str
    multiplier: int
    """Yuan per index point of a futures contract; units in a lot of an ETF."""
    access: Note
    """Who may trade it."""


INSTRUMENTS: Final[Mapping[str, Instrument]] = {
    "IF": Instrument("IF", 300, FUTURES_ACCOUNT),
    "IH": Instrument("IH", 300, FUTURES_ACCOUNT),
    "IC": Instrument("IC", 200, FUTURES_ACCOUNT),
    "IM": Instrument("IM", 200, FUTURES_ACCOUNT),
    "ETF": Instrument("ETF", 100, LENDING_ACCOUNT),
}
"""Futures on CSI 300, SSE 50, CSI 500 and CSI 1000 at CFFEX; a lot of any ETF."""


@dataclass(frozen=True, slots=True)
class Means:
    """What the user has to hedge with."""

    own_cash: Decimal
    """Own money for the margin, not borrowed, in yuan."""
    has_account: bool | None = None
    """Whether an account may trade the instrument; None: not said."""
    frozen: bool = False
    """Whether that account is frozen or barred from trading."""


@dataclass(frozen=True, slots=True)
class HedgeRow:
    """One move of the index, changes in yuan."""

    move: Decimal
    holding: Decimal
    """V x beta x move."""
    hedge: Decimal
    """What the short position earns (negative: loses)."""
    net: Decimal
    cash_needed: Decimal
    """Loss on the short position plus the margin at the new price."""


@dataclass(frozen=True, slots=True)
class Hedge:
    """A short position; amounts in yuan, rounded half up to the cent."""

    instrument: Instrument
    wanted: Decimal
    """V x beta x target."""
    contracts: int
    """Contracts (lots of an ETF), rounded down."""
    notional: Decimal
    """Contracts x price x multiplier."""
    margin: Decimal
    """Notional x margin rate."""
    residual: Decimal
    """Exposure to the index that is left: V x beta - notional."""
    missing_cash: Decimal
    """Own money lacking for the margin."""
    affordable: int
    """Contracts whose margin own money pays."""
    rise_to_call: Decimal | None
    """Rise of the index that uses up the own money, a fraction; None without a contract or where it lacks already."""
    rows: tuple[HedgeRow, ...]
    refused: tuple[Note, ...]
    """Reasons against the plan; empty where there is none."""
    notes: tuple[Note, ...]


def hedge(
    instrument: Instrument,
    holding: Decimal,
    beta: Decimal,
    price: Decimal,
    margin_rate: Decimal,
    means: Means,
    *,
    target: Decimal = ONE,
    moves: Sequence[Decimal] = MOVES,
) -> Hedge:
    """Return the short position against a holding: contracts = floor(V x beta x target / (price x multiplier)).

    The short position is called when own money < loss + margin at the new price, so after a rise of
    (own money / notional - rate) / (1 + rate).

    Args:
        instrument: what is sold short.
        holding: market value in yuan.
        beta: how far the holding moves with the index.
        price: index points of the future, or yuan a unit of the ETF.
        margin_rate: part of the notional to be deposited, a fraction above 0; from the broker.
        means: own money and account.
        target: part of the exposure to be hedged, in (0, 1].
        moves: moves of the index for the table, fractions.

    Raises:
        UsageError: a figure out of range; a target above 1 would be a new bet.
    """
    positive(holding, "the holding", "持仓市值")
    positive(beta, "beta", "贝塔")
    positive(price, "the price", "价格")
    positive(margin_rate, "the margin rate", "保证金比例")
    not_negative(means.own_cash, "own money", "自有资金")
    inside(target, "the target", "目标对冲比例", with_one=True)
    exposure, one = holding * beta, price * instrument.multiplier
    contracts = int(exposure * target / one)
    notional = contracts * one
    margin = cents(notional * margin_rate)
    missing = max(ZERO, margin - means.own_cash)
    slack = means.own_cash / notional - margin_rate if contracts else -ONE
    return Hedge(
        instrument=instrument,
        wanted=cents(exposure * target),
        contracts=contracts,
        notional=cents(notional),
        margin=margin,
        residual=cents(exposure - notional),
        missing_cash=missing,
        affordable=min(contracts, int(means.own_cash / (one * margin_rate))),
        rise_to_call=slack / (ONE + margin_rate) if slack >= ZERO else None,
        rows=tuple(_row(exposure, notional, margin_rate, move) for move in moves),
        refused=_refused(contracts, missing, means),
        notes=(
            instrument.access,
            *((ACCOUNT_UNKNOWN,) if means.has_account is None else ()),
            OWN_RISK,
            T_PLUS_1,
            ARITHMETIC,
        ),
    )


def _row(exposure: Decimal, notional: Decimal, margin_rate: Decimal, move: Decimal) -> HedgeRow:
    holding, earned = cents(exposure * move), cents(-notional * move)
    needed = cents(max(ZERO, notional * move) + notional * (ONE + move) * margin_rate)
    return HedgeRow(move, holding, earned, holding + earned, needed)


def _refused(contracts: int, missing: Decimal, means: Means) -> tuple[Note, ...]:
    reasons = [FROZEN] if means.frozen else []
    if means.has_account is False:
        reasons.append(NO_ACCOUNT)
    if not contracts:
        reasons.append(TOO_SMALL)
    elif missing:
        reasons.append(borrowed(missing, "保证金", "margin"))
    return tuple(reasons)
