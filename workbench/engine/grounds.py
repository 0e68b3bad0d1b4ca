"""The grounds on which the contract lets the other side sell, and whether each was there when the sale began.

A wrongful sale may still have had another ground, so each is looked at by itself: the line, an unanswered call, one
security beyond its limit, banned securities, trading before funds arrived, the end of the term.
Source: domain specification, sections 3 and 7; the articles' special triggers.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from workbench.domain.findings import Verdict
from workbench.domain.lines import LineKind
from workbench.domain.liquidation import Ground
from workbench.domain.margin import Margin
from workbench.domain.money import ZERO, grouped, percent
from workbench.engine.account import Account
from workbench.engine.banned import banned_purchases
from workbench.engine.margin import SOLD
from workbench.engine.prices import Prices, market_value

SHOWN = 5
"""Purchases named in one sentence."""


def find_grounds(account: Account, prices: Prices, margin: Margin, sold_on: date | None) -> tuple[Ground, ...]:
    """Return every ground the contract names, as it stood on the day of the sale (or ever, where nothing was sold)."""
    found = []
    for ground in (_line(account, margin, sold_on), _emergency(account, margin, sold_on), _maturity(account, sold_on)):
        found += [ground] if ground else []
    found += _concentration(account, prices, sold_on)
    found += _banned(account, sold_on)
    found += _unfunded(account, sold_on)
    return tuple(found)


def _line(account: Account, margin: Margin, sold_on: date | None) -> Ground | None:
    return _crossed(account, margin, sold_on, "line", "liquidation_line", SOLD, ("平仓线", "the liquidation line"))


def _emergency(account: Account, margin: Margin, sold_on: date | None) -> Ground | None:
    states = frozenset({"emergency"})
    return _crossed(
        account, margin, sold_on, "emergency", "emergency_line", states, ("紧急平仓线", "the emergency line")
    )


def _crossed(
    account: Account,
    margin: Margin,
    sold_on: date | None,
    name: str,
    term: str,
    states: frozenset[str],
    words: tuple[str, str],
) -> Ground | None:
    if term not in account.terms:
        return None
    days = [entry for entry in margin.days if sold_on is None or entry.date < sold_on]
    if not days or all(entry.state == "unknown" for entry in days):
        return Ground(
            name, term, Verdict.CANNOT_TELL, f"缺少行情，不知是否触及{words[0]}", f"no prices: {words[1]} unknown"
        )
    last = [entry for entry in days if entry.state in states][-1:]
    if not last:
        return Ground(
            name, term, Verdict.NOT_FOUND, f"此前每日收盘均未触及{words[0]}", f"no close before reached {words[1]}"
        )
    at, assets = last[0].date, grouped(last[0].assets)
    still = last[0] is days[-1]
    zh = f"{at} 收盘总资产 {assets} 元，触及{words[0]}" + ("" if still else "，此后回升")
    en = f"assets {assets} at the close of {at} reached {words[1]}" + ("" if still else " and rose since")
    return Ground(name, term, Verdict.PROVEN if still else Verdict.POSSIBLE, zh, en)


def _maturity(account: Account, sold_on: date | None) -> Ground | None:
    end = account.terms.day("term_end")
    if end is None or sold_on is None:
        return None
    owed = account.replay.before(sold_on)
    due = sold_on > end and owed is not None and owed.principal > ZERO
    zh = f"合同 {end} 到期，" + ("卖出时本金尚未还清" if due else "卖出时尚未到期")
    en = f"the term ended on {end}, " + ("principal was still owed" if due else "after the sale")
    return Ground("maturity", "term_end", Verdict.PROVEN if due else Verdict.NOT_FOUND, zh, en)


def _concentration(account: Account, prices: Prices, sold_on: date | None) -> Iterator[Ground]:
    """Look at the last day before the sale: which security was more than the agreed part of total assets."""
    limit = account.terms.number("single_stock_limit")
    stand = account.replay.before(sold_on) if sold_on else account.replay.stands[-1] if account.replay.stands else None
    if limit is None or stand is None or not stand.shares:
        return
    day = stand.line.date if sold_on is None else max(stand.line.date, account.tables.calendar.previous(sold_on))
    value = market_value(stand.shares, prices, day)
    if value is None:
        yield Ground(
            "concentration", "single_stock_limit", Verdict.CANNOT_TELL, "缺少行情，算不出单票比例", "prices are missing"
        )
        return
    assets = stand.cash + value
    parts = {code: count * (prices.close(code, day) or ZERO) / assets for code, count in stand.shares.items() if assets}
    code, part = max(parts.items(), key=lambda item: item[1])
    over = part > limit
    zh = f"{day} {code} 占总资产 {percent(round(part, 4))}，约定上限 {percent(limit)}"
    en = f"on {day} {code} was {percent(round(part, 4))} of total assets, the limit is {percent(limit)}"
    yield Ground("concentration", "single_stock_limit", Verdict.PROVEN if over else Verdict.NOT_FOUND, zh, en)


def _banned(account: Account, sold_on: date | None) -> Iterator[Ground]:
    """List purchases of securities that the contract bans."""
    found = banned_purchases(account, sold_on)
    if found is None:
        return
    banned, unknown = found
    if banned:
        names = "、".join(
            dict.fromkeys(f"{line.date} {line.code} {line.name or ''}".strip() for line in banned[:SHOWN])
        )
        zh, en = f"买入过禁买证券：{names}", f"banned securities were bought: {names}"
        verdict = Verdict.PROVEN
    elif unknown:
        zh, en = "未见明显的禁买证券，部分品种从名称代码看不出", "none seen, some kinds cannot be told by name or code"
        verdict = Verdict.CANNOT_TELL
    else:
        zh, en = "没有买入禁买证券", "no banned security was bought"
        verdict = Verdict.NOT_FOUND
    yield Ground("banned_security", "banned_securities", verdict, zh, en, tuple(line.id for line in banned))


def _unfunded(account: Account, sold_on: date | None) -> Iterator[Ground]:
    """Purchases for which the cash had not arrived: the running balance below zero after them."""
    early = [
        stand
        for stand in account.replay.stands
        if stand.line.kind is LineKind.BUY and stand.cash < ZERO and (sold_on is None or stand.line.date <= sold_on)
    ]
    if early:
        first = early[0]
        zh = f"{first.line.date} 买入 {first.line.code or ''} 后现金为 {grouped(first.cash)} 元，资金尚未到账"
        en = f"after buying {first.line.code or ''} on {first.line.date} cash stood at {grouped(first.cash)}"
        rows = tuple(stand.line.id for stand in early)
        yield Ground("unfunded", "financing", Verdict.PROVEN, zh, en, rows)
