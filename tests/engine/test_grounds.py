"""Grounds for a sale that the contract gives, each as it stood when the sale began."""

from __future__ import annotations

from tests.engine.test_liquidation import SALE, TERMS, bars, ledger
from tests.engine.worlds import Book, audit
from workbench.domain.findings import Verdict
from workbench.domain.lines import LineKind
from workbench.domain.liquidation import Ground
from workbench.domain.terms import TermValue

BUY = LineKind.BUY


def grounds(book: Book, price: str = "9.5", **terms: TermValue) -> dict[str, Ground]:
    found = audit(book, {**TERMS, **terms}, bars=bars(price)).liquidation.grounds
    return {ground.name: ground for ground in found}


def test_the_line_was_or_was_not_reached_at_a_close_before_the_sale() -> None:
    assert grounds(ledger("9.5"))["line"].verdict is Verdict.NOT_FOUND
    reached = grounds(ledger("8.5"), "8.5")["line"]
    assert reached.verdict is Verdict.PROVEN
    assert "2025-01-14" in reached.why_zh


def test_one_security_beyond_the_agreed_part_is_a_ground_of_its_own() -> None:
    found = grounds(ledger("9.5"), single_stock_limit="0.5")["concentration"]
    assert found.verdict is Verdict.PROVEN
    assert "600001" in found.why_zh
    assert grounds(ledger("9.5"), single_stock_limit="0.9")["concentration"].verdict is Verdict.NOT_FOUND
    assert "concentration" not in grounds(ledger("9.5"))


def banned(name: str | None, code: str = "600003", kinds: tuple[str, ...] = ("ST", "delisting")) -> Ground:
    book = ledger("9.5").trade(SALE, BUY, code, 100, "2", serial="9", name=name)
    return grounds(book, banned_securities=kinds)["banned_security"]


def test_a_banned_purchase_is_named_and_an_unprinted_name_is_not_guessed() -> None:
    found = banned("*ST某某")
    assert (found.verdict, found.lines) == (Verdict.PROVEN, ("S1.5",))
    assert banned(None).verdict is Verdict.CANNOT_TELL


def test_a_board_is_told_by_its_code() -> None:
    assert banned("某某股份", "300001", ("chinext",)).verdict is Verdict.PROVEN
    assert banned("某某股份", "600003", ("chinext",)).verdict is Verdict.NOT_FOUND


def test_trading_before_the_funds_arrived() -> None:
    early = Book().post("2025-01-02", LineKind.MARGIN_IN, "100000")
    early.trade("2025-01-03", BUY, "600001", 20000, "10", serial="1")
    early.post("2025-01-06", LineKind.DRAWDOWN, "400000")
    early.trade(SALE, LineKind.FORCED_SELL, "600001", 20000, "9.5", serial="2")
    found = grounds(early)["unfunded"]
    assert (found.verdict, found.lines) == (Verdict.PROVEN, ("S1.2",))
    assert "unfunded" not in grounds(ledger("9.5"))


def test_the_end_of_the_term_counts_only_while_principal_is_owed() -> None:
    assert grounds(ledger("9.5"), term_end="2025-01-10")["maturity"].verdict is Verdict.PROVEN
    assert grounds(ledger("9.5"), term_end="2025-02-10")["maturity"].verdict is Verdict.NOT_FOUND


def test_the_penalty_for_a_banned_purchase_stands_only_with_the_purchase() -> None:
    terms: dict[str, TermValue] = {**TERMS, "breach_penalty": "0.05", "breach_base": "margin"}

    def codes(name: str) -> set[str]:
        book = Book().opened().trade("2025-01-03", BUY, "600003", 100, "2", serial="1", name=name)
        book.post("2025-01-06", LineKind.BREACH_PENALTY, "-5000")
        return {one.code for one in audit(book, {**terms, "banned_securities": ("ST",)}).findings}

    assert "PEN-BREACH" not in codes("*ST某某")
    assert "PEN-BREACH" in codes("某某股份")
