"""Gather what a case's review needs from the audit and the facts: rhythm, attribution, rules, market."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from workbench.domain.audit import Audit
from workbench.domain.lines import TRADES, LineKind
from workbench.errors import UsageError
from workbench.services.desk import Desk
from workbench.services.read_case import read_facts
from workbench.services.run_audit import compute_audit

if TYPE_CHECKING:
    from workbench.engine.facts import CaseFacts
    from workbench.planning.attribution import Attribution
    from workbench.planning.market import MarketReview
    from workbench.planning.rhythm import Rhythm
    from workbench.planning.rules import Rule


@dataclass(frozen=True, slots=True)
class Review:
    """Step 8 of a case, with the market of steps 5 and 6."""

    audit: Audit
    attribution: Attribution
    rhythm: Rhythm
    rules: tuple[Rule, ...]
    market: tuple[MarketReview, ...]
    """One per security that was sold by force, else per security of the ledger."""
    event: date | None
    """Forced sale, else first crossing of the liquidation line, else of the warning line."""


def review_case(
    desk: Desk, case: str, *, stop_loss: Decimal | None = None, index: str | None = None, sector: str | None = None
) -> Review:
    """Review a case; nothing is saved.

    Args:
        desk: the desk.
        case: name of the case.
        stop_loss: the person's own rule, a fraction below average cost; None: no rule.
        index: code of the market index whose bars were imported into the case.
        sector: code of the sector's index, likewise.

    Raises:
        NotFoundError: no such case.
        UsageError: no statement yet, no bars of an index, or a stop-loss that is not between 0 and 1.
        ReferenceGapError: a date beyond a reference table.
    """
    from workbench.engine.audit import open_account  # noqa: PLC0415  start fast
    from workbench.engine.prices import build_prices  # noqa: PLC0415
    from workbench.planning.attribution import attribute  # noqa: PLC0415
    from workbench.planning.market import Series, review_market  # noqa: PLC0415
    from workbench.planning.rhythm import build_rhythm  # noqa: PLC0415
    from workbench.planning.rules import build_rules  # noqa: PLC0415

    audit, facts, tables = compute_audit(desk, case), read_facts(desk, case), desk.tables()
    for code in (index, sector):
        _must_have(facts, code)
    account = open_account(facts, tables, audit.options)
    prices = build_prices(account)
    rhythm = build_rhythm(audit, account, prices, stop_loss)
    # Days of minute bars count as daily ones where no daily bar stands, as everywhere in the audit.
    series, event = Series(tuple(prices.bars.values()), index, sector), _event(audit)
    return Review(
        audit,
        attribute(audit, account, prices),
        rhythm,
        build_rules(audit, series.bars, rhythm.exposures, stop_loss),
        tuple(review_market(code, series, event, tables) for code in _codes(audit)),
        event,
    )


def _event(audit: Audit) -> date | None:
    return audit.liquidation.started or audit.margin.first_liquidation or audit.margin.first_warning


def _codes(audit: Audit) -> list[str]:
    """Return the securities to look at, sorted."""
    lines = [entry.line for entry in audit.lines if entry.line.code and entry.line.kind in TRADES]
    forced = {line.code for line in lines if line.kind is LineKind.FORCED_SELL or line.id in audit.liquidation.fills}
    return sorted(code for code in (forced or {line.code for line in lines}) if code)


def _must_have(facts: CaseFacts, code: str | None) -> None:
    known = sorted({bar.code for bar in facts.bars})
    if code is None or code in known:
        return
    listed = ", ".join(known) or "-"
    raise UsageError(
        f"the case has no bars of {code}",
        where=f"bars: {listed}",
        next_step="Import them: `workbench import CASE FILE.csv`.",
        what_zh=f"案件中没有 {code} 的行情",
        next_step_zh="请先导入：workbench import 案件 文件.csv。",
    )
