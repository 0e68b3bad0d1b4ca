"""Sales that may have been forced, for a person to tag: by remark, by message, by pattern. Nothing changes by itself.

No real statement says 强制平仓 in its type column. Source: domain specification, section 7.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import timedelta

from workbench.domain.lines import Line, LineKind
from workbench.domain.liquidation import Proposal
from workbench.domain.margin import Margin
from workbench.domain.market import Notice, NoticeKind
from workbench.engine.account import Account
from workbench.engine.margin import SOLD

SYSTEM_WORDS = ("风控", "强制", "强平", "平仓", "代客", "处置", "违约")
"""Words of a remark that point to somebody else's order; those that settle it were read as forced already."""
DENIED = ("距平仓", "未触及", "避免", "防止", "解除", "高于平仓")
"""Words that say the opposite."""
AFTER_NEWS = timedelta(days=1)
"""A message may tell of a sale on the day it happened or on the next."""
REPAID_WITHIN = timedelta(days=3)

WORDS = {
    "remark": ("摘要写有“{words}”", "its remark says “{words}”"),
    "message_names_it": ("通知点名该证券", "a message names this security"),
    "notice": ("当日有强平通知", "a message tells of a forced sale that day"),
    "below_line": ("当时资产已低于平仓线", "assets stood below the line"),
    "all_at_once": ("当日全部持仓一次卖空", "everything held was sold that day"),
    "repaid_at_once": ("随即归还全部本金", "the whole principal was repaid at once"),
}


def propose_forced(account: Account, margin: Margin) -> tuple[Proposal, ...]:
    """Return the sales that look forced and that nobody tagged, in posting order."""
    found = []
    emptied = _days_emptied(account)
    breached = {entry.date for entry in margin.days if entry.state in SOLD}
    days = [entry.date for entry in margin.days]
    for line in account.of_kind(LineKind.SELL):
        if line.id in account.facts.own_sales:
            continue
        at = bisect_left(days, line.date)
        before = days[at - 1 : at]
        grounds = [*_said(line), *_told(line, account)]
        if line.date in emptied:
            grounds.append("all_at_once")
            grounds += ["repaid_at_once"] if _repaid(line, account) else []
        if line.date in breached or any(day in breached for day in before):
            grounds.append("below_line")
        if _enough(grounds):
            strong = bool({"message_names_it", "notice"} & set(grounds)) or {"remark", "below_line"} <= set(grounds)
            strong = strong or {"all_at_once", "below_line"} <= set(grounds)
            found.append(_proposal(line, grounds, strong=strong))
    return tuple(found)


def _enough(grounds: Sequence[str]) -> bool:
    """Tell whether grounds make a proposal: one direct sign, or two circumstances together."""
    return bool({"remark", "notice", "message_names_it"} & set(grounds)) or len(grounds) > 1


def _proposal(line: Line, grounds: Sequence[str], *, strong: bool) -> Proposal:
    said = "、".join(_words_in(line))
    zh = "；".join(WORDS[ground][0].format(words=said) for ground in grounds)
    en = "; ".join(WORDS[ground][1].format(words=said) for ground in grounds)
    return Proposal(line.id, tuple(grounds), strong, zh, en)


def _words_in(line: Line) -> list[str]:
    text = f"{line.operation} {line.remark}"
    if any(word in text for word in DENIED):
        return []
    return [word for word in SYSTEM_WORDS if word in text]


def _said(line: Line) -> list[str]:
    return ["remark"] if _words_in(line) else []


def _told(line: Line, account: Account) -> Iterator[str]:
    """Yield the signs that messages give: of the day, or naming the security."""
    news = [
        notice
        for log in account.facts.notice_logs
        for notice in log.notices
        if notice.kind is NoticeKind.LIQUIDATED
        and not notice.from_client
        and line.date <= notice.at.date() <= line.date + AFTER_NEWS
    ]
    named = [notice for notice in news if _names(notice, line)]
    if named:
        yield "message_names_it"
    elif any(notice.at.date() == line.date for notice in news):
        yield "notice"


def _names(notice: Notice, line: Line) -> bool:
    return bool(line.code and line.code in notice.text) or bool(line.name and line.name in notice.text)


def _days_emptied(account: Account) -> frozenset[object]:
    """Return the days on which two or more securities were held at the start and none at the end."""
    found = set()
    before: int = 0
    day, held = None, 0
    for stand in account.replay.stands:
        if stand.line.date != day:
            day, before = stand.line.date, held
        held = len(stand.shares)
        if held == 0 and before > 1:
            found.add(day)
        elif held:
            found.discard(day)
    return frozenset(found)


def _repaid(line: Line, account: Account) -> bool:
    closed = account.replay.principal.closed
    return closed is not None and line.date <= closed <= line.date + REPAID_WITHIN
