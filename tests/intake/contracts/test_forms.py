"""Labels and values that only stand in columns are read as rows, wrapped cells with them, and keep their places."""

from __future__ import annotations

from workbench.domain.source import Box
from workbench.intake.clauses.forms import with_forms
from workbench.intake.contracts import contract_from
from workbench.readers.model import TextDocument, TextLine, Word


def line(number: int, top: float, *parts: tuple[float, str]) -> TextLine:
    words = tuple(Word(text, Box(x, top, x + 10.0 * len(text), top + 11)) for x, text in parts)
    return TextLine(
        " ".join(text for _, text in parts), number, 1, Box(parts[0][0], top, words[-1].box.x1, top + 11), words
    )


FORM = (
    line(1, 60, (80, "配资要素表")),
    line(2, 100, (80, "保证金"), (200, "人民币拾万元整")),
    line(3, 122, (80, "配资金额"), (200, "人民币叁拾万元整")),
    line(4, 144, (80, "月利率"), (200, "百分之二")),
    line(5, 166, (200, "维持担保比例120%,触及平仓线的,")),
    line(6, 182, (80, "平仓线"), (200, "甲方应以短信通知乙方,乙方应在下一交易日")),
    line(7, 198, (200, "10:00前追加保证金。")),
    line(8, 240, (80, "本表为合同的一部分。")),
)


def test_a_wrapped_cell_belongs_to_the_row_whose_label_stands_in_its_middle() -> None:
    rows = with_forms(FORM)
    assert [row.text for row in rows][1:4] == [
        "保证金 | 人民币拾万元整",
        "配资金额 | 人民币叁拾万元整",
        "月利率 | 百分之二",
    ]
    assert (
        rows[4].text
        == "平仓线 | 维持担保比例120%,触及平仓线的, 甲方应以短信通知乙方,乙方应在下一交易日 10:00前追加保证金。"
    )
    assert [row.text for row in rows][-1] == "本表为合同的一部分。"


def test_terms_of_a_form_stand_at_the_row_they_come_from() -> None:
    contract = contract_from(TextDocument("pdf", FORM, 1), "form.pdf", "0" * 64)
    terms = {term.key: term for term in contract.terms}
    assert {key: terms[key].value for key in ("margin", "financing", "rate", "liquidation_line", "topup_deadline")} == {
        "margin": "100000",
        "financing": "300000",
        "rate": "0.02",
        "liquidation_line": "1.2",
        "topup_deadline": "T+1 10:00",
    }
    margin, deadline = terms["margin"].source, terms["topup_deadline"].source
    assert margin is not None
    assert deadline is not None
    assert margin.box == Box(80, 100, 270, 111)
    assert deadline.box is not None
    assert (deadline.box.top, deadline.box.bottom) == (166, 209)


def test_a_gap_behind_a_clause_number_makes_no_row() -> None:
    clauses = tuple(line(n, 20.0 * n, (80, f"{n}.1"), (120, "乙方应当妥善保管密码。")) for n in range(1, 6))
    assert with_forms(clauses) == clauses


def test_a_clause_over_two_pages_is_one_sentence_quoted_from_its_first_page() -> None:
    lines = (
        TextLine("3.1 月利率为2%,按整月计算,乙方应于每个计息月的首日支付当月利", 40, 1, Box(70, 700, 520, 712)),
        TextLine("第1页共3页", 41, 1, Box(280, 800, 320, 812)),
        TextLine("息,首月利息于放款日支付。", 1, 2, Box(70, 70, 300, 82)),
    )
    terms = {term.key: term for term in contract_from(TextDocument("pdf", lines, 2), "c.pdf", "0" * 64).terms}
    assert terms["settlement"].value == "prepaid_monthly"
    source = terms["settlement"].source
    assert source is not None
    assert (source.page, source.box) == (1, Box(70, 700, 520, 712))
    assert source.text.endswith("首月利息于放款日支付。")
