"""What could not be checked, and which document would allow it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbench.domain.findings import Gap
from workbench.domain.lines import CHARGES, LineKind
from workbench.domain.liquidation import Proposal
from workbench.engine.account import Account
from workbench.engine.books import Books
from workbench.engine.prices import Prices


def find_gaps(account: Account, books: Books, prices: Prices, proposals: Sequence[Proposal] = ()) -> Iterator[Gap]:
    """Yield one gap per missing document or figure."""
    if not account.lines:
        yield Gap("no_statement", "还没有导入对账单。", "No statement has been imported.")
    if not account.facts.contracts:
        yield Gap(
            "no_contract",
            "没有合同：利息和费用无法按约定重算，请导入合同。",
            "No contract: interest and fees cannot be recomputed. Import the contract.",
        )
    elif books.interest is None and account.of_kind(LineKind.INTEREST):
        yield Gap(
            "no_rate",
            "合同中没有读到利率，利息无法重算；请在“条款”中补填。",
            "No rate was read from the contract; enter it under terms to recompute interest.",
        )
    for covered in books.interest.unpriced if books.interest else ():
        day = covered.line.date.isoformat()
        yield Gap("no_lpr", f"{day} 的利息需要参考表以外的 LPR。", f"Interest of {day} needs an LPR beyond the table.")
    known = {due.line.id for due in books.dues}
    for line in account.lines:
        if line.kind in CHARGES and line.kind is not LineKind.INTEREST and line.id not in known:
            day = line.date.isoformat()
            yield Gap(
                "late_unknown",
                f"{day} 的“{line.operation}”看不出应付日或计算基数，请向平台索要明细。",
                f"“{line.operation}” of {day} shows neither due day nor base; ask the platform for the details.",
            )
    yield from _fee_gaps(account)
    yield from _market_gaps(account, prices)
    if proposals:
        yield Gap(
            "forced_proposed",
            f"有 {len(proposals)} 笔卖出像是强制平仓，但账单没有写明；请确认哪些是，才能检验。",
            f"{len(proposals)} sales look forced though no statement says so; say which are and they are tested.",
        )


def _fee_gaps(account: Account) -> Iterator[Gap]:
    printed = {line.id: line.fees for statement in account.facts.ledgers for line in statement.lines}
    if any(line.fees != printed.get(line.id, line.fees) for line in account.lines):
        yield Gap(
            "no_fee_parts",
            "对账单没有分列交易费用，各项由合计推得；请索要含佣金、印花税、过户费明细的交割单。",
            "The statement prints one fee figure; its parts are inferred. Ask for one that prints them apart.",
        )


def _market_gaps(account: Account, prices: Prices) -> Iterator[Gap]:
    unknown = [line for line in account.lines if line.kind is LineKind.UNKNOWN]
    if unknown:
        yield Gap(
            "unknown_rows",
            f"有 {len(unknown)} 笔流水的业务类型不明，未计入任何一项。",
            f"{len(unknown)} postings are of unknown kind and count nowhere.",
        )
    codes = sorted({line.code for line in account.lines if line.code and line.quantity})
    missing = [code for code in codes if not prices.covers(code)]
    if missing:
        listed = "、".join(missing[:8])
        yield Gap(
            "no_prices",
            f"缺少行情：{listed}。导入日线后才能检验平仓线和成交价。",
            f"Prices missing: {listed}. Import daily bars to test the lines and the fills.",
        )
    if account.of_kind(LineKind.FORCED_SELL) and not account.facts.notice_logs:
        yield Gap(
            "no_notices",
            "没有通知或聊天记录，无法检验强平前的通知。",
            "No notices or chats: the call before the forced sale cannot be tested.",
        )
    if any(not statement.has_balance for statement in account.facts.ledgers):
        yield Gap(
            "no_balance",
            "有的对账单没有可用的余额列，余额链无法核对。",
            "A statement has no usable balance column; its balance chain cannot be checked.",
        )
