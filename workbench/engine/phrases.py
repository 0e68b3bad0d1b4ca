"""One plain sentence per finding code, in Chinese and English; the engine fills in the figures."""

from __future__ import annotations

from collections.abc import Mapping

PHRASES: Mapping[str, tuple[str, str]] = {
    "INT-RATE": (
        "{date} 的利息按 {working} 应为 {expected} 元，平台收了 {stated} 元，用的不是合同利率。",
        "Interest of {date} should be {expected} ({working}); {stated} was charged at a rate not in the contract.",
    ),
    "INT-BASIS": (
        "{date} 的利息应为 {expected} 元（{working}），平台换了计息基准，收了 {stated} 元。",
        "Interest of {date} should be {expected} ({working}); {stated} was charged on another day-count basis.",
    ),
    "INT-DAYS": (
        "{date} 的利息应为 {expected} 元（{working}），平台多算或少算了天数，收了 {stated} 元。",
        "Interest of {date} should be {expected} ({working}); {stated} was charged for a different number of days.",
    ),
    "INT-START": (
        "{date} 的利息从放款之前起算，应为 {expected} 元（{working}），收了 {stated} 元。",
        "Interest of {date} runs from before the money arrived: {expected} is due ({working}), {stated} was charged.",
    ),
    "INT-PRINCIPAL": (
        "{date} 的利息按错误的本金计算，应为 {expected} 元（{working}），收了 {stated} 元。",
        "Interest of {date} was charged on the wrong principal: {expected} is due ({working}), {stated} was charged.",
    ),
    "INT-COMPOUND": (
        "{date} 对利息又计了利息，合同没有复利约定，应为 {expected} 元（{working}），收了 {stated} 元。",
        "Interest on interest on {date} without a clause: {expected} is due ({working}), {stated} was charged.",
    ),
    "INT-FLOAT": (
        "{date} 的利息没有按新公布的 LPR 调整，应为 {expected} 元（{working}），收了 {stated} 元。",
        "Interest of {date} ignores the published LPR: {expected} is due ({working}), {stated} was charged.",
    ),
    "INT-OTHER": (
        "{date} 的利息应为 {expected} 元（{working}），收了 {stated} 元；已知的算法都得不出这个数，请平台说明。",
        "Interest of {date} should be {expected} ({working}); no known method gives the {stated} charged.",
    ),
    "INT-DUP": (
        "{date} 又收了一次同一计息期的利息 {stated} 元。",
        "Interest of {stated} on {date} charges a period that was already charged.",
    ),
    "INT-AFTER": (
        "{date} 在账户了结之后仍收利息 {stated} 元。",
        "Interest of {stated} was charged on {date}, after the account had been closed out.",
    ),
    "INT-PREDEDUCT": (
        "{date} 放款时预先扣下利息 {stated} 元（砍头息），本金应按实际到账计算。",
        "Interest of {stated} was taken out of the loan in advance on {date}; the principal is what arrived.",
    ),
    "INT-CAP": (
        "给付出借方的各项费用折合年化 {rate}，超过合同成立时一年期 LPR 四倍（{cap}）。",
        "All charges to the financier come to {rate} a year, above four times the LPR at signing ({cap}).",
    ),
    "LATE-RATE": (
        "{date} 的滞纳金应为 {expected} 元（{working}），收了 {stated} 元，费率不是合同约定的。",
        "The late fee of {date} should be {expected} ({working}); {stated} was charged at another rate.",
    ),
    "LATE-BASE": (
        "{date} 的滞纳金应为 {expected} 元（{working}），收了 {stated} 元，计算基数不对。",
        "The late fee of {date} should be {expected} ({working}); {stated} was charged on another base.",
    ),
    "LATE-DAYS": (
        "{date} 的滞纳金应为 {expected} 元（{working}），收了 {stated} 元，逾期天数或宽限期不对。",
        "The late fee of {date} should be {expected} ({working}); {stated} was charged for other days.",
    ),
    "LATE-STACK": (
        "滞纳金、罚息与利息、费用合计超过法律保护的上限。",
        "Late fees, penalty interest, interest and other charges together exceed what the law protects.",
    ),
    "PEN-BREACH": (
        "{date} 收了违约金 {stated} 元，账上看不到合同约定的违约行为。",
        "A penalty of {stated} was charged on {date}; the ledger shows no breach the contract names.",
    ),
    "PEN-EXCESS": (
        "{date} 的违约金 {stated} 元超过约定的 {expected} 元（{working}）。",
        "The penalty of {stated} on {date} exceeds the agreed {expected} ({working}).",
    ),
    "FEE-UNLISTED": (
        "{date} 的“{operation}”{stated} 元在合同中没有约定。",
        "The fee “{operation}” of {stated} on {date} is not in the contract.",
    ),
    "FEE-RATE": (
        "{date} 的佣金应为 {expected} 元（{working}），收了 {stated} 元。",
        "The commission of {date} should be {expected} ({working}); {stated} was charged.",
    ),
    "FEE-MIN": (
        "{date} 的最低佣金应为 {expected} 元（{working}），收了 {stated} 元。",
        "The minimum commission of {date} should be {expected} ({working}); {stated} was charged.",
    ),
    "FEE-STAMP": (
        "{date} 的印花税应为 {expected} 元（{working}），收了 {stated} 元。",
        "The stamp duty of {date} should be {expected} ({working}); {stated} was charged.",
    ),
    "FEE-TRANSFER": (
        "{date} 的过户费应为 {expected} 元（{working}），收了 {stated} 元。",
        "The transfer fee of {date} should be {expected} ({working}); {stated} was charged.",
    ),
    "FEE-DUP": (
        "{date} 的“{operation}”{stated} 元重复收取。",
        "The fee “{operation}” of {stated} on {date} was charged twice.",
    ),
    "FEE-MGMT": (
        "{date} 的管理费应为 {expected} 元（{working}），收了 {stated} 元。",
        "The management fee of {date} should be {expected} ({working}); {stated} was charged.",
    ),
    "FEE-SHARE": (
        "{date} 的盈利分成应为 {expected} 元（{working}），收了 {stated} 元。",
        "The profit share of {date} should be {expected} ({working}); {stated} was charged.",
    ),
    "BAL-BREAK": (
        "{date} 的余额应滚到 {expected} 元，账单印的是 {stated} 元，差 {delta} 元没有对应的流水。",
        "The balance of {date} should roll to {expected}; {stated} is printed and {delta} has no posting.",
    ),
    "BAL-OPEN": (
        "期初余额 {stated} 元与前一期期末 {expected} 元不符。",
        "The opening balance {stated} differs from the previous closing balance {expected}.",
    ),
    "ROW-DUP": (
        "{date} 的同一笔交易记了两次（{stated} 元）。",
        "The same trade of {stated} on {date} stands twice.",
    ),
    "ROW-GAP": (
        "{date} 之前缺少流水：余额跳了 {delta} 元。",
        "Rows are missing before {date}: the balance jumps by {delta}.",
    ),
    "QTY-BREAK": (
        "{date} 的证券余额接不上：{detail}。",
        "The share balance does not roll on {date}: {detail}.",
    ),
    "AMT-ARITH": (
        "{date} 的成交净额应为 {expected} 元（{working}），账单记 {stated} 元。",
        "The net amount of {date} should be {expected} ({working}); {stated} is booked.",
    ),
    "CASH-MISSING": (
        "{date} 的款项 {expected} 元没有入账，账单记 {stated} 元。",
        "{expected} of {date} was not credited; the statement books {stated}.",
    ),
    "PRIN-MISMATCH": (
        "实际放款 {stated} 元，合同约定 {expected} 元。",
        "{stated} was drawn, {expected} was agreed.",
    ),
    "CON-VOID": (
        "出借方不是证券公司，场外配资合同无效，约定的利息、费用和违约金不受保护；亏损造成的穿仓仍可能被主张。",
        (
            "The lender is no securities firm: the financing contract is void and its interest, fees and penalties "
            "are not protected; a shortfall may still be claimed."
        ),
    ),
    "CON-USURY": (
        "合同利率折合年化 {rate}，超过合同成立时一年期 LPR 四倍（{cap}）。",
        "The contract rate comes to {rate} a year, above four times the one-year LPR at signing ({cap}).",
    ),
    "CON-CLAUSE": (
        "单方面减轻自身责任的格式条款：{detail}",
        "A standard clause that favours one side: {detail}",
    ),
    "CON-MATH": (
        "合同自身的数字互相矛盾：{detail}",
        "The contract's own figures disagree: {detail}",
    ),
    "LIQ-AFTER": (
        "{date} 在账户了结之后仍收“{operation}”{stated} 元。",
        "“{operation}” of {stated} was charged on {date}, after the account had been closed out.",
    ),
    "SIM-FILL-ODD": (
        "{date} 的成交不合常规（{detail}），此类共 {count} 笔；个别情况下可能，请平台提供交易所成交回报。",
        "The fill of {date} is unusual ({detail_en}); there are {count} such. It can happen; ask for confirmations.",
    ),
    "SIM-FILL": (
        "{date} 的成交在市场上不可能发生（{detail}），此类共 {count} 笔，请平台提供交易所成交回报。",
        "The fill of {date} could not have happened ({detail_en}); there are {count} such. Ask for confirmations.",
    ),
}


def sentence(code: str, **figures: str) -> tuple[str, str]:
    """Return the Chinese and the English sentence of a code with its figures filled in."""
    zh, en = PHRASES[code]
    return zh.format_map(figures), en.format_map(figures)
