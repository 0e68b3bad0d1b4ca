"""``LIQ-NOTICE``, ``LIQ-GRACE`` and ``LIQ-CONTROL``: was the client called, given the time, left in control.

Source: domain specification, sections 7 and 12.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal

from workbench.domain.findings import Verdict
from workbench.domain.liquidation import LiquidationTest
from workbench.domain.market import NoticeKind
from workbench.engine.account import Account
from workbench.engine.scene import CLOSE, Scene, day_before, verdict_of


def notice_given(scene: Scene) -> LiquidationTest:
    """``LIQ-NOTICE``: no margin call before the sale although the contract requires one."""
    code = "LIQ-NOTICE"
    required = scene.account.terms.flag("notice_required")
    if required is None:
        return verdict_of(code, Verdict.CANNOT_TELL, "合同没有写明是否须通知。", "The contract is silent on notice.")
    if not required:
        return verdict_of(code, Verdict.NOT_FOUND, "合同约定无需通知。", "The contract requires no notice.")
    if scene.calls:
        at = scene.calls[-1].at
        return verdict_of(code, Verdict.NOT_FOUND, f"{at:%Y-%m-%d %H:%M} 已通知。", f"Called at {at:%Y-%m-%d %H:%M}.")
    logs = scene.account.facts.notice_logs
    if not logs:
        return verdict_of(code, Verdict.CANNOT_TELL, "没有通知或聊天记录。", "No notices or chats were imported.")
    covering = [
        log
        for log in logs
        if log.complete
        and (log.end is None or log.end.date() >= scene.day)
        and (log.start is None or log.start.date() <= scene.day)
    ]
    if covering:
        return verdict_of(
            code,
            Verdict.PROVEN,
            "通知记录注明完整，强平前没有追加保证金通知。",
            "The log says it is complete and holds no margin call before the sale.",
        )
    return verdict_of(
        code,
        Verdict.POSSIBLE,
        "现有记录里没有追加保证金通知，但记录未注明完整。",
        "The records hold no margin call, but do not say they are complete.",
    )


def grace_kept(scene: Scene) -> LiquidationTest:
    """``LIQ-GRACE``: sold before the deadline of the last margin call ran out."""
    code = "LIQ-GRACE"
    if not scene.calls:
        return verdict_of(code, Verdict.CANNOT_TELL, "没有追加保证金通知，无从起算。", "No margin call to count from.")
    deadline = top_up_deadline(scene)
    if deadline is None:
        return verdict_of(
            code, Verdict.CANNOT_TELL, "合同和通知都没有期限。", "Neither contract nor call gives a deadline."
        )
    zh, en = f"期限到 {deadline:%Y-%m-%d %H:%M}", f"the deadline was {deadline:%Y-%m-%d %H:%M}"
    emergency = scene.account.terms.number("emergency_line")
    if emergency is not None and any(
        day.state == "emergency" for day in scene.margin.days if day.date == day_before(scene)
    ):
        return verdict_of(
            code, Verdict.NOT_FOUND, zh + "，但已触及紧急平仓线。", en + ", but the emergency line was hit"
        )
    sold = scene.sold_at or _announced(scene)
    before = sold < deadline if sold else scene.day < deadline.date()
    if before or (sold is None and scene.day == deadline.date() and deadline.time() >= CLOSE):
        return verdict_of(code, Verdict.PROVEN, f"{zh}，{scene.day} 已经卖出。", f"{en}; the sale was on {scene.day}.")
    if sold is None and scene.day == deadline.date():
        return verdict_of(
            code, Verdict.POSSIBLE, zh + "，同日卖出，时刻不明。", en + "; sold that day at an unknown time."
        )
    return verdict_of(code, Verdict.NOT_FOUND, zh + "，此后才卖出。", en + "; the sale came later.")


def _announced(scene: Scene) -> datetime | None:
    """Return when the other side said the sale had happened on the day, an upper bound of the fill's time."""
    for notice in scene.notices:
        if notice.kind is NoticeKind.LIQUIDATED and notice.at.date() == scene.day:
            return notice.at
    return None


def top_up_deadline(scene: Scene) -> datetime | None:
    """Return when the last call before the sale ran out, by contract or call, the later; None without a call."""
    if not scene.calls:
        return None
    call = scene.calls[-1]
    agreed = contract_deadline(scene.account, call.at)
    known = [moment for moment in (agreed, call.deadline) if moment is not None]
    return max(known) if known else None


def contract_deadline(account: Account, called: datetime) -> datetime | None:
    """Return when a call sent at ``called`` runs out by the contract: hours, or trading days and a time of day."""
    text = account.terms.text("topup_deadline")
    if not text:
        return None
    if text.endswith("h") and text[:-1].replace(".", "", 1).isdigit():
        return called + timedelta(seconds=int(Decimal(text[:-1]) * 3600))
    head, _, clock = text.partition(" ")
    if not head.upper().startswith("T+") or not head[2:].isdigit():
        return None
    hour, _, minute = (clock or "15:00").partition(":")
    day = account.tables.calendar.after(called.date(), int(head[2:])) if int(head[2:]) else called.date()
    return datetime.combine(day, time(int(hour), int(minute or 0)))


def control_lost(scene: Scene) -> LiquidationTest:
    """``LIQ-CONTROL``: messages that tell of a changed password or disabled trading before the sale."""
    code = "LIQ-CONTROL"
    words = (
        "修改密码",
        "改了密码",
        "密码已修改",
        "密码错误",
        "限制交易",
        "禁止交易",
        "冻结账户",
        "登录不上",
        "无法登录",
    )
    for notice in scene.notices:
        if notice.at.date() <= scene.day and any(word in notice.text for word in words):
            when = f"{notice.at:%Y-%m-%d %H:%M}"
            return verdict_of(code, Verdict.POSSIBLE, f"{when}：{notice.text}", f"{when}: {notice.text}")
    if not scene.notices:
        return verdict_of(code, Verdict.CANNOT_TELL, "没有聊天记录。", "No messages were imported.")
    return verdict_of(code, Verdict.NOT_FOUND, "记录里没有失去控制的迹象。", "The messages show no loss of control.")
