"""Statement layouts: which columns, under which of their many names, in which notation.

Source: formats.md sections 0, 7 and 8.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from tests.simulator.model import Deal, Posting

ALIASES: dict[str, tuple[str, ...]] = {
    "date": ("成交日期", "发生日期", "交割日期", "业务日期", "日期", "交易日期"),
    "serial": ("流水号", "成交编号", "合同编号", "委托编号"),
    "operation": ("业务名称", "业务类型", "业务标志", "摘要", "操作", "摘要名称"),
    "code": ("证券代码", "股票代码"),
    "name": ("证券名称", "股票名称", "证券简称"),
    "price": ("成交均价", "成交价格", "价格"),
    "quantity": ("成交数量", "数量", "发生数量", "成交股数"),
    "gross": ("成交金额",),
    "commission": ("佣金", "手续费", "净佣金"),
    "fee_total": ("总费用", "费用合计", "交易费用", "手续费"),
    "stamp": ("印花税",),
    "transfer": ("过户费",),
    "handling": ("经手费",),
    "regulatory": ("证管费",),
    "other": ("其他费", "其他费用"),
    "net": ("发生金额", "清算金额", "收付金额", "变动金额", "资金发生数"),
    "side": ("借贷",),
    "income": ("收入金额", "收入"),
    "outgo": ("付出金额", "支出"),
    "balance": ("资金余额", "剩余金额", "本次余额", "资金本次余额", "本次资金余额"),
    "position": ("股份余额", "证券余额", "剩余数量"),
    "remark": ("备注",),
}
OPERATIONS_OFF: dict[str, tuple[str, ...]] = {
    "margin_in": ("保证金转入", "保证金存入"),
    "drawdown": ("配资放款", "融资划入", "配资资金划入"),
    "interest": ("配资利息", "利息扣收", "利息"),
    "late_fee": ("滞纳金",),
    "management_fee": ("账户管理费", "管理费"),
    "profit_share": ("盈利分成", "收益分成"),
    "breach_penalty": ("违约金",),
    "principal_repaid": ("归还配资本金", "归还本金", "偿还本金"),
    "margin_out": ("余额转出", "保证金退还"),
    "buy": ("证券买入",),
    "sell": ("证券卖出",),
    "forced_sell": ("强制平仓", "强平卖出"),
    "dividend": ("红利入账", "股息入账"),
    "other_fee": ("信息服务费",),
}
OPERATIONS_BROKER = OPERATIONS_OFF | {
    "margin_in": ("银行转证券", "银证转入", "银行转存"),
    "drawdown": ("融资借入", "融资借款"),
    "interest": ("融资利息", "融资利息扣款", "偿还融资利息"),
    "principal_repaid": ("直接还款", "偿还融资负债本金", "归还融资本金"),
    "margin_out": ("证券转银行", "银证转出", "银行转取"),
}
FORMATS = (
    "pdf_ruled",
    "pdf_horizontal",
    "pdf_plain",
    "csv",
    "tabbed_xls",
    "biff_xls",
    "xlsx",
    "html_xls",
)


@dataclass(slots=True)
class Layout:
    """How one statement is written down."""

    format: str
    columns: list[str]
    headers: dict[str, str]
    operations: dict[str, str]
    encoding: str = "utf-8"
    date_shape: str = "%Y-%m-%d"
    negative: str = "-"
    """``-``, ``−`` (U+2212) or ``()``."""
    thousands: bool = False
    newest_first: bool = False
    repeat_header: bool = True
    signed_quantity: bool = False
    preamble: bool = True
    footer: bool = False
    nil: str = ""
    notes: list[str] = field(default_factory=list)


def _columns(random: Random, deal: Deal, fmt: str) -> list[str]:
    fees = ["commission", "stamp", "transfer"]
    if not deal.commission_inclusive:
        fees += ["handling", "regulatory"]
    if random.random() < 0.6:
        fees.append("other")
    style = (
        random.choice(("net", "net", "net", "side", "pair")) if fmt != "pdf_plain" else random.choice(("net", "side"))
    )
    money = {"net": ["net"], "side": ["side", "net"], "pair": ["income", "outgo"]}[style]
    core = ["date", "operation", "code", "name"]
    core += [*random.choice((["price", "quantity"], ["quantity", "price"])), "gross", *fees]
    tail = ["position"] if random.random() < 0.2 and not fmt.startswith("pdf") else []
    columns = [*core, *money, "balance", *tail, "remark"]
    if random.random() < 0.35 and not fmt.startswith("pdf"):
        columns.insert(1, "serial")
    return columns


FEE_PARTS = ("commission", "stamp", "transfer", "handling", "regulatory", "other")


def _lumped(random: Random, columns: list[str], *, net_alone: bool) -> list[str]:
    """Print one fee figure, or none where the net amount alone may tell, in place of the parts."""
    style = random.random()
    if style < (0.08 if net_alone else 0.0):
        return [column for column in columns if column not in FEE_PARTS]
    if style > 0.85:  # share of layouts
        kept = ["fee_total" if column == "commission" else column for column in columns]
        return [column for column in kept if column not in FEE_PARTS]
    return columns


def random_layout(random: Random, deal: Deal, fmt: str | None = None, codes: tuple[str, ...] = ()) -> Layout:
    """Draw a layout; ``fmt`` fixes the file format, and ``codes`` must stay visible in it."""
    fmt = fmt or random.choice(FORMATS)
    columns = _columns(random, deal, fmt)
    columns = _lumped(random, columns, net_alone=not {"AMT-ARITH", "CASH-MISSING"} & set(codes))
    headers = {column: random.choice(ALIASES[column]) for column in columns}
    stock = OPERATIONS_OFF if deal.kind == "off_exchange" else OPERATIONS_BROKER
    operations = {kind: random.choice(words) for kind, words in stock.items()}
    operations["buy"], operations["sell"] = random.choice((("证券买入", "证券卖出"), ("买入", "卖出")))
    layout = Layout(fmt, columns, headers, operations)
    pdf = fmt.startswith("pdf")
    layout.date_shape = random.choice(("%Y-%m-%d", "%Y%m%d", "%Y.%m.%d", "%Y/%m/%d"))
    unsigned = "net" not in columns or "side" in columns
    layout.negative = "-" if unsigned else random.choice(("()", "−", "-")) if pdf else "-"
    layout.thousands = pdf or (fmt in {"xlsx", "html_xls"} and random.random() < 0.5)
    layout.encoding = random.choice(("gb18030", "utf-8", "utf-8-sig", "utf-16")) if fmt == "csv" else "gb18030"
    layout.newest_first = random.random() < 0.15
    layout.repeat_header = random.random() < 0.75
    layout.signed_quantity = random.random() < 0.25 and "side" not in columns
    layout.footer = fmt in {"csv", "html_xls"} and random.random() < 0.4 and not layout.newest_first
    layout.preamble = fmt != "tabbed_xls" or random.random() < 0.3
    layout.nil = random.choice(("", "0.00")) if fmt == "tabbed_xls" else ""
    return layout


def operation_of(layout: Layout, row: Posting) -> str:
    """The business type as this platform prints it."""
    if row.operation:
        return row.operation
    if row.kind == "margin_in" and row.remark == "追加" and "保证金" in layout.operations["margin_in"]:
        return "追加保证金"
    return layout.operations[row.kind]
