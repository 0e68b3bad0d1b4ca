"""Printed lines become passages: wrapping, letter spacing, page furniture and form tables are undone here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from workbench.intake import chinese
from workbench.intake.chinese import normal
from workbench.intake.clauses.model import Passage
from workbench.readers.model import TextLine

Char = tuple[str, int, int]
"""A character in normal form with the index of its line and its position in that line."""

_CN = r"[一二三四五六七八九十百零〇]"
_NUMBERING = re.compile(
    rf"^(?:第{_CN}+[条章节款]|第\d+[条章节款]|{_CN}{{1,3}}[、.]|\({_CN}{{1,3}}\)|\(\d{{1,2}}\)|[1-9]\d?"
    r"(?:\.\d{1,2}){1,3}(?!\s?[\d%‰时倍元分厘万个,、成])"
    r"|\d{1,2}[、.)](?!\d)|[①-⑳]|[☑☒■□☐▢✓✔√])"
)
_ARTICLE = re.compile(rf"^(?:第(?:{_CN}+|\d+)[条章节]|{_CN}{{1,3}}[、.])[\s:]*([^,。;:]{{2,16}})$")
_LABEL = re.compile(
    r"^(?:[甲乙丙丁]方|原合同|出借[人方]|借款[人方]|配资方|用资[人方]|客户|证券公司|居间|平台|合同|"
    r"协议|编号|签[订署约]|日期|"
    r"(?:风险|交易|履约|操盘)?保证金|配资|融资|借款|杠杆|期限|使用期限|利率|月利率|年利率|日利率|利息|"
    r"管理费|佣金|预警线|警戒线|平仓线|"
    r"资金账[户号]|账[户号]|总操盘|争议|违约|滞纳金|罚息|名称|姓名|住所|地址|电话|"
    r"身份证)(?![^,。;]{0,16}\d:\d)[^,。;]{0,16}?[:|]"
)
_PARTY_LABEL = re.compile(r"^[\u4e00-\u9fff、/]{2,12}(?:\([^()]{2,20}\)):")
_SPACED_LABEL = re.compile(
    r"^\s*(?:[\u4e00-\u9fff]{1,4}[人方]|编\s*号|(?:合同|"
    r"协议)编号)\s+(?=\S{2,30}\s*$)(?:[\u4e00-\u9fff·]{2,4}(?:[(（]|$)|[A-Z\d])"
)
_BESIDE = re.compile(r"(?<=\S)\s(?=[\u4e00-\u9fff、/]{2,12}(?:\([^()]{1,12}\))?:)")
_ANY_LABEL = re.compile(r"^[\u4e00-\u9fff、/]{2,12}(?:\([^()]{1,12}\))?:(?!$)")
_FURNITURE = re.compile(
    (
        r"^[-\s]*(?:第\s*\d+\s*页\s*[,/]?\s*(?:共\s*\d+\s*页)?|\d+\s*/\s*\d+|-\s*\d+\s*-|page\s*\d+.*)"
        r"[-\s]*$"
    ),
    re.IGNORECASE,
)
_CELL_LABEL = re.compile(r"^[^\d。;,%]{2,20}$")
_SPACED_NUMBER = re.compile(
    r"^\s*\d{1,2}\s+[\u4e00-\u9fff](?<![年月日个天元点时分倍条章号万亿只股比至到和或与以之内后前半成])"
)
_TITLE = re.compile(r"^[^,。;:|]{0,24}(?:合同|协议|协议书|契约|合同书)$")
_DAY_ALONE = re.compile(rf"^{chinese.DAY}$")
_LONGEST_LABEL = 120
_LONGEST = 3000
"""Characters of a passage at most: text without any full stop is cut here."""
_WITH_GROUP = 3
"""Cells of a row ``group | label | value``."""
_COLUMN = 0.9
"""How nearly lines keep to one half of the page in print of two columns."""
_COLUMN_PART = 4
"""The right column holds at least one line in this many."""
_SHORT = 0.75
"""A line shorter than this part of the longest one was not wrapped."""
_HEADER_CELL = re.compile(
    r"^(?:项目|要素|条款|事项|名称|内容|约定|约定内容|具体内容|备注|说明|序号|要素名称|要素内容)$"
)
_CHANGE = r"(?:调整|变更|修改|修订|上调|下调|调高|调低|提高|降低|更改|延期|延长|展期|下降|降)(?:为|至|到)"
_CHANGED = re.compile(rf"[由从][^,。;由从]{{1,24}}?{_CHANGE}")
_REPLACED = re.compile(rf"[\"“「'‘][^\"”」'’]{{2,80}}[\"”」'’](?:的约定|的规定)?(?={_CHANGE})")
"""The old words in quotation marks before ``变更为``."""
_OLD_FIGURE = re.compile(
    rf"(?P<old>{chinese.MONEY}|"
    rf"{chinese.RATE})(?=[^。;]{{0,24}}?{_CHANGE}[^。;]{{0,12}}?(?:{chinese.MONEY}|"
    rf"{chinese.RATE}))"
)
"""``原合同约定的月利率1.8%,自…起下调为1.5%``: the old figure, only where the sentence speaks of the former contract."""


@dataclass(slots=True)
class _Open:
    """The passage being collected."""

    chars: list[Char]
    last_number: int
    page: int | None
    short: bool = False


def passages(lines: Sequence[TextLine]) -> tuple[Passage, ...]:
    """Return the deed's passages in order; a passage never ends in the middle of a wrapped sentence."""
    heading = ""
    result: list[Passage] = []
    for chars in _joined(lines):
        for start in range(0, len(chars), _LONGEST):
            kept = _amended(_trimmed(chars[start : start + _LONGEST]))
            text = "".join(char for char, _, _ in kept)
            article = _ARTICLE.match(text)
            if article:
                heading = article[1]
            if text:
                result.append(Passage(text, tuple((line, at) for _, line, at in kept), heading, len(result)))
    return tuple(result)


def _joined(lines: Sequence[TextLine]) -> Iterator[list[Char]]:
    """Join wrapped lines; a numbering, a form label, a table row or a blank line starts a new passage."""
    current: _Open | None = None
    edges = _edges(lines)
    for chars, line in _parts(lines):
        text = "".join(char for char, _, _ in chars)
        if _FURNITURE.match(text) and text:
            continue
        if current and (not text or "|" in text or _starts(text, current, line)):
            yield current.chars
            current = None
        if "|" in text:
            yield from _table_row(chars)
        elif text:
            current = current or _Open([], line.number, line.page)
            current.chars.extend(chars)
            current.last_number, current.page = line.number, line.page
            current.short = _is_short(line, edges)
    if current:
        yield current.chars


def _parts(lines: Sequence[TextLine]) -> Iterator[tuple[list[Char], TextLine]]:
    """Yield the lines closed up; a line of two or more ``label:value`` side by side comes as its parts."""
    for index, line in enumerate(lines):
        chars = _closed_up(line, index)
        text = "".join(char for char, _, _ in chars)
        cuts = [match.end() - 1 for match in _BESIDE.finditer(text)] if _ANY_LABEL.match(text) else []
        for start, stop in pairwise([0, *cuts, len(chars)]):
            yield _trimmed(chars[start:stop]), line


def _edges(lines: Sequence[TextLine]) -> tuple[float, ...]:
    """Return where text ends on the right; on a page printed in two columns first the left column's edge."""
    full = max((_width(line) for line in lines), default=0.0)
    right = [line for line in lines if line.box is not None and line.box.x0 > full / 2 * _COLUMN]
    left = [line for line in lines if line.box is not None and line.box.x1 < full / 2 / _COLUMN]
    if len(right) * _COLUMN_PART < len(lines) or len(left) + len(right) < _COLUMN * len(lines):
        return (full,)
    return (max((_width(line) for line in left), default=full), full)


def _is_short(line: TextLine, edges: tuple[float, ...]) -> bool:
    """Tell whether a line ends well before its column does, so that it was not wrapped."""
    width = _width(line)
    if width <= edges[0] or len(edges) == 1:
        return width < _SHORT * edges[0]
    return width - edges[0] < _SHORT * (edges[1] - edges[0])


def _width(line: TextLine) -> float:
    """Return how far right a line reaches: in points where the file has geometry, else in half-width columns."""
    if line.box is not None:
        return line.box.x1
    return sum(2 if _is_han(char) else 1 for char in line.text.rstrip())


def _starts(text: str, current: _Open, line: TextLine) -> bool:
    """Tell whether this line opens a passage of its own."""
    if _NUMBERING.match(text) or _SPACED_NUMBER.match(line.text) or _LABEL.match(text) or _DAY_ALONE.match(text):
        return True
    if _PARTY_LABEL.match(text) or _SPACED_LABEL.match(line.text):
        return True
    if current.short and (current.chars[-1][0] in "。;" or _ANY_LABEL.match(text)):
        return True
    if len(current.chars) < _LONGEST_LABEL and _stands_alone(current):
        return True
    gap = line.page == current.page and line.number > current.last_number + 1
    return gap and current.chars[-1][0] in "。;:"


def _stands_alone(current: _Open) -> bool:
    """Tell whether what was collected is a heading, a title or a form label that no wrapped line continues."""
    before = "".join(char for char, _, _ in current.chars)
    label = _LABEL.match(before) and current.short and "。" not in before
    return bool(_ARTICLE.match(before) or _TITLE.match(before) or label)


def _closed_up(line: TextLine, index: int) -> list[Char]:
    """Return a line's characters without letter spacing; a wide gap stays as one space, a table bar as ``|``."""
    raw = _with_gaps(line)
    tokens = [(match.group(), match.start()) for match in re.finditer(r"\S+", raw)]
    result: list[Char] = []
    end = 0
    for token, start in tokens:
        gap = raw[end:start]
        if result and gap and _keeps_gap(result, token, gap):
            result.append((" ", index, max(0, start - 1)))
        result.extend((char, index, start + at) for at, glyph in enumerate(token) for char in normal(glyph))
        end = start + len(token)
    return result


def _with_gaps(line: TextLine) -> str:
    """Return the line's text with tabs and full-width bars made plain, same length."""
    return line.text.replace("│", "|").replace("┃", "|").replace("｜", "|").replace("\u200b", " ").replace("\xa0", " ")


def _keeps_gap(before: list[Char], token: str, gap: str) -> bool:
    last, first = before[-1][0], normal(token[0])[:1]
    if "\t" in gap or "\u3000\u3000" in gap or len(gap) > 1:
        single = len(before) == 1 or before[-2][0] in " |"
        return not (single and _is_han(last)) and not (len(token) == 1 and _is_han(first) and _is_han(last) and single)
    return last.isascii() and last.isalnum() and first.isascii() and first.isalnum()


def _is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def _table_row(chars: list[Char]) -> Iterator[list[Char]]:
    """Yield a table row as ``label:value`` passages; a header row gives nothing, other rows stay one passage."""
    cells: list[list[Char]] = [[]]
    for char in chars:
        if char[0] == "|":
            cells.append([])
        else:
            cells[-1].append(char)
    cells = [_trimmed(cell) for cell in cells]
    texts = ["".join(char for char, _, _ in cell) for cell in cells]
    if texts and re.fullmatch(rf"\d{{1,2}}|{_CN}{{1,3}}|", texts[0]):
        cells, texts = cells[1:], texts[1:]
    if texts and all(_HEADER_CELL.match(text) for text in texts if text):
        return
    if len(texts) == _WITH_GROUP and _CELL_LABEL.match(texts[0]) and _LABEL.match(texts[1] + ":"):
        cells, texts = cells[1:], texts[1:]
    at = 0
    while at < len(cells):
        pair = at + 1 < len(cells) and texts[at] and _CELL_LABEL.match(texts[at].rstrip(":"))
        if pair and ":" not in texts[at][:-1]:
            label = cells[at]
            mark = [] if texts[at].endswith(":") else [(":", label[-1][1], label[-1][2])]
            yield label + mark + cells[at + 1]
            at += 2
        else:
            if texts[at]:
                yield cells[at]
            at += 1


def _trimmed(chars: list[Char]) -> list[Char]:
    start, stop = 0, len(chars)
    while start < stop and chars[start][0] == " ":
        start += 1
    while stop > start and chars[stop - 1][0] == " ":
        stop -= 1
    return chars[start:stop]


def _amended(chars: list[Char]) -> list[Char]:
    """Drop the old figure of ``由 2% 调整为 1.5%`` so that only what now holds is read; ``为`` stays."""
    text = "".join(char for char, _, _ in chars)
    kept = list(chars)
    for match in reversed(list(_CHANGED.finditer(text))):
        if re.search(r"\d|分之|[一二三四五六七八九]", match.group()):
            del kept[match.start() : match.end() - 1]
    text = "".join(char for char, _, _ in kept)
    gone = [match.span() for match in _REPLACED.finditer(text)]
    if re.search(r"原(?:合同|协议|约定|定|第)", text):
        gone += [match.span("old") for match in _OLD_FIGURE.finditer(text)]
    dropped = {at for span in gone for at in range(*span)}
    return [char for at, char in enumerate(kept) if at not in dropped]
