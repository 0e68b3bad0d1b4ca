"""Ways to name a party other than ``甲方(出借人):名``: designation behind the name, or the short name inside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.intake.clauses.model import Passage

_HEAD = 14
"""Passages from the top within which a party is introduced."""
_PERSON = r"[\u4e00-\u9fff·]{2,4}"
_FIRM = r"[\u4e00-\u9fff()A-Za-z0-9]{2,36}(?:公司|企业|中心|合伙\)|厂|行|社)"
_CALLED = re.compile(
    r"(?:^|[ ,;|])(?P<role>[\u4e00-\u9fff、]{2,12}\([^()]{0,24}?)[“\"'「]?(?P<party>[甲乙丙丁]方)[”\"'」]?\):"
    r"(?P<name>[^:。;,]*)"
)
"""``出借人(以下简称甲方):卫某``, ``委托人(资金方,以下称“甲方”):…``."""
_INSIDE = re.compile(r"^(?P<party>[甲乙丙丁]方):\((?P<role>[^()]{2,12})\)(?P<name>[^:。;,]*)")
"""``甲方:(用资方)姜某``."""
_INSIDE_SHORT = re.compile(r"^(?P<role>[\u4e00-\u9fff]{2,6}[人方]):\((?P<party>[甲乙丙丁]方)\)(?P<name>[^:。;,]*)")
"""``出借人:(甲方)苏某``."""
_BEHIND = re.compile(
    rf"(?:^|(?<=\))[与和及、,]|"
    rf"(?<=\))(?=[\u4e00-\u9fff]))(?P<front>[\u4e00-\u9fff]{{2,4}}[人方]:?)??(?P<name>{_FIRM}|"
    rf"{_PERSON})"
    r"\((?P<role>[^()]{2,12})\)"
)
"""``魏某(资金方)与陶某(操盘方)``, ``出资人韩某(甲方)``."""
_IOU = re.compile(r"(?:今|现|兹)?(?:借到|借得|向)\s?(?P<name>[\u4e00-\u9fff·]{2,4}?)\s?(?:人民币|借款|借到|现金)")


@dataclass(frozen=True, slots=True)
class Mention:
    """A party as introduced: designation, short name and full name as printed, and where it stands."""

    role: str
    party: str
    name: str
    start: int
    stop: int


def mentions(passage: Passage) -> Iterator[Mention]:
    """Yield the parties that a passage of the contract's head introduces in one of these ways."""
    if passage.order >= _HEAD:
        return
    for pattern in (_CALLED, _INSIDE, _INSIDE_SHORT):
        for match in pattern.finditer(passage.text):
            yield Mention(match["role"], match["party"], match["name"], *match.span())
    behind = list(_BEHIND.finditer(passage.text))
    for match in behind:
        party = re.search("[甲乙丙丁]方", match["role"])
        role = match["front"] or match["role"]
        yield Mention(role, party.group() if party else "", match["name"], *match.span())
    for match in _IOU.finditer(passage.text):
        yield Mention("出借人", "", match["name"], *match.span())
