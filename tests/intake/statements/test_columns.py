"""Amounts and balances in every arrangement of columns, and columns under titles that nobody knows."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from tests.intake.statements.form import Form, forms
from tests.intake.statements.odd import PLAIN, TITLES
from tests.intake.statements.writers import WRITERS
from workbench.domain.lines import Statement
from workbench.errors import WorkbenchError
from workbench.intake.layouts import load_layouts
from workbench.intake.statements import read_statement

TRADE = "日期 业务名称 证券代码 证券名称 成交数量 成交价格 成交金额 佣金 印花税 过户费"
FORMS = (*forms("brokers", margin=False), *forms("margins", margin=True))
ARRANGED = {
    "unsigned": "发生金额=unsigned 资金余额",
    "unsigned_alone": "发生金额=unsigned",
    "side": "借贷标志=side 发生金额=unsigned 资金余额",
    "side_alone": "借贷标志=side 发生金额=unsigned",
    "side_words": "收支=side_words 金额=unsigned 余额=balance",
    "side_words_alone": "收支=side_words 金额=unsigned",
    "side_signs": "方向=side_signs 金额=unsigned 余额=balance",
    "in_out": "收入=money_in 支出=money_out 余额=balance",
    "in_out_alone": "收入=money_in 支出=money_out",
    "debit_is_out": "借方发生额=money_out 贷方发生额=money_in 余额=balance",
    "debit_is_out_alone": "借方发生额=money_out 贷方发生额=money_in",
    "debit_is_in": "借方发生额=money_in 贷方发生额=money_out 余额=balance",
    "debit_is_in_alone": "借方发生额=money_in 贷方发生额=money_out",
    "inverted": "发生金额=inverted 资金余额",
    "inverted_alone": "发生金额=inverted",
    "balance_first": "资金余额 发生金额",
    "before_and_after": "发生前余额=before 发生金额 发生后余额=balance",
    "change": "变动前金额=before 变动金额 变动后金额=balance",
    "last_and_now": "上次余额=before 金额=net 本次余额=balance",
    "available_too": "发生金额 可用余额=other_figure 资金余额",
    "assets_too": "发生金额 资金余额 总资产=other_figure",
    "market_value_too": "发生金额 持仓市值=other_figure 资金余额",
}


def read(form: Form) -> Statement:
    return read_statement(WRITERS["commas"](form.rows()), "columns.csv", "0" * 64, load_layouts(None))


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize("nil", ["", "0.00", "-"])
@pytest.mark.parametrize("columns", ARRANGED.values(), ids=ARRANGED.keys())
def test_amounts_however_they_are_arranged(columns: str, nil: str, *, newest_first: bool) -> None:
    form = replace(PLAIN, columns=f"{TRADE} {columns} 备注", nil=nil, newest_first=newest_first)
    statement = read(form)
    chained = "余额" in columns or "后金额" in columns
    assert [(line.date, line.kind.value, line.stated, line.balance) for line in statement.lines] == [
        (event.day, form.kind(event), event.net, event.balance if chained else None) for event in form.events()
    ]
    assert [issue.reason for issue in statement.issues] == ([] if chained else ["no_balance"])


@pytest.mark.parametrize("title", TITLES)
def test_one_column_under_an_unknown_title(title: str) -> None:
    names = dict(PLAIN.titles)
    columns = [f"某某栏目={names[one]}" if one == title else f"{one}={names[one]}" for one, _ in PLAIN.titles]
    form = replace(PLAIN, columns=" ".join(columns), remarks={"interest": "2024-04-02至2024-04-21 20天"})
    statement = read(form)
    assert not statement.issues
    for line, event in zip(statement.lines, form.events(), strict=True):
        assert (line.date, line.kind.value, line.stated) == (event.day, form.kind(event), event.net)
        assert (line.code, line.quantity, line.balance) == (event.code or None, event.quantity or None, event.balance)
        assert (line.period is not None) == (event.event == "interest")
    assert all("balance" in line.proofs for line in statement.lines[1:])


@pytest.mark.parametrize("title", TITLES)
def test_a_column_of_other_figures_under_an_unknown_title_changes_nothing(title: str) -> None:
    columns = " ".join(f"{one} 某某数=other_figure" if one == title else one for one in PLAIN.columns.split())
    statement = read(replace(PLAIN, columns=columns))
    assert not statement.issues
    assert [line.stated for line in statement.lines] == [event.net for event in PLAIN.events()]
    assert [line.balance for line in statement.lines] == [event.balance for event in PLAIN.events()]


@pytest.mark.parametrize("form", FORMS, ids=lambda one: one.name)
def test_no_unknown_title_changes_a_posting_silently(form: Form) -> None:
    known = read(form)
    facts, reasons = _facts(known), Counter(issue.reason for issue in known.issues)
    items = form.columns.split()
    for at, (title, name) in enumerate(form.titles):
        statement = _read_or_refuse(replace(form, columns=" ".join([*items[:at], f"某某栏={name}", *items[at + 1 :]])))
        if statement is not None and _facts(statement) != facts:
            assert Counter(issue.reason for issue in statement.issues) - reasons, title


def _read_or_refuse(form: Form) -> Statement | None:
    try:
        return read(form)
    except WorkbenchError:
        return None


def _facts(statement: Statement) -> list[tuple[object, ...]]:
    return [(line.date, line.kind, line.stated, line.balance) for line in statement.lines]
