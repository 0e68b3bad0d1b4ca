"""Messages, top-ups and forced sales on the margin timeline; a ratio the other side told beside the computed one.

A message that names no day may speak of the previous close or, late in the day, of the same one: both are tried.
Source: domain specification, sections 6 and 7.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal

from workbench.domain.lines import Line, LineKind
from workbench.domain.margin import Margin, MarginDay, MarginEvent
from workbench.domain.market import Notice, NoticeKind
from workbench.domain.money import ONE, ZERO, grouped, percent
from workbench.engine.account import Account
from workbench.engine.conventions import Position, ratio
from workbench.engine.margin import contract_margin

TOLD = frozenset({NoticeKind.WARNING, NoticeKind.MARGIN_CALL, NoticeKind.LIQUIDATED, NoticeKind.DEPOSIT_CONFIRMED})
SLACK = Decimal("0.0005")
"""Half the last digit of a ratio told with one decimal of a per cent."""
USUAL = "assets_over_debt"
"""What a message means by a ratio where neither it nor the contract says."""
OTHERS = (USUAL, "equity_over_debt", "net_value", "equity_over_margin", "equity_over_assets", "financing_multiple")


def with_events(margin: Margin, account: Account, fills: Sequence[str]) -> Margin:
    """Return the timeline with what happened on it, in order of time.

    Args:
        margin: days with assets, debt and ratio.
        account: ledger, notices and terms.
        fills: ids of the forced fills.
    """
    events = [*_messages(margin, account), *_postings(account, frozenset(fills))]
    return replace(margin, events=tuple(sorted(events, key=lambda event: event.at)))


def _messages(margin: Margin, account: Account) -> Iterator[MarginEvent]:
    for log in account.facts.notice_logs:
        for notice in log.notices:
            if notice.from_client or notice.kind not in TOLD:
                continue
            yield _compared(notice, margin, account)


def _postings(account: Account, fills: frozenset[str]) -> Iterator[MarginEvent]:
    """Yield deposits after the first drawdown and the first forced fill of each day."""
    first = account.replay.principal.first
    days: set[object] = set()
    for line in account.lines:
        if line.kind is LineKind.MARGIN_IN and first is not None and line.date > first:
            yield MarginEvent(_moment(line), "top_up", line=line.id, amount=line.stated)
        elif line.id in fills and line.date not in days:
            days.add(line.date)
            yield MarginEvent(_moment(line), "forced_sale", line=line.id)


def _moment(line: Line) -> datetime:
    return datetime.combine(line.date, line.time or time())


def _compared(notice: Notice, margin: Margin, account: Account) -> MarginEvent:
    event = MarginEvent(notice.at, notice.kind.value, notice=notice, amount=notice.amount, told=notice.ratio)
    days = _days_meant(notice, margin.days)
    if not days:
        return event
    if notice.ratio is None:
        return _assets_compared(event, days) if notice.assets is not None else event
    own = margin.convention if margin.convention not in (None, "absolute") else USUAL
    tried = [
        (convention, day, by_contract, figure)
        for by_contract in (False, True)
        for convention in dict.fromkeys((own or USUAL, *OTHERS))
        for day in days
        if (figure := _ratio(convention, day, account, by_contract=by_contract)) is not None
    ]
    if not tried:
        return event
    told = notice.ratio
    fitting = next((one for one in tried if abs(one[3] - told) <= SLACK), None)
    usual = [one for one in tried if one[0] == tried[0][0] and not one[2]]
    convention, day, by_contract, figure = fitting or min(usual, key=lambda one: abs(one[3] - told))
    agrees = fitting is not None and not by_contract
    zh, en = _ratio_words(told, figure, day.date, agrees=agrees, by_contract=by_contract)
    return replace(
        event, day=day.date, convention=convention, computed=figure, agrees=agrees, by_contract=by_contract,
        text_zh=zh, text_en=en,
    )  # fmt: skip


def _ratio_words(told: Decimal, figure: Decimal, day: date, *, agrees: bool, by_contract: bool) -> tuple[str, str]:
    said, ours = percent(round(told, 4)), percent(round(figure, 4))
    if agrees:
        return f"通知称 {said}，按 {day} 收盘重算一致。", f"The message says {said}; the close of {day} gives the same."
    if by_contract:
        return (
            f"通知称 {said}，只有按合同融资额（而非实际到账额）计算 {day} 收盘才得此数。",
            f"The message says {said}; {day} gives that only on the agreed financing, not on what arrived.",
        )
    return (
        f"通知称 {said}，按 {day} 收盘重算为 {ours}，不一致。",
        f"The message says {said}; the close of {day} gives {ours}.",
    )


def _assets_compared(event: MarginEvent, days: Sequence[MarginDay]) -> MarginEvent:
    told = event.notice.assets if event.notice and event.notice.assets is not None else ZERO
    day = min(days, key=lambda one: abs(one.assets - told))
    agrees = abs(day.assets - told) <= ONE
    zh = f"通知称总资产 {grouped(told)} 元，按 {day.date} 收盘重算为 {grouped(day.assets)} 元。"
    en = f"The message says assets of {grouped(told)}; the close of {day.date} gives {grouped(day.assets)}."
    return replace(event, day=day.date, agrees=agrees, text_zh=zh, text_en=en)


def _days_meant(notice: Notice, days: Sequence[MarginDay]) -> tuple[MarginDay, ...]:
    """Return the days a message may speak of, the likelier first."""
    if notice.as_of is not None:
        return tuple(day for day in days if day.date == notice.as_of and day.state != "unknown")
    told = notice.at.date()
    same = [day for day in days if day.date == told]
    earlier = [day for day in days if day.date < told][-1:]
    return tuple(day for day in (*earlier, *same) if day.state != "unknown")


def _ratio(convention: str, day: MarginDay, account: Account, *, by_contract: bool) -> Decimal | None:
    """Return the account's ratio; ``by_contract`` counts the agreed financing where less of it arrived."""
    stands = account.replay.stands
    financing = next((one.principal for one in reversed(stands) if one.line.date <= day.date), ZERO)
    missing = account.withheld if by_contract else ZERO
    if by_contract and not missing:
        return None
    position = Position(day.assets, day.debt + missing, financing + missing, contract_margin(account))
    return ratio(convention, position)
