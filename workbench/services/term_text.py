"""Text that a person types becomes a canonical term value, or a plain error that says what would fit."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from workbench.domain.money import decimal, plain
from workbench.domain.terms import SPEC_BY_KEY, Term, TermSpec, TermStatus, TermType, TermValue
from workbench.errors import UsageError
from workbench.intake.chinese import number

_YES = frozenset({"true", "yes", "y", "1", "是", "有", "需要", "需"})
_NO = frozenset({"false", "no", "n", "0", "否", "无", "不需要", "不需"})
_SCALES = {"%": Decimal(100), "％": Decimal(100), "‰": Decimal(1000)}
_FRACTIONS = {"百分之": Decimal(100), "千分之": Decimal(1000), "万分之": Decimal(10000)}
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_SEPARATOR = re.compile(r"[,，、;；]\s*|\s+")


def parse_term(key: str, text: str) -> Term | None:
    """Return the term that ``text`` means, None for empty text.

    Args:
        key: canonical key.
        text: ``1.5%``, ``万分之5``, ``10万``, ``2025年3月1日``, ``是``, one of the choices, or words.

    Raises:
        UsageError: an unknown key or a value that does not fit it.
    """
    spec = SPEC_BY_KEY.get(key)
    if spec is None:
        raise UsageError(
            f"there is no term {key!r}",
            next_step="`workbench terms CASE` lists the keys.",
            what_zh=f"没有名为 {key} 的条款",
            next_step_zh="用 workbench terms 案件 查看条款名称。",
        )
    said = text.strip()
    if not said:
        return None
    value, unit = _value(spec, said)
    return Term(key, value, unit, TermStatus.EDITED)


def _value(spec: TermSpec, text: str) -> tuple[TermValue, str | None]:
    if spec.type is TermType.NUMBER:
        return _number(spec, text)
    if spec.type is TermType.DATE:
        return _day(spec, text), spec.unit
    if spec.type is TermType.FLAG:
        return _flag(spec, text), spec.unit
    if spec.type is TermType.CHOICE:
        if text not in spec.choices:
            raise _unfit(spec, text, " | ".join(spec.choices))
        return text, spec.unit
    if spec.type is TermType.WORDS:
        return tuple(_code(word) for word in _SEPARATOR.split(text) if word), spec.unit
    return text, spec.unit


def _code(word: str) -> str:
    """Return the code of a word that the lists show by its name (``微信`` is ``wechat``), else the word."""
    from workbench.documents.labels import load_labels  # noqa: PLC0415  start fast

    groups = (load_labels(lang).groups["choice"] for lang in ("zh", "en"))
    return next((code for names in groups for code, name in names.items() if name == word), word)


def _number(spec: TermSpec, text: str) -> tuple[str, str | None]:
    rest, unit, divisor = text.replace(",", "").replace("，", "").strip(), spec.unit, Decimal(1)
    for word in ("元", "yuan"):
        if rest.endswith(word):
            rest, unit = rest.removesuffix(word).strip(), "yuan"
    for sign, scale in _SCALES.items():
        if rest.endswith(sign):
            rest, divisor = rest.removesuffix(sign).strip(), scale
    for words, scale in _FRACTIONS.items():
        if rest.startswith(words):
            rest, divisor = rest.removeprefix(words).strip(), scale
    if rest.endswith("万"):
        rest, divisor = rest.removesuffix("万").strip(), divisor / 10000
    found = _figure(rest)
    if found is None:
        raise _unfit(spec, text, "1.5% | 0.015 | 万分之五 | 10万")
    return plain(found / divisor), unit


def _figure(text: str) -> Decimal | None:
    try:
        return decimal(text)
    except ValueError:
        return number(text)  # 万分之五, 十万


def names_no_unit(text: str) -> bool:
    """Tell whether a typed number is a plain one: neither a per cent, a 万分之, nor an amount in yuan."""
    return not any(mark in text for mark in (*_SCALES, *_FRACTIONS, "元", "yuan"))


def _day(spec: TermSpec, text: str) -> str:
    examples = "2025-03-01 | 2025年3月1日"
    found = _DATE.fullmatch(text)
    if found is None:
        raise _unfit(spec, text, examples)
    try:
        return date(*(int(part) for part in found.groups())).isoformat()
    except ValueError:
        raise _unfit(spec, text, examples) from None


def _flag(spec: TermSpec, text: str) -> bool:
    word = text.casefold()
    if word not in _YES | _NO:
        raise _unfit(spec, text, "yes | no | 是 | 否")
    return word in _YES


def _unfit(spec: TermSpec, text: str, examples: str) -> UsageError:
    return UsageError(
        f"{text!r} does not fit {spec.key}",
        where=spec.type.value,
        next_step=f"Use {examples}.",
        what_zh=f"“{text}”不适合条款 {spec.key}",
        next_step_zh=f"请使用：{examples}。",
    )
