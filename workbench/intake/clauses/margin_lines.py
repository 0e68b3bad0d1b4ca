"""Warning, liquidation and emergency line in the contract's own convention, named or only described."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from workbench.domain.money import plain
from workbench.intake.clauses import line_measures, line_words
from workbench.intake.clauses.model import Deed, Found, Known, Sentence

_FORWARD = re.compile(
    r"^[”\"」』]?(?:\([^()]{0,20}\))?(?:的)?(?:标准|比例|数值|金额|设置|约定)?(?::|=|为|是|按|设定?(?:为|在|于)?|"
    r"设置(?:为|在)|定为|定在|即|指|等于|在|\s|(?=[\d¥])|"
    r"(?=维持|单位净值|净值|亏损|配资|本金|保证金|账户|当|借款|总))"
)
_BACKWARD = re.compile(
    r"(?:为|是|即为?|视为|触及|触发|达到?|至|构成|作为|到达|设为|称为|的|,)(?:账户)?(?:的)?[“\"「]?$"
)
_JOINT = re.compile(r"^(?:线)?(?:和|、|及|与|/|以及)$")
_FOREIGN = re.compile(
    r"长假|节假日前|连续休市|单[只票一]|停牌|创业板|佣金|滞纳|提取(?!业绩|线)|转出|买入(?![^。;]*(?:预警|警戒))|"
    r"开仓(?![^。;]*(?:预警|警戒))|集中度|折算率|印花"
)
_RESTORED = re.compile(r"恢复|补足至|补充至|追加至|提高至|回到|恢复至|以上后|可提取|追加后")
_SELL = re.compile(
    r"平仓|强平|强行卖|强制卖|处置|斩仓|止损|卖出(?:全部|账户)|清仓|强卖|全部(?:卖出|变现|"
    r"平掉)|变现|清空|抛售|收回账户"
)
_WARN = re.compile(
    r"预警|警示|警戒|提醒|[^,。;]{0,6}通知[甲乙]方|通知[^,。;]{0,10}追加|追加|补仓|补足|补至|"
    r"补到|补充|提示|关注|限制(?:开仓|买入)"
)
_CALLED = re.compile(r"追加(?:担保|保证金)|补足")
"""A demand to top up: the warning where no other is, else what stands before the sale."""
_ASKS = re.compile(
    r"低于|少于|小于|达到?|跌破|触及|降至|跌至|不足|超过|剩余|≤|<|不高于|亏损|亏到|亏至|等于|降到|"
    r"跌到|占"
)

OTHER_MEASURE = "other_measure"
"""Key of a line whose measure cannot be turned into the convention; not a term, but a clause to look at."""
_NET_VALUE_BELOW = 10
"""Yuan below which a line is a unit's net value, not an account's assets."""
_NEAR = 3
"""Clauses on either side in which a definition counts."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as read: which, at what figure, in which convention (None: not said)."""

    key: str
    value: Decimal
    convention: str | None
    sentence: Sentence
    rank: int = 0
    """Lower is plainer: a loosely named line (``关注线``) gives way to a ``预警线``."""


def margin_lines(deed: Deed, known: Known) -> Iterator[Found]:
    """Yield convention and lines; a loss on the margin is given as what is left of it."""
    named = [line for sentence in deed.sentences() for line in _named(sentence)]
    found = _settled(named)
    if "liquidation_line" not in found:
        for line in (line for sentence in deed.sentences() for line in _described(deed, sentence)):
            found.setdefault(line.key, line)
        found = _settled(list(found.values()))
    if not found:
        return
    convention = _convention(deed, found, known)
    for key, line in found.items():
        value = _in_convention(line, convention, known)
        if value is not None:
            yield Found(key, plain(value), line.sentence, unit="yuan" if convention == "absolute" else None)
        else:
            yield Found(OTHER_MEASURE, key, line.sentence)
    for line in named:
        value = _in_convention(line, convention, known)
        if line.rank == 0 and line not in found.values() and line.key in found and value is not None:
            yield Found(line.key, plain(value), line.sentence, 1)
    if convention:
        decisive = found.get("liquidation_line") or next(iter(found.values()))
        yield Found("line_convention", convention, decisive.sentence)


def _named(sentence: Sentence) -> Iterator[Line]:
    text = sentence.text
    names = _without_aliases(text, list(line_words.NAME.finditer(text)))
    if not names or _FOREIGN.search(text):
        return
    values = list(line_words.VALUE.finditer(text))
    taken: set[int] = set()
    read: set[str] = set()
    at = 0
    while at < len(names):
        group = [names[at]]
        while at + 1 < len(names) and _JOINT.match(text[group[-1].end() : names[at + 1].start()]):
            at += 1
            group.append(names[at])
        at += 1
        stop = names[at].start() if at < len(names) else len(text)
        lines = list(_forward(sentence, group, values, stop, taken))
        read.update(line.key for line in lines)
        yield from lines
    yield from _backward(sentence, [name for name in names if name.lastgroup not in read], values, taken)


def _without_aliases(text: str, names: list[re.Match[str]]) -> list[re.Match[str]]:
    """Drop a second name in brackets behind the first: ``警戒线(预警线)为…`` is one line."""
    return [
        name
        for before, name in zip([None, *names], names, strict=False)
        if before is None or text[before.end() : name.start()] != "(" or not text.startswith(")", name.end())
    ]


def _forward(
    sentence: Sentence, group: list[re.Match[str]], values: list[re.Match[str]], stop: int, taken: set[int]
) -> Iterator[Line]:
    """Yield ``预警线:150%`` and ``预警线、平仓线分别为150%、130%``."""
    text, start = sentence.text, group[-1].end()
    rest = re.sub(r"^[,\s]*(?:分别)", "", text[start:])
    if not _FORWARD.match(rest):
        return
    inside = [value for value in values if start <= value.start() < stop and value.start() not in taken]
    if len(group) > 1 and len(inside) < len(group):
        return
    for name, value in zip(group, inside, strict=False):
        between = text[start : value.start()]
        if _RESTORED.search(between) or len(between) > 60:  # noqa: PLR2004 - characters between name and figure
            return
        taken.add(value.start())
        line = _line(name.lastgroup or "", sentence, value, start, name.group())
        if line:
            yield line


def _backward(
    sentence: Sentence, names: list[re.Match[str]], values: list[re.Match[str]], taken: set[int]
) -> Iterator[Line]:
    """Yield ``降至保证金的80%时为预警线``: the figure stands before the name."""
    text, start = sentence.text, 0
    for name in names:
        before = text[start : name.start()]
        inside = [value for value in values if start <= value.start() < name.start() and value.start() not in taken]
        if inside and _BACKWARD.search(before) and not _RESTORED.search(before):
            value = inside[-1]
            taken.add(value.start())
            line = _line(name.lastgroup or "", sentence, value, start, name.group())
            if line:
                yield line
        start = name.end()


def _described(deed: Deed, sentence: Sentence) -> Iterator[Line]:
    """Yield lines without a name: ``维持担保比例低于130%时,甲方有权强制平仓``."""
    text = sentence.text
    if _FOREIGN.search(text) or not (_ASKS.search(text) or re.search(r"[%成倍\d](?:时|即?(?:预警|平仓|强平))", text)):
        return
    values = [
        value
        for value in line_words.VALUE.finditer(text)
        if not _RESTORED.search(text[max(0, value.start() - 16) : value.start()])
    ]
    values = [value for value in values if not re.search(r"\((?:即|约|折合)[^()]{0,6}$", text[: value.start() + 1])]
    for at, value in enumerate(values):
        stop = values[at + 1].start() if at + 1 < len(values) else len(text)
        tail, head = text[value.end() : stop], text[: value.start()]
        if not _ASKS.search(head[-30:]) and not re.match(r"(?:的)?(?:时|即?(?:预警|警戒|平仓|强平))", tail):
            continue
        local = _loss_of_margin(sentence, head) or _local(head, text[value.start() : value.end() + 6])
        absolute = value.lastgroup == "money" and re.search(r"总资产|总资金|资产总|总值|总市值|(?<!证)资金|账户", head)
        named = local or absolute or re.search(r"风险(?:率|比例|度)|担保比例|比例|净资产率|净值|之比|比值|比率", head)
        if not named and not (value.lastgroup in ("rate", "times") and _UNNAMED.search(head)):
            continue
        key = _act(tail)
        if key is None:
            continue
        line = _line(key, sentence, value, max(0, value.start() - 40))
        if line and line.convention is None and not _measure_named(deed, sentence):
            continue
        if line:
            yield Line(line.key, line.value, line.convention, sentence)


_UNNAMED = re.compile(
    r"(?:^|[,、:]|\d)(?:第?[一二三四五六七八九十\d]+[条、.]?)?(?:低于|跌破|不足|小于|降至|跌至|触及)$"
)
"""A bare ``低于120%``: another clause names what is measured."""


def _act(tail: str) -> str | None:
    """Return which line the act after a figure makes it: a call that ends in the sale is the liquidation line."""
    if re.match(r"[^,。;]{0,4}(?:为|时)?(?:预警|警戒|警示)", tail):
        return "warning_line"
    if _SELL.search(tail):
        warned = re.search(r"预警|警戒|警示|提醒", tail.split(",", maxsplit=1)[0])
        return "warning_line" if warned else "liquidation_line"
    if _CALLED.search(tail) and not re.search(r"预警|警戒|警示|提[醒示]|关注", tail):
        return "call_line"
    return "warning_line" if _WARN.search(tail) else None


def _measure_named(deed: Deed, sentence: Sentence) -> bool:
    """Tell whether this clause or one around it says what a line's figure is measured by."""
    return any(
        re.search(pattern, passage.text)
        for passage in deed.passages
        if abs(passage.order - sentence.passage.order) <= _NEAR
        for _, pattern in line_words.FORMULAS
    )


def _loss_of_margin(sentence: Sentence, head: str) -> str | None:
    """Take ``亏损达到80%`` and, after a loss was named, ``达到保证金的60%`` as a loss of the margin."""
    clause = sentence.passage.text
    bare = re.search(r"亏损(?:达到?|超过|至)$", head[-8:]) and re.search("保证金|自有资金|自备资金", clause)
    again = re.search(r"(?:^|[,;、])(?:达到?|超过)[^,。;]{0,6}(?:保证金|自有资金|自备资金)的?$", head)
    return "loss_over_margin" if bare or (again and "亏损" in clause and "剩余" not in clause) else None


def _line(key: str, sentence: Sentence, value: re.Match[str], start: int, name: str = "") -> Line | None:
    number = line_words.figure(value)
    if number is None:
        return None
    text = sentence.text
    head = text[start : value.start()]
    convention = _loss_of_margin(sentence, head) or _local(head, text[value.start() : value.end() + 14])
    if convention is None and value.lastgroup == "money":
        small = number < _NET_VALUE_BELOW and "净值" in sentence.passage.text
        convention = "net_value" if small else "absolute"
    if convention == "loss_over_margin":
        number, convention = 1 - number, "equity_over_margin"
    elif convention == "loss_over_total":
        number, convention = 1 - number, "net_value"
    elif convention == "minus_margin":
        number, convention = 1 - number, "margin_coefficient"
    return Line(key, number, convention, sentence, 1 if re.search("关注|提[示醒]|安全", name) else 0)


def _local(head: str, tail: str) -> str | None:
    """Return the convention that the words around a figure speak of."""
    words = re.split(r"[;。]", head)[-1] + re.split(r"[,;。]", tail)[0]
    return next((name for name, pattern in line_words.LOCAL if re.search(pattern, words)), None)


def _settled(lines: list[Line]) -> dict[str, Line]:
    """Keep the first line of each name; a call line stands in for the warning, else for the liquidation line."""
    found: dict[str, Line] = {}
    for line in sorted(lines, key=lambda line: line.rank):
        found.setdefault(line.key, line)
    found.pop("free_line", None)
    call = found.pop("call_line", None)
    floor = found.pop("floor_line", None)
    if floor is not None:
        key = "emergency_line" if "liquidation_line" in found else "liquidation_line"
        found.setdefault(key, replace(floor, key=key))
    if call is not None:
        key = "warning_line" if "warning_line" not in found else "liquidation_line"
        found.setdefault(key, Line(key, call.value, call.convention, call.sentence))
    return found


def _convention(deed: Deed, found: dict[str, Line], known: Known) -> str | None:
    """Return the convention: beside the liquidation figure, beside another, in the clause, in its neighbours."""
    del known
    ordered = sorted(found.values(), key=lambda line: line.key != "liquidation_line")
    for line in ordered:
        if line.convention and line.convention != "financing_multiple":
            return _checked(line, deed)
    here = ordered[0].sentence.passage
    near = [passage.text for passage in deed.passages if abs(passage.order - here.order) <= _NEAR]
    for text in (ordered[0].sentence.text, here.text, *near):
        for name, pattern in line_words.FORMULAS:
            if re.search(pattern, text):
                return name
    said = next((line.convention for line in ordered if line.convention), None)
    if said:
        return said
    broker = any(re.search("证券公司|融资融券", passage.text) for passage in deed.passages)
    return "assets_over_debt" if broker and ordered[0].value > 1 else None


def _checked(line: Line, deed: Deed) -> str | None:
    """Let a definition overrule the loose word ``担保比例`` where it subtracts the debt first."""
    if line.convention != "assets_over_debt":
        return line.convention
    near = [passage.text for passage in deed.passages if abs(passage.order - line.sentence.passage.order) <= 2]  # noqa: PLR2004
    for text in near:
        for name, pattern in line_words.FORMULAS[:3]:
            if re.search(rf"(?:担保比例|负债(?:比|率))=[^。;]*{pattern}", text) and name != "equity_over_margin":
                return name
    return line.convention


def _in_convention(line: Line, convention: str | None, known: Known) -> Decimal | None:
    """Return the figure in the chosen convention, or None where the line speaks of another measure."""
    if convention == "loss_over_margin":
        return line.value
    same = {"margin_coefficient", "equity_over_margin"}
    if (
        line.convention in (None, convention)
        or {line.convention, convention} <= same
        or line.convention == "assets_over_debt"
    ):
        return line.value
    exact = line_measures.converted(
        line.value, line.convention, convention or "", _amount(known, "financing"), _amount(known, "margin")
    )
    loose = line.convention == "financing_multiple" and convention in ("assets_over_debt", "equity_over_debt")
    return line.value if exact is None and loose else exact


def _amount(known: Known, key: str) -> Decimal | None:
    return Decimal(str(known[key].value)) if key in known else None
