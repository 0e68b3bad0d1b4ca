"""Every export shape gives the same messages: who, when, by which way, in the place it stands."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from workbench.domain.market import NoticeKind, NoticeLog
from workbench.errors import InputError
from workbench.intake.notices import looks_like_notices, read_notices

CALL = "追加保证金通知:截至2024-01-19收盘,您的账户维持担保比例为126.89%,已触及平仓线,请于2024-01-24 15:00前追加保证金。"
AT = datetime.fromisoformat("2024-01-22T09:09")


def read(text: str, name: str = "notices.txt") -> NoticeLog:
    return read_notices(text.encode("utf-8"), name, "0" * 64)


def sections() -> dict[str, str]:
    found: dict[str, str] = {}
    for part in (Path(__file__).parent / "shapes.txt").read_text(encoding="utf-8").split("=== ")[1:]:
        name, _, body = part.partition("\n")
        found[name] = body.replace("<CALL>", CALL)
    return found


SHAPES = sections()


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_a_chat_export_is_read(shape: str) -> None:
    log = read(SHAPES[shape])
    first, second, *rest = log.notices
    assert (first.at, first.kind, first.from_client) == (AT, NoticeKind.MARGIN_CALL, False)
    assert first.text == CALL
    assert (str(first.ratio), str(first.as_of), first.deadline) == (
        "1.2689",
        "2024-01-19",
        datetime.fromisoformat("2024-01-24T15:00"),
    )
    assert first.channel == "wechat"
    assert (second.kind, second.from_client, second.text) == (NoticeKind.CLIENT, True, "收到")
    assert [(notice.text, notice.kind) for notice in rest] in ([], [("[图片]", NoticeKind.CLIENT)])
    assert first.source.row
    assert not log.complete


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_a_chat_export_is_recognised(shape: str) -> None:
    assert looks_like_notices(SHAPES[shape]) >= 0.5


def test_a_list_of_messages_with_channels() -> None:
    log = read(
        "客户通知记录  国衡证券  资金账号 0123456789\n记录范围:2024-01-01 至 2024-02-28,全部渠道\n\n"
        f"2024-01-22 09:09 函件 【国衡证券】{CALL}\n"
        "2024-01-22 09:16 电话录音摘要 【国衡证券】客服致电客户本人,已告知追加保证金事宜。\n"
        "2024-01-23 10:00 APP推送 【国衡证券】您的账户已被强制平仓。\n"
        "2024-01-23 10:01 短信 【国衡证券】您的账户已被强制平仓。\n"
    )
    assert [notice.channel for notice in log.notices] == ["letter", "phone", "app", "sms"]
    assert [notice.sender for notice in log.notices] == ["国衡证券"] * 4
    assert log.complete
    assert (log.start, log.end) == (
        datetime.fromisoformat("2024-01-01T00:00"),
        datetime.fromisoformat("2024-02-28T23:59"),
    )
    assert log.counterparty == "国衡证券"
    assert [notice.source.row for notice in log.notices] == [4, 5, 6, 7]


def test_a_csv_with_time_channel_content() -> None:
    log = read(f'时间,渠道,内容\n2024-01-22 09:09,短信,"{CALL}"\n2024-01-23 13:40,电话,已告知客户追加保证金\n', "n.csv")
    assert [notice.channel for notice in log.notices] == ["sms", "phone"]
    assert log.notices[0].deadline == datetime.fromisoformat("2024-01-24T15:00")


def test_a_call_told_of_in_a_chat_is_a_call() -> None:
    log = read(
        "聊天记录导出  对话方:银禾客服\n\n2024-01-22 09:16:00 银禾客服\n"
        "客服致电客户本人,已告知追加保证金事宜及截止时间2024-01-24 15:00。\n"
    )
    assert log.notices[0].channel == "phone"
    assert log.notices[0].deadline == datetime.fromisoformat("2024-01-24T15:00")


def test_a_message_of_several_lines_with_a_date_line_inside_stays_one() -> None:
    log = read(
        "2024-01-22 09:09:00 银禾客服\n尊敬的客户:\n请于以下时间前追加保证金\n2024-01-24 15:00\n谢谢\n\n"
        "2024-01-22 10:00:00 银禾客服\n在吗\n"
    )
    assert len(log.notices) == 2
    assert "2024-01-24 15:00" in log.notices[0].text


def test_the_client_is_told_from_the_other_side_by_name() -> None:
    log = read(
        "聊天记录导出  对话方:银禾配资平台客服\n\n2024-01-22 09:09:00 银禾配资平台客服\n请尽快补仓\n\n"
        "2024-01-22 09:10:00 王小明\n明天上午打款\n"
    )
    assert [notice.from_client for notice in log.notices] == [False, True]


@pytest.mark.parametrize(
    ("head", "complete"),
    [
        ("导出范围:2023-02-04 00:00 至 2023-05-24 23:59(全部消息)", True),
        ("记录范围:2023-02-04 至 2023-05-24,全部渠道", True),
        ("导出范围:2023-02-04 至 2023-05-24(部分消息)", False),
        ("导出范围:2023-02-04 至 2023-05-24", False),
        ("全部消息", False),
        ("", False),
    ],
)
def test_a_log_is_complete_only_where_it_says_so(head: str, complete: bool) -> None:
    assert read(f"聊天记录导出  对话方:银禾客服\n{head}\n\n2023-03-01 09:00:00 银禾客服\n您好\n").complete is complete


def test_a_gb18030_log_is_read() -> None:
    data = f"2024-01-22 09:09:00 银禾客服\n{CALL}\n\n2024-01-22 09:12:00 我\n收到\n".encode("gb18030")
    assert len(read_notices(data, "n.txt", "0" * 64).notices) == 2


def test_a_text_without_messages_says_the_way_out() -> None:
    with pytest.raises(InputError) as error:
        read("这里没有消息\n只有两行字\n")
    assert "--as evidence" in error.value.text("zh")
    assert error.value.where == "notices.txt"
