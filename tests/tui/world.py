"""A small case to show: one liquidated account with wrong interest, hostile names, and every kind of finding."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from workbench.domain.audit import Audit, AuditedLine, AuditOptions, Basis, BridgeStep, Fingerprint, Totals
from workbench.domain.case import CaseKind, Document, DocumentKind
from workbench.domain.findings import Cause, Finding, Gap, Severity, Verdict
from workbench.domain.lines import Line, LineKind
from workbench.domain.liquidation import Liquidation, LiquidationTest, Proposal
from workbench.domain.margin import Margin, MarginDay, MarginEvent
from workbench.domain.source import Box, Source
from workbench.domain.steps import CheckResult, Step, StepSpec, Task, TaskSpec, TaskState
from workbench.domain.terms import Contract, Contradiction, Term, Terms, TermStatus

D = Decimal
TODAY = date(2026, 3, 2)
STATEMENT, CONTRACT = "对账单[red]2025[/red].pdf", "借款协议.docx"
SHA, CONTRACT_SHA = "9f" * 32, "0b" * 32


def source(row: int, text: str, file: str = STATEMENT, page: int | None = 1) -> Source:
    sha = SHA if file == STATEMENT else CONTRACT_SHA
    return Source(sha, file, page, row, Box(40, 100, 555, 116) if file == STATEMENT else None, text)


def clause(text: str, row: int) -> Source:
    return source(row, text, CONTRACT, None)


TERMS = Terms(
    (
        Term("financier", "某某配资有限公司", source=clause("甲方：某某配资有限公司", 2)),
        Term("margin", "100000", "yuan", TermStatus.CONFIRMED, clause("乙方缴纳保证金人民币壹拾万元整", 5)),
        Term("financing", "400000", "yuan", source=clause("甲方提供配资款人民币肆拾万元整", 6)),
        Term("rate", "0.015", source=clause("第四条 4.2 月利率为1.5%，按月预付[bold]", 12)),
        Term("rate_period", "month", source=clause("第四条 4.2 月利率为1.5%，按月预付[bold]", 12)),
        Term("notice_required", value=True, source=clause("甲方应提前以短信方式通知乙方", 20)),
        Term("warning_line", "450000", status=TermStatus.EDITED, source=None),
    )
)


def posting(number: int, day: str, kind: LineKind, stated: str, remark: str = "", **more: object) -> Line:
    printed = f"{day} | {remark or kind.value} | {stated} | 12,000.00"
    place = source(number, printed)
    return Line(f"S1.{number}", place, date.fromisoformat(day), kind, D(stated), remark=remark, **more)  # type: ignore[arg-type]


def entry(line: Line, expected: str | None = None, working: str = "", *findings: str) -> AuditedLine:
    right = None if expected is None else D(expected)
    delta = None if right is None else right - line.stated
    return AuditedLine(line, right, delta, D("288859.66"), D(400000), working, findings=findings)


RATE_CAUSE = Cause("rate_155", "400,000.00 × 1.55% × 1 = 6,200.00", exact=True)
FINDINGS = (
    *(
        Finding(
            "INT-RATE",
            Severity.ERROR,
            f"{month} 月利息多收 200.00 元：约定月利率 1.5%，平台按 1.55% 计收。",
            f"Interest of month {month} is 200.00 too high: 1.5% was agreed, the platform took 1.55%.",
            date=date(2025, month, 28),
            lines=(f"S1.{month + 2}",),
            terms=("rate",),
            stated=D(6200),
            expected=D(6000),
            delta=D(200),
            working="400,000.00 × 1.5% × 1 = 6,000.00",
            cause=RATE_CAUSE,
            group="INT-RATE:rate_155",
        )
        for month in (1, 2, 3)
    ),
    Finding(
        "FEE-UNLISTED",
        Severity.ERROR,
        "收取“风控服务费”1,200.00 元，合同没有这项收费[red]x[/]。",
        "A “risk service fee” of 1,200.00 was taken that the contract does not have [red]x[/].",
        date=date(2025, 4, 1),
        lines=("S1.6",),
        stated=D(1200),
        expected=D(0),
        delta=D(1200),
    ),
    Finding(
        "INT-CAP",
        Severity.UNLAWFUL,
        "全部费用合计年化 21.3%，超过签约时四倍LPR（12.4%）。",
        "All charges come to 21.3% a year, above four times LPR at signing (12.4%).",
        Verdict.PROVEN,
        date(2025, 1, 2),
    ),
    Finding(
        "CASH-MISSING",
        Severity.QUESTION,
        "短信确认补入保证金 20,000.00 元，流水中没有。",
        "A text message confirms 20,000.00 of margin that the ledger does not have.",
        Verdict.POSSIBLE,
        date(2025, 3, 20),
        delta=D(20000),
    ),
    Finding("CON-VOID", Severity.NOTE, "场外配资合同无效。", "The off-exchange contract is void."),
)
LINES = (
    entry(posting(1, "2025-01-02", LineKind.MARGIN_IN, "100000.00", "保证金转入")),
    entry(posting(2, "2025-01-02", LineKind.DRAWDOWN, "400000.00", "配资放款")),
    *(
        entry(
            posting(month + 2, f"2025-0{month}-28", LineKind.INTEREST, "-6200.00", f"{month}月利息"),
            "-6000.00",
            "400,000.00 × 1.5% × 1 = 6,000.00",
            FINDINGS[month - 1].key,
        )
        for month in (1, 2, 3)
    ),
    entry(posting(6, "2025-04-01", LineKind.OTHER_FEE, "-1200.00", "风控服务费"), "0.00", "", FINDINGS[3].key),
    entry(
        posting(
            7,
            "2025-04-01",
            LineKind.BUY,
            "-110540.34",
            code="601166",
            name="兴业[red]x[/]银行",
            quantity=D(6600),
            price=D("16.74"),
        ),
        "-110540.34",
        "6,600 × 16.74 + 55.24 + 1.10",
    ),
    entry(
        posting(
            8,
            "2025-04-07",
            LineKind.FORCED_SELL,
            "98012.11",
            code="601166",
            name="兴业银行",
            quantity=D(6600),
            price=D("14.87"),
        ),
        "98012.11",
        "6,600 × 14.87 − 49.07 − 49.07",
    ),
)


def basis(name: str, allowed: str, settlement: str, difference: str) -> Basis:
    return Basis(
        name,
        D(allowed),
        D(19800),
        D(settlement),
        D(difference),
        D(100000),
        D(0),
        D("-41787.94"),
        D(0),
        "100,000.00 − 0.00 − 41,787.94 + 0.00",
    )


BASES = {
    "as_stated": basis("as_stated", "19800", "38412.06", "0"),
    "as_contracted": basis("as_contracted", "18000", "40212.06", "1800"),
    "lpr4": basis("lpr4", "12212.06", "46000", "7587.94"),
    "void": basis("void", "0", "58212.06", "19800"),
}
LEVELS = {"warning": D(450000), "liquidation": D(430000)}
DAYS = tuple(
    MarginDay(
        date(2025, 1, 2) + timedelta(days=step),
        D(500000) - D(900) * step - D(1500) * (step % 7),
        D(400000),
        (D(500000) - D(900) * step - D(1500) * (step % 7)) / D(400000),
        "normal" if step < 50 else "warning" if step < 80 else "liquidation",
        lines=LEVELS,
    )
    for step in range(96)
)
EVENTS = (
    MarginEvent(datetime(2025, 3, 28, 16, 0, tzinfo=UTC), "margin_call"),
    MarginEvent(datetime(2025, 4, 7, 9, 31, tzinfo=UTC), "forced_sale", line="S1.8"),
)
TESTS = (
    LiquidationTest(
        "LIQ-NOTICE", Verdict.PROVEN, "通知记录完整，没有追保通知。", "The log is complete and has no call."
    ),
    LiquidationTest(
        "LIQ-EARLY", Verdict.NOT_FOUND, "强平前资产已低于平仓线。", "Assets were below the line before the sale."
    ),
    LiquidationTest("LIQ-PRICE", Verdict.CANNOT_TELL, "没有分钟行情。", "There are no minute bars."),
)
AUDIT = Audit(
    "张某诉某某配资",
    CaseKind.OFF_EXCHANGE,
    date(2025, 4, 7),
    AuditOptions(),
    TERMS,
    (Contract(CONTRACT_SHA, CONTRACT, TERMS, (Contradiction(("margin",), "壹拾万元 ≠ 120,000"),)),),
    LINES,
    FINDINGS,
    Totals(interest=D(18600), fees=D(1200)),
    Totals(interest=D(18000)),
    D(1800),
    BASES,
    {"as_contracted": (BridgeStep("INT-RATE", D(600), FINDINGS[0].key), BridgeStep("FEE-UNLISTED", D(1200)))},
    Margin(
        "assets_over_debt",
        D(400000),
        LEVELS,
        DAYS[50].date,
        DAYS[80].date,
        DAYS,
        EVENTS,
    ),
    Liquidation(
        date(2025, 4, 7),
        ("S1.8",),
        D("98012.11"),
        TESTS,
        proposals=(Proposal("S1.7", ("notice",), strong=True, why_zh="当日有强平通知", why_en="a message that day"),),
    ),
    (Gap("no_minute_bars", "缺少分钟行情，无法核对成交价。", "Minute bars are missing; fills cannot be checked."),),
    Fingerprint("0.1.0", "test", ((STATEMENT, SHA),)),
    D("0.213"),
)
DOCUMENTS = (
    Document(
        1, DocumentKind.STATEMENT, STATEMENT, SHA, 48_123, datetime(2026, 3, 1, tzinfo=UTC), "8 行，2025-01 至 2025-04"
    ),
    Document(2, DocumentKind.CONTRACT, CONTRACT, CONTRACT_SHA, 20_480, datetime(2026, 3, 1, tzinfo=UTC), "7 项条款"),
)
TITLES = (
    ("冷静封盘", "Freeze"),
    ("账务核对", "Reconcile"),
    ("证据固化", "Evidence"),
    ("流动性评估", "Liquidity"),
    ("谈判与临时处置", "Negotiate"),
    ("对冲与减仓", "Hedge"),
    ("法律与监管", "Law"),
    ("复盘与制度化", "Review"),
)


def make_task(step: int, number: int) -> Task:
    spec = TaskSpec(
        f"{step}.{number}",
        step,
        f"第{step}步任务{number}：索要完整对账单并核对",
        f"Task {number} of step {step}: ask for all statements and check them",
        "给平台发书面函件，要求提供开户以来全部流水。",
        "Write to the platform and ask for every posting since the account was opened.",
        check="statements_complete" if number == 1 else None,
        blocks=(f"{step}.2",) if number == 1 else (),
    )
    check = (
        CheckResult(passed=False, text_zh="缺 2025-05 的对账单", text_en="2025-05 is missing") if number == 1 else None
    )
    state = TaskState.DONE if step == 1 else TaskState.DOING if (step, number) == (2, 2) else TaskState.TODO
    return Task(spec, state, due=TODAY + timedelta(days=2) if (step, number) == (7, 1) else None, check=check)


STEPS = tuple(
    Step(
        StepSpec(number, zh, en, "", "", tuple(make_task(number, index).spec for index in (1, 2, 3))),
        tuple(make_task(number, index) for index in (1, 2, 3)),
    )
    for number, (zh, en) in enumerate(TITLES, 1)
)
