"""``LIQ-ORDER`` and ``LIQ-CONC``: was the agreed order kept, did a concentration cut stop at the limit.

Source: domain specification, section 7.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from workbench.domain.findings import Verdict
from workbench.domain.lines import Line, LineKind
from workbench.domain.liquidation import LiquidationTest
from workbench.domain.money import ZERO, grouped, percent, plain
from workbench.engine.aftermath import lots_before
from workbench.engine.prices import market_value
from workbench.engine.scene import Scene, day_before, verdict_of

DISCRETION = "financier_discretion"
CONCENTRATION_WORDS = ("集中度", "单票", "单只", "持仓比例", "超比例")


def order_kept(scene: Scene) -> LiquidationTest:
    """``LIQ-ORDER``: codes must first be sold in the agreed order; times prove it, posting order hints.

    A loss is taken in yuan; a sequence that fits only the losses in per cent is left open.
    """
    code = "LIQ-ORDER"
    agreed = scene.account.terms.text("sell_order")
    if not agreed:
        return verdict_of(code, Verdict.NOT_FOUND, "合同没有约定卖出顺序。", "The contract agrees on no order.")
    if agreed == DISCRETION:
        return verdict_of(
            code, Verdict.NOT_FOUND, "合同让对方自行决定顺序。", "The contract leaves the order to the other side."
        )
    criteria = [part.strip().removeprefix("then_").removesuffix("_first") for part in agreed.split(",")]
    sold = _sequence(scene.fills)
    ranks = [_ranks(scene, name) for name in criteria]
    if criteria and not ranks[0]:
        return verdict_of(
            code,
            Verdict.CANNOT_TELL,
            f"卖出顺序“{agreed}”缺少数据，需要人工核对。",
            f"The order “{agreed}” lacks data and needs a person's check.",
        )
    known = [symbol for symbol in sold if all(symbol in reading for reading in ranks[0])]
    if len(known) < 2:  # noqa: PLR2004 - an order needs two
        return verdict_of(code, Verdict.NOT_FOUND, "只卖出一只证券。", "Only one security was sold.")
    text = " → ".join(f"{symbol} ({plain(round(ranks[0][0][symbol], 2))})" for symbol in known)
    if _falls(known, ranks[0][0], ranks[1:]):
        return verdict_of(code, Verdict.NOT_FOUND, f"按约定顺序卖出：{text}", f"sold in the agreed order: {text}")
    if any(_strictly(known, reading) for reading in ranks[0][1:]):
        zh, en = f"按亏损金额不合约定，按亏损比例则合：{text}", f"against the order in yuan, in it by per cent: {text}"
        return verdict_of(code, Verdict.POSSIBLE, zh, en)
    timed = all(fill.time for fill in scene.fills) and len({fill.time for fill in scene.fills}) > 1
    verdict = Verdict.PROVEN if timed else Verdict.POSSIBLE
    return verdict_of(code, verdict, f"未按约定顺序卖出：{text}", f"not sold in the agreed order: {text}")


Reading = dict[str, Decimal]
"""Security -> what the criterion ranks it by, the highest first."""


def _falls(known: list[str], first: Reading, later: list[list[Reading]]) -> bool:
    """Tell whether a sequence never rises by the criterion; ties go by the next one where it has data."""
    for one, other in pairwise(known):
        if first[one] == first[other]:
            tied = [reading[0] for reading in later if reading and one in reading[0] and other in reading[0]]
            if tied and tied[0][one] < tied[0][other]:
                return False
        elif first[one] < first[other]:
            return False
    return True


def _strictly(known: list[str], reading: Reading) -> bool:
    return all(reading[one] > reading[other] for one, other in pairwise(known))


def _ranks(scene: Scene, criterion: str) -> list[Reading]:
    """Return the ways to read one criterion; empty where the data do not tell."""
    lots, day = lots_before(scene.account.lines, scene.day), day_before(scene) or scene.day
    value = {
        code: lot.quantity * price for code, lot in lots.items() if (price := scene.prices.close(code, day)) is not None
    }
    loss = {code: lots[code].cost - amount for code, amount in value.items()}
    part = {code: loss[code] / lots[code].cost for code in loss if lots[code].cost}
    if criterion in ("largest_loss", "smallest_loss", "largest_profit"):
        sign = 1 if criterion == "largest_loss" else -1
        return [{code: sign * figure for code, figure in reading.items()} for reading in (loss, part)]
    if criterion in ("largest_value", "smallest_value"):
        sign = 1 if criterion == "largest_value" else -1
        return [{code: sign * amount for code, amount in value.items()}]
    if criterion == "most_liquid":
        bars = {code: scene.prices.bar(code, day) for code in lots}
        turnover = {code: bar.amount or bar.volume * bar.close for code, bar in bars.items() if bar is not None}
        return [turnover] if len(turnover) == len(lots) else []
    if criterion in ("first_bought", "last_bought"):
        bought: dict[str, Decimal] = {}
        for at, line in enumerate(scene.account.of_kind(LineKind.BUY)):
            if line.code:
                bought.setdefault(line.code, Decimal(at))
        sign = -1 if criterion == "first_bought" else 1
        return [{code: sign * at for code, at in bought.items() if code in lots}]
    return []


def _sequence(fills: tuple[Line, ...]) -> list[str]:
    ordered = sorted(enumerate(fills), key=lambda item: (item[1].date, str(item[1].time or ""), item[0]))
    return list(dict.fromkeys(fill.code for _, fill in ordered if fill.code))


def concentration_cut(scene: Scene) -> LiquidationTest:
    """``LIQ-CONC``: a cut for concentration may not sell more than the limit requires."""
    code = "LIQ-CONC"
    limit = scene.account.terms.number("single_stock_limit")
    cuts = [fill for fill in scene.fills if any(word in fill.remark for word in CONCENTRATION_WORDS)]
    if limit is None or not cuts:
        return verdict_of(
            code, Verdict.NOT_FOUND, "没有因持仓集中而卖出。", "Nothing was sold because of concentration."
        )
    day = day_before(scene) or scene.day
    value = market_value(scene.before.shares, scene.prices, day)
    if value is None:
        return verdict_of(code, Verdict.CANNOT_TELL, "缺少行情。", "Prices are missing.")
    allowed = limit * (scene.before.cash + value)
    for symbol in {fill.code for fill in cuts if fill.code}:
        price = scene.prices.close(symbol, day) or ZERO
        need = max(ZERO, scene.before.shares.get(symbol, ZERO) * price - allowed)
        sold = sum(((fill.quantity or ZERO) * price for fill in cuts if fill.code == symbol), ZERO)
        zh = f"{symbol} 超出单票上限 {percent(limit)} 的部分为 {grouped(need)} 元，卖出 {grouped(sold)} 元"
        en = f"{symbol} exceeded the limit of {percent(limit)} by {grouped(need)}, {grouped(sold)} was sold"
        if sold > need + price * 100:
            return verdict_of(code, Verdict.PROVEN, zh + "。", en + ".")
    return verdict_of(code, Verdict.NOT_FOUND, "卖出未超过上限所需。", "No more was sold than the limit required.")
