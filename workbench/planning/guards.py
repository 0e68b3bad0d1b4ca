"""Refusals that several plans share: one sentence each for what is wrong and what to write instead."""

from __future__ import annotations

from decimal import Decimal

from workbench.domain.money import ONE, ZERO, plain
from workbench.errors import UsageError


def positive(value: Decimal, name: str, name_zh: str) -> None:
    """Refuse a figure that is not above zero.

    Args:
        value: the figure.
        name: what it is, in English.
        name_zh: what it is, in Chinese.

    Raises:
        UsageError: for zero or less.
    """
    if value <= ZERO:
        raise UsageError(
            f"{name} must be above 0, not {plain(value)}",
            next_step="Write a figure above 0.",
            what_zh=f"{name_zh}必须大于 0，现为 {plain(value)}",
            next_step_zh="请填大于 0 的数。",
        )


def not_negative(value: Decimal, name: str, name_zh: str) -> None:
    """Refuse a figure below zero.

    Raises:
        UsageError: for less than zero.
    """
    if value < ZERO:
        raise UsageError(
            f"{name} cannot be negative: {plain(value)}",
            next_step="Write 0 or more.",
            what_zh=f"{name_zh}不能为负：{plain(value)}",
            next_step_zh="请填 0 或更大的数。",
        )


def inside(value: Decimal, name: str, name_zh: str, *, with_one: bool = False) -> None:
    """Refuse a fraction outside (0, 1), or outside (0, 1] where one itself makes sense.

    Raises:
        UsageError: for anything else.
    """
    if not (ZERO < value < ONE or (with_one and value == ONE)):
        upper, upper_zh = (" and no more than 1", "且不超过 1") if with_one else (" and below 1", "且小于 1")
        raise UsageError(
            f"{name} must be above 0{upper}, not {plain(value)}",
            next_step="Write 5 % as 5% or 0.05.",
            what_zh=f"{name_zh}应大于 0 {upper_zh}，现为 {plain(value)}",
            next_step_zh="5% 请写成 5% 或 0.05。",
        )
