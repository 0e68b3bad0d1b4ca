"""Odd ways of printing an ordinary table: each takes rows of text and gives them back as somebody once printed them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise

from tests.intake.statements.form import Form

Rows = list[list[str]]
_WEEKDAYS = "一二三四五六日"
WORDS = {
    "deposit": "保证金转入", "withdrawal": "余额转出", "drawdown": "配资放款", "repay": "归还配资本金",
    "interest": "配资利息", "fee": "信息服务费", "financed_buy": "证券买入", "buy": "证券买入", "sell": "证券卖出",
    "forced": "强制平仓", "dividend": "红利入账", "dividend_tax": "股息红利税补缴",
}  # fmt: skip
PLAIN = Form(
    "odd",
    "日期 业务名称 证券代码 证券名称 成交数量 成交价格 成交金额 佣金 印花税 过户费 发生金额 资金余额 备注",
    WORDS,
    margin=True,
    without=("subscription",),
    nil="",
    day="%Y-%m-%d",
    kinds={"forced": "forced_sell"},
)
TITLES = [title for title, _ in PLAIN.titles]


def _cells(name: str, change: Callable[[str], str]) -> Callable[[Rows], Rows]:
    """Change the filled cells of one column."""

    def changed(rows: Rows) -> Rows:
        at = rows[0].index(name)
        return [rows[0], *([*row[:at], change(row[at]) if row[at] else "", *row[at + 1 :]] for row in rows[1:])]

    return changed


def _money(change: Callable[[str], str]) -> Callable[[Rows], Rows]:
    def changed(rows: Rows) -> Rows:
        for name in ("成交金额", "发生金额", "资金余额"):
            rows = _cells(name, change)(rows)
        return rows

    return changed


def _titles(names: dict[str, str]) -> Callable[[Rows], Rows]:
    return lambda rows: [[names.get(title, title) for title in rows[0]], *rows[1:]]


def weekday(text: str) -> str:
    """Print a day as ``2024年4月2日 星期二``."""
    day = date.fromisoformat(text)
    return f"{day.year}年{day.month}月{day.day}日 星期{_WEEKDAYS[day.weekday()]}"


def side_suffix(text: str) -> str:
    """Print an amount as its size with 借 (out) or 贷 (in) behind it."""
    return text.removeprefix("-") + (" 借" if text.startswith("-") else " 贷")


def wrapped_header(rows: Rows) -> Rows:
    """Print the titles over two rows, four-character ones broken in the middle."""
    upper = [title[:2] if len(title) == 4 else title for title in rows[0]]
    lower = [title[2:] if len(title) == 4 else "" for title in rows[0]]
    return [upper, lower, *rows[1:]]


def grouped_header(rows: Rows) -> Rows:
    """Print group titles over the trade's and the fees' columns."""
    groups = {
        "成交数量": "成交",
        "成交价格": "成交",
        "成交金额": "成交",
        "佣金": "费用",
        "印花税": "费用",
        "过户费": "费用",
    }
    short = {"成交数量": "数量", "成交价格": "价格", "成交金额": "金额"}
    upper = [groups.get(title, title) for title in rows[0]]
    upper = [title if at == 0 or title != upper[at - 1] else "" for at, title in enumerate(upper)]
    lower = [short.get(title, title if title in groups else "") for title in rows[0]]
    return [upper, lower, *rows[1:]]


def monthly_subtotals(rows: Rows) -> Rows:
    """Print a subtotal row whenever the month changes and at the end."""
    found, since = [rows[0]], 1
    body = [*rows[1:], [""] * len(TITLES)]
    for at, (row, following) in enumerate(pairwise(body), 1):
        found.append(row)
        if row[0][:7] != following[0][:7]:
            found.append(_sums(rows[since : at + 1], f"{int(row[0][5:7])}月小计"))
            since = at + 1
    return found


def month_rows(rows: Rows) -> Rows:
    """Print each month over its rows and its sums under them, both behind the month alone."""
    found, since = [rows[0]], 1
    body = [*rows[1:], [""] * len(TITLES)]
    for at, (row, following) in enumerate(pairwise(body), 1):
        found += [[row[0][:7], *[""] * (len(TITLES) - 1)]] if at == since else []
        found.append(row)
        if row[0][:7] != following[0][:7]:
            found.append(_sums(rows[since : at + 1], row[0][:7]))
            since = at + 1
    return found


def _sums(rows: Sequence[Sequence[str]], word: str, *columns: str) -> list[str]:
    total = [""] * len(TITLES)
    total[0] = word
    for name in columns or ("成交金额", "佣金", "印花税", "过户费", "发生金额"):
        at = TITLES.index(name)
        total[at] = f"{sum(float(row[at] or 0) for row in rows):.2f}"
    return total


def wordless_total(rows: Rows) -> Rows:
    """Print sums under the table without any word."""
    return [*rows, _sums(rows[1:], "")]


def turnover_line(rows: Rows) -> Rows:
    """Print sums under the table behind a word that is no usual one."""
    return [*rows, _sums(rows[1:], "本期发生额")]


def remark_above(rows: Rows) -> Rows:
    """Print an interest posting's remark on a row of its own above it."""
    found = []
    for row in rows:
        if row[1] == "配资利息":
            found.append(["", "", "", "（以下为当期利息）", *[""] * (len(row) - 4)])
        found.append(row)
    return found


def blank_rows(rows: Rows) -> Rows:
    """Put an empty row between any two."""
    return [line for row in rows for line in (row, [""] * len(row))]


def dates_once(rows: Rows) -> Rows:
    """Print a date only where it changes."""
    body = [["" if now[0] == before[0] else now[0], *now[1:]] for before, now in pairwise(rows)]
    return [rows[0], *body]


def days_above(rows: Rows) -> Rows:
    """Print every date on a row of its own above its postings."""
    found = [rows[0]]
    for before, row in pairwise(rows):
        found += [] if row[0] == before[0] else [[row[0], *[""] * (len(row) - 1)]]
        found.append(["", *row[1:]])
    return found


def numbered_days(rows: Rows) -> Rows:
    """Put a running number before postings whose date stands on a row of its own, in the first column."""
    found, number = [["序号", *rows[0]]], 0
    for row in rows[1:]:
        number += not row[0]
        found.append([row[0], *[""] * len(row)] if row[0] else [str(number), *row])
    return found


def repeated_header(rows: Rows) -> Rows:
    """Print the heading again after every fifth row."""
    found = []
    for at, row in enumerate(rows[1:]):
        found += ([rows[0]] if at % 5 == 0 else []) + [row]
    return found


def trailing_notes(rows: Rows) -> Rows:
    """Print notes with dates and figures under the table."""
    notes = (
        "截至2024-05-06账户余额为59,963.91元，融资负债30,000.00元。",
        "2024-05-07 10:22:31 打印  操作员 0017  第 1 页",
        "客服电话 95500 工作日 9:00-17:00",
        "*2024年4月22日起融资利率调整为 8.35%，计息基数360天",
    )
    return [*rows, *([note] for note in notes)]


def currency_only(rows: Rows) -> Rows:
    """Put a column that holds nothing but the currency before every amount."""
    at = rows[0].index("发生金额")
    return [[*row[:at], "币种" if row is rows[0] else "人民币", *row[at:]] for row in rows]


def numbered_first(rows: Rows) -> Rows:
    """Put a running number first."""
    return [["序号" if at == 0 else str(at), *row] for at, row in enumerate(rows)]


def carried_pages(rows: Rows) -> Rows:
    """Carry the balance over from page to page: 过次页 under, 承前页 over each sheet of six rows."""
    found: Rows = [rows[0]]
    balance = rows[0].index("资金余额")
    for at, row in enumerate(rows[1:], 1):
        found.append(row)
        if at % 6 == 0 and at + 1 < len(rows):
            for word in ("过次页", "承前页"):
                line = [""] * len(row)
                line[1], line[balance] = word, row[balance]
                found += [rows[0], line] if word == "承前页" else [line]
    return found


def markdown(rows: Rows) -> Rows:
    """Rule off the heading with dashes, as tables in notes are."""
    return [rows[0], ["---"] * len(rows[0]), *rows[1:]]


def lots(text: str) -> str:
    """Print shares as lots of a hundred."""
    return f"{int(text) // 100}手"


def name_with_code(rows: Rows) -> Rows:
    """Print name and code in one column: ``云南铜业(000878.SZ)``."""
    found = [[*rows[0][:2], "证券", *rows[0][4:]]]
    for row in rows[1:]:
        market = "SH" if row[2][:1] in {"5", "6"} else "SZ"
        found.append([*row[:2], f"{row[3]}({row[2]}.{market})" if row[2] else "", *row[4:]])
    return found


_UNITS = {
    "发生金额": "发生金额（元）",
    "资金余额": "资金余额[元]",
    "成交数量": "成交数量（股/份）",
    "成交价格": "成交价格/元",
}
_BILINGUAL = {
    "日期": "日期 Date",
    "业务名称": "业务名称 Type",
    "成交数量": "成交数量 Quantity",
    "发生金额": "发生金额 Amount",
    "资金余额": "资金余额 Balance",
    "备注": "备注 Remark",
}
ODD: dict[str, Callable[[Rows], Rows]] = {
    "quantity_unit": _cells("成交数量", lambda text: f"{text}股"),
    "quantity_lots": _cells("成交数量", lots),
    "quantity_lots_title": lambda rows: _titles({"成交数量": "成交数量(手)"})(
        _cells("成交数量", lambda text: str(int(text) // 100))(rows)
    ),
    "yuan_behind": _money(lambda text: f"{text}元"),
    "yuan_before": _money(lambda text: "￥" + text if text[0] != "-" else f"-￥{text[1:]}"),
    "weekday": _cells("日期", weekday),
    "weekday_brackets": _cells("日期", lambda text: f"{text}(周{_WEEKDAYS[date.fromisoformat(text).weekday()]})"),
    "short_year": _cells("日期", lambda text: text[2:]),
    "wrapped_header": wrapped_header,
    "grouped_header": grouped_header,
    "monthly_subtotals": monthly_subtotals,
    "month_rows": month_rows,
    "wordless_total": wordless_total,
    "turnover_line": turnover_line,
    "side_suffix": _cells("发生金额", side_suffix),
    "balance_suffix": _cells("资金余额", lambda text: f"{float(text):,.2f} 贷"),
    "wide_minus": _money(lambda text: text.replace("-", "－")),
    "long_minus": _money(lambda text: text.replace("-", "−")),
    "spaced_minus": _money(lambda text: text.replace("-", "- ")),
    "currency_only": currency_only,
    "remark_above": remark_above,
    "blank_rows": blank_rows,
    "dates_once": dates_once,
    "days_above": days_above,
    "weekdays_above": lambda rows: _cells("日期", weekday)(days_above(rows)),
    "days_above_numbers": lambda rows: numbered_days(days_above(rows)),
    "repeated_header": repeated_header,
    "trailing_notes": trailing_notes,
    "numbered_first": numbered_first,
    "carried_pages": carried_pages,
    "markdown": markdown,
    "units_in_titles": _titles(_UNITS),
    "bilingual_titles": _titles(_BILINGUAL),
    "numbered_titles": lambda rows: [[f"{at}.{title}" for at, title in enumerate(rows[0], 1)], *rows[1:]],
    "spaced_titles": _titles({"日期": "日　　期", "备注": "备 注", "发生金额": "发生 金额", "佣金": "佣  金"}),
    "star_titles": _titles({"发生金额": "*发生金额", "资金余额": "资金余额：", "日期": "日期▼"}),
    "glued_operation": lambda rows: [
        rows[0], *([row[0], row[1] + (f"{row[3]}({row[2]})" if row[2] else ""), "", "", *row[4:]] for row in rows[1:])
    ],
    "name_with_code": name_with_code,
}  # fmt: skip


def odd_rows(name: str) -> Rows:
    """Return the plain table changed in one odd way."""
    return ODD[name]([list(row) for row in PLAIN.rows()])
