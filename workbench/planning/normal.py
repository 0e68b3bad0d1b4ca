"""The standard normal distribution for decimals: exact arithmetic around the one double of the C library's ``erfc``."""

from __future__ import annotations

import math
from decimal import Decimal
from statistics import NormalDist
from typing import Final

_ROOT_2: Final = Decimal(2).sqrt()
_ROOT_2_PI: Final = Decimal("2.506628274631000502415765285")


def cumulative(x: Decimal) -> Decimal:
    """Return the probability that a standard normal figure is at most ``x``; both tails keep their digits."""
    return Decimal(math.erfc(-x / _ROOT_2)) / 2


def density(x: Decimal) -> Decimal:
    """Return the density exp(-x^2 / 2) / sqrt(2 pi)."""
    return (-x * x / 2).exp() / _ROOT_2_PI


def quantile(probability: Decimal) -> Decimal:
    """Return z with ``cumulative(z) = probability``, a probability strictly between 0 and 1."""
    numerator, denominator = probability.as_integer_ratio()
    return Decimal(NormalDist().inv_cdf(numerator / denominator))
