"""Proposals beside the bases and the suit, worked by hand; the log of offers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.money import cents
from workbench.errors import UsageError
from workbench.planning.negotiation import Alternative, Proposal, Suit, alternatives, best_alternative, compare
from workbench.planning.offers import Offer, Side, summarise
from workbench.planning.repayment import RepaymentKind, RepaymentTerms, schedule
from workbench.reference.loader import load_tables

D = Decimal
TODAY = date(2026, 1, 1)
TABLES = load_tables()
NO_RATE = D(0)
CHANCE = st.integers(0, 100).map(lambda number: D(number) / 100)


def suits(settlements: dict[str, str], suit: Suit, rate: Decimal = NO_RATE) -> dict[str, Alternative]:
    found = alternatives({name: D(amount) for name, amount in settlements.items()}, suit, TODAY, rate, TABLES)
    return {one.basis: one for one in found}


def paid(payer: Side, amount: str, months: int = 0, name: str = "P") -> Proposal:
    kind = RepaymentKind.EQUAL_PRINCIPAL
    lump = D(amount) if not months else D(0)
    return Proposal(name, payer, schedule(RepaymentTerms(D(amount), D(0), months, kind, TODAY, lump_sum=lump)))


def test_a_suit_for_what_is_due() -> None:
    """80,000: fees 50 + 70,000 x 2.5 % = 1,800; 0.6 x 56,000 - 0.4 x 1,800 = 32,880."""
    void = suits({"void": "80000"}, Suit({"void": D("0.6")}, D("0.3")))["void"]
    assert (void.fees, void.if_won, void.value, void.ceiling) == (D(1800), D(56_000), D(32_880), D(34_680))


def test_preservation_costs_its_own_fee() -> None:
    """30 + 79,000 x 1 % = 820."""
    assert suits({"void": "80000"}, Suit(preserve=True))["void"].fees == 1800 + 820


def test_a_judgment_paid_later_is_worth_less() -> None:
    suit = Suit({"void": D(1)}, D(0), collected_on=date(2027, 1, 1))
    assert suits({"void": "10300"}, suit, D("0.03"))["void"].value == 10_000


def test_being_sued_for_a_shortfall() -> None:
    """-50,000, fees 1,050: 0.5 x (50,000 + 1,050); the creditor expects 0.5 x 50,000 - 0.5 x 1,050."""
    stated = suits({"as_stated": "-50000"}, Suit({"as_stated": D("0.5")}))["as_stated"]
    assert (stated.value, stated.ceiling) == (D(-25_525), D(-24_475))


def test_nothing_due_is_worth_nothing() -> None:
    void = suits({"void": "0"}, Suit({"void": D("0.5")}))["void"]
    assert (void.fees, void.value, void.break_even(D(0))) == (D(0), D(0), None)


def test_what_the_person_did_not_say_stays_unknown() -> None:
    """No probability: no value, but the probability at which an offer would break even; no discount: neither."""
    (row,) = compare(
        [paid(Side.FINANCIER, "27100")], list(suits({"void": "80000"}, Suit({}, D("0.3"))).values()), TODAY, NO_RATE
    )
    assert row.better == {"void": None}
    assert row.break_even == {"void": D("0.5")}
    unknown = suits({"void": "80000"}, Suit({"void": D("0.6")}))["void"]
    assert (unknown.if_won, unknown.value, unknown.break_even(D(1))) == (None, None, None)


@given(st.integers(-(10**8), 10**8).filter(bool), CHANCE, CHANCE)
def test_an_agreement_saves_the_fees(amount: int, chance: Decimal, discount: Decimal) -> None:
    one = suits({"void": str(D(amount) / 100)}, Suit({"void": chance}, discount))["void"]
    assert one.value is not None
    assert one.ceiling is not None
    assert one.ceiling - one.value == one.fees


@given(st.integers(10**4, 10**8), CHANCE, CHANCE)
def test_the_value_breaks_even_at_its_own_probability(amount: int, chance: Decimal, discount: Decimal) -> None:
    one = suits({"void": str(D(amount) / 100)}, Suit({"void": chance}, discount))["void"]
    assert one.value is not None
    assert one.break_even(one.value) == pytest.approx(chance, abs=D("0.001"))


@given(st.integers(-(10**8), 10**8), CHANCE, CHANCE)
def test_the_suit_lies_between_its_outcomes(amount: int, chance: Decimal, discount: Decimal) -> None:
    settlement = D(amount) / 100
    one = suits({"void": str(settlement)}, Suit({"void": chance}, discount))["void"]
    assert one.value is not None
    worst = -one.fees if settlement > 0 else settlement - one.fees
    assert worst <= one.value <= max(settlement, D(0))


def test_each_proposal_beside_each_basis() -> None:
    """As booked 50,000 is owed, if void 80,000 is due: a refund of 60,000 is 110,000 and -20,000 away."""
    options = suits({"as_stated": "-50000", "void": "80000"}, Suit({"void": D("0.6")}, D("0.3")))
    refund, payment = compare(
        [paid(Side.CLIENT, "10000"), paid(Side.FINANCIER, "60000")], list(options.values()), TODAY, NO_RATE
    )
    assert (refund.total, refund.differences) == (D(60_000), {"as_stated": D(110_000), "void": D(-20_000)})
    assert (payment.total, payment.differences) == (D(-10_000), {"as_stated": D(40_000), "void": D(-90_000)})
    assert (refund.better, payment.better) == ({"as_stated": None, "void": True}, {"as_stated": None, "void": False})


def test_instalments_are_worth_less_to_who_receives_them_and_less_a_burden_to_who_pays() -> None:
    rows = compare([paid(Side.FINANCIER, "60000", 12), paid(Side.CLIENT, "60000", 12)], [], TODAY, D("0.03"))
    assert [row.total for row in rows] == [60_000, -60_000]
    assert rows[0].present_value == -rows[1].present_value
    by_hand = sum((D(5000) / D("1.03") ** (D((day - TODAY).days) / 365) for day, _ in rows[0].proposal.flows), D(0))
    assert rows[0].present_value == cents(by_hand)


def test_the_best_claim_is_the_one_worth_most() -> None:
    suit = Suit({"lpr4": D("0.9"), "void": D("0.2"), "as_stated": D("0.5")}, D(0))
    options = list(suits({"as_stated": "-50000", "lpr4": "40000", "void": "80000"}, suit).values())
    best = best_alternative(options)
    assert best is not None
    assert best.basis == "lpr4"
    assert best_alternative(options[:1]) is None


@pytest.mark.parametrize("suit", [{"probability": {"void": D("60")}}, {"enforcement_discount": D("-0.1")}])
def test_a_probability_is_a_fraction(suit: dict[str, Decimal]) -> None:
    with pytest.raises(UsageError, match="no probability"):
        Suit(**suit)  # type: ignore[arg-type]


def test_the_log_of_offers() -> None:
    """The client came down from 80,000 to 65,000, the financier up from -50,000 to 40,000: 25,000 apart."""
    log = summarise(
        [
            Offer(date(2026, 3, 1), Side.CLIENT, D(65_000), evidence=9),
            Offer(date(2026, 1, 5), Side.CLIENT, D(80_000), evidence=3),
            Offer(date(2026, 1, 20), Side.FINANCIER, D(-50_000), terms="in 12 months"),
            Offer(date(2026, 2, 10), Side.FINANCIER, D(40_000), evidence=7),
        ]
    )
    assert [offer.amount for offer in log.offers] == [80_000, -50_000, 40_000, 65_000]
    assert log.client is not None
    assert log.financier is not None
    assert (log.client.conceded, log.financier.conceded, log.gap) == (D(15_000), D(90_000), D(25_000))
    assert [offer.terms for offer in log.unproven] == ["in 12 months"]


def test_moving_away_is_no_concession() -> None:
    log = summarise([Offer(TODAY, Side.CLIENT, D(50_000)), Offer(TODAY, Side.CLIENT, D(60_000))])
    assert log.client is not None
    assert (log.client.conceded, log.financier, log.gap) == (D(-10_000), None, None)
