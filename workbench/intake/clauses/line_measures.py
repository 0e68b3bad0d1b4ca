"""From one measure of a line to another: exact where both are sums of the loan and the margin, otherwise not at all.

Source: domain specification, section 6: four measures stand at ``assets = a x financing + b x margin``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

_ASSETS: Mapping[str, Callable[[Decimal, Decimal, Decimal], Decimal]] = {
    "equity_over_margin": lambda k, financing, margin: financing + k * margin,
    "margin_coefficient": lambda k, financing, margin: financing + k * margin,
    "financing_multiple": lambda k, financing, _: k * financing,
    "net_value": lambda k, financing, margin: k * (financing + margin),
    "absolute": lambda k, _financing, _margin: k,
}
"""Assets at the line, from its figure."""
_FIGURE: Mapping[str, Callable[[Decimal, Decimal, Decimal], Decimal]] = {
    "equity_over_margin": lambda assets, financing, margin: (assets - financing) / margin,
    "margin_coefficient": lambda assets, financing, margin: (assets - financing) / margin,
    "financing_multiple": lambda assets, financing, _: assets / financing,
    "net_value": lambda assets, financing, margin: assets / (financing + margin),
    "absolute": lambda assets, _financing, _margin: assets,
}
_PLACES = Decimal("0.000001")


def converted(
    value: Decimal, measure: str, wanted: str, financing: Decimal | None, margin: Decimal | None
) -> Decimal | None:
    """Return a line's figure in another measure; None where that is not exact to six places."""
    if measure not in _ASSETS or wanted not in _FIGURE or not financing or not margin:
        return None
    figure = _FIGURE[wanted](_ASSETS[measure](value, financing, margin), financing, margin).normalize()
    return figure if figure == figure.quantize(_PLACES) else None
