"""What a posting is: the operation's word, checked against amount, quantity, code and remark.

A word that is not known, or an amount that runs against its word, becomes ``unknown`` and is asked; it never
silently becomes a credit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from workbench.domain.lines import CHARGES, SALES, TRADES, LineKind
from workbench.domain.money import ZERO
from workbench.intake.ledger.postings import Posting
from workbench.intake.values import plain_text
from workbench.intake.vocabulary import Operations, Rule

_CORRECTION = re.compile(r"退|返|冲|调整|更正|红字|减免|抵扣|优惠|多收|撤销")
_REPO_WORDS = ("回购", "购回")
_BOND_REPO_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Meaning:
    """A posting's kind, and the code of the question it leaves open."""

    kind: LineKind
    question: str = ""
    """``unknown_operation``, ``unknown_sign`` or ``sign_conflict``; blank where nothing is open."""


def meaning_of(
    posting: Posting, effect: Decimal | None, quantity: Decimal | None, gross: Decimal | None, words: Operations,
    *, sized: bool = True,
) -> Meaning:  # fmt: skip
    """Return what a posting is.

    Args:
        posting: the cells.
        effect: effect on cash in yuan, None where its direction is not known.
        quantity: shares, None where the table has no such cell.
        gross: turnover in yuan, None where there is none.
        words: the operation vocabulary.
        sized: False where the table has no column for shares: a cash list, whose trades are known by their word
            alone. A trade of no shares in another table is something else, and asked about.
    """
    moved = effect or ZERO
    rule = _rule(posting, words)
    if rule is None:
        return _unnamed(posting, effect, quantity, gross)
    kind = _by_sign(rule, moved)
    if kind in TRADES:
        return _trade(posting, kind, moved, quantity, gross, words, known_sign=effect is not None, sized=sized)
    if effect is None:
        return Meaning(LineKind.UNKNOWN, "unknown_sign")
    if kind in CHARGES and moved > ZERO:
        corrected = _CORRECTION.search(posting.operation + posting.remark)
        return Meaning(LineKind.ADJUSTMENT if corrected else LineKind.UNKNOWN, "" if corrected else "sign_conflict")
    if rule.direction and moved * rule.direction < ZERO:
        return Meaning(_reversed(kind), "" if _reversed(kind) is not LineKind.UNKNOWN else "sign_conflict")
    return Meaning(kind)


def _rule(posting: Posting, words: Operations) -> Rule | None:
    """Return the rule for the operation; for a bare or ambiguous word the remark's, where it is one exactly."""
    rule = words.find(posting.operation)
    if rule is None or not posting.operation:
        first = posting.remark.split()[0] if posting.remark.split() else ""
        return words.find_exact(posting.remark) or words.find_exact(first) or (rule if posting.operation else None)
    return rule


def _by_sign(rule: Rule, moved: Decimal) -> LineKind:
    if moved < ZERO and rule.when_negative:
        return rule.when_negative
    if moved > ZERO and rule.when_positive:
        return rule.when_positive
    return rule.kind


def _reversed(kind: LineKind) -> LineKind:
    """Return what a cancelled posting is; money that came as a deposit can only go as a withdrawal."""
    if kind in {LineKind.DIVIDEND, LineKind.DIVIDEND_TAX, LineKind.ADJUSTMENT}:
        return LineKind.ADJUSTMENT
    return LineKind.UNKNOWN


def _trade(
    posting: Posting, kind: LineKind, moved: Decimal, quantity: Decimal | None, gross: Decimal | None,
    words: Operations, *, known_sign: bool, sized: bool,
) -> Meaning:  # fmt: skip
    if is_repo(posting, words):
        return Meaning(LineKind.ADJUSTMENT)
    remark = plain_text(posting.remark)
    if not quantity and any(word in remark for word in words.tax_remark):
        return Meaning(LineKind.DIVIDEND_TAX if moved <= ZERO else LineKind.DIVIDEND)
    if not quantity and not gross:
        if moved == ZERO and known_sign:
            return Meaning(LineKind.ADJUSTMENT)
        if moved < ZERO and "还款" in posting.operation:
            return Meaning(LineKind.PRINCIPAL_REPAID)
    if sized and not quantity and not posting.unread:
        return Meaning(LineKind.UNKNOWN, "unknown_operation")
    if kind in SALES and _is_forced(remark + plain_text(posting.operation), words):
        kind = LineKind.FORCED_SELL
    if not known_sign:
        return Meaning(kind, "unknown_sign")
    against = moved > ZERO if kind is LineKind.BUY else moved < ZERO
    return Meaning(kind, "sign_conflict" if against else "")


def _is_forced(text: str, words: Operations) -> bool:
    return any(word in text for word in words.forced) and not any(word in text for word in words.not_forced)


def is_repo(posting: Posting, words: Operations) -> bool:
    """Tell whether a posting is an exchange repo, which lends cash overnight whatever its name looks like."""
    code = posting.code or ""
    by_code = len(code) == _BOND_REPO_DIGITS and code.startswith(words.repo_prefixes)
    return by_code or any(word in posting.operation for word in _REPO_WORDS)


def _unnamed(posting: Posting, effect: Decimal | None, quantity: Decimal | None, gross: Decimal | None) -> Meaning:
    """Return the meaning of a posting without a known word: a priced quantity of a security is a trade by its sign."""
    if not posting.operation and posting.code and quantity and gross and effect:
        return Meaning(LineKind.SELL if effect > ZERO else LineKind.BUY)
    return Meaning(LineKind.UNKNOWN, "unknown_operation")


def looks_like_bank(columns_with_trades: bool, has_counterparty: bool, kinds: list[LineKind], title: str) -> bool:
    """Tell whether a file is the client's own bank or wallet rather than the account's ledger."""
    if columns_with_trades:
        return False
    financed = {LineKind.DRAWDOWN, LineKind.PRINCIPAL_REPAID, LineKind.MANAGEMENT_FEE, LineKind.PROFIT_SHARE}
    if any(kind in financed or kind in TRADES for kind in kinds):
        return False
    named = any(
        word in title for word in ("银行", "微信", "支付宝", "借记卡", "信用卡", "储蓄", "Bank", "电子客户回单")
    )
    return has_counterparty or named
