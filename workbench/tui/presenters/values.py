"""Write contract values for people: percentages, yuan, choices and flags in words."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from workbench.domain.money import percent, plain
from workbench.domain.terms import RATES, SPEC_BY_KEY, Term, TermType
from workbench.tui.presenters.base import Words, label, money, one_line


def term_value(term: Term, words: Words) -> str:
    """Write a term's value in words; numbers keep every digit the contract gives."""
    spec = SPEC_BY_KEY[term.key]
    value = term.value
    if isinstance(value, bool):
        return words("value.yes" if value else "value.no")
    if isinstance(value, tuple):
        return one_line(words("terms.comma").join(label(words, "choice", code) for code in value))
    if spec.type is TermType.CHOICE:
        group = "convention" if term.key == "line_convention" else "choice"
        return label(words, group, value)
    if spec.type is TermType.NUMBER:
        return number_value(term.key, value, term.unit or spec.unit, words)
    return one_line(value)


def number_value(key: str, text: str, unit: str | None, words: Words) -> str:
    """Write a number with its unit: yuan grouped, fractions as per cent where the key is a rate."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return one_line(text)
    if unit == "yuan":
        return money(number)
    if unit in (None, "fraction") and key in RATES:
        return percent(number)
    return f"{plain(number)} {words(f'term_unit.{unit}')}" if unit and unit != "fraction" else plain(number)


def term_text(term: Term, words: Words) -> str:
    """Return the value as text to edit: a rate in per cent, yuan named where it could be a rate."""
    if isinstance(term.value, bool):
        return "true" if term.value else "false"
    if isinstance(term.value, tuple):
        return ",".join(term.value)
    spec = SPEC_BY_KEY[term.key]
    if term.unit == "yuan" and spec.unit != "yuan":
        return f"{term.value}{'' if words.lang == 'zh' else ' '}{words('term_unit.yuan')}"
    if spec.type is TermType.NUMBER and (term.unit or spec.unit) in (None, "fraction") and term.key in RATES:
        return number_value(term.key, term.value, None, words)
    return term.value


def term_form(term: Term) -> str:
    """Return how a value of this term is typed, a key of the catalogue; empty where it is chosen."""
    spec = SPEC_BY_KEY[term.key]
    if spec.type is TermType.NUMBER:
        kind = "yuan" if (term.unit or spec.unit) == "yuan" else "rate" if term.key in RATES else "number"
        return f"terms.form_{kind}"
    return {TermType.DATE: "terms.form_date", TermType.WORDS: "terms.form_words"}.get(spec.type, "")
