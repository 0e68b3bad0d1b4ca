"""Step 6: what is left, what it can lose, where the line is reached, in which order to reduce it, and its market."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.domain.money import plain, price_text
from workbench.errors import WorkbenchError
from workbench.planning.notes import ARITHMETIC
from workbench.tui.presenters import market
from workbench.tui.presenters.base import (
    DASH,
    Cell,
    Column,
    Row,
    Words,
    day,
    money,
    one_line,
    pick,
    signed,
)
from workbench.tui.presenters.parts import UNKNOWN, Part, known, share

if TYPE_CHECKING:
    from workbench.domain.liquidation import Holding
    from workbench.planning.market import MarketReview
    from workbench.planning.stress import Outcome
    from workbench.services.assess_risk import RiskReview
    from workbench.tui.state import CaseView

LEFT = Part(
    "left",
    (
        Column("residual.security", 14, flex=1),
        Column("residual.quantity", 8, right=True),
        Column("residual.cost", 8, right=True, needs=88),
        Column("residual.price", 8, right=True),
        Column("residual.value", 13, right=True),
        Column("residual.unrealised", 12, right=True, needs=76),
        Column("residual.at_line", 8, right=True),
    ),
)
LOSS = Part(
    "loss",
    (
        Column("residual.measure", 20, flex=1),
        Column("residual.amount", 13, right=True),
        Column("residual.beyond", 13, right=True),
        Column("residual.share", 8, right=True),
    ),
)
STRESS = Part(
    "stress",
    (
        Column("residual.scenario", 20, flex=1),
        Column("residual.lost", 12, right=True),
        Column("residual.assets", 13, right=True),
        Column("residual.shortfall", 12, right=True, needs=84),
        Column("residual.reached", 10),
    ),
)
REDUCE = Part(
    "reduce",
    (
        Column("residual.order", 4, right=True),
        Column("residual.security", 10, flex=1),
        Column("residual.sell", 9, right=True),
        Column("residual.value", 14, right=True),
        Column("residual.days", 6, right=True),
        Column("residual.share", 8, right=True),
    ),
)
PARTS = (LEFT, LOSS, STRESS, REDUCE, market.MARKET)
REACHED = {True: ("‼", "bad"), False: ("✓", "good"), None: (UNKNOWN, "muted")}
BACKTEST = "backtest"


@dataclass(frozen=True, slots=True)
class Residual:
    """What is left, with its market."""

    risk: RiskReview
    market: tuple[MarketReview, ...]
    market_problem: WorkbenchError | None
    """Why there is no market; None where there is one."""

    @property
    def empty(self) -> bool:
        """True where nothing is held any more, or nothing was sold by force."""
        return self.risk.snapshot is None or not self.risk.snapshot.holdings


def rows(part: Part, view: CaseView, found: Residual | None, words: Words) -> tuple[Row, ...]:  # noqa: ARG001  one signature for all views
    """Return the rows of a part."""
    if found is None:
        return ()
    if part is market.MARKET:
        return market.market_rows(found.market, words)
    makers = {"left": _left, "loss": _loss, "stress": _stress, "reduce": _reduce}
    return () if found.empty else tuple(makers[part.name](found.risk, words))


def _left(risk: RiskReview, words: Words) -> Iterator[Row]:  # noqa: ARG001  one signature for all parts
    for one in risk.snapshot.holdings if risk.snapshot else ():
        prices = [DASH if value is None else price_text(value) for value in (one.cost, one.price)]
        line = DASH if one.liquidation_price is None else price_text(one.liquidation_price)
        cells = (
            Cell(name_of(one), "strong"),
            Cell(plain(one.quantity)),
            *(Cell(price) for price in prices),
            Cell(known(one.value)),
            Cell(DASH if one.unrealised is None else signed(one.unrealised)),
            Cell(line),
        )
        yield Row(one.code, cells)


def name_of(one: Holding) -> str:
    """Name a security by code and name."""
    return one_line(f"{one.code} {one.name}".strip())


def _loss(risk: RiskReview, words: Words) -> Iterator[Row]:
    for one in risk.measures:
        name = words(f"residual.{one.method}", confidence=share(one.confidence), days=one.horizon)
        amounts = (Cell(money(one.value_at_risk), "strong"), Cell(money(one.expected_shortfall)), Cell(""))
        yield Row(one.method, (Cell(name), *amounts))
    if risk.backtest is not None:
        tested = risk.backtest
        name = words("residual.backtest", exceeded=len(tested.exceedances), days=tested.days)
        sign, tone = ("!", "warn") if tested.rejected else ("✓", "good")
        yield Row(BACKTEST, (Cell(f"{sign} {name}", tone), Cell(""), Cell(""), Cell("")))
    if risk.contributions:
        yield Row("head:parts", (Cell(words("residual.parts")), Cell(str(len(risk.contributions)))), heading=True)
    for part in risk.contributions:
        cells = (Cell(f"  {part.code}"), Cell(money(part.component)), Cell(""), Cell(share(part.share)))
        yield Row(f"part:{part.code}", cells)


def _stress(risk: RiskReview, words: Words) -> Iterator[Row]:
    for at, one in enumerate(risk.stress):
        sign, tone = REACHED[one.reached]
        cells = (
            Cell(pick(words, one.scenario.text_zh, one.scenario.text_en)),
            Cell(known(one.loss)),
            Cell(known(one.assets)),
            Cell(known(one.shortfall) if one.shortfall is None or one.shortfall else "", "bad"),
            Cell(f"{sign} {word(one, words)}", tone),
        )
        yield Row(str(at), cells)


def word(one: Outcome, words: Words) -> str:
    """Say whether a scenario reaches the line."""
    return words({True: "residual.breached", False: "residual.above", None: "residual.unknown"}[one.reached])


def _reduce(risk: RiskReview, words: Words) -> Iterator[Row]:  # noqa: ARG001
    shares = {one.code: one.share for one in risk.contributions}
    for at, sale in enumerate(risk.reduction.sales if risk.reduction else (), 1):
        cells = (
            Cell(str(at)),
            Cell(sale.code, "strong"),
            Cell(f"{sale.quantity:,}"),
            Cell(money(sale.value)),
            Cell(UNKNOWN if sale.days is None else str(sale.days)),
            Cell(share(shares.get(sale.code))),
        )
        yield Row(sale.code, cells)


def summary(part: Part, view: CaseView, found: Residual | None, words: Words) -> str:
    """Say what is left and how far it is from the line."""
    if found is None:
        return ""
    if part is market.MARKET:
        return market.market_summary(view.plan, words)
    after = found.risk.snapshot
    if found.empty or after is None:
        return ""
    if part is REDUCE and found.risk.reduction is not None:
        return words("residual.reduce.summary", sum=money(found.risk.reduction.wanted))
    fall = UNKNOWN if after.fall is None else share(after.fall)
    return words(
        "residual.summary", exposure=known(after.exposure), day=day(after.day), debt=money(after.debt), fall=fall
    )


def notes(part: Part, view: CaseView, found: Residual | None, words: Words) -> tuple[Cell, ...]:  # noqa: ARG001
    """Say what could not be told and why, and what must not be done."""
    lines: list[Cell] = []
    if found is not None and part is market.MARKET:
        lines += [Cell(f"? {found.market_problem.text(words.lang)}", "warn")] if found.market_problem else []
    elif found is not None:
        lines += [Cell(f"? {words('residual.cannot', why=one.text(words.lang))}", "warn") for one in found.risk.missing]
    return (*lines, Cell(pick(words, ARITHMETIC.text_zh, ARITHMETIC.text_en), "muted"))


def nothing(part: Part, found: Residual | None, words: Words) -> str:
    """Return the sentence of an empty part."""
    if found is None:
        return ""
    if part is market.MARKET:
        return words("residual.market.empty")
    return words("residual.nothing") if found.empty else words("residual.untold")
