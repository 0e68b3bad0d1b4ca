"""Words that every subject shares: what the lent money and the client's own money are called."""

from __future__ import annotations

LOAN_KIND = "配资|借款|融资|出借|优先(?:级)?|委托|融出|垫付|授信|拆借|拆出|出资|操盘|操作|贷款|借入|借用|融入|投入"
LOAN = rf"(?:(?:{LOAN_KIND})(?:方)?(?:的)?(?:资金|本金|金额|总额|额度|款项|规模|款|额)+|优先(?:级)?出资)"
"""The lent money: ``配资资金``, ``融出资金``, ``拆借金额``."""
OWN = "保证金|自有资金|自备资金|风险金|履约金|劣后(?:级)?资金|押金"
"""The client's own money."""
NUMBERING = (
    r"^\s*(?:第[一二三四五六七八九十百零〇\d]+[条章款]|\(?[一二三四五六七八九十]{1,3}[)、.]|\(\d{1,2}\)|"
    r"\d{1,2}(?:\.\d{1,2})+|\d{1,2}[、.)](?!\d)|"
    r"\d{1,2}(?=[\u4e00-\u9fff])(?!\d{1,2}[个日天年月小时点分万倍])|[①-⑳])[\s:、]*"
)
"""A clause's number at its start."""
