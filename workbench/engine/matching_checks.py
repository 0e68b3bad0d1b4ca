"""What the other books contradict: money that left the client's bank and was not credited, trades no broker knows.

These are questions, not proofs: a bank row shows a payment, not what it was for. They change no settlement.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from workbench.domain.findings import Finding, Severity, Verdict
from workbench.domain.lines import Line
from workbench.domain.matching import Agreement, Matching, Pair
from workbench.domain.money import CENT, ZERO, grouped, plain
from workbench.engine.account import Account
from workbench.engine.build import charge_finding
from workbench.engine.integrity import DEPOSIT_WINDOW


def check_matching(account: Account, matching: Matching, confirmed: Sequence[Finding]) -> Iterator[Finding]:
    """``CASH-MISSING`` and ``SIM-FILL`` as questions from bank and broker; deposits already found are not repeated."""
    known = [found for found in confirmed if found.code == "CASH-MISSING" and not found.lines]
    unseen = [pair for pair in matching.pairs if pair.book == "broker" and pair.agreement is Agreement.ONLY_LEDGER]
    for pair in matching.pairs:
        if pair.book == "bank":
            if not _is_known(pair, known):
                yield from _uncredited(account, pair)
        elif pair.agreement is Agreement.ONLY_LEDGER and pair.ledger is not None:
            yield _unseen(pair.ledger, len(unseen))
        elif pair.agreement is Agreement.OTHER_AMOUNT and pair.ledger is not None and pair.other is not None:
            yield _otherwise(pair.ledger, pair.other)


def _is_known(pair: Pair, known: Sequence[Finding]) -> bool:
    return any(
        found.expected == pair.into_account and found.date is not None and abs(found.date - pair.date) <= DEPOSIT_WINDOW
        for found in known
    )


def _uncredited(account: Account, pair: Pair) -> Iterator[Finding]:
    """A payment from the client's bank that the ledger does not show, or shows with less."""
    if pair.other is None or pair.into_account <= ZERO or pair.agreement in (Agreement.SAME, Agreement.OTHER_DAY):
        return
    paid, anchor = -pair.other.stated, pair.ledger or account.lines[0]
    credited = pair.ledger.stated if pair.ledger else ZERO
    if paid <= credited + CENT:
        return
    found = charge_finding(
        "CASH-MISSING",
        anchor if pair.ledger else replace(anchor, date=pair.other.date),
        credited,
        paid,
        severity=Severity.QUESTION,
        verdict=Verdict.POSSIBLE,
    )
    left, booked, day = grouped(paid), grouped(credited), pair.other.date
    zh = f"银行流水显示 {day} 转出 {left} 元，账单只记 {booked} 元，请平台说明这笔款的去向。"
    en = f"The bank shows {left} leaving on {day}; the statement credits {booked}."
    yield replace(
        found, text_zh=zh, text_en=en, group="CASH-MISSING:bank", lines=(pair.ledger.id,) if pair.ledger else ()
    )


def _unseen(line: Line, count: int) -> Finding:
    return _asked(
        line,
        f"{line.date} 的成交在券商对账单中找不到（该对账单覆盖当日），此类共 {count} 笔，请平台提供交易所成交回报。",
        f"The broker's statement covers {line.date} and does not show this trade; there are {count} such.",
    )


def _otherwise(line: Line, other: Line) -> Finding:
    ours = f"{plain(line.quantity or ZERO)} × {plain(line.price or ZERO)}"
    theirs = f"{plain(other.quantity or ZERO)} × {plain(other.price or ZERO)}"
    return _asked(
        line,
        f"{line.date} {line.code} 平台记 {ours}，券商对账单记 {theirs}，请平台提供成交回报。",
        f"{line.code} on {line.date}: the platform books {ours}, the broker {theirs}. Ask for confirmations.",
    )


def _asked(line: Line, zh: str, en: str) -> Finding:
    return Finding(
        "SIM-FILL",
        Severity.QUESTION,
        zh,
        en,
        Verdict.POSSIBLE,
        date=line.date,
        lines=(line.id,),
        group="SIM-FILL:broker",
    )
