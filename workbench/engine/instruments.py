"""Which market and kind of instrument a security code belongs to.

Source: code ranges of the Shanghai, Shenzhen and Beijing exchanges as used in ../shared/facts/legal.md 8.
"""

from __future__ import annotations

from functools import lru_cache

_CODES = 4096
"""Codes whose kind is kept: the rules on fills ask for it a dozen times a row."""
_FUND_PREFIXES = ("50", "51", "52", "53", "55", "56", "58", "15", "16", "18")


@lru_cache(maxsize=_CODES)
def market_of(code: str) -> str:
    """Return ``SSE``, ``SZSE`` or ``BSE`` for a six-digit code."""
    if code.startswith(("4", "8", "92")):
        return "BSE"
    return "SSE" if code.startswith(("5", "6", "9", "204", "11", "01", "02")) else "SZSE"


@lru_cache(maxsize=_CODES)
def is_fund(code: str) -> bool:
    """Tell whether the code is an exchange-traded fund: no stamp duty, prices in 0.001."""
    return code.startswith(_FUND_PREFIXES)


@lru_cache(maxsize=_CODES)
def is_bond(code: str) -> bool:
    """Tell whether the code is a bond or an exchange repo: neither stamp duty nor transfer fee."""
    return (market_of(code) == "SSE" and code.startswith(("01", "02", "10", "11", "12", "13", "14", "20", "24"))) or (
        market_of(code) == "SZSE" and code.startswith(("10", "11", "12", "13"))
    )


@lru_cache(maxsize=_CODES)
def board_of(code: str) -> str:
    """Return the board whose price limit applies: ``STAR``, ``CHINEXT``, ``BSE`` or ``MAIN``."""
    if market_of(code) == "BSE":
        return "BSE"
    if code.startswith(("688", "689")):
        return "STAR"
    return "CHINEXT" if code.startswith(("300", "301")) else "MAIN"
