"""A contract as pages of words becomes canonical terms, each with the clause it rests on; nothing is assumed.

The rules live in :mod:`workbench.intake.clauses`, one file a subject; here they are put in order and the best
reading of each key is kept. What the contract does not say has no term: defaults belong to the audit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbench.domain.terms import SPEC_BY_KEY, Clause, Contract, Term, Terms
from workbench.errors import InputError, OcrNeededError
from workbench.intake.chinese import normalised
from workbench.intake.clauses import (
    accrual,
    calls,
    default_charges,
    fees,
    interest,
    line_manner,
    margin_lines,
    parties,
    period,
    sales,
    sums,
)
from workbench.intake.clauses.binding import binding
from workbench.intake.clauses.contradictions import contradictions
from workbench.intake.clauses.flow import passages
from workbench.intake.clauses.forms import with_forms
from workbench.intake.clauses.model import Deed, Extractor, Found
from workbench.intake.clauses.place import source_of
from workbench.intake.clauses.topics import clauses
from workbench.readers.extras import install_command
from workbench.readers.model import TextDocument, TextLine
from workbench.readers.text import read_text

EXTRACTORS: tuple[Extractor, ...] = (
    parties.identity,
    parties.parties,
    sums.sums,
    sums.leverage,
    sums.derived_financing,
    period.period,
    accrual.floating,
    interest.interest,
    accrual.day_count,
    accrual.counting,
    accrual.settlement_day,
    fees.management,
    fees.profit_share,
    fees.commission,
    default_charges.late_fee,
    default_charges.penalty,
    default_charges.breach,
    margin_lines.margin_lines,
    line_manner.line_manner,
    calls.topup,
    calls.notice,
    sales.sale,
    sales.holdings,
    sales.disputes,
)
"""In order: a later rule may look at what earlier ones settled."""

_MARKS: tuple[tuple[str, float], ...] = (
    (r"合同|协议书?|契约|借据|借条|合约单?|确认[单书]", 0.15),
    (r"甲方|出借[人方]|配资方|资金方|出资[人方]|今借到", 0.2),
    (r"乙方|借款[人方]|用[资款][人方]|客户|操盘[人方手]", 0.15),
    (r"第[一二三四五六七八九十]+条|^\s*\d+\.\d+\s*\S", 0.15),
    (r"违约|争议|仲裁|人民法院|管辖", 0.1),
    (r"保证金|利率|利息|配资|融资|平仓线|预警线", 0.15),
    (r"签[订署]|盖章|签字", 0.1),
)
_NO_CONTRACT = re.compile(r"对账单|交割单|流水|聊天记录|通知记录")


def read_contract(data: bytes, name: str, sha256: str) -> Contract:
    """Read one contract (PDF, DOCX, TXT, HTML) into its terms, contradictions and notable clauses.

    Raises:
        OcrNeededError: where the pages are pictures.
        InputError: where the file has words but no term of a contract.
    """
    document = read_text(data, name)
    if not any(line.text.strip() for line in document.lines):
        how = install_command("ocr")
        raise OcrNeededError(
            "the contract has no text, only pictures",
            where=name,
            next_step=f"Install the ocr extra (in the program's folder: {how}) or type the terms by hand.",
            what_zh="合同没有文字层，只有图片",
            next_step_zh=f"请安装 ocr 扩展（在程序文件夹里运行 {how}），或手工录入条款。",
        )
    contract = contract_from(document, name, sha256)
    if not contract.terms.items:
        raise InputError(
            "no term of a contract was found",
            where=name,
            next_step="Check that this is the contract; otherwise keep it as evidence (--as evidence).",
            what_zh="没有找到任何合同条款",
            next_step_zh="请确认文件就是合同；如不是，请留作证据（命令行加 --as evidence）。",
        )
    return contract


def contract_from(document: TextDocument, name: str, sha256: str) -> Contract:
    """Return what a text says as a contract; no term where it says nothing."""
    deed = open_deed(document.lines, name, sha256)
    found, known = _extract(deed)
    terms = tuple(
        Term(
            key, known[key].value, known[key].unit or SPEC_BY_KEY[key].unit, source=source_of(deed, known[key].sentence)
        )
        for key in SPEC_BY_KEY
        if key in known
    )
    unread = (
        Clause("line_in_other_measure", source_of(deed, item.sentence))
        for item in found
        if item.key == margin_lines.OTHER_MEASURE
    )
    return Contract(sha256, name, Terms(terms), contradictions(deed, known, found), (*clauses(deed), *unread))


def open_deed(lines: Sequence[TextLine], name: str, sha256: str) -> Deed:
    """Return the text as passages with the parties' roles."""
    rows = with_forms(lines)
    parts = binding(passages(rows))
    return Deed(sha256, name, rows, parts, parties.find_roles(parts))


def _extract(deed: Deed) -> tuple[list[Found], dict[str, Found]]:
    """Run every rule; keep for each key the lowest rank, then the first."""
    every: list[Found] = []
    known: dict[str, Found] = {}
    for extractor in EXTRACTORS:
        for found in list(extractor(deed, known)):
            every.append(found)
            if found.key not in known or found.rank < known[found.key].rank:
                known[found.key] = found
    return every, known


def looks_like_contract(text: str) -> float:
    """Return how far a text looks like a contract, 0 to 1."""
    plain_text = normalised(re.sub(r"[ \u3000\t]+", "", text[:20000]))
    score = sum(weight for pattern, weight in _MARKS if re.search(pattern, plain_text, re.MULTILINE))
    return max(0.0, score - (0.4 if _NO_CONTRACT.search(plain_text[:120]) else 0.0))
