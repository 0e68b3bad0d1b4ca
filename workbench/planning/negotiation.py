"""Proposals beside the settlement on each legal basis and beside a suit; arithmetic only, the choice is the reader's.

All amounts are signed like a settlement: positive = due to the client. Source: domain specification, section 9; seed
000, step 5; State Council Order 481 (the losing side bears the fees, article 29).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from workbench.domain.money import ONE, ZERO, cents
from workbench.domain.reference import ReferenceTables
from workbench.engine.court_fees import court_fees
from workbench.errors import UsageError
from workbench.planning.offers import Side
from workbench.planning.pledge import Cover
from workbench.planning.repayment import Schedule, present_value


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would settle the matter."""

    name: str
    payer: Side
    schedule: Schedule
    cover: Cover | None = None
    """Security offered with it; None: none."""

    @property
    def flows(self) -> tuple[tuple[date, Decimal], ...]:
        """Payments as (day, yuan), positive = to the client."""
        sign = ONE if self.payer is Side.FINANCIER else -ONE
        return tuple((day, sign * amount) for day, amount in self.schedule.flows)


@dataclass(frozen=True, slots=True)
class Suit:
    """What the person thinks of going to court; nothing here has a default that guesses.

    Raises:
        UsageError: a probability or discount outside 0-1.
    """

    probability: Mapping[str, Decimal] = field(default_factory=dict)
    """Basis -> probability (0-1) that the court follows it; a basis without one stays unknown."""
    enforcement_discount: Decimal | None = None
    """Part (0-1) of a judgment in the client's favour that will not be collected; None: unknown."""
    collected_on: date | None = None
    """Day a judgment is paid; None: not discounted."""
    preserve: bool = False
    """True: the fee of preserving the other side's assets is counted too."""

    def __post_init__(self) -> None:
        for part in (*self.probability.values(), self.enforcement_discount or ZERO):
            if not ZERO <= part <= ONE:
                raise UsageError(
                    f"{part} is no probability or discount",
                    next_step="Write 60 % as 60% or 0.6.",
                    what_zh=f"{part} 不是 0 到 1 之间的概率或折扣",
                    next_step_zh="60% 请写成 60% 或 0.6。",
                )


@dataclass(frozen=True, slots=True)
class Alternative:
    """The suit on one basis, in yuan; the client sues where the settlement is positive, else it is sued."""

    basis: str
    settlement: Decimal
    fees: Decimal
    """Court fees of the claim: prepaid by the side that sues, borne by the side that loses."""
    if_won: Decimal | None
    """What the judgment is worth today where the court follows the basis, fees aside; None: unknown."""
    probability: Decimal | None
    value: Decimal | None
    """Expected value for the client: an agreement above it is better than the suit; None: unknown."""
    ceiling: Decimal | None
    """The other side's expected figure by the same assumptions: an agreement below it is better for that side too."""

    def break_even(self, offered: Decimal) -> Decimal | None:
        """Return the probability at which the suit is worth just what is offered; above 1 or below 0: at none.

        Won, the client has ``if_won`` (and, sued, bears the fees); lost, a claimant bears the fees.
        """
        if self.if_won is None:
            return None
        won, lost = _outcomes(self.settlement, self.if_won, self.fees)
        return (offered - lost) / (won - lost) if won != lost else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One proposal beside every basis, in yuan."""

    proposal: Proposal
    total: Decimal
    """Sum of all payments, positive = to the client."""
    present_value: Decimal
    differences: Mapping[str, Decimal]
    """Basis -> present value - settlement; positive: better for the client than that figure paid today."""
    better: Mapping[str, bool | None]
    """Basis -> whether it is worth more than the suit on it; None: unknown."""
    break_even: Mapping[str, Decimal | None]
    """Basis -> probability at which the suit would be worth the same."""


def alternatives(
    settlements: Mapping[str, Decimal], suit: Suit, today: date, discount_rate: Decimal, tables: ReferenceTables
) -> tuple[Alternative, ...]:
    """Return, per basis, what the suit is worth: the alternative to an agreement (BATNA).

    The client sues for S > 0: p x S x (1 - d) / (1 + r)^t - (1 - p) x fees. The client is sued for -S > 0:
    -p x (-S / (1 + r)^t + fees). The two sides' figures differ by the fees: that is what an agreement saves.

    Args:
        settlements: basis -> settlement in yuan, positive = due to the client.
        suit: probabilities and discount as the person gives them.
        today: day of the comparison.
        discount_rate: yearly rate as a fraction.
        tables: tiers of the court fees.
    """
    return tuple(_alternative(name, owed, suit, today, discount_rate, tables) for name, owed in settlements.items())


def best_alternative(options: Sequence[Alternative]) -> Alternative | None:
    """Return the claim worth most to the client; None where nothing can be claimed or no value is known."""
    known = [(one.value, at) for at, one in enumerate(options) if one.settlement > ZERO and one.value is not None]
    return options[max(known, key=lambda pair: (pair[0], -pair[1]))[1]] if known else None


def compare(
    proposals: Sequence[Proposal], options: Sequence[Alternative], today: date, discount_rate: Decimal
) -> tuple[Comparison, ...]:
    """Return every proposal's total, present value and distance from each basis, the best for the client first.

    Args:
        proposals: what is on the table.
        options: the bases with their suits, from :func:`alternatives`.
        today: day to which payments are discounted.
        discount_rate: yearly rate as a fraction.
    """
    rows = []
    for proposal in proposals:
        value = present_value(proposal.flows, discount_rate, today)
        rows.append(
            Comparison(
                proposal,
                sum((amount for _, amount in proposal.flows), ZERO),
                value,
                {one.basis: value - one.settlement for one in options},
                {one.basis: None if one.value is None else value > one.value for one in options},
                {one.basis: one.break_even(value) for one in options},
            )
        )
    return tuple(sorted(rows, key=lambda row: -row.present_value))


def _alternative(
    name: str, settlement: Decimal, suit: Suit, today: date, rate: Decimal, tables: ReferenceTables
) -> Alternative:
    fees = _fees(settlement, suit, tables)
    chance = suit.probability.get(name)
    kept = ONE - suit.enforcement_discount if suit.enforcement_discount is not None else None
    paid = settlement if settlement <= ZERO else None if kept is None else settlement * kept
    if paid is None:
        return Alternative(name, settlement, fees, None, chance, None, None)
    if_won = present_value([(suit.collected_on or today, paid)], rate, today)
    if chance is None:
        return Alternative(name, settlement, fees, if_won, None, None, None)
    won, lost = _outcomes(settlement, if_won, fees)
    value = cents(chance * won + (ONE - chance) * lost)
    return Alternative(name, settlement, fees, if_won, chance, value, value + fees)


def _fees(settlement: Decimal, suit: Suit, tables: ReferenceTables) -> Decimal:
    """Return the fees of the claim; a creditor's wish to preserve the client's assets is not known and not counted."""
    if not settlement:
        return ZERO
    fees = court_fees(abs(settlement), tables)
    return fees.acceptance + (fees.preservation if suit.preserve and settlement > ZERO else ZERO)


def _outcomes(settlement: Decimal, if_won: Decimal, fees: Decimal) -> tuple[Decimal, Decimal]:
    """Return what the client has where the court follows the basis, and where it does not."""
    return (if_won, -fees) if settlement > ZERO else (if_won - fees, ZERO)
