"""Figures and words of a recognised table: repaired where arithmetic or vocabulary leave one way, else listed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from tests.intake.statements.ledger import expected, make_ledger, table
from workbench.domain.lines import LineKind, Statement
from workbench.domain.source import Box
from workbench.intake import statements
from workbench.intake.layouts import load_layouts
from workbench.intake.recognition.figures import figures
from workbench.intake.recognition.words import nearest
from workbench.readers.model import Cell, Row, TableDocument

LEDGER = make_ledger(16, seed=5)
ROWS = table(LEDGER)
TITLES = ROWS[0]
SURE = 0.99
Change = tuple[int, str, str, float]
"""(row, title, text as recognised, confidence)."""


def read(
    monkeypatch: pytest.MonkeyPatch, changes: Sequence[Change] = (), rows: Sequence[Sequence[str]] = ROWS
) -> Statement:
    wrong = {(row, rows[0].index(title)): (text, sure) for row, title, text, sure in changes}
    made = []
    for number, texts in enumerate(rows):
        cells = []
        for at, text in enumerate(texts):
            shown, sure = wrong.get((number, at), (text, SURE))
            box = Box(at * 50.0, number * 12.0, at * 50.0 + 40, number * 12.0 + 9)
            cells.append(Cell(shown, box if shown else None, None, sure if shown else None))
        made.append(Row(tuple(cells), number + 1, 1, Box(0, number * 12.0, 700, number * 12.0 + 9)))
    document = TableDocument("pdf", tuple(made), pages=1)
    monkeypatch.setattr(statements, "read_table", lambda _data, _name: document)
    return statements.read_statement(b"", "scan.pdf", "0" * 64, load_layouts(None))


def told(statement: Statement, reason: str) -> list[str]:
    return [issue.detail for issue in statement.issues if issue.reason == reason]


def index_of(kind: str, after: int = 2) -> int:
    return next(at for at, entry in enumerate(LEDGER, 1) if at > after and entry.kind == kind)


def test_a_clean_scan_is_proven_and_carries_its_confidence(monkeypatch: pytest.MonkeyPatch) -> None:
    statement = read(monkeypatch)
    assert [(line.date, line.kind.value, line.stated) for line in statement.lines] == expected(LEDGER)
    assert all("balance" in line.proofs for line in statement.lines)
    assert {line.confidence for line in statement.lines} == {Decimal("0.99")}
    assert not statement.issues


BALANCE = ROWS[6][TITLES.index("资金余额")]
MISREADINGS = [
    BALANCE.replace("0", "O", 1) if "0" in BALANCE else BALANCE[0] + " " + BALANCE[1:],
    BALANCE.replace("1", "l", 1) if "1" in BALANCE else "I" + BALANCE,
    BALANCE.replace(".", "，"),
    BALANCE.replace(".", "。"),
    BALANCE.replace(".", ""),
    f"{BALANCE[:-6]}.{BALANCE[-6:]}",
]


@pytest.mark.parametrize("text", MISREADINGS)
def test_letters_and_marks_in_a_balance_are_repaired_where_the_chain_closes(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    statement = read(monkeypatch, [(6, "资金余额", text, 0.8)])
    lines = [(line.date, line.kind.value, line.stated) for line in statement.lines]
    if told(statement, "ocr_repaired"):
        assert statement.lines[5].balance == Decimal(BALANCE)
        assert "repaired" in statement.lines[5].proofs
        assert "余额链" in told(statement, "ocr_repaired")[0]
        assert "0.80" in told(statement, "ocr_repaired")[0]
    else:
        assert any(issue.source.row == 7 for issue in statement.issues)
    assert lines == expected(LEDGER)


@pytest.mark.parametrize("change", ["point", "minus", "zeros", "letters"])
def test_a_misread_amount_is_repaired(change: str, monkeypatch: pytest.MonkeyPatch) -> None:
    row = index_of("buy")
    text = ROWS[row][TITLES.index("发生金额")]
    wrong = {
        "point": text.replace(".", ""),
        "minus": text.lstrip("-"),
        "zeros": text[:2] + text[1:],
        "letters": text.replace("1", "l").replace("5", "S").replace("0", "o"),
    }[change]
    statement = read(monkeypatch, [(row, "发生金额", wrong, 0.7)])
    line = statement.lines[row - 1]
    assert (line.stated, line.kind) == (Decimal(text), LineKind.BUY)
    assert {"balance", "net"} <= line.proofs
    assert not [issue for issue in statement.issues if issue.reason not in {"ocr_repaired", "ocr_doubt"}]


def test_a_repair_says_what_was_read_where_and_how_surely(monkeypatch: pytest.MonkeyPatch) -> None:
    row = index_of("buy")
    text = ROWS[row][TITLES.index("成交金额")]
    statement = read(monkeypatch, [(row, "成交金额", text.replace(".", ""), 0.61)])
    (issue,) = [issue for issue in statement.issues if issue.reason == "ocr_repaired"]
    assert issue.detail.startswith(f"成交金额: {text.replace('.', '')} → {text}")
    assert "0.61" in issue.detail
    assert issue.source.page == 1
    assert issue.source.box == Box(6 * 50.0, row * 12.0, 6 * 50.0 + 40, row * 12.0 + 9)


def test_a_doubtful_digit_is_repaired_a_sure_one_is_the_platforms_own(monkeypatch: pytest.MonkeyPatch) -> None:
    last = len(LEDGER)
    text = ROWS[last][TITLES.index("资金余额")]
    wrong = text[:-2] + {"0": "8", "5": "6", "8": "3"}.get(text[-2], "0" if text[-2] in "689" else "9") + text[-1]
    doubtful = read(monkeypatch, [(last, "资金余额", wrong, 0.5)])
    sure = read(monkeypatch, [(last, "资金余额", wrong, 0.99)])
    assert sure.lines[-1].balance == Decimal(wrong)
    assert told(sure, "balance_gap")
    assert not told(sure, "ocr_repaired")
    assert doubtful.lines[-1].balance in {Decimal(text), Decimal(wrong)}
    assert any(issue.source.row == last + 1 for issue in doubtful.issues)


def test_the_platforms_own_wrong_balance_is_not_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [list(row) for row in ROWS]
    at = TITLES.index("资金余额")
    for row in range(6, len(rows)):  # the book itself loses 1,000 yuan and goes on from there
        rows[row][at] = str(Decimal(rows[row][at]) - 1000)
    statement = read(monkeypatch, rows=rows)
    assert len(told(statement, "balance_gap")) == 1
    assert not told(statement, "ocr_repaired")


def test_a_figure_that_two_readings_fit_stays_a_question(monkeypatch: pytest.MonkeyPatch) -> None:
    row = index_of("buy")
    changes = [(row, "发生金额", "§§", 0.2), (row, "资金余额", "l", 0.2)]
    statement = read(monkeypatch, changes)
    assert not told(statement, "ocr_repaired")
    assert any(issue.source.row == row + 1 for issue in statement.issues)


def test_without_a_balance_what_nothing_proves_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    drop = TITLES.index("资金余额")
    rows = [[text for at, text in enumerate(row) if at != drop] for row in ROWS]
    row = index_of("interest")
    statement = read(monkeypatch, [(row, "发生金额", rows[row][TITLES.index("发生金额")], 0.72)], rows)
    moves = sum(entry.kind not in {"buy", "sell", "forced_sell"} for entry in LEDGER)
    assert len(told(statement, "ocr_unproven")) == moves - 1
    (doubt,) = told(statement, "ocr_doubt")
    assert "0.72" in doubt


def test_words_go_back_to_the_only_word_they_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    row = index_of("buy")
    statement = read(monkeypatch, [(row, "业务名称", "证券买人", 0.97), (0, "资金余额", "资金佘额", 0.97)])
    assert statement.lines[row - 1].kind is LineKind.BUY
    assert {"资金佘额 → 资金余额", "证券买人 → 证券买入"} == {
        detail.split("（")[0] for detail in told(statement, "ocr_repaired")
    }


def test_the_side_of_a_trade_is_never_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    row = index_of("buy")
    statement = read(monkeypatch, [(row, "业务名称", "证券□人", 0.3)])
    assert statement.lines[row - 1].kind is LineKind.UNKNOWN
    assert told(statement, "unknown_operation")
    assert nearest("证券买口", ["证券买入", "证券买出"], doubtful=True) is None


def test_misread_dates(monkeypatch: pytest.MonkeyPatch) -> None:
    day = ROWS[5][0]
    mended = read(monkeypatch, [(5, "日期", day.replace("0", "O"), 0.6)])
    assert mended.lines[4].date == LEDGER[4].day
    assert day in told(mended, "ocr_repaired")[0]
    listed = read(monkeypatch, [(5, "日期", "2025-13-41", 0.6)])
    assert told(listed, "bad_date")
    assert len(listed.lines) == len(LEDGER) - 1


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1O0.5O", "100.50"), ("463.760.63", "463760.63"), ("1,234，56", "1234.56"), ("12。50", "12.50"),
        ("l2.50", "12.50"),
        ("100000", "1000.00"), ("-1 234.56", "-1234.56"), ("(1.234.56)", "1234.56"), ("300 3", "300.00"),
    ],
)  # fmt: skip
def test_what_a_text_may_have_been(text: str, value: str) -> None:
    assert Decimal(value) in {figure.value for figure in figures(text, 0.99, decimals=(2, 0))}


@pytest.mark.parametrize("text", ["", "备注", "第3期利息结算", "12345678901234567890"])
def test_what_is_no_figure(text: str) -> None:
    assert figures(text, 0.5, decimals=(2,)) == ()
