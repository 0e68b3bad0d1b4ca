"""The parts of a loss add up to the cent: by hand, on random ledgers, and on every sample case."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engine.worlds import Book, D
from tests.planning.test_rhythm import FALL, LINES, sold_out
from tests.planning.worlds import CODE, Reviewed, closes, reviewed, weekdays
from workbench.domain.counterfactual import Counterfactual
from workbench.domain.findings import Verdict
from workbench.domain.lines import LineKind
from workbench.planning.attribution import Attribution, chosen
from workbench.planning.events import total_change
from workbench.services.create_case import create_case
from workbench.services.import_documents import import_documents
from workbench.services.review_case import review_case
from workbench.wiring import open_desk

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "cases"
PRICE_PARTS = ("realised", "forced_fills", "forced_sale", "later_trades", "unrealised")


def adds_up(found: Attribution) -> bool:
    """Tell whether parts and change agree with the settlement to the cent."""
    parts = sum(part.amount for part in found.parts if part.amount is not None)
    return parts == found.change == found.left + found.taken_out - found.paid_in


def lent(found: Attribution) -> bool:
    """Tell whether own and borrowed money share exactly what the prices did."""
    prices = sum(found.amount(code) for code in PRICE_PARTS)
    return found.leverage is None or found.leverage.own_money + found.leverage.borrowed == prices


def test_a_forced_sale_by_hand() -> None:
    """40,000 bought at 10 and sold by force at 9; 2,000 bought at 9 after the warning and sold at 9."""
    found = sold_out().attribution()
    assert adds_up(found)
    assert lent(found)
    assert found.warned == date(2025, 1, 8)
    forced = found.amount("forced_fills") + found.amount("forced_sale")
    assert (forced, found.amount("later_trades"), found.amount("realised")) == (D(-40000), D(0), D(0))
    # Commission 0.03 % of 400,000, of 18,000 and of 378,000; stamp duty 0.05 % of the sale; transfer fee 0.001 %.
    assert found.amount("trade_fees") == -(D(120) + D("5.40") + D("113.40") + D(189) + D(4) + D("0.18") + D("3.78"))
    assert found.amount("misbooked") == 0


def test_leverage_is_the_borrowed_part_of_the_same_moves() -> None:
    """Seed 003: at five to one a fall costs five times what it costs with own money only."""
    book = Book().opened().trade("2025-01-03", LineKind.BUY, CODE, 40000, "10")
    book.trade("2025-01-13", LineKind.SELL, CODE, 40000, "9")
    leverage = reviewed(book, LINES, closes(FALL)).attribution().leverage
    assert leverage is not None
    assert leverage.own_money + leverage.borrowed == D(-40000)
    assert round(leverage.own_money / D(-40000), 1) == D("0.2")


def test_interest_fees_and_what_the_contract_does_not_allow() -> None:
    book = Book().opened().trade("2025-01-03", LineKind.BUY, CODE, 1000, "10")
    book.interest("2025-02-02", "7440.00", "2025-01-02", "2025-02-02").post("2025-02-03", LineKind.OTHER_FEE, "-300")
    found = reviewed(book, bars=closes(["10"] * 30)).attribution()
    parts = {part.code: part for part in found.parts}
    assert (parts["interest"].amount, parts["interest"].disputed) == (D(-7440), D(1240))
    assert (parts["fees"].amount, parts["fees"].disputed) == (D(-300), D(300))
    assert adds_up(found)


def test_proceeds_that_were_never_credited_are_a_wrong_booking_and_no_price() -> None:
    book = Book().opened().trade("2025-01-03", LineKind.BUY, CODE, 1000, "10")
    book.trade("2025-01-06", LineKind.SELL, CODE, 1000, "10", net="0")
    found = reviewed(book).attribution()
    parts = {part.code: part for part in found.parts}
    assert parts["misbooked"].amount == D("-9989.90")
    assert parts["misbooked"].disputed == D("9989.90")
    assert (parts["realised"].amount, adds_up(found)) == (D(0), True)


def test_without_a_priced_estimate_the_forced_sale_cannot_be_told() -> None:
    book = Book().opened().trade("2025-01-03", LineKind.BUY, CODE, 40000, "10")
    book.trade("2025-01-13", LineKind.FORCED_SELL, CODE, 40000, "9")
    found = reviewed(book, LINES).attribution()
    part = next(part for part in found.parts if part.code == "forced_sale")
    assert (part.amount, found.otherwise) == (None, None)
    assert (found.amount("forced_fills"), adds_up(found)) == (D(-40000), True)


def _row(theory: str, price: str, verdict: Verdict | None, otherwise: str | None = "110") -> Counterfactual:
    amount = None if otherwise is None else D(otherwise)
    return Counterfactual(theory, "LIQ-GRACE", verdict, price, date(2025, 1, 13), D(100), amount, "")


def test_the_best_supported_estimate_with_a_fair_price_is_chosen() -> None:
    possible = _row("waited", "close", Verdict.POSSIBLE)
    proven = _row("kept", "close", Verdict.PROVEN)
    assert chosen([possible, proven]) == proven
    assert chosen([_row("waited", "close", Verdict.PROVEN), _row("waited", "vwap", Verdict.PROVEN)]) == _row(
        "waited", "vwap", Verdict.PROVEN
    )
    unfit = [
        _row("kept", "highest", Verdict.PROVEN),
        _row("only_needed", "close", Verdict.NOT_FOUND),
        _row("waited", "vwap", Verdict.PROVEN, None),
        _row("kept", "close", None),
    ]
    assert chosen(unfit) is None


def test_the_estimate_only_moves_money_between_two_parts() -> None:
    case = sold_out()
    without = replace(case.audit, liquidation=replace(case.audit.liquidation, otherwise=()))
    row = _row("waited", "vwap", Verdict.PROVEN)
    moved = replace(case.audit, liquidation=replace(case.audit.liquidation, otherwise=(row,)))
    before = Reviewed(without, case.account, case.prices).attribution()
    after = Reviewed(moved, case.account, case.prices).attribution()
    assert after.amount("forced_sale") == -10
    assert after.amount("forced_fills") == before.amount("forced_fills") + 10
    assert adds_up(before)
    assert adds_up(after)


DAYS = weekdays("2025-01-02", 9)
MOVES = st.tuples(
    st.integers(1, 8),
    st.sampled_from(
        [
            "buy", "sell", "forced", "interest", "fee", "penalty", "late", "deposit", "payout", "dividend", "adjust",
            "wrong", "twice", "unknown_price",
        ]
    ),
    st.sampled_from([CODE, "000001"]),
    st.integers(1, 50),
    st.integers(500, 2000),
)  # fmt: skip
KINDS = {
    "interest": (LineKind.INTEREST, -1),
    "fee": (LineKind.MANAGEMENT_FEE, -1),
    "penalty": (LineKind.BREACH_PENALTY, -1),
    "late": (LineKind.LATE_FEE, -1),
    "deposit": (LineKind.MARGIN_IN, 1),
    "payout": (LineKind.MARGIN_OUT, -1),
    "dividend": (LineKind.DIVIDEND, 1),
    "adjust": (LineKind.ADJUSTMENT, -1),
}
SIDES = {"sell": LineKind.SELL, "forced": LineKind.FORCED_SELL}


def random_book(moves: list[tuple[int, str, str, int, int]]) -> Book:
    """Write any ledger: wrong nets, rows twice, sales of what was never bought, trades without a price."""
    book = Book().opened()
    for at, what, code, lots, price in sorted(moves, key=lambda move: move[0]):
        when, each = DAYS[at].isoformat(), Decimal(price) / 100
        if what in KINDS:
            kind, sign = KINDS[what]
            book.post(when, kind, str(sign * each * lots))
        elif what == "unknown_price":
            book.post(when, LineKind.SELL, str(each * lots), code=code)
        else:
            side = SIDES.get(what, LineKind.BUY)
            more = {"net": str(-each * lots)} if what == "wrong" else {}
            for _ in range(2 if what == "twice" else 1):
                book.trade(when, side, code, lots * 100, str(each), serial=str(len(moves)), **more)
    return book


@given(st.lists(MOVES, max_size=12))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_parts_of_any_ledger_add_up_to_the_cent(moves: list[tuple[int, str, str, int, int]]) -> None:
    case = reviewed(random_book(moves), LINES, closes(FALL))
    found = case.attribution()
    assert adds_up(found)
    assert lent(found)
    assert sum(phase.change for phase in case.rhythm().phases) == total_change(case.audit)


def _folders() -> Iterator[tuple[str, str, list[Path]]]:
    """Yield name, kind and files of the packaged samples and of the acceptance cases beside this checkout."""
    for inputs in sorted((ROOT / "sample_cases").glob("*/inputs")):
        kind = "broker_margin" if inputs.parent.name.startswith("broker") else "off_exchange"
        yield inputs.parent.name, kind, sorted(inputs.iterdir())
    for truth in sorted(SHARED.glob("*/truth.json")):
        kind = json.loads(truth.read_text(encoding="utf-8"))["kind"]
        yield truth.parent.name, kind, sorted(path for path in truth.parent.iterdir() if path != truth)


@pytest.mark.parametrize(("name", "kind", "files"), [pytest.param(*one, id=one[0]) for one in _folders()])
def test_every_case_adds_up_to_the_cent(name: str, kind: str, files: list[Path], tmp_path: Path) -> None:
    desk = open_desk(tmp_path / "home")
    create_case(desk, name, kind)
    import_documents(desk, name, files)
    found = review_case(desk, name, stop_loss=D("0.08"))
    desk.close()
    assert adds_up(found.attribution)
    assert lent(found.attribution)
    assert sum(phase.change for phase in found.rhythm.phases) == found.attribution.change
    contracted = found.audit.bases["as_contracted"]
    unbooked = contracted.money_in - found.audit.bases["as_stated"].money_in
    assert found.attribution.disputed == contracted.settlement - found.attribution.left - unbooked
    assert all(rule.figure is not None or rule.needs_zh for rule in found.rules)
