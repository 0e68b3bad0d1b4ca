"""What chats hold beside plain text: several lines, emoji, recalled and system messages, pictures and voice."""

from __future__ import annotations

import pytest

from workbench.domain.market import NoticeKind, NoticeLog
from workbench.intake.notices import read_notices

HEAD = "localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,Sender\n"
CALL = "请于今日收盘前追加保证金2万元"


def read(text: str, name: str = "chat.txt") -> NoticeLog:
    return read_notices(text.encode("utf-8"), name, "0" * 64)


def summary(log: NoticeLog) -> list[tuple[str, str, bool]]:
    return [(notice.text, notice.kind.value, notice.from_client) for notice in log.notices]


def test_lines_emoji_and_placeholders_in_a_text_log() -> None:
    log = read(
        f"2024-01-22 09:09:00 银禾客服\n尊敬的客户👋：\n{CALL}\n谢谢🙏\n\n"
        "2024-01-22 09:10:00 银禾客服\n[图片]\n\n2024-01-22 09:11:00 银禾客服\n[语音] 12秒\n\n"
        '2024-01-22 09:12:00 系统消息\n"银禾客服"撤回了一条消息\n\n2024-01-22 09:13:00 我\n[捂脸][捂脸]\n'
    )
    assert summary(log) == [
        (f"尊敬的客户👋：\n{CALL}\n谢谢🙏", "margin_call", False),
        ("[图片]", "other", False),
        ("[语音] 12秒", "other", False),
        ('"银禾客服"撤回了一条消息', "other", False),
        ("[捂脸][捂脸]", "client", True),
    ]
    assert log.notices[0].amount == 20000


def test_types_of_a_database_export_are_kept_as_placeholders() -> None:
    rows = [
        (1, 0, f'"{CALL}\n请尽快"'),
        (3, 0, '"<msg><img aeskey=""x"" cdnurl=""y""/></msg>"'),
        (34, 0, ""),
        (43, 1, ""),
        (47, 1, '"<msg><emoji fromusername=""a""/></msg>"'),
        (49, 0, '"<msg><appmsg><title>追加保证金通知书.pdf</title></appmsg></msg>"'),
        (10000, 0, "对方撤回了一条消息"),
    ]
    me = {0: "银禾客服", 1: "我"}
    body = "".join(
        f"{at},217,{kind},0,{mine},{1705885740 + at},,{content},2024-01-22 09:0{at}:00,,{me[mine]},w\n"
        for at, (kind, mine, content) in enumerate(rows)
    )
    log = read(HEAD + body, "messages.csv")
    assert [text for text, _, _ in summary(log)] == [
        f"{CALL}\n请尽快",
        "[图片]",
        "[语音]",
        "[视频]",
        "[表情]",
        "[链接] 追加保证金通知书.pdf",
        "对方撤回了一条消息",
    ]
    kinds = [notice.kind for notice in log.notices]
    assert kinds[1] is kinds[2] is kinds[6] is NoticeKind.OTHER
    assert kinds[3] is kinds[4] is NoticeKind.CLIENT


@pytest.mark.parametrize("word", ["图片", "语音", "视频", "动画表情", "文件"])
def test_words_for_types_in_a_chat_of_one_partner(word: str) -> None:
    log = read(
        "消息ID,类型,发送人,时间,内容,备注,昵称,更多信息\n"
        f'1,文本,银禾客服,2024-01-22 09:09:00,"{CALL}",,,\n2,{word},银禾客服,2024-01-22 09:10:00,,,,\n'
        "3,文本,我,2024-01-22 09:11:00,收到,,,\n",
        "chat.csv",
    )
    assert [notice.kind.value for notice in log.notices] == ["margin_call", "other", "client"]
    assert log.notices[1].text.startswith("[")


def test_a_group_export_with_names() -> None:
    log = read(
        "time,group_id,group_name,from_id,from_nickname,content_type,content\n"
        f'2024-01-22 09:09:00,g1,银禾配资VIP群,u1,银禾客服,Text,"{CALL}"\n'
        "2024-01-22 09:10:00,g1,银禾配资VIP群,u2,老张,Text,收到\n"
        "2024-01-22 09:11:00,g1,银禾配资VIP群,u1,银禾客服,Picture,\n",
        "group.csv",
    )
    assert [(notice.sender, notice.kind.value) for notice in log.notices] == [
        ("银禾客服", "margin_call"),
        ("老张", "client"),
        ("银禾客服", "other"),
    ]


def test_json_with_types_and_nested_senders() -> None:
    log = read(
        '{"messages": [{"seq": 1, "time": "2024-01-22T09:09:00+08:00", "talker": "wxid_a", "sender": "银禾客服", '
        f'"isSelf": false, "type": 1, "content": "{CALL}"}}, {{"seq": 2, "time": "2024-01-22T09:10:00+08:00", '
        '"talker": "wxid_a", "sender": "银禾客服", "isSelf": false, "type": 34, "content": ""}]}',
        "chat.json",
    )
    assert summary(log) == [(CALL, "margin_call", False), ("[语音]", "other", False)]


def test_an_html_page_for_each_contact() -> None:
    log = read(
        "<html><body><table><tr><th>时间</th><th>发送人</th><th>内容</th></tr>"
        f"<tr><td>2024-01-22 09:09:00</td><td>银禾客服</td><td>{CALL}</td></tr>"
        "<tr><td>2024-01-22 09:10:00</td><td>我</td><td>好的</td></tr></table></body></html>",
        "chat.html",
    )
    assert summary(log) == [(CALL, "margin_call", False), ("好的", "client", True)]
