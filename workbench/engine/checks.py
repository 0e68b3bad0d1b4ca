"""The ordered register of checks: one tuple, run by ``audit``; each yields findings and changes nothing.

Order matters to readers only: integrity first, then charges, the contract, the forced sale.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from workbench.domain.findings import Finding, Severity, Verdict
from workbench.domain.liquidation import Impossible, Liquidation
from workbench.domain.matching import Matching
from workbench.engine.account import Account
from workbench.engine.books import Books
from workbench.engine.build import plain_finding
from workbench.engine.chain import check_chain
from workbench.engine.charge_checks import check_dues, check_interest, check_trade_fees
from workbench.engine.contract_checks import check_contract
from workbench.engine.integrity import (
    check_arithmetic,
    check_deposits,
    check_doubled,
    check_principal,
)
from workbench.engine.matching_checks import check_matching
from workbench.engine.price_rules import bad_price
from workbench.engine.prices import Prices


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the checks read besides the account."""

    books: Books
    prices: Prices
    liquidation: Liquidation
    matching: Matching


Check = Callable[[Account, Evidence], Iterator[Finding]]


def check_liquidation(account: Account, evidence: Evidence) -> Iterator[Finding]:
    """``LIQ-*``: one finding per test that is proven or possible; ``LIQ-PRICE`` one per fill."""
    severity = {Verdict.PROVEN: Severity.ERROR, Verdict.POSSIBLE: Severity.QUESTION}
    for test in evidence.liquidation.tests:
        if test.verdict not in severity:
            continue
        fills = evidence.liquidation.fills
        if test.code == "LIQ-PRICE" and test.verdict is Verdict.PROVEN:
            for row in fills:
                line = account.by_id[row]
                reason = bad_price(line, evidence.prices)
                if reason is not None:
                    zh, en = reason[0] + "。", reason[1] + "."
                    yield Finding(test.code, Severity.ERROR, zh, en, date=line.date, lines=(row,), group=test.code)
            continue
        lines = fills[:1] if test.code != "LIQ-RESIDUAL" else (account.lines[-1].id,)
        started = None if test.code == "LIQ-RESIDUAL" else evidence.liquidation.started
        yield Finding(
            code=test.code,
            severity=severity[test.verdict],
            verdict=test.verdict,
            date=started,
            lines=lines,
            text_zh=test.why_zh,
            text_en=test.why_en,
            group=test.code,
        )


def check_fills(account: Account, evidence: Evidence) -> Iterator[Finding]:
    """``SIM-FILL``: fills the market could not have given, one finding each in one group."""
    forced = set(evidence.liquidation.fills)
    found: dict[str, list[Impossible]] = {}
    for one in evidence.liquidation.market.impossible:
        if one.line not in forced:  # a forced fill is LIQ-PRICE, LIQ-HALT or LIQ-T1
            found.setdefault(one.line, []).append(one)
    certain = {row for row, reasons in found.items() if any(not one.doubtful for one in reasons)}
    counts = {True: len(certain), False: len(found) - len(certain)}
    for row, reasons in found.items():
        sure = row in certain
        yield plain_finding(
            "SIM-FILL" if sure else "SIM-FILL-ODD",
            Severity.ERROR if sure else Severity.QUESTION,
            line=account.by_id[row],
            verdict=Verdict.PROVEN if sure else Verdict.POSSIBLE,
            detail="，".join(one.why_zh for one in reasons),
            detail_en=", ".join(one.why_en for one in reasons),
            count=str(counts[sure]),
        )


CHECKS: tuple[Check, ...] = (
    lambda account, _: check_chain(account),
    lambda account, _: check_doubled(account),
    lambda account, _: check_arithmetic(account),
    lambda account, _: check_deposits(account),
    lambda account, _: check_principal(account),
    lambda account, evidence: check_interest(account, evidence.books),
    lambda account, evidence: check_dues(account, evidence.books),
    lambda account, evidence: check_trade_fees(account, evidence.books),
    lambda account, evidence: check_contract(account, evidence.books),
    check_liquidation,
    check_fills,
)


def run_checks(account: Account, evidence: Evidence) -> tuple[Finding, ...]:
    """Run every check; findings sort by date, undated ones last."""
    found = [finding for check in CHECKS for finding in check(account, evidence)]
    found += check_matching(account, evidence.matching, found)
    return tuple(sorted(found, key=lambda finding: (finding.date is None, finding.date or account.lines[0].date)))
