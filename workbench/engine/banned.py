"""Purchases of securities that the contract bans, as far as the printed name and the code tell.

Source: domain specification, section 3 (``banned_securities``); the articles name ST, delisting and unopened listings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from workbench.domain.lines import Line, LineKind
from workbench.engine.account import Account
from workbench.engine.instruments import board_of


def _st(line: Line) -> bool | None:
    return None if not line.name else line.name.strip().upper().startswith(("ST", "*ST", "S*ST", "SST"))


def _delisting(line: Line) -> bool | None:
    return None if not line.name else "退" in line.name


def _new(line: Line) -> bool | None:
    """A first listing day prints N before the name, the next four C; later days cannot be told."""
    name = (line.name or "").strip()
    return True if len(name) > 1 and name[0] in "NC" and not name[1].isascii() else None


def _on(board: str) -> Callable[[Line], bool | None]:
    return lambda line: board_of(line.code or "") == board


def _coded(*beginnings: str) -> Callable[[Line], bool | None]:
    return lambda line: (line.code or "").startswith(beginnings)


BANNED: Mapping[str, Callable[[Line], bool | None]] = {
    "ST": _st,
    "delisting": _delisting,
    "unopened_new_listings": _new,
    "chinext": _on("CHINEXT"),
    "star_market": _on("STAR"),
    "bse": _on("BSE"),
    "b_share": _coded("200", "900"),
    "convertible": _coded("110", "111", "113", "118", "123", "127", "128"),
}
"""Kind of banned security -> whether a purchase is one; None where it cannot be told."""


USUAL = ("ST", "delisting")
"""What contracts of this kind ban, where no list was read."""


def banned_purchases(account: Account, until: date | None) -> tuple[tuple[Line, ...], bool] | None:
    """Return the purchases up to ``until`` that the contract bans, and whether some could not be told.

    None where the contract bans nothing.
    """
    kinds = _kinds(account)
    return _told(account, kinds, until) if kinds else None


def breaches(account: Account) -> tuple[Line, ...]:
    """Return the purchases that break the contract: what it bans, else names under risk warning or delisting."""
    return _told(account, _kinds(account) or USUAL, None)[0]


def _kinds(account: Account) -> tuple[str, ...]:
    term = account.terms.get("banned_securities")
    return term.value if term is not None and isinstance(term.value, tuple) else ()


def _told(account: Account, kinds: tuple[str, ...], until: date | None) -> tuple[tuple[Line, ...], bool]:
    bought = [line for line in account.of_kind(LineKind.BUY) if until is None or line.date <= until]
    tests = [test for kind in kinds if (test := BANNED.get(kind)) is not None]
    answers = [(line, [test(line) for test in tests]) for line in bought]
    unknown = len(tests) < len(kinds) or any(None in said for _, said in answers)
    return tuple(line for line, said in answers if True in said), unknown
