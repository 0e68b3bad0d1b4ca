"""The contract's text: clauses drawn from the stock of wordings, numbered by article."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from tests.simulator import clauses as c
from tests.simulator.model import Deal
from tests.simulator.truth import plain

METHOD_WORDS = {"sms": "短信", "phone": "电话", "wechat": "微信", "app": "APP推送", "letter": "书面函件"}
_DIGITS = "零壹贰叁肆伍陆柒捌玖"


@dataclass(frozen=True, slots=True)
class ContractText:
    """A contract ready to be written: title, heading lines, articles, signatures."""

    title: str
    head: list[str]
    articles: list[tuple[str, list[str]]]
    sign: list[str]


def capital(amount: Decimal) -> str:
    """Write a whole number of ten thousands below ten millions in capital numerals: 叁拾伍万元整."""
    number = int(amount) // 10_000
    if number * 10_000 != amount or number >= 1000:
        raise ValueError(f"not a round amount: {amount}")
    text = ""
    zero = False
    for place, word in ((100, "佰"), (10, "拾"), (1, "")):
        digit = number // place % 10
        if digit:
            text += ("零" if zero and text else "") + _DIGITS[digit] + word
            zero = False
        else:
            zero = True
    return f"{text}万元整"


def chinese_date(day: date) -> str:
    """Write 2024年3月5日."""
    return f"{day.year}年{day.month}月{day.day}日"


def percent(value: Decimal) -> str:
    """Write a fraction as a percentage."""
    return f"{plain(value * 100)}%"


class Writer:
    """Draws one wording for each clause of a deal."""

    def __init__(self, random: Random, deal: Deal) -> None:
        self.random, self.deal = random, deal
        off = deal.kind == "off_exchange"
        self.lender, self.borrower = ("甲方", "乙方") if off else ("乙方", "甲方")

    def pick(self, wordings: tuple[str, ...], **values: str) -> str:
        """Choose a wording and fill it in."""
        return self.random.choice(wordings).format(L=self.lender, B=self.borrower, **values)

    def money(self, amount: Decimal) -> str:
        """Write an amount in one of the usual ways."""
        figures = f"{amount:,.2f}"
        ways = [f"人民币{figures}元", f"人民币{capital(amount)}(小写:¥{figures})", f"人民币{figures}元整"]
        return self.random.choice(ways)

    def permyriad(self, value: Decimal) -> str:
        """Write a small fraction as 万分之x where that is usual, else as a percentage."""
        return self.random.choice((percent(value), f"万分之{plain(value * 10_000)}"))

    def funds(self) -> list[str]:
        """Deposit, loan, leverage, account, term."""
        deal, off = self.deal, self.deal.kind == "off_exchange"
        two = len(deal.tranches) > 1
        loan = c.FINANCING_TWO if two else (c.FINANCING if off else c.FINANCING_BROKER)
        result = [
            self.pick(c.MARGIN, margin=self.money(deal.margin)),
            self.pick(loan, financing=self.money(deal.financing)),
        ]
        if deal.leverage_convention:
            multiple = deal.financing / deal.margin + (deal.leverage_convention == "total_over_margin")
            printed = deal.printed_leverage or multiple
            result.append(self.pick(c.LEVERAGE[deal.leverage_convention], leverage=plain(printed)))
        result.append(self.pick(c.ACCOUNT_OFF if off else c.ACCOUNT_BROKER, account=deal.account))
        dates = {"term_start": chinese_date(deal.term_start), "term_end": chinese_date(deal.term_end)}
        return [*result, self.pick(c.TERM, **dates)]

    def rate(self) -> str:
        """The rate clause."""
        deal = self.deal
        if deal.rate is None:
            reset = c.RESET[deal.rate_reset or "on_publication"]
            return self.pick(c.FLOATING, bp=str(deal.spread_bp), reset=reset, base=(deal.day_count or "")[4:])
        fixed = deal.kind == "broker_margin" and deal.product in c.RATE_BROKER_FIXED
        product = "prepaid" if deal.product == "arrear" else deal.product
        stock = c.RATE_BROKER_FIXED[deal.product] if fixed else c.RATE[product]
        fen = f"{plain(deal.rate * 100)}{self.random.choice(('%', '分'))}"
        return self.pick(stock, percent=percent(deal.rate), wan=self.permyriad(deal.rate), fen=fen)

    def interest(self) -> list[str]:
        """Rate, settlement, broken months, counting, compounding."""
        deal = self.deal
        key = "broker" if deal.settlement_day else deal.settlement
        result = [self.rate(), self.pick(c.SETTLEMENT[key], day=str(deal.settlement_day))]
        if deal.broken_month and deal.settlement == "prepaid_monthly":
            result.append(self.pick(c.FULL_PREPAID))
        elif deal.broken_month:
            result.append(self.pick(c.BROKEN[deal.broken_month]))
        if deal.count_rule:
            result.append(self.pick(c.COUNT_RULE))
        if deal.no_compounding:
            result.append(self.pick(c.NO_COMPOUND))
        return result

    def fees(self) -> list[str]:
        """Management fee, profit share, commission, statutory charges."""
        deal = self.deal
        result = []
        if deal.management_fee is not None:
            stock = c.MANAGEMENT[deal.management_unit]
            figures = {"percent": percent(deal.management_fee), "yuan": f"{deal.management_fee:,.2f}"}
            result.append(self.pick(stock, **figures))
        if deal.profit_share is not None:
            result.append(self.pick(c.SHARE, percent=percent(deal.profit_share)))
        values = {
            "percent": percent(deal.commission_rate),
            "wan": self.permyriad(deal.commission_rate),
            "minimum": plain(deal.commission_min),
        }
        return [*result, self.pick(c.COMMISSION[deal.commission_inclusive], **values), self.pick(c.STATUTORY)]

    def default(self) -> list[str]:
        """Late fee, penalty interest, breach penalty."""
        deal, result = self.deal, []
        if deal.late_rate is not None:
            grace = c.GRACE.format(n=deal.late_grace) if deal.late_grace else ""
            result.append(self.pick(c.LATE, grace=grace, percent=percent(deal.late_rate)))
        if deal.penalty_uplift is not None:
            result.append(self.pick(c.UPLIFT, percent=percent(deal.penalty_uplift)))
        if deal.breach_penalty is not None:
            result.append(self.pick(c.BREACH, percent=percent(deal.breach_penalty)))
        return result

    def risk(self) -> list[str]:
        """Lines, notice, scope of the sale."""
        deal = self.deal
        warn, floor = deal.warning_line, deal.liquidation_line
        values = {
            "warn": plain(warn),
            "floor": plain(floor),
            "warn_pct": percent(warn),
            "floor_pct": percent(floor),
            "warn_loss": percent(1 - warn),
            "floor_loss": percent(1 - floor),
            "warn_yuan": f"{warn:,.2f}",
            "floor_yuan": f"{floor:,.2f}",
        }
        result = [self.pick(c.LINES["loss" if deal.loss_wording else deal.line_convention], **values)]
        if deal.notice_required:
            methods = "、".join(METHOD_WORDS[m] for m in deal.notice_methods)
            ahead, clock = deal.topup.split()
            day = {"T+1": self.random.choice(("下一交易日", "次一交易日")), "T+2": "第2个交易日"}[ahead]
            result.append(self.pick(c.NOTICE, methods=methods, deadline=f"{day}{clock}"))
        else:
            result.append(self.pick(c.NO_NOTICE))
        if deal.sell_scope:
            result.append(self.pick(c.SCOPE[deal.sell_scope]))
        if deal.sell_order:
            result.append(self.pick(c.ORDER[deal.sell_order]))
        return result

    def build(self) -> ContractText:
        """Draw the whole contract."""
        deal, off = self.deal, self.deal.kind == "off_exchange"
        title = self.random.choice(c.HEADINGS_OFF if off else c.HEADINGS_BROKER)
        lender_line = f"甲方(出借方):{deal.financier}" if off else f"乙方(证券公司):{deal.financier}"
        client_line = f"乙方(用资方):{deal.client}" if off else f"甲方(客户):{deal.client}"
        signed = chinese_date(deal.signed_on)
        head = [f"合同编号:{deal.contract_no}", f"签订日期:{signed}    签订地点:{deal.city}市"]
        head += [lender_line, client_line] if off else [client_line, lender_line]
        if deal.platform:
            head.append(f"居间平台:{deal.platform}")
        groups = [
            ("资金与账户", self.funds()),
            ("利息", self.interest()),
            ("费用", self.fees()),
            ("逾期与违约", self.default()),
            ("风险控制", self.risk()),
            ("交易限制", [self.pick(c.BAN)]),
            ("了结与其他", [text.format(L=self.lender, B=self.borrower) for text in c.CLOSING]),
            ("争议解决", [self.pick(c.DISPUTE)]),
        ]
        mark = "盖章" if off else "公章"
        sign = [
            f"{self.lender}({mark}):{deal.financier}",
            f"{self.borrower}(签字):{deal.client}",
            f"签署日期:{signed}",
        ]
        return ContractText(title, head, [g for g in groups if g[1]], sign)
