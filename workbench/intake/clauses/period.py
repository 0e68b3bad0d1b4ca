"""From when to when: the term by its two days, by a length, or in the cells of a form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from workbench.domain.dates import add_months
from workbench.intake import chinese
from workbench.intake.clauses.model import Deed, Found, Known

_LABEL = re.compile(
    r"期限|有效期|期间|起使用|到期归还|合作(?:期|时间)|存续期|时间|日期|续期|(?:使用|委托|操作|配资|拆借)期|"
    r"使用期|借款期|融资期|操盘期|起止|自.{0,30}(?:起|开始).{0,30}(?:止|到期|届满|结束)|周期|生效.{0,"
    r"4}至.{0,24}终止"
)
_NOT_TERM = re.compile(r"宽限|追加|补足|免息|保密|诉讼|时效|异议|通知")
_RANGE = re.compile(
    rf"(?P<start>{chinese.DAY})(?:\([^()]*\))?(?:起|开始|生效)*(?:算|计算|"
    rf"计)?[,(]?(?:[^,。;\d]{{1,10}}(?:不超过|为)[^,。;\d]{{1,8}},即)?(?:至|到|~|-|—|截至|"
    rf"止于)+(?:次年)?(?P<end>{chinese.DAY})"
)
_UNTIL = re.compile(rf"(?:于|至|到|[,、])(?P<day>{chinese.DAY})(?:到期|届满|终止|结束|止|前?归还|前?还清)")
_SHORT_END = re.compile(
    r"(?P<start>(?P<year>\d{4})年\d{1,2}月\d{1,2}日)(?:起)?(?:至|到|-|~)(?P<end>\d{1,"
    r"2}月\d{1,2}日)"
)
_EXTENDED = re.compile(rf"(?:延长|展期|续期|顺延|延期)(?:期限)?(?:至|到)(?P<day>{chinese.DAY})")
_LENGTH = re.compile(rf"(?P<n>{chinese.NUMBER}|半)(?P<unit>个?月|个?年|天|日|个自然日|个季度|季)(?!\d*[日号])")
_FROM = re.compile(
    rf"(?:自(?:实际[^,。;\d]{{0,10}}日)?|从|由|于|起始日?(?:期)?[:为]?|开始(?:日期)?[:为]?|"
    rf"起息日?[:为]?)(?P<day>{chinese.DAY})(?:起|"
    r"开始|生效|计算)?"
)
_START_CELL = re.compile(
    r"(?:合约起始|合同起始|开始交易日|开始操盘日|起始日|开始日|起息日|借款日|放款日|起始时间|"
    r"开始时间|开始)(?:期)?[:为]"
    rf"(?P<day>{chinese.DAY})"
)
_END_CELL = re.compile(
    r"(?:合约终止|合同终止|结束交易日|结束操盘日|到期日|终止日|结束日|还款日|届满日|截止日|"
    r"到期时间|结束时间|截止)(?:期)?[:为至]"
    rf"(?P<day>{chinese.DAY})"
)


def period(deed: Deed, known: Known) -> Iterator[Found]:
    """Yield ``term_start`` and ``term_end`` as ISO dates; a length counts to the corresponding day."""
    del known
    for sentence in deed.sentences():
        text = sentence.text
        for key, pattern in (("term_start", _START_CELL), ("term_end", _END_CELL), ("term_end", _EXTENDED)):
            cell = pattern.search(text)
            value = chinese.day(cell["day"]) if cell else None
            if value:
                yield Found(key, value.isoformat(), sentence, 2)
        if not _LABEL.search(sentence.context) or _NOT_TERM.search(text.split(",")[0]):
            continue
        first, last = _both_days(text)
        if first and last is None:
            last = _by_length(text, first)
            rank = 1
        else:
            rank = 0
        if first and last is None and re.search("续期|最长", text):
            yield Found("term_start", first.isoformat(), sentence, 3)
        if first and last:
            yield Found("term_start", first.isoformat(), sentence, rank)
            yield Found("term_end", last.isoformat(), sentence, rank)


def _both_days(text: str) -> tuple[date | None, date | None]:
    pair = _RANGE.search(text)
    if pair:
        return chinese.day(pair["start"]), chinese.day(pair["end"])
    short = _SHORT_END.search(text)
    if short:
        first = chinese.day(short["start"])
        last = chinese.day(f"{short['year']}年{short['end']}")
        if first and last and last <= first:
            last = chinese.day(f"{int(short['year']) + 1}年{short['end']}")
        return first, last
    start = _FROM.search(text)
    end = _UNTIL.search(text)
    if start and end:
        return chinese.day(start["day"]), chinese.day(end["day"])
    return (chinese.day(start["day"]), None) if start else (None, None)


def _by_length(text: str, first: date) -> date | None:
    rest = re.sub(chinese.DAY, " ", text)
    length = _LENGTH.search(re.sub(r"最(?:长|多)[^,。;]*", " ", rest))
    if length is None:
        return None
    count = Decimal("0.5") if length["n"] == "半" else chinese.number(length["n"])
    if count is None:
        return None
    unit = length["unit"].lstrip("个")
    if unit in ("天", "日", "自然日"):
        return first + timedelta(days=int(count))
    months = count * {"月": 1, "年": 12, "季度": 3, "季": 3}[unit]
    return add_months(first, int(months))


def term_length(text: str) -> int | None:
    """Return the whole months that a sentence states beside its two days, or None."""
    rest = re.sub(chinese.DAY, " ", text)
    match = re.search(rf"(?:期限|共计?|为期|期)(?:为|是|:|共|计)*({chinese.NUMBER})个月", rest)
    value = chinese.number(match[1]) if match else None
    return int(value) if value else None
