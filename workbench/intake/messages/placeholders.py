"""What a chat holds beside text: pictures, voice, files, quotes. Each stays in the log as a short placeholder.

Numbers are WeChat's message types (../shared/formats/formats.md section 9); words are those of per-chat exports.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

TYPES: Mapping[str, str] = {
    **dict.fromkeys(("3", "图片", "image", "picture", "照片", "img"), "图片"),
    **dict.fromkeys(("34", "语音", "voice", "recording", "audio", "语音消息"), "语音"),
    **dict.fromkeys(("43", "62", "视频", "video", "小视频"), "视频"),
    **dict.fromkeys(("47", "表情", "动画表情", "表情包", "emoji", "sticker"), "表情"),
    **dict.fromkeys(("48", "位置", "location", "map"), "位置"),
    **dict.fromkeys(("42", "名片", "card", "个人名片"), "名片"),
    **dict.fromkeys(("50", "通话", "voip", "语音通话", "视频通话", "音视频通话"), "通话"),
    **dict.fromkeys(("文件", "file", "attachment"), "文件"),
    **dict.fromkeys(("链接", "分享", "share", "sharing", "link", "卡片式链接", "小程序"), "链接"),
    **dict.fromkeys(("转账", "transfer", "微信转账"), "转账"),
    **dict.fromkeys(("红包", "redpacket", "微信红包"), "红包"),
}
"""Message type, lower case -> placeholder word."""
TEXT_TYPES = frozenset(
    {"", "1", "text", "文本", "文字", "10000", "10002", "system", "note", "系统", "系统消息", "系统通知", "短信", "sms"}
)
_MARKUP = re.compile(r"^\s*(?:<\?xml|<msg|<sysmsg|<appmsg|<voipmsg|wxid_\w+:\s*<)", re.IGNORECASE)
_TITLE = re.compile(r"<title>(?:<!\[CDATA\[)?(?P<title>.*?)(?:\]\]>)?</title>", re.DOTALL)
_APP_TYPE = re.compile(r"<type>(\d+)</type>")
_APP_TYPES = {"6": "文件", "74": "文件", "2000": "转账", "2001": "红包", "57": ""}
"""Type of a shared item; a quote (57) is the sender's own text."""
_SILENT = re.compile(r"^\[(?:图片|照片|视频|小视频|表情|动画表情|链接|位置|名片)\]")
_SPOKEN = re.compile(r"^\[(?:语音|文件|通话|语音通话|视频通话)\]\s*")


def message_text(kind: str, content: str) -> str:
    """Return what stands in the log for a message: its text, or a placeholder with a shared item's title."""
    kind = kind.strip().lower()
    if _MARKUP.match(content):
        return _of_markup(kind, content)
    if kind in TEXT_TYPES:
        return content
    word = TYPES.get(kind)
    if word is None:
        return content or ("" if kind == "49" else "[消息]")
    return content if content.startswith("[") else f"[{word}] {content}".rstrip()


def _of_markup(kind: str, content: str) -> str:
    title = _TITLE.search(content)
    text = html.unescape(title["title"]).strip() if title else ""
    found = _APP_TYPE.search(content)
    word = TYPES.get(kind) or _APP_TYPES.get(found[1] if found else "", "链接" if text else "消息")
    return f"[{word}] {text}".rstrip() if word else text


def spoken(text: str) -> str:
    """Return the words of a message that can be acted on: none of a picture, what follows the mark of a voice."""
    return "" if _SILENT.match(text) else _SPOKEN.sub("", text)
