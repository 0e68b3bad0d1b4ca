"""Only what binds is read: examples, other people's rates, repealed rules and unticked options are left out.

Every figure in a contract looks like a term. What the sentence itself calls an example, an old rule, another
person's affair or an option that nobody ticked is none, so those words are taken out before any rule sees them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from workbench.intake.clauses.model import Passage

_TICKED = "☑☒■✓✔√"
_OPEN = "□☐▢"
_BOX = re.compile(rf"[{_TICKED}{_OPEN}]|\[[ √xXvV]?\](?=\S)|\([ √]\)(?=[\u4e00-\u9fff])")
_OPTION_END = re.compile(r"[。;]|$")

EXAMPLE = re.compile(
    r"(?:^|[,。;:(])(?:\d[.、]\s?|第[一二三四五六七八九十\d]+条:?|\([一二三四五六七八九十\d]+\))?"
    r"(?:例如|比如|譬如|举例|示例|例:|如前例|假设|假如|假定|打个比方|以[^,。;]{2,24}为例)"
)
"""From here to the end of the sentence only an example is given."""
FOREIGN: tuple[str, ...] = (
    r"与本(?:合同|协议|次|笔)[^,。;]{0,6}无关",
    r"不构成(?:本)?(?:合同|协议)?(?:的)?(?:条款|约定|承诺)|仅供参考|不作为[^,。;]{0,8}依据",
    (
        r"案外人|其[他它](?:客户|会员|用户|投资[人者]|平台|公司)|(?:^|[,。;、与和])某(?:平台|公司|机构)|同类(?:产品|"
        r"平台|业务)|市场上|同业|上游(?:资金|出资)"
    ),
    r"原有规定|旧规|已(?:经)?(?:取消|废止|失效)|不再适用|不适用(?:该|上述|前述)|历史上",
    r"(?:交易所|证监会|监管部门)[^,。;]{0,20}(?:曾|原)(?:经)?(?:要求|规定)?",
    r"(?:法律|法规|司法解释|国家|法定)[^,。;]{0,16}(?:上限|保护范围)",
    r"同期(?:同类)?(?:银行)?(?:存款|贷款基准|定期)|银行(?:同期)?存款利率",
)
"""What a sentence says of itself when its figures are somebody else's or no longer hold."""
_FOREIGN = re.compile("|".join(FOREIGN))
_REGION = re.compile(
    r"^(?:[第附]\S{1,5}[章节条部分件][\s:]*)?(?:(?:重要|特别)?风险(?:揭示|提示|告知)书?|"
    r"[^,。;:]{0,8}(?:举例|示例|样例)(?:说明)?)"
    r"(?P<stop>$|:$|:)"
)
_REGION_END = re.compile(r"^(?:第[一二三四五六七八九十\d]+(?:[条章节]|部分)|附件|[甲乙丙]方)")
_FIRST = re.compile(r"^(?:一、|\(一\)|1[.、]\D|1\.1)")
_MOST = 2
"""A region is left out only where it is less than one part in this many of the contract."""


def binding(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """Return the passages without what does not bind; their order and places stay."""
    ticked = any(re.search(rf"[{_TICKED}]|\[[√xXvV]\]|\(√\)", passage.text) for passage in passages)
    return tuple(kept for passage in _outside_regions(passages) if (kept := _kept(passage, ticked=ticked)).text)


def _outside_regions(passages: Sequence[Passage]) -> Sequence[Passage]:
    """Leave out what stands under a heading such as 风险揭示 or 收费举例, up to where the contract goes on."""
    inside, firsts = False, 0
    kept = []
    for passage in passages:
        heading = _REGION.match(passage.text)
        firsts += bool(_FIRST.match(passage.text))
        if heading and heading["stop"] != ":":
            inside, firsts = True, 0
        elif inside and (_REGION_END.match(passage.text) or firsts > 1):
            inside = False
        if not inside and not heading:
            kept.append(passage)
    return kept if len(kept) * _MOST > len(passages) else passages


def _kept(passage: Passage, *, ticked: bool) -> Passage:
    gone: set[int] = set()
    for sentence in passage.sentences():
        if _FOREIGN.search(sentence.text):
            gone.update(range(sentence.start, sentence.stop))
        example = EXAMPLE.search(sentence.text)
        if example:
            gone.update(range(sentence.start + example.start(), sentence.stop))
    if ticked:
        gone.update(_unticked(passage.text))
    if not gone:
        return passage
    kept = [at for at in range(len(passage.text)) if at not in gone]
    text = "".join(passage.text[at] for at in kept)
    return replace(passage, text=text, origins=tuple(passage.origins[at] for at in kept))


def _unticked(text: str) -> Iterator[int]:
    """Yield the places of every option whose box is empty, and of the boxes themselves."""
    marks = list(_BOX.finditer(text))
    for at, mark in enumerate(marks):
        yield from range(*mark.span())
        if re.search(rf"[{_TICKED}√xXvV]", mark.group()):
            continue
        follow = marks[at + 1].start() if at + 1 < len(marks) else len(text)
        end = _OPTION_END.search(text, mark.end())
        stop = min(follow, end.start() if end else follow)
        yield from range(mark.end(), stop)
