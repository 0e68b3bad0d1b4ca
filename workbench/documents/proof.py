"""The last check before a document is written: each amount on paper stands for one in the audit.

Text arrives as pieces with their origin. Bound pieces are proven by what they are; what a person typed must repeat an
amount of the audit; an amount in the template's own words fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal, InvalidOperation
from typing import NoReturn

from workbench.documents.amounts import Amount, Bound, Figure, Typed
from workbench.domain.audit import Audit
from workbench.domain.money import cents
from workbench.errors import RenderError

_DIGITS = r"\d[\d,]*(?:\.\d+)?"
_NUMERAL = "零〇一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟萬億"
MONEY = re.compile(
    rf"(?:[¥￥$]|RMB|CNY|人民币)\s*{_DIGITS}\s*[万亿]?"
    rf"|{_DIGITS}\s*[万亿]?\s*(?:元|圆|块钱|yuan|CNY|RMB)"
    r"|\d{1,3}(?:,\d{3})+(?:\.\d+)?"
    r"|(?<![A-Za-z\d.])\d+\.\d{2}(?![\d%‰.])"
    rf"|[{_NUMERAL}]+(?:余)?(?:元|圆)",
    re.IGNORECASE,
)
_NARROW = {wide: narrow for narrow, wide in zip(range(0x30, 0x3A), range(0xFF10, 0xFF1A), strict=True)}
_UNIT = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with its origin: the template, a person, or something bound."""

    text: str
    source: str
    """``literal``, ``typed`` or ``bound``."""
    field: str = ""
    amount: Amount | None = None


def piece(value: str) -> Piece:
    """Return a printed value with its origin."""
    if isinstance(value, Figure):
        return Piece(value, "bound", amount=value.amount)
    if isinstance(value, Bound):
        return Piece(value, "bound")
    if isinstance(value, Typed):
        return Piece(value, "typed", value.field)
    return Piece(value, "literal")


def known_amounts(audit: Audit) -> frozenset[Decimal]:
    """Return the size, in yuan, of every amount the audit holds: lines, terms, findings, totals, bases, margin."""
    found: set[Decimal] = set()
    _collect(
        (audit.lines, audit.findings, audit.stated, audit.expected, audit.overcharged, tuple(audit.bases.values())),
        found,
    )
    _collect((tuple(audit.bridges.values()), audit.liquidation, audit.margin), found)
    for term in audit.terms:
        if term.unit == "yuan" and isinstance(term.value, str):
            found.add(abs(cents(Decimal(term.value))))
    return frozenset(found)


def _collect(value: object, found: set[Decimal]) -> None:
    if isinstance(value, Decimal):
        found.add(abs(cents(value)))
    elif isinstance(value, tuple):
        for item in value:
            _collect(item, found)
    elif is_dataclass(value):
        for entry in fields(value):
            _collect(getattr(value, entry.name), found)


def prove(pieces: Sequence[Piece], known: frozenset[Decimal]) -> None:
    """Check one paragraph, heading or cell.

    Raises:
        RenderError: an amount that is bound to nothing, naming it and where it came from.
    """
    if all(one.source == "bound" for one in pieces):
        return
    text, origins = _flatten(pieces)
    for match in MONEY.finditer(text):
        touched = {origins[index] for index in range(match.start(), match.end()) if text[index].strip()}
        digits = {origins[index] for index in range(match.start(), match.end()) if _is_digit(text[index])}
        typed = {one.field for one in touched if one.source == "typed"}
        if all(one.source == "typed" for one in digits) and _resolves(match.group(), known):
            continue
        _refuse(match.group().strip(), min(typed, default=""))


def _flatten(pieces: Iterable[Piece]) -> tuple[str, list[Piece]]:
    chars: list[str] = []
    origins: list[Piece] = []
    for one in pieces:
        shown = "\x00" if one.source == "bound" else one.text.translate(_NARROW)
        chars.append(shown)
        origins.extend([one] * len(shown))
    return "".join(chars), origins


def _is_digit(char: str) -> bool:
    return char.isdigit() or char in _NUMERAL


def _resolves(text: str, known: frozenset[Decimal]) -> bool:
    number = re.search(_DIGITS, text)
    if number is None:
        return False
    try:
        value = Decimal(number.group().replace(",", ""))
    except InvalidOperation:
        return False
    unit = next((factor for name, factor in _UNIT.items() if name in text), Decimal(1))
    return cents(value * unit) in known


def _refuse(amount: str, field: str) -> NoReturn:
    if field:
        raise RenderError(
            f"the amount {amount} stands in no line, finding or basis of this case",
            where=field,
            next_step="Import the record that shows it, or leave the amount out of this entry.",
            what_zh=f"金额“{amount}”在本案流水、争议点和结算口径中都找不到",
            next_step_zh="请导入能证明该金额的材料，或在填写内容中去掉这个金额。",
        )
    raise RenderError(
        f"the template contains the amount {amount}, which is bound to nothing",
        next_step="Print the amount from a finding, ledger line or basis instead of writing it out.",
        what_zh=f"模板里直接写了金额“{amount}”，没有出处",
        next_step_zh="请改为引用争议点、流水或结算口径中的金额。",
    )
