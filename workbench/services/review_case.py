"""Gather what a case's review needs from the audit and the facts: rhythm, attribution, rules, market."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from workbench.domain.audit import Audit
from workbench.domain.lines import TRADES, LineKind
from workbench.services.desk import Desk
from workbench.services.plan_fields import Fields
from workbench.services.read_case import read_facts
from workbench.services.remember_plan import NAMES, no_bars, plan_values
from workbench.services.run_audit import compute_audit

if TYPE_CHECKING:
    from workbench.engine.account import Account
    from workbench.engine.facts import CaseFacts
    from workbench.engine.prices import Prices
    from workbench.planning.attribution import Attribution
    from workbench.planning.market import MarketReview, Series
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
    desk: Desk,
    case: str,
    *,
    stop_loss: Decimal | None = None,
    index: str | None = None,
    sector: str | None = None,
    audit: Audit | None = None,
    remembered: bool = True,
) -> Review:
    """Review a case; nothing is saved.

    Args:
        desk: the desk.
        case: name of the case.
        stop_loss: the person's own rule, a fraction below average cost; None: the one remembered, else no rule.
        index: code of the market index whose bars were imported into the case; None: the one remembered, else none.
        sector: code of the sector's index, likewise.
        audit: the audit at hand; None computes it.
        remembered: False leaves out what the person set earlier.

    Raises:
        NotFoundError: no such case.
        UsageError: no statement yet, no bars of an index, or a stop-loss that is not between 0 and 1.
        ReferenceGapError: a date beyond a reference table.
    """
    from workbench.planning.attribution import attribute  # noqa: PLC0415  start fast
    from workbench.planning.rhythm import build_rhythm  # noqa: PLC0415
    from workbench.planning.rules import build_rules  # noqa: PLC0415

    own = Fields(plan_values(desk, case) if remembered else {}, "", NAMES)
    seen = _look(desk, case, audit, index or own.text("index") or None, sector or own.text("sector") or None)
    stop = own.number_or_none("stop_loss") if stop_loss is None else stop_loss
    rhythm = build_rhythm(seen.audit, seen.account, seen.prices, stop)
    return Review(
        seen.audit,
        attribute(seen.audit, seen.account, seen.prices),
        rhythm,
        build_rules(seen.audit, seen.series.bars, rhythm.exposures, stop),
        _market(desk, seen),
        _event(seen.audit),
    )


def review_market(desk: Desk, case: str, *, audit: Audit | None = None) -> tuple[MarketReview, ...]:
    """Return the market around the event for each security, with the index and sector remembered; nothing is saved.

    Raises:
        NotFoundError: no such case.
        UsageError: no statement yet, or no bars of an index.
        ReferenceGapError: a date beyond a reference table.
    """
    own = Fields(plan_values(desk, case), "", NAMES)
    return _market(desk, _look(desk, case, audit, own.text("index") or None, own.text("sector") or None))


@dataclass(frozen=True, slots=True)
class _Seen:
    """A case as the review looks at it."""

    audit: Audit
    account: Account
    prices: Prices
    series: Series


def _look(desk: Desk, case: str, audit: Audit | None, index: str | None, sector: str | None) -> _Seen:
    from workbench.engine.audit import open_account  # noqa: PLC0415  start fast
    from workbench.engine.prices import build_prices  # noqa: PLC0415
    from workbench.planning.market import Series  # noqa: PLC0415

    audit, facts = audit or compute_audit(desk, case), read_facts(desk, case)
    for code in (index, sector):
        _must_have(facts, code)
    account = open_account(facts, desk.tables(), audit.options)
    prices = build_prices(account)
    # Days of minute bars count as daily ones where no daily bar stands, as everywhere in the audit.
    return _Seen(audit, account, prices, Series(tuple(prices.bars.values()), index, sector))


def _market(desk: Desk, seen: _Seen) -> tuple[MarketReview, ...]:
    from workbench.planning.market import review_market as look_at  # noqa: PLC0415  start fast

    event = _event(seen.audit)
    return tuple(look_at(code, seen.series, event, desk.tables()) for code in _codes(seen.audit))


def _event(audit: Audit) -> date | None:
    return audit.liquidation.started or audit.margin.first_liquidation or audit.margin.first_warning


def _codes(audit: Audit) -> list[str]:
    """Return the securities to look at, sorted."""
    lines = [entry.line for entry in audit.lines if entry.line.code and entry.line.kind in TRADES]
    forced = {line.code for line in lines if line.kind is LineKind.FORCED_SELL or line.id in audit.liquidation.fills}
    return sorted(code for code in (forced or {line.code for line in lines}) if code)


def _must_have(facts: CaseFacts, code: str | None) -> None:
    known = sorted({bar.code for bar in facts.bars})
    if code is not None and code not in known:
        raise no_bars(code, known)
