"""What platform and broker write to the client."""

from __future__ import annotations

from datetime import date, datetime, time
from random import Random

from tests.simulator.model import Deal, Message

CHANNELS = {"sms": "短信", "app": "APP推送", "phone": "电话", "wechat": "微信", "letter": "函件"}


class Messenger:
    """Collects the messages of one case."""

    def __init__(self, random: Random, deal: Deal) -> None:
        self.random, self.deal = random, deal
        self.sent: list[Message] = []
        written = [m for m in deal.notice_methods if m != "phone"] or ["sms"]
        self.channel = random.choice(written)
        self.tail = f"(尾号{deal.account[-4:]})"

    def _send(self, day: date, hour: int, text: str, channel: str | None = None, *, spoken: bool = False) -> None:
        at = datetime.combine(day, time(hour, self.random.randint(1, 58), self.random.randint(0, 59)))
        self.sent.append(Message(at, text, channel or self.channel, spoken))

    def opened(self, day: date) -> None:
        """The money has arrived."""
        self._send(
            day, 9, self.random.choice(("您的账户已开通,资金已到账,祝您交易顺利。", "账户开通成功,资金已划入,请查收。"))
        )

    def due(self, day: date) -> None:
        """A reminder of charges to come."""
        self._send(
            day,
            16,
            self.random.choice(
                ("温馨提示:您的账户即将结算息费,请保持账户可用资金充足。", "提醒:明日为结息日,请预留足够可用资金。")
            ),
        )

    def deposit(self, day: date, amount: str) -> None:
        """A top-up was booked."""
        self._send(day, 10, f"您转入的追加保证金{amount}元已收到,将计入您的账户。")

    def warning(self, day: date, words: str) -> None:
        """The warning line was crossed."""
        self._send(day, 15, f"风险提示:您的账户{self.tail}{words},已低于预警线,请注意风险。")

    def call(self, day: date, words: str, deadline: datetime) -> None:
        """A margin call."""
        until = f"{deadline:%Y-%m-%d %H:%M}"
        middle = f"{words}," if words else ""
        self._send(
            day,
            15,
            f"追加保证金通知:截至{day:%Y-%m-%d}收盘,您的账户{self.tail}{middle}已触及平仓线,"
            f"请于{until}前追加保证金或自行减仓,逾期未补足的,将对账户强制平仓。",
        )
        if "phone" in self.deal.notice_methods:
            self._send(day, 16, f"客服致电客户本人,已告知追加保证金事宜及截止时间{until}。", "phone", spoken=True)

    def liquidated(self, day: date) -> None:
        """The account was sold out."""
        self._send(
            day,
            14,
            self.random.choice(
                ("您的账户已被强制平仓,成交明细请查询对账单。", "您的账户已执行强制平仓,请登录查询成交记录。")
            ),
        )
