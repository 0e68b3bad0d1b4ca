"""Recognised screenshots become messages: bubbles, times as apps print them, lists, and what cannot be dated."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from workbench.domain.market import NoticeKind, NoticeLog
from workbench.domain.source import Box
from workbench.errors import InputError
from workbench.intake import notices
from workbench.intake.messages.screenshot import day_of_name
from workbench.readers.model import TextDocument, TextLine, Word

WIDTH = 1080.0
Shown = tuple[str, str, float]
"""(side, text, top)."""


def document(shown: list[Shown], sure: float = 0.98) -> TextDocument:
    lines = []
    for number, (side, text, top) in enumerate(shown, 1):
        left = {"left": 180.0, "right": 500.0, "centre": 450.0}.get(side, 180.0)
        words, at = [], left
        for part in text.split("\t"):
            wide = 18.0 * len(part)
            start = WIDTH - 50 - wide if part is not text and part == text.split("\t")[-1] else at
            words.append(Word(part, Box(start, top, start + wide, top + 40), sure))
            at = start + wide
        box = Box(words[0].box.x0, top, words[-1].box.x1, top + 40)
        lines.append(TextLine(text.replace("\t", " "), number, 1, box, tuple(words), side))
    return TextDocument("picture", tuple(lines), 1, (WIDTH,))


def read(
    monkeypatch: pytest.MonkeyPatch, shown: list[Shown], name: str = "wx_20240124.png", sure: float = 0.98
) -> NoticeLog:
    monkeypatch.setattr(notices, "read_text", lambda _data, _name: document(shown, sure))
    return notices.read_notices(b"", name, "0" * 64)


CHAT: list[Shown] = [
    ("", "09:41 5G 82%", 20),
    ("", "<银禾客服", 110),
    ("centre", "2024年1月22日 上午9:09", 220),
    ("left", "追加保证金通知:您的账户维持担保比例为126.89%,请于", 320),
    ("left", "2024-01-24 15:00前追加保证金30,000.00元。", 382),
    ("right", "收到，我今天想办法", 560),
    ("right", "好的", 720),
    ("centre", "昨天 14:05", 850),
    ("centre", "“银禾客服”撤回了一条消息", 930),
    ("left", "[语音] 12”", 1020),
    ("centre", "15:30", 1150),
    ("right", "正在打款", 1250),
]


def test_a_chat(monkeypatch: pytest.MonkeyPatch) -> None:
    log = read(monkeypatch, CHAT)
    assert log.counterparty == "银禾客服"
    assert [(f"{notice.at:%m-%d %H:%M}", notice.kind.value, notice.from_client) for notice in log.notices] == [
        ("01-22 09:09", "margin_call", False),
        ("01-22 09:09", "client", True),
        ("01-22 09:09", "client", True),
        ("01-23 14:05", "other", False),
        ("01-23 14:05", "other", False),
        ("01-24 15:30", "client", True),
    ]
    call = log.notices[0]
    assert (str(call.ratio), str(call.amount), call.deadline) == (
        "1.2689",
        "30000.00",
        datetime.fromisoformat("2024-01-24T15:00"),
    )
    assert call.source.page == 1
    assert call.source.box == Box(180, 320, 180 + 18 * len(CHAT[4][1]), 422)
    assert call.channel == "wechat"


def test_what_has_no_date_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    log = read(monkeypatch, CHAT, "IMG.png")
    assert len(log.notices) == 3
    assert [issue.reason for issue in log.issues] == ["no_date"] * 3
    assert log.issues[-1].detail == "正在打款"


def test_a_chat_without_any_date_says_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError) as error:
        read(monkeypatch, [("centre", "9:09", 200), ("left", "请尽快补足保证金", 300)], "IMG.png")
    assert "文件名" in error.value.text("zh")


def test_doubtful_figures_are_listed_with_their_place(monkeypatch: pytest.MonkeyPatch) -> None:
    log = read(monkeypatch, CHAT[2:6], sure=0.7)
    doubts = [issue for issue in log.issues if issue.reason == "ocr_doubt"]
    assert len(doubts) == 2
    assert all("0.70" in issue.detail and issue.source.box for issue in doubts)


def test_a_list_of_short_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Shown] = [
        ("", "信息", 100),
        ("", "95521\t1月22日", 240),
        ("", "您的账户维持担保比例为128.35%,已低于平仓线,", 300),
        ("", "请尽快追加担保物。", 350),
        ("", "106901234567\t昨天", 480),
        ("", "您转入的保证金20,000.00元已收到。", 540),
        ("", "1069888\t上午9:05", 660),
        ("", "您的账户已被强制平仓。", 720),
    ]
    log = read(monkeypatch, shown, "短信截图_2024-01-24.png")
    assert [(notice.sender, f"{notice.at:%m-%d %H:%M}", notice.kind) for notice in log.notices] == [
        ("95521", "01-22 00:00", NoticeKind.MARGIN_CALL),
        ("106901234567", "01-23 00:00", NoticeKind.DEPOSIT_CONFIRMED),
        ("1069888", "01-24 09:05", NoticeKind.LIQUIDATED),
    ]
    assert {notice.channel for notice in log.notices} == {"sms"}


@pytest.mark.parametrize(
    ("shown", "day"),
    [
        ("星期一 09:09", date(2024, 1, 22)),
        ("周三 09:09", date(2024, 1, 17)),
        ("12月30日 09:09", date(2023, 12, 30)),
        ("前天 09:09", date(2024, 1, 22)),
        ("2023/12/1 09:09", date(2023, 12, 1)),
    ],
)
def test_days_as_apps_print_them(shown: str, day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    log = read(monkeypatch, [("centre", shown, 200), ("left", "请尽快补足保证金", 300)])
    assert log.notices[0].at.date() == day


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("Screenshot_20240122_091500.png", date(2024, 1, 22)),
        ("微信图片_2024-01-22.jpg", date(2024, 1, 22)),
        ("聊天 2024年1月22日.png", date(2024, 1, 22)),
        ("mmexport1705885740123.jpg", date(2024, 1, 22)),
        ("IMG_0042.png", None),
        ("20241399.png", None),
    ],
)
def test_the_day_in_a_name(name: str, day: date | None) -> None:
    assert day_of_name(name) == day
