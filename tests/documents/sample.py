"""A hand-made audit: thirty lines, eight findings, four bases, every figure computed here by the plain rules."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from workbench.domain.audit import Audit, AuditedLine, AuditOptions, Basis, BridgeStep, Fingerprint, Segment, Totals
from workbench.domain.case import CaseKind, Document, DocumentKind
from workbench.domain.findings import Cause, Finding, Gap, Severity, Verdict
from workbench.domain.lines import CHARGES, SALES, TRADES, Line, LineKind, TradeFees
from workbench.domain.liquidation import Liquidation, LiquidationTest
from workbench.domain.margin import Margin, MarginDay
from workbench.domain.money import ZERO, cents, decimal, grouped
from workbench.domain.source import Box, Source
from workbench.domain.terms import Contract, Term, Terms, TermStatus

STATEMENT, CONTRACT = "对账单2025.pdf", "操盘协议.docx"
SHA = "9f" * 32
OTHER_SHA = "0b" * 32
D = decimal


def _source(row: int, text: str, file: str = STATEMENT) -> Source:
    box = Box(40, 100 + 18 * row, 555, 116 + 18 * row) if file == STATEMENT else None
    return Source(SHA, file, 1 + row // 20, row % 20 or 20, box, text)


@dataclass
class Ledger:
    """Builds lines one after the other and keeps the cash."""

    entries: list[AuditedLine] = field(default_factory=list)
    cash: Decimal = ZERO
    principal: Decimal = ZERO

    def post(
        self,
        day: str,
        kind: LineKind,
        stated: str,
        expected: Decimal | None = None,
        *,
        working: str = "",
        segments: tuple[Segment, ...] = (),
        **more: Any,
    ) -> None:
        """Add a line; ``more`` are further facts of it."""
        number = len(self.entries) + 1
        amount = D(stated)
        self.cash += amount
        if kind in (LineKind.DRAWDOWN, LineKind.PRINCIPAL_REPAID):
            self.principal += amount
        text = f"{day} | {more.get('operation', kind.value)} | {more.get('code', '')} | {stated} | {self.cash}"
        day_of = date.fromisoformat(day)
        line = Line(f"S1.{number}", _source(number, text), day_of, kind, amount, balance=self.cash, **more)
        delta = None if expected is None else expected - amount
        self.entries.append(AuditedLine(line, expected, delta, self.cash, self.principal, working, segments))

    def trade(self, day: str, kind: LineKind, code: str, name: str, count: str, price: str, **fees: str) -> None:
        gross = cents(D(count) * D(price))
        right = trade_fees(kind, gross)
        printed = replace(right, **{key: D(value) for key, value in fees.items()})
        sign = 1 if kind in SALES else -1
        expected = sign * gross - right.total
        self.post(
            day,
            kind,
            str(sign * gross - printed.total),
            expected,
            working=f"{count} × {price} = {grouped(gross)}; 佣金 max({grouped(gross)} × 0.025%, 5.00)",
            operation="证券买入" if kind is LineKind.BUY else "证券卖出",
            code=code,
            name=name,
            quantity=D(count),
            price=D(price),
            gross=gross,
            fees=printed,
        )

    def interest(self, start: str, end: str, stated: str) -> None:
        first, last = date.fromisoformat(start), date.fromisoformat(end)
        days = (last - first).days
        segment = Segment(first, last, Decimal(days), self.principal, D("0.144"), Decimal(365))
        right = cents(segment.amount)
        self.post(
            end,
            LineKind.INTEREST,
            stated,
            -right,
            segments=(segment,),
            operation="利息扣收",
            working=f"{grouped(self.principal)} × 14.4% × {days} ÷ 365 = {grouped(right)}",
        )


def trade_fees(kind: LineKind, gross: Decimal) -> TradeFees:
    """Charges at 0.025 % commission (at least 5 yuan), 0.05 % stamp duty on sales, 0.001 % transfer fee."""
    return TradeFees(
        commission=max(cents(gross * D("0.00025")), D("5.00")),
        stamp_duty=cents(gross * D("0.0005")) if kind in SALES else None,
        transfer_fee=cents(gross * D("0.00001")),
    )


def terms() -> Terms:
    def term(key: str, value: str, unit: str | None = None, page: int = 1, words: str = "") -> Term:
        return Term(key, value, unit, TermStatus.EXTRACTED, Source(OTHER_SHA, CONTRACT, page, None, None, words))

    called = Source(OTHER_SHA, CONTRACT, 4, None, None, "乙方应当通知甲方追加保证金")
    return Terms(
        (
            term("contract_no", "PZ-2025-0318"),
            term("signed_on", "2025-03-01", words="签订日期：2025年3月1日"),
            term("client", "沈知远", words="甲方（用资人）：沈知远"),
            term("financier", "启衡资产管理有限公司", words="乙方（出资方）：启衡资产管理有限公司"),
            term("platform", "启衡操盘"),
            term("account", "6620018873"),
            term("margin", "100000", "yuan", words="甲方交纳保证金人民币100,000元"),
            term("financing", "400000", "yuan", words="乙方提供配资资金人民币400,000元"),
            term("leverage", "4"),
            term("leverage_convention", "financing_over_margin"),
            term("rate", "0.144", page=2, words="第四条 资金使用费按年利率14.4%计算，按实际天数、一年365天计收"),
            term("rate_period", "year", page=2),
            term("day_count", "ACT/365", page=2, words="按实际天数、一年365天计收"),
            term("settlement", "monthly", page=2),
            term("commission_rate", "0.00025", page=3, words="第六条 交易佣金按成交金额万分之二点五，最低5元"),
            term("commission_min", "5", "yuan", page=3),
            term("late_fee_rate", "0.0005", page=3, words="第八条 逾期按日收取逾期利息万分之五的滞纳金"),
            term("late_fee_base", "overdue_interest", page=3),
            term("line_convention", "equity_over_margin", page=4, words="第九条 账户净值跌至保证金的50%为平仓线"),
            term("warning_line", "0.7", page=4),
            term("liquidation_line", "0.5", page=4),
            Term("notice_required", value=True, status=TermStatus.CONFIRMED, source=called),
            Term("count_rule", "first_not_last", None, TermStatus.DEFAULT),
        )
    )  # fmt: skip


def ledger() -> Ledger:
    book = Ledger()
    book.post("2025-03-03", LineKind.MARGIN_IN, "100000.00", operation="保证金入账")
    book.post("2025-03-03", LineKind.DRAWDOWN, "400000.00", operation="配资放款")
    book.trade("2025-03-04", LineKind.BUY, "600000", "浦发银行", "10000", "10.20")
    book.trade("2025-03-04", LineKind.BUY, "000001", "平安银行", "15000", "11.35")
    book.trade("2025-03-06", LineKind.BUY, "300750", "宁德时代", "600", "251.30")
    book.trade("2025-03-10", LineKind.SELL, "600000", "浦发银行", "4000", "10.41")
    book.trade("2025-03-17", LineKind.BUY, "600036", "招商银行", "1500", "43.18", commission="64.77")
    book.trade("2025-03-24", LineKind.SELL, "000001", "平安银行", "5000", "11.20")
    book.trade("2025-03-27", LineKind.BUY, "601318", "中国平安", "900", "51.06")
    book.interest("2025-03-03", "2025-04-03", "-4960.00")
    book.trade("2025-04-07", LineKind.SELL, "300750", "宁德时代", "200", "219.10")
    book.trade("2025-04-07", LineKind.BUY, "600000", "浦发银行", "3000", "9.98")
    book.trade("2025-04-14", LineKind.SELL, "600036", "招商银行", "500", "42.05")
    book.trade("2025-04-21", LineKind.BUY, "000001", "平安银行", "2000", "10.96")
    book.interest("2025-04-03", "2025-05-03", "-4800.00")
    book.post(
        "2025-05-06",
        LineKind.LATE_FEE,
        "-48.00",
        D("-7.20"),
        operation="滞纳金",
        working="4,800.00 × 0.05% × 3 = 7.20",
    )
    book.post("2025-05-08", LineKind.MARGIN_IN, "20000.00", operation="追加保证金")
    book.trade("2025-05-12", LineKind.SELL, "601318", "中国平安", "300", "52.40")
    book.post("2025-05-15", LineKind.OTHER_FEE, "-300.00", ZERO, operation="系统使用费", working="合同无此项收费")
    book.trade("2025-05-19", LineKind.SELL, "600000", "浦发银行", "2000", "11.05")
    book.trade("2025-05-26", LineKind.BUY, "300750", "宁德时代", "100", "246.80")
    book.interest("2025-05-03", "2025-06-03", "-4960.00")
    book.trade("2025-06-16", LineKind.FORCED_SELL, "600000", "浦发银行", "7000", "9.92")
    book.trade("2025-06-16", LineKind.FORCED_SELL, "000001", "平安银行", "12000", "9.85")
    book.trade("2025-06-16", LineKind.FORCED_SELL, "300750", "宁德时代", "500", "228.05")
    book.trade("2025-06-16", LineKind.FORCED_SELL, "600036", "招商银行", "1000", "40.55")
    book.trade("2025-06-16", LineKind.FORCED_SELL, "601318", "中国平安", "600", "48.90")
    book.interest("2025-06-03", "2025-06-16", "-2080.00")
    book.post("2025-06-16", LineKind.PRINCIPAL_REPAID, "-400000.00", operation="归还配资本金")
    book.post("2025-06-18", LineKind.MARGIN_OUT, str(-book.cash), operation="余额退回")
    return book


def _overcharge(entry: AuditedLine, code: str, keys: tuple[str, ...], cause: Cause | None, zh: str, en: str) -> Finding:
    stated, expected = entry.line.charge, -(entry.expected or ZERO)
    return Finding(
        code=code,
        severity=Severity.ERROR,
        text_zh=zh.format(grouped(stated), grouped(expected)),
        text_en=en.format(grouped(stated), grouped(expected)),
        date=entry.line.date,
        lines=(entry.line.id,),
        terms=keys,
        stated=stated,
        expected=expected,
        delta=stated - expected,
        working=entry.working,
        cause=cause,
        group=f"{code}:{cause.hypothesis if cause else entry.line.id}",
    )


BASIS = (
    "利息应按一年365天计算，为 {1} 元；平台按360天计算，收了 {0} 元。",
    "Interest on 365 days is {1}; the platform divided by 360 and charged {0}.",
)
LATE = ("滞纳金应为 {1} 元，收了 {0} 元。", "The late fee should be {1}; {0} was charged.")
UNLISTED = ("“系统使用费” {0} 元在合同中没有约定。", "A system fee of {0} is not in the contract.")
COMMISSION = Finding(
    code="FEE-RATE",
    severity=Severity.ERROR,
    text_zh="佣金应为 16.19 元，收了 64.77 元。",
    text_en="Commission should be 16.19; 64.77 was charged.",
    date=date(2025, 3, 17),
    lines=("S1.7",),
    terms=("commission_rate",),
    stated=D("64.77"),
    expected=D("16.19"),
    delta=D("48.58"),
    working="64,770.00 × 0.025% = 16.19",
    cause=Cause("rate_0.1%", "64,770.00 × 0.1% = 64.77", exact=True),
)
NOTICE = Finding(
    code="LIQ-NOTICE",
    severity=Severity.ERROR,
    text_zh="合同约定先通知追保，通知记录中没有任何一次通知。",
    text_en="The contract requires a call; the notice log has none.",
    date=date(2025, 6, 16),
    lines=("S1.23",),
    terms=("notice_required",),
)
VOID = Finding(
    code="CON-VOID",
    severity=Severity.UNLAWFUL,
    text_zh="出资方没有证券融资业务许可，本合同属场外配资合同。",
    text_en="The financier holds no licence; this is off-exchange financing.",
    date=date(2025, 3, 1),
    terms=("financier",),
)


def findings(book: Ledger) -> tuple[Finding, ...]:
    """Return the findings of the case: four of one cause, a late fee, a fee, a commission, two without amount."""
    entries = {entry.line.id: entry for entry in book.entries}
    found: list[Finding] = []
    for row, days in (("S1.10", 31), ("S1.15", 30), ("S1.22", 31), ("S1.28", 13)):
        amount = grouped(entries[row].line.charge)
        cause = Cause("basis_360", f"400,000.00 × 14.4% × {days} ÷ 360 = {amount}", exact=True)
        found.append(_overcharge(entries[row], "INT-BASIS", ("rate", "day_count"), cause, *BASIS))
    late = Cause("rate_0.1%", "16,000.00 × 0.1% × 3 = 48.00", exact=False, alternatives=("4,800.00 × 1% = 48.00",))
    found.append(_overcharge(entries["S1.16"], "LATE-RATE", ("late_fee_rate", "late_fee_base"), late, *LATE))
    found.append(_overcharge(entries["S1.19"], "FEE-UNLISTED", (), None, *UNLISTED))
    return (*found, COMMISSION, NOTICE, VOID)


def bases(book: Ledger) -> dict[str, Basis]:
    lines = [entry.line for entry in book.entries]
    money_in = sum((line.stated for line in lines if line.kind is LineKind.MARGIN_IN), ZERO)
    money_out = -sum((line.stated for line in lines if line.kind is LineKind.MARGIN_OUT), ZERO)
    paid = sum((line.charge for line in lines if line.kind in CHARGES), ZERO)
    contracted = sum((-(entry.expected or ZERO) for entry in book.entries if entry.line.kind in CHARGES), ZERO)
    booked = sum((line.stated for line in lines if line.kind in TRADES), ZERO)
    true = booked + D("48.58")
    allowed = {"as_stated": paid, "as_contracted": contracted, "lpr4": D("14180.82"), "void": ZERO}
    made: dict[str, Basis] = {}
    for name, amount in allowed.items():
        trading = booked if name == "as_stated" else true
        settlement = money_in - money_out + trading - amount
        first = made["as_stated"].settlement if made else settlement
        sums = " ".join((grouped(money_in), "−", grouped(money_out), f"+ ({grouped(trading)}) + 0.00"))
        made[name] = Basis(
            name=name,
            allowed=amount,
            paid=paid,
            settlement=settlement,
            difference=settlement - first,
            money_in=money_in,
            money_out=money_out,
            trading=trading,
            positions=ZERO,
            working=f"{sums} − {grouped(amount)} = {grouped(settlement)}",
        )
    return made


PRICES = Gap("prices", "没有导入行情，无法核对强平成交价。", "No price bars: the forced fills cannot be checked.")


def margin() -> Margin:
    start = date(2025, 6, 9)
    assets = ("473210.50", "468900.00", "461200.00", "455880.00", "451020.00", "447300.00")
    states = ("normal", "warning", "warning", "warning", "warning", "liquidation")
    days = tuple(
        MarginDay(start + timedelta(days=index), D(amount), D("400000"), (D(amount) - D("400000")) / D("120000"), state)
        for index, (amount, state) in enumerate(zip(assets, states, strict=True))
    )
    lines = {"warning": D("484000.00"), "liquidation": D("460000.00")}
    return Margin("equity_over_margin", D("400000"), lines, date(2025, 6, 10), date(2025, 6, 14), days)


def audit(kind: CaseKind = CaseKind.OFF_EXCHANGE, name: str = "沈知远诉启衡") -> Audit:
    """Return the audit of the hand-made case."""
    book = ledger()
    found = findings(book)
    concerned = {row: tuple(one.key for one in found if row in one.lines) for one in found for row in one.lines}
    lines = tuple(replace(entry, findings=concerned.get(entry.line.id, ())) for entry in book.entries)
    settled = bases(book)
    if kind is CaseKind.BROKER_MARGIN:
        settled = {key: settled[key] for key in ("as_stated", "as_contracted")}
        found = tuple(one for one in found if one.code != "CON-VOID")
    steps = tuple(BridgeStep(one.text_zh, one.delta, one.key) for one in found if one.delta is not None)
    forced = tuple(entry.line for entry in lines if entry.line.kind is LineKind.FORCED_SELL)
    tests = (
        LiquidationTest(
            "LIQ-EARLY", Verdict.POSSIBLE, "日内最低价不足以排除触线。", "The lows do not rule out a breach."
        ),
        LiquidationTest("LIQ-NOTICE", Verdict.PROVEN, "通知记录中没有追保通知。", "The notice log has no call."),
        LiquidationTest("LIQ-PRICE", Verdict.CANNOT_TELL, "缺少当日行情。", "No bars for the day."),
    )
    proceeds = sum((line.stated for line in forced), ZERO)
    stated = Totals(D("16800.00"), D("48.00"), D("300.00"), ZERO, D("389.94"), D("230.72"))
    expected = Totals(D("16569.86"), D("7.20"), ZERO, ZERO, D("389.94"), D("182.14"))
    return Audit(
        case_name=name,
        kind=kind,
        as_of=date(2025, 6, 18),
        options=AuditOptions(),
        terms=terms(),
        contracts=(Contract(OTHER_SHA, CONTRACT, terms()),),
        lines=lines,
        findings=found,
        stated=stated,
        expected=expected,
        overcharged=sum((one.delta for one in found if one.delta is not None), ZERO),
        bases=settled,
        bridges={"as_contracted": steps},
        margin=margin(),
        liquidation=Liquidation(date(2025, 6, 16), tuple(line.id for line in forced), proceeds, tests),
        gaps=(PRICES,),
        fingerprint=Fingerprint("0.1.0", "5d" * 32, ((STATEMENT, SHA), (CONTRACT, OTHER_SHA))),
        yearly_cost=D("0.1731"),
    )


def documents() -> tuple[Document, ...]:
    """Return the imported files of the case."""
    when = datetime(2025, 7, 1, 9, 30, tzinfo=UTC)
    return (
        Document(1, DocumentKind.STATEMENT, STATEMENT, SHA, 48_213, when, "2025-03-03 至 2025-06-18，30 行"),
        Document(2, DocumentKind.CONTRACT, CONTRACT, OTHER_SHA, 21_870, when, "23 项条款"),
    )
