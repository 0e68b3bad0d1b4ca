"""What the columns of an unknown table mean is guessed by title and content, and never claimed where nothing tells."""

from __future__ import annotations

import pytest

from workbench.intake.layouts import load_layouts
from workbench.intake.mapping import LayoutDraft, draft_layout
from workbench.readers.tables import read_table

LAYOUTS = load_layouts(None)
BODY = """2025-03-03,09:31:00,入金,,,,100000.00,100000.00,首笔保证金存入账户
2025-03-04,10:01:05,买入,600000,10000,10.00,-100030.00,-30.00,
2025-03-05,11:20:30,利息,,,,-1200.00,-1230.00,三月一日至三月四日
2025-03-10,14:55:00,卖出,600000,10000,9.00,89900.00,88670.00,
"""


def draft(text: str) -> LayoutDraft:
    found = draft_layout(read_table(text.encode(), "a.csv"), LAYOUTS)
    assert found is not None
    return found


def fields(found: LayoutDraft) -> list[str]:
    return [column.field for column in found.columns]


TOLD = ["date", "time", "operation", "code", "quantity", "price", "net", "balance", "remark"]


@pytest.mark.parametrize(
    "heading",
    ["甲,乙,丙,丁,戊,己,庚,辛,壬\n", "riqi,shijian,yewu,daima,shuliang,jiage,fasheng,yue,beizhu\n"],
    ids=["invented", "pinyin"],
)
def test_columns_with_unknown_titles_are_told_by_content(heading: str) -> None:
    found = draft(heading + BODY)
    assert fields(found) == TOLD
    assert found.headed
    assert found.layout("x").needed == tuple(heading.strip().split(","))


def test_a_table_without_heading_has_numbered_columns() -> None:
    found = draft(BODY)
    assert fields(found) == TOLD
    assert [column.key for column in found.columns][:2] == ["#1", "#2"]
    assert (found.headed, found.layout("x").headless) == (False, True)


def test_a_balance_is_found_newest_first_too() -> None:
    lines = BODY.splitlines()
    assert fields(draft("\n".join(reversed(lines)) + "\n"))[6:8] == ["net", "balance"]


def test_money_in_and_out_beside_a_balance() -> None:
    text = "a,b,c,d\n2025-01-01,100.00,,100.00\n2025-01-02,,30.00,70.00\n2025-01-03,5.00,,75.00\n"
    assert fields(draft(text)) == ["date", "money_in", "money_out", "balance"]


def test_figures_that_prove_nothing_stay_open() -> None:
    text = "a,b,c\n2025-01-01,17.00,3.00\n2025-01-02,22.00,8.00\n2025-01-03,5.00,4.00\n"
    assert fields(draft(text)) == ["date", "", ""]


def test_words_of_the_operation_are_listed_with_the_kind_that_is_known() -> None:
    found = draft(BODY.replace("利息", "神秘"))
    assert dict(found.operations) == {"入金": "margin_in", "买入": "buy", "神秘": "", "卖出": "sell"}


def test_a_file_without_rows_of_figures_has_no_draft() -> None:
    assert draft_layout(read_table(b"a,b\nc,d\n", "a.csv"), LAYOUTS) is None
