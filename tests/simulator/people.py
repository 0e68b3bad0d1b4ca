"""Invented persons and firms."""

from __future__ import annotations

from random import Random

_SURNAMES = "赵钱孙李周吴郑冯陈褚卫蒋沈韩杨朱秦许何吕施孔曹严金魏陶姜谢邹苏潘葛范彭鲁韦马方任袁柳唐薛雷贺倪汤"
_GIVEN = (
    "建业",
    "雨桐",
    "志远",
    "海燕",
    "俊峰",
    "慧敏",
    "国栋",
    "秀兰",
    "明哲",
    "晓岚",
    "文博",
    "丽萍",
    "一鸣",
    "春梅",
    "子轩",
    "嘉宁",
)
CITIES = ("深圳", "成都", "武汉", "苏州", "长沙", "青岛", "合肥", "厦门", "重庆", "宁波")
_FIRST = ("鼎沃", "瑞帆", "汇沅", "亿安", "诚砺", "丰澜", "众垒", "恒岳", "融溪", "泽拓")
_FIRM = ("投资管理有限公司", "资产管理有限公司", "信息咨询有限公司", "投资咨询有限责任公司", "财富管理有限公司")
_BROKER = ("海曜", "中垣", "东泓", "国澍", "长汇", "远禾", "华砚")


def person(random: Random) -> str:
    """Return an invented name."""
    return random.choice(_SURNAMES) + random.choice(_GIVEN)


def lender(random: Random, city: str) -> tuple[str, str]:
    """Return an invented financing firm and its short brand."""
    brand = random.choice(_FIRST)
    return f"{city}{brand}{random.choice(_FIRM)}", brand


def broker(random: Random) -> str:
    """Return an invented securities firm."""
    return f"{random.choice(_BROKER)}证券{random.choice(('股份有限公司', '有限责任公司', '有限公司'))}"
