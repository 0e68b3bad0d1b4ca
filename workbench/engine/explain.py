"""Which formula gives the platform's figure: one explanation per posting, chosen across all postings together.

Source: domain specification, section 8: prefer the simplest hypothesis that explains most postings at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from workbench.domain.findings import Cause
from workbench.domain.money import agrees
from workbench.engine.account import Account
from workbench.engine.accrual import Accrued, InterestBook
from workbench.engine.hypotheses import Hypothesis, at_rate, describe, double, recurring_rates, single

AMBIGUITY = 4
"""Hypotheses whose ranks differ by less fit equally well; both are then said."""


@dataclass(frozen=True, slots=True)
class Explained:
    """One wrong interest posting with its finding code and cause."""

    posting: Accrued
    code: str
    cause: Cause


def explain_interest(account: Account, book: InterestBook) -> tuple[Explained, ...]:
    """Explain every interest posting that disagrees and is neither repeated, late nor upfront."""
    wrong = [
        posting
        for posting in book.postings
        if not posting.agrees
        and posting.covered.repeats is None
        and not posting.covered.after_close
        and not posting.covered.upfront
    ]
    rates = recurring_rates(book, wrong)
    fits = [_fits(account, book, posting, rates) for posting in wrong]
    votes = Counter(label for options in fits for label in {option.label for option in options})
    return tuple(
        _chosen(posting, options, votes) if options else _closest(account, book, posting)
        for posting, options in zip(wrong, fits, strict=True)
    )


def _fits(account: Account, book: InterestBook, posting: Accrued, rates: tuple[Decimal, ...]) -> list[Hypothesis]:
    simple = (*single(account, book, posting), *(at_rate(posting, rate) for rate in rates))
    exact = [option for option in simple if agrees(option.amount, posting.stated)]
    if exact:
        return exact
    return [option for option in double(account, book, posting) if agrees(option.amount, posting.stated)]


def _chosen(posting: Accrued, options: Sequence[Hypothesis], votes: Counter[str]) -> Explained:
    ordered = sorted(options, key=lambda option: (-votes[option.label], option.rank, option.label))
    best = ordered[0]
    others = tuple(
        describe(option)
        for option in ordered[1:]
        if option.code != best.code and votes[option.label] == votes[best.label] and option.rank - best.rank < AMBIGUITY
    )
    return Explained(posting, best.code, Cause(best.label, best.formula, exact=True, alternatives=others[:2]))


def _closest(account: Account, book: InterestBook, posting: Accrued) -> Explained:
    options = sorted(
        single(account, book, posting), key=lambda option: (abs(option.amount - posting.stated), option.rank)
    )
    if not options:
        return Explained(posting, "INT-OTHER", Cause("unknown", posting.working, exact=False))
    best = options[0]
    return Explained(posting, "INT-OTHER", Cause(f"closest: {best.label}", best.formula, exact=False))
