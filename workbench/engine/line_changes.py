"""``LIQ-LINE``: the other side worked with a higher line than the contract's, without a clause that lets it.

Source: domain specification, sections 3 (``holiday_uplift``) and 7.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from workbench.domain.findings import Verdict
from workbench.domain.liquidation import LiquidationTest
from workbench.domain.market import Notice
from workbench.domain.money import percent
from workbench.engine.scene import Scene, verdict_of

_NAMES = {"liquidation_line": r"(?:强制?平仓|平仓|强平|止损)线", "warning_line": r"(?:预警|警戒|追保|补仓|关注)线"}
_FIGURE = r"(?:已?(?:调整|上调|提高|变更|调高)?[为至到是]?)?[\s:：(（即]*(\d{1,4}(?:\.\d+)?)\s*([%％])?"
_RAISED = re.compile(r"调整|上调|提高|调高|变更|收紧")
_FALLING = ("loss_over_margin",)
"""Conventions in which a lower figure is the stricter one."""
_AMOUNTS = ("absolute",)


def line_raised(scene: Scene) -> LiquidationTest:
    """A message before the sale that names a stricter line than the contract's; proven where it says it was changed."""
    code = "LIQ-LINE"
    terms = scene.account.terms
    convention = terms.text("line_convention")
    agreed = {key: value for key in _NAMES if (value := terms.number(key)) is not None}
    if not agreed or convention in _AMOUNTS:
        return verdict_of(code, Verdict.CANNOT_TELL, "合同没有可比的风控线。", "The contract has no line to compare.")
    told = [
        (notice, key, figure)
        for notice in scene.notices
        if not notice.from_client and notice.at.date() <= scene.day
        for key, figure in _told(notice)
        if key in agreed
    ]
    if not told:
        return verdict_of(code, Verdict.CANNOT_TELL, "通知里没有提到线的数值。", "No message names a line.")
    stricter = [one for one in told if _stricter(one[2], agreed[one[1]], convention or "")]
    if not stricter:
        return verdict_of(code, Verdict.NOT_FOUND, "通知所称的线与合同一致。", "The lines told are the contract's.")
    notice, key, figure = stricter[-1]
    when, said, ours = f"{notice.at:%Y-%m-%d}", percent(figure), percent(agreed[key])
    zh, en = (
        f"{when} 的通知称线为 {said}，合同约定 {ours}",
        f"on {when} a line of {said} was told, the contract says {ours}",
    )
    uplift = terms.number("holiday_uplift")
    if uplift is not None and not _stricter(figure, uplift, convention or ""):
        return verdict_of(
            code,
            Verdict.NOT_FOUND,
            zh + "；合同允许长假前提高。",
            en + "; the contract allows it before long holidays.",
        )
    if _RAISED.search(notice.text):
        return verdict_of(code, Verdict.PROVEN, zh + "，合同没有单方调整的条款。", en + " and lets nobody change it.")
    return verdict_of(code, Verdict.POSSIBLE, zh + "，请对方说明依据。", en + "; ask on what ground.")


def _told(notice: Notice) -> Iterator[tuple[str, Decimal]]:
    """Yield (term, fraction) of every line a message names with a percentage."""
    for key, name in _NAMES.items():
        for match in re.finditer(name + _FIGURE, notice.text):
            if match[2]:
                yield key, Decimal(match[1]) / 100


def _stricter(told: Decimal, agreed: Decimal, convention: str) -> bool:
    return told < agreed if convention in _FALLING else told > agreed
