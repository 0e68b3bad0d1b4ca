"""What a plan must say besides its figures: to whom an instrument is open, what is refused and why.

The product's facts hold no thresholds of suitability and no broker's margin rates: such a thing is said to be asked of
the broker, never invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from workbench.domain.money import grouped


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to know, in both languages."""

    code: str
    """Stable name for scripts."""
    text_zh: str
    text_en: str


ARITHMETIC: Final = Note(
    "arithmetic",
    "以上只是算术，不是投资建议；不要为对冲借钱，也不要用杠杆把亏损做回来。",
    "This is arithmetic, not advice; do not borrow for a hedge and do not trade back the loss with leverage.",
)
NO_SINGLE_STOCK: Final = Note(
    "no_single_stock_options",
    "境内个人投资者买不到单只股票的期权，只有ETF期权（上证50、沪深300、中证500、科创50、创业板等ETF）和中金所的股指期权；"
    "用它们只能对冲随指数涨跌的部分，个股自身的风险仍在。",
    "Private investors in mainland China cannot buy options on single stocks, only options on ETFs (SSE 50, CSI 300,"
    " CSI 500, STAR 50, ChiNext) and on indices at CFFEX; these cover what moves with the index, not the stock's own"
    " risk.",
)
OPTION_ACCOUNT: Final = Note(
    "option_account",
    "买入期权须另开期权账户，并符合适当性要求；本工具没有这些门槛的核实数据，请向证券公司或期货公司核实。",
    "Buying options takes an account for them and meeting suitability thresholds; no checked figures of these are held"
    " here: check with your broker.",
)
FUTURES_ACCOUNT: Final = Note(
    "futures_account",
    "股指期货须另开期货账户和中金所交易编码，并符合适当性要求；门槛和保证金比例请向期货公司核实。",
    "Index futures take a futures account with a CFFEX trading code and meeting suitability thresholds; check these and"
    " the margin rate with your futures broker.",
)
LENDING_ACCOUNT: Final = Note(
    "lending_account",
    "卖空ETF只能在持牌证券公司的信用账户里融券；能否融到、费率和保证金比例请向证券公司核实。场外配资账户不能融券。",
    "An ETF can be sold short only by borrowing it in a margin account with a licensed broker; check with your broker"
    " whether it lends the ETF at all, the fee and the margin rate. An off-exchange financing account cannot do it.",
)
FROZEN: Final = Note(
    "frozen",
    "账户被冻结或限制交易，不能下对冲单。",
    "The account is frozen or barred from trading: no hedge can be placed in it.",
)
NO_ACCOUNT: Final = Note(
    "no_account",
    "没有可交易该品种的账户，此对冲做不了；没有对冲工具时，只能减仓。",
    "There is no account that may trade this instrument, so this hedge is not open to you; without one, exposure can"
    " only be reduced.",
)
ACCOUNT_UNKNOWN: Final = Note(
    "account_unknown",
    "未说明是否已有可交易该品种的账户：没有就做不了。",
    "It was not said whether there is an account that may trade this instrument: without one it cannot be done.",
)
TOO_SMALL: Final = Note(
    "too_small",
    "持仓不足一张合约，按不过度对冲的原则不做。",
    "The holding is smaller than one contract; more than the holding is never hedged.",
)
T_PLUS_1: Final = Note(
    "t_plus_1",
    "当日买入的股票次一交易日才能卖出（T+1）；对冲改变不了这一点。",
    "Shares bought today can be sold from the next trading day only (T+1); a hedge does not change that.",
)
OWN_RISK: Final = Note(
    "own_risk",
    "贝塔来自历史，只对冲随指数涨跌的部分；个股自身的涨跌和基差不在其中。",
    "Beta is history and covers only what moves with the index; the stock's own moves and the basis are left.",
)


def borrowed(missing: Decimal, what_zh: str, what_en: str) -> Note:
    """Return the refusal of a hedge that own money cannot pay.

    Args:
        missing: own money that lacks, in yuan.
        what_zh: what has to be paid, in Chinese.
        what_en: the same in English.
    """
    return Note(
        "borrowed",
        f"{what_zh}超出自有资金 {grouped(missing)} 元，只能靠借款补足，会加大杠杆：不予采用。",
        f"The {what_en} exceeds your own money by {grouped(missing)} yuan; borrowing it would raise leverage: refused.",
    )
