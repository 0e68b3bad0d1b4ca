"""What a fall does to an account and its line: uniform falls, limit-down chains, shocks of the index or a sector.

Source: articles 000 (情景压力测试, 动态保证金模型), 001 (连续跌停与穿仓) and 003 (worst case first).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from workbench.domain.money import ONE, ZERO, cents, percent
from workbench.engine.conventions import Position, assets_at_line, breached, ratio, solvable
from workbench.errors import UsageError
from workbench.planning.guards import inside, not_negative, positive

FALLS: Final = tuple(Decimal(text) for text in ("0.05", "0.1", "0.2"))
INDEX: Final = "index"
"""Name of the factor that stands for the market's index."""


@dataclass(frozen=True, slots=True)
class Holding:
    """One security in a stress test."""

    code: str
    value: Decimal
    """Market value in yuan."""
    price_limit: Decimal | None = None
    """Daily price limit of its board, a fraction; None: unknown."""
    betas: Mapping[str, Decimal] = field(default_factory=dict)
    """Factor (``index`` or a sector's name) -> how far it moves with it."""


@dataclass(frozen=True, slots=True)
class Contract:
    """How the contract measures its line."""

    convention: str
    line: Decimal
    comparator: str = "lt"


@dataclass(frozen=True, slots=True)
class Scenario:
    """A fall of each security, fractions of its value; positive is a fall."""

    text_zh: str
    text_en: str
    falls: Mapping[str, Decimal]
    unknown: tuple[str, ...] = ()
    """Codes whose fall cannot be told (no beta, no price limit); then no figure of the scenario can."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """An account after a scenario; amounts in yuan, rounded half up to the cent; None: cannot be told."""

    scenario: Scenario
    loss: Decimal | None
    assets: Decimal | None
    ratio: Decimal | None
    """In the contract's convention; None also where that has no ratio."""
    reached: bool | None
    """Whether the line is breached."""
    shortfall: Decimal | None
    """Debt that the assets no longer cover."""


def uniform(holdings: Sequence[Holding], fall: Decimal) -> Scenario:
    """Return the scenario in which everything falls by one fraction in (0, 1].

    Raises:
        UsageError: a fall out of range.
    """
    inside(fall, "a fall", "跌幅", with_one=True)
    return Scenario(f"全部下跌 {percent(fall)}", f"all fall {percent(fall)}", {one.code: fall for one in holdings})


def limit_down_chain(holdings: Sequence[Holding], days: int) -> Scenario:
    """Return ``days`` limit-down days in a row on which nothing can be sold: each falls 1 - (1 - limit)^days.

    Raises:
        UsageError: less than one day, or a limit that is no fraction.
    """
    positive(Decimal(days), "the number of days", "天数")
    known = {one.code: one.price_limit for one in holdings if one.price_limit is not None}
    for code, limit in known.items():
        inside(limit, f"the price limit of {code}", f"{code} 的涨跌幅限制")
    return Scenario(
        f"连续 {days} 个跌停（按各板块幅度）",
        f"limit-down x {days}, each by its board's limit",
        {code: ONE - (ONE - limit) ** days for code, limit in known.items()},
        tuple(one.code for one in holdings if one.code not in known),
    )


def index_shock(holdings: Sequence[Holding], fall: Decimal) -> Scenario:
    """Return a fall of the index: each security falls beta x fall, at most all of it; a beta not given is unknown.

    Raises:
        UsageError: a fall out of range.
    """
    inside(fall, "a fall", "跌幅", with_one=True)
    falls = {one.code: min(ONE, one.betas[INDEX] * fall) for one in holdings if INDEX in one.betas}
    return Scenario(
        f"指数下跌 {percent(fall)}（按贝塔）",
        f"the index falls {percent(fall)}, by beta",
        falls,
        tuple(one.code for one in holdings if one.code not in falls),
    )


def sector_shock(holdings: Sequence[Holding], sector: str, fall: Decimal) -> Scenario:
    """Return a fall of one sector: its securities fall beta x fall, the others stay.

    Raises:
        UsageError: a fall out of range, or a sector nothing held belongs to.
    """
    inside(fall, "a fall", "跌幅", with_one=True)
    if not any(sector in one.betas for one in holdings):
        raise UsageError(
            f"nothing held belongs to the sector {sector}",
            next_step="Name a sector that one of the holdings was given.",
            what_zh=f"没有持仓属于板块“{sector}”",
            next_step_zh="请填某只持仓所属的板块。",
        )
    falls = {one.code: min(ONE, one.betas.get(sector, ZERO) * fall) for one in holdings}
    return Scenario(f"{sector}板块下跌 {percent(fall)}", f"the sector {sector} falls {percent(fall)}", falls)


def outcome(holdings: Sequence[Holding], account: Position, contract: Contract, scenario: Scenario) -> Outcome:
    """Return the account after a scenario: loss = sum of value x fall; cash, debt and margin stay.

    Args:
        holdings: what is held.
        account: total assets (cash included), debt, financing and margin before it, in yuan.
        contract: how the line is measured.
        scenario: the falls.

    Raises:
        UsageError: an unknown convention, a negative amount, or assets below the holdings' value.
    """
    for one in holdings:
        not_negative(one.value, f"the value of {one.code}", f"{one.code} 的市值")
    not_negative(account.debt, "the debt", "负债")
    at_line = line_assets(account, contract)
    total = sum((one.value for one in holdings), ZERO)
    if account.assets < total:
        raise UsageError(
            "total assets are less than the holdings' value",
            next_step="Total assets are cash plus all holdings; a debt is not taken off them.",
            what_zh="总资产小于持仓市值",
            next_step_zh="总资产为现金加全部持仓，不扣负债。",
        )
    if scenario.unknown:
        return Outcome(scenario, None, None, None, None, None)
    loss = sum((one.value * scenario.falls[one.code] for one in holdings), ZERO)
    after = replace(account, assets=account.assets - loss)
    return Outcome(
        scenario,
        cents(loss),
        cents(after.assets),
        ratio(contract.convention, after),
        breached(after.assets, at_line, contract.comparator),
        max(ZERO, cents(account.debt - after.assets)),
    )


def line_assets(account: Position, contract: Contract) -> Decimal:
    """Return the total assets at the contract's line in yuan, unrounded.

    Raises:
        UsageError: an unknown convention, or a line that no assets can meet.
    """
    try:
        return assets_at_line(contract.convention, contract.line, account)
    except ValueError:
        met = solvable(contract.convention, contract.line)
        what = f"unknown line convention {contract.convention}" if met else "a line no assets can meet"
        what_zh = f"没有“{contract.convention}”这种平仓线口径" if met else "没有任何总资产能满足该平仓线"
        raise UsageError(
            what,
            next_step="Use one of the nine conventions with a line it can meet.",
            what_zh=what_zh,
            next_step_zh="请用九种口径之一，并填该口径可达到的线。",
        ) from None


def cushion(account: Position, contract: Contract) -> Decimal:
    """Return total assets minus assets at the line, in yuan, unrounded; negative: breached already."""
    return account.assets - line_assets(account, contract)
