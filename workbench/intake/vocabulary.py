"""The words of statements as data: column titles and operations, shipped with the package and extended by the user."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from workbench.domain.lines import LineKind
from workbench.errors import UnreadableFileError
from workbench.intake.values import plain_text

_UNIT = re.compile(
    r"[(\[【](?:单位:?)?(?:元|万元|人民币|人民币元|RMB|CNY|股|份|张|手|股/份|股\(份\)|元/股|%|¥|￥)[)\]】]$|/(?:元|股|份)$|[:：]$",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"^(?:\d{1,2}[.、)]|[*#☆★●▪·])+(?=\D)|[*▼▲↑↓△▽◆:：]+$")
_WIDE = re.compile(r"[\u4e00-\u9fff]")
_LATIN = re.compile(r"[(/\[]?[A-Za-z][A-Za-z.&/'-]*[)\]]?")
_DATA = files("workbench.intake") / "data"


def title_key(text: str) -> str:
    """Return a column title without blanks, full-width forms and units; ``资金帐户余额（元）`` is ``资金账户余额``."""
    key = _SIGNS.sub("", plain_text(text))
    return _UNIT.sub("", key).casefold()


@dataclass(frozen=True, slots=True)
class Titles:
    """Which field a column title means."""

    fields: Mapping[str, tuple[tuple[str, int], ...]]
    """Title key -> (field, rank); rank 0 is the best title of its field."""
    foreign: frozenset[str]
    """Titles of tables that are no ledger."""

    def is_foreign(self, title: str) -> bool:
        """Tell whether a title stands over holdings, contracts or orders only."""
        return title_key(title) in self.foreign

    def meanings(self, title: str) -> tuple[tuple[str, int], ...]:
        """Return the fields a title may mean with their ranks; empty for an unknown title.

        A title in two languages (``发生金额 Amount``) means what its Chinese part means.
        """
        key = title_key(title)
        found = self.fields.get(key, ())
        if found or not _WIDE.search(key):
            return found
        return self.fields.get(title_key(_LATIN.sub("", key)), ())


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of the operation vocabulary."""

    kind: LineKind
    exact: frozenset[str]
    contains: tuple[str, ...]
    unless: tuple[str, ...]
    direction: int
    """Effect on cash: 1 in, -1 out, 0 either."""
    when_negative: LineKind | None
    when_positive: LineKind | None


@dataclass(frozen=True, slots=True)
class Operations:
    """What operations mean, with the words that decide in remarks, totals and notes."""

    rules: tuple[Rule, ...]
    exact: Mapping[str, Rule]
    forced: tuple[str, ...]
    not_forced: tuple[str, ...]
    tax_remark: tuple[str, ...]
    repo_prefixes: tuple[str, ...]
    totals: tuple[str, ...]
    notes: tuple[str, ...]

    def find(self, operation: str) -> Rule | None:
        """Return the rule for an operation as printed, or None where nobody told what it means."""
        key = operation_key(operation)
        if not key:
            return None
        rule = self.exact.get(key)
        if rule:
            return rule
        for rule in self.rules:
            if any(word in key for word in rule.contains) and not any(word in key for word in rule.unless):
                return rule
        return None

    def find_exact(self, text: str) -> Rule | None:
        """Return the rule whose word is exactly the text."""
        return self.exact.get(operation_key(text))


def operation_key(text: str) -> str:
    """Return an operation without blanks, full-width forms and surrounding brackets."""
    return plain_text(text).strip("[]()【】<>《》:*.。").casefold()


def load_titles(user_dir: Path | None = None) -> Titles:
    """Return the column titles of the package, the user's own first.

    Raises:
        UnreadableFileError: a user file that is no valid TOML.
    """
    fields: dict[str, dict[str, int]] = {}
    foreign: set[str] = set()
    for data in _sources("headers.toml", user_dir):
        foreign |= {title_key(title) for title in data.get("not_a_ledger", {}).get("titles", ())}
        for field, titles in data.get("fields", {}).items():
            for rank, title in enumerate(titles):
                fields.setdefault(title_key(title), {}).setdefault(field, rank)
    return Titles({key: tuple(found.items()) for key, found in fields.items()}, frozenset(foreign))


def load_operations(user_dir: Path | None = None) -> Operations:
    """Return the operation vocabulary of the package, the user's own rules first.

    Raises:
        UnreadableFileError: a user file that is no valid TOML or names an unknown kind.
    """
    sources = _sources("operations.toml", user_dir)
    rules = tuple(_rule(entry) for data in sources for entry in data.get("rule", ()))
    exact: dict[str, Rule] = {}
    for rule in rules:
        for word in rule.exact:
            exact.setdefault(word, rule)
    words = {
        (table, key): tuple(word for data in sources for word in data.get(table, {}).get(key, ()))
        for table, key in (
            ("forced", "remark"),
            ("forced", "unless"),
            ("dividend_tax", "remark"),
            ("repo", "prefixes"),
            ("total", "words"),
            ("note", "words"),
        )
    }
    return Operations(
        rules,
        exact,
        words["forced", "remark"],
        words["forced", "unless"],
        words["dividend_tax", "remark"],
        words["repo", "prefixes"],
        tuple(plain_text(word).casefold() for word in words["total", "words"]),
        words["note", "words"],
    )


def with_operations(operations: Operations, extra: Mapping[str, str]) -> Operations:
    """Return the vocabulary with a layout's own words on top; ``extra`` maps a word to a kind."""
    if not extra:
        return operations
    rules = [_rule({"kind": kind, "exact": [word]}) for word, kind in extra.items()]
    exact = dict(operations.exact) | {word: rule for rule in rules for word in rule.exact}
    return Operations(
        (*rules, *operations.rules),
        exact,
        operations.forced,
        operations.not_forced,
        operations.tax_remark,
        operations.repo_prefixes,
        operations.totals,
        operations.notes,
    )


def _rule(entry: Mapping[str, Any]) -> Rule:
    direction = {"in": 1, "out": -1}.get(str(entry.get("direction", "")), 0)
    swaps = [LineKind(entry[key]) if key in entry else None for key in ("when_negative", "when_positive")]
    return Rule(
        LineKind(entry["kind"]),
        frozenset(operation_key(word) for word in entry.get("exact", ())),
        _keys(entry.get("contains", ())),
        _keys(entry.get("unless", ())),
        direction,
        swaps[0],
        swaps[1],
    )


def _keys(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(operation_key(word) for word in words)


def _sources(name: str, user_dir: Path | None) -> list[dict[str, Any]]:
    """Return the parsed data files, the user's first."""
    found = []
    own = user_dir / name if user_dir else None
    if own and own.is_file():
        found.append(parse_toml(own.read_text("utf-8"), str(own)))
    found.append(parse_toml((_DATA / name).read_text("utf-8"), name))
    return found


def parse_toml(text: str, where: str) -> dict[str, Any]:
    """Return a TOML file's content.

    Raises:
        UnreadableFileError: not valid TOML.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UnreadableFileError(
            f"The data file is not valid TOML: {error}.",
            where=where,
            next_step="Correct the line named, or remove the file.",
            what_zh="数据文件不是有效的 TOML。",
            next_step_zh="请改正提示的那一行，或删除该文件。",
        ) from error
