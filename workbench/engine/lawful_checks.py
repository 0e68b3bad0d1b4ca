"""Charges that follow the contract and still exceed what the law protects after a default.

``LATE-STACK``: overdue interest, penalty interest, late fees and penalties together above the cap on what was overdue.
``PEN-EXCESS``: an agreed penalty above 130 % of the loss the books show.

Source: private-lending provisions (2020) articles 28 and 29; Civil Code article 585 and contract interpretation (2023)
article 65, as compiled in ../shared/facts/legal.md 3 and 4. Both are arguments for a court, hence ``unlawful``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from workbench.domain.dates import DAY
from workbench.domain.findings import Finding, Severity
from workbench.domain.lines import LineKind
from workbench.domain.money import ZERO, cents, grouped
from workbench.engine.account import Account
from workbench.engine.build import charge_finding
from workbench.engine.caps import YEAR, CapStep

DEFAULT_CHARGES = (LineKind.LATE_FEE, LineKind.PENALTY_INTEREST, LineKind.BREACH_PENALTY)
EXCESSIVE = Decimal("1.3")
"""A penalty above this part of the loss is generally excessive."""


def check_stacked(account: Account, steps: tuple[CapStep, ...]) -> Iterator[Finding]:
    """``LATE-STACK``: everything charged for the time after maturity against the cap on the overdue principal."""
    end, last = account.terms.day("term_end"), account.as_of
    if end is None or last is None:
        return
    start = end + DAY
    lines = [line for line in account.lines if line.date > end and line.kind in (*DEFAULT_CHARGES, LineKind.INTEREST)]
    if not any(line.kind in DEFAULT_CHARGES for line in lines) or len({line.kind for line in lines}) == 1:
        return
    until = max(line.date for line in lines)
    days = [start + DAY * step for step in range((until - start).days)]
    overdue = [(day, account.replay.principal.at(day)) for day in days]
    allowed = cents(sum((amount * _cap_on(day, steps) / YEAR for day, amount in overdue), ZERO))
    charged = sum((line.charge for line in lines), ZERO)
    if not allowed or charged <= allowed:
        return
    working = f"Σ P × {_cap_on(until, steps) * 100:.2f}% × d ÷ 365 = {grouped(allowed)}"
    found = charge_finding(
        "LATE-STACK",
        lines[0],
        charged,
        allowed,
        severity=Severity.UNLAWFUL,
        working=working,
        more_lines=tuple(line.id for line in lines[1:]),
    )
    yield replace(found, date=None)


def _cap_on(day: date, steps: tuple[CapStep, ...]) -> Decimal:
    known = [step.rate for step in steps if step.start <= day]
    return known[-1] if known else steps[0].rate


def check_excessive(account: Account, agreed: frozenset[str]) -> Iterator[Finding]:
    """``PEN-EXCESS``: a penalty as agreed above 130 % of the loss.

    Args:
        account: the account.
        agreed: ids of the penalties that follow the contract.
    """
    for line in account.of_kind(LineKind.BREACH_PENALTY):
        if line.id not in agreed:
            continue
        loss = _loss(account)
        most = cents((loss or ZERO) * EXCESSIVE)
        if loss is not None and line.charge > most:
            charged = grouped(line.charge)
            found = charge_finding(
                "PEN-EXCESS",
                line,
                line.charge,
                most,
                severity=Severity.UNLAWFUL,
                working=f"{grouped(loss)} × 130% = {grouped(most)}",
                terms=("breach_penalty",),
            )
            yield replace(
                found,
                text_zh=f"{line.date} 的违约金 {charged} 元按合同计收，但账面可见的损失只有 {grouped(loss)} 元，"
                f"一般以损失的 130%（{grouped(most)} 元）为限，可请求调减。",
                text_en=f"The penalty of {charged} on {line.date} follows the contract; the books show a loss of "
                f"{grouped(loss)}, and more than 130 % of it ({grouped(most)}) is generally excessive.",
                group="PEN-EXCESS:loss",
            )


def _loss(account: Account) -> Decimal | None:
    """Return what the financier had not got back when the account ended, in yuan; None while shares are left."""
    last = account.replay.stands[-1]
    if last.shares:
        return None
    return max(ZERO, last.principal, -last.cash)
