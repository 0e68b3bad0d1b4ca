"""The cheapest choice of what to sell: a mixed-integer linear programme over lots.

A quantity is k lots and, all or nothing, the odd rest. Per asset the fee is at least its rate and at least its minimum
once anything is sold. Charges enter in proportion to those of the whole sale; the caller counts the chosen sale again
to the cent. Ties go to the choice that sells least, so that nothing is turned into money for nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from workbench.domain.money import ONE, ZERO
from workbench.planning.sale import Sellable

_UNIT = Decimal(10_000)
"""Money is handed over in units of 10,000 yuan, quantities in lots: figures stay near one, and the solver's own
tolerance of a millionth is one cent."""
_SLACK = Decimal("0.000001")
"""One cent in that unit: how much two choices may differ and still count as equally cheap."""
_GAP = Decimal("0.0001")
"""Part of the cost within which a choice counts as cheapest: haircuts are estimates, the last cents take longest."""
_WIDTH = 4
"""Variables an asset: lots, odd rest (0/1), sold at all (0/1), fee in units."""


def choose(items: Sequence[Sellable], target: Decimal) -> list[Decimal] | None:
    """Return how many units of each asset to sell so that the net cash reaches a target at least cost.

    Args:
        items: the assets whose money comes in time.
        target: net cash to raise in yuan, above zero.

    Returns:
        Units per asset, None where even all of them do not reach the target.
    """
    if not items:
        return None
    costs, values, net = _objectives(items)
    rules = [_limits(items), LinearConstraint(csr_array(net[np.newaxis, :]), lb=_numbers([target / _UNIT]), ub=np.inf)]
    cheapest = _solve(costs, rules, items)
    if cheapest is None:
        return None
    bound = costs @ cheapest + _numbers([_SLACK])
    least = _solve(values, [*rules, LinearConstraint(csr_array(costs[np.newaxis, :]), lb=-np.inf, ub=bound)], items)
    return _units(items, cheapest if least is None else least)


def _objectives(items: Sequence[Sellable]) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return cost, value and net cash, in units, of one step of each variable."""
    cost, value, net = [], [], []
    for one in items:
        for size in (one.step, one.odd):
            cost.append(size * (one.price - one.gross + one.tax) / _UNIT)
            value.append(size * one.price / _UNIT)
            net.append(size * (one.gross - one.tax) / _UNIT)
        cost += [ZERO, ONE]
        value += [ZERO, ZERO]
        net += [ZERO, -ONE]
    return _numbers(cost), _numbers(value), _numbers(net)


def _limits(items: Sequence[Sellable]) -> LinearConstraint:
    """Return, per asset: no more than there is, nothing unless sold at all, the fee by rate and by minimum."""
    rows: list[list[Decimal]] = []
    for at, one in enumerate(items):
        fee = one.fee / _UNIT
        for lots, odd, sold, paid in (
            (-ONE, -one.odd / one.step, one.most / one.step, ZERO),
            (-one.step * fee, -one.odd * fee, ZERO, ONE),
            (ZERO, ZERO, -one.fee_min / _UNIT, ONE),
        ):
            row = [ZERO] * (_WIDTH * len(items))
            row[_WIDTH * at : _WIDTH * (at + 1)] = [lots, odd, sold, paid]
            rows.append(row)
    return LinearConstraint(csr_array(np.array(rows, dtype=np.float64)), lb=0, ub=np.inf)


def _solve(
    objective: NDArray[np.float64], rules: Sequence[LinearConstraint], items: Sequence[Sellable]
) -> NDArray[np.float64] | None:
    highest: list[Decimal] = []
    for one in items:
        fees = (one.most * one.fee + one.fee_min) / _UNIT
        highest += [one.most // one.step, ONE if one.odd else ZERO, ONE, fees]
    found: Any = milp(
        objective,
        constraints=rules,
        integrality=np.tile([1, 1, 1, 0], len(items)),
        bounds=Bounds(0, _numbers(highest)),
        options={"mip_rel_gap": _numbers([_GAP])[0]},
    )
    return None if found.x is None else np.asarray(found.x, dtype=np.float64)


def _units(items: Sequence[Sellable], chosen: NDArray[np.float64]) -> list[Decimal]:
    whole = [Decimal(str(number)).quantize(ONE, rounding=ROUND_HALF_UP) for number in chosen]
    pairs = zip(items, whole[::_WIDTH], whole[1::_WIDTH], strict=True)
    return [min(one.most, lots * one.step + odd * one.odd) for one, lots, odd in pairs]


def _numbers(values: Sequence[Decimal]) -> NDArray[np.float64]:
    return np.array(values, dtype=np.float64)
