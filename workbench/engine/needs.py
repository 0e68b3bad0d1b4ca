"""What would settle a test that could not be decided: the document or fact to ask for.

Source: domain specification, section 7 (``cannot_tell`` says what is missing).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from workbench.domain.findings import Verdict
from workbench.domain.liquidation import LiquidationTest

OPEN = frozenset({Verdict.CANNOT_TELL, Verdict.POSSIBLE})
NEEDS: Mapping[str, tuple[str, str]] = {
    "LIQ-NOTICE": (
        "导入完整的通知和聊天记录（导出时注明全部），并向对方索要短信、电话通知的发送回执。",
        "Import the complete messages (exported as such) and ask for delivery records of texts and calls.",
    ),
    "LIQ-GRACE": (
        "找到追加保证金的通知原文和送达时间，以及写明期限的条款。",
        "Find the margin call itself with its time of delivery, and the clause with the deadline.",
    ),
    "LIQ-ORDER": (
        "向对方索要逐笔委托记录（含委托时间），并对照合同约定的顺序。",
        "Ask for every order with its time and hold them against the agreed order.",
    ),
    "LIQ-OVERSELL": (
        "补充平仓线条款和强平当日行情；卖出还款不能恢复的口径，请对方说明卖出数量的依据。",
        "Add the line's clause and that day's prices; where selling cannot restore it, ask why so much was sold.",
    ),
    "LIQ-PRICE": (
        "导入强平当日的日线或分钟行情，并向对方索要交易所成交回报。",
        "Import daily or minute bars of that day and ask for the exchange's confirmations.",
    ),
    "LIQ-HALT": ("导入卖出证券的日线行情。", "Import daily bars of the securities sold."),
    "LIQ-T1": ("导入强平之前的全部流水。", "Import the whole ledger before the sale."),
    "LIQ-CONC": ("导入强平前一日的持仓和行情。", "Import holdings and prices of the day before."),
    "LIQ-LINE": (
        "导入平台公告和通知，看是否提高过风控线，及合同是否允许。",
        "Import announcements and messages: was a line raised, and does the contract allow it.",
    ),
    "LIQ-RESIDUAL": (
        "导入了结之后的流水，或请对方书面确认余款去向。",
        "Import the ledger after the close-out, or ask in writing where the rest went.",
    ),
    "LIQ-CONTROL": (
        "导入聊天记录、登录失败截图和改密通知，写明发生时间。",
        "Import chats, screenshots of failed logins and notices of changed passwords, with their times.",
    ),
}


def with_needs(test: LiquidationTest) -> LiquidationTest:
    """Return an undecided test with what would settle it, unless it says so itself."""
    if test.verdict not in OPEN or test.needs_zh:
        return test
    zh, en = NEEDS.get(test.code, ("", ""))
    return replace(test, needs_zh=zh, needs_en=en)
