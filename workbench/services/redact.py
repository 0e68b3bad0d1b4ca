"""Mask who it is: one token for one value everywhere, so that a redacted case still reads and still computes.

Masked are the names and numbers that terms, headings, messages and letter fields hold, wherever they occur, and every
number that looks like a telephone, a document of identity, an account or an order. A name that stands only in running
text, or in another form, is not known here; the command says so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

NAMES = frozenset({"client", "financier", "platform", "holder", "counterparty"})
"""Terms and headings that hold a name."""
NUMBERS = frozenset({"account", "contract_no"})
"""Terms and headings that hold a number of an account or contract."""
OPEN_FIELDS = frozenset(
    {"regulator", "reply_days", "mediation", "secrecy", "claim_basis", "period_start", "sex", "ethnicity", "court"}
    | {"police", "mediator", "proceedings", "first_payment", "instalment", "instalments", "first_due", "signed_on"}
    | {"cause_of_action", "security_offered", "measures_taken", "extra_facts", "bank_name", "other_victims"}
)
"""Letter fields that are masked only where they repeat something known; all others, a user's own ones too, whole."""
PLAN = "plan."
"""Beginning of the keys of letter fields that hold figures of a plan, no identity."""
UNTOUCHED = frozenset({"sha256", "digest", "previous", "version", "tables", "engine", "reference", "at"})
"""Keys whose values are the program's own."""
ROLES = re.compile(r"(?:平台|系统|客服|风控|客户|本人|对方|短信|微信|通知|经理|专员|公司|\d|[（）() ])+")
"""Senders that say what someone is, not who."""
SHORTEST = 2
TOKENS = {"name": "〔名称{}〕", "number": "〔号码{}〕", "phone": "〔电话{}〕", "id": "〔证件{}〕", "mail": "〔邮箱{}〕"}
CASE_NAME = "〔案件〕"
PATTERNS = (
    ("mail", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("id", re.compile(r"(?<![\d.,])\d{17}[\dXx](?![\d.])")),
    ("phone", re.compile(r"(?<![\d.,])1[3-9]\d{9}(?![\d.])")),
    ("number", re.compile(r"(?<![\d.,A-Za-z])\d{9,22}(?![\d.A-Za-z])")),
)
_FIGURE = re.compile(r"[-+]?\d+(?:\.\d+)?")


class Redaction:
    """Tokens by value, given in the order in which values are met."""

    def __init__(self, extract: Mapping[str, Any]) -> None:
        self._tokens: dict[str, str] = {}
        self._kinds: Counter[str] = Counter()
        known = [self._known(kind, value) for kind, value in _identities(extract)]
        self._words = re.compile("|".join(sorted(set(known), key=len, reverse=True))) if known else None

    @property
    def counts(self) -> dict[str, int]:
        """How many different values were masked, by kind."""
        return dict(self._kinds)

    def masked(self, extract: Mapping[str, Any]) -> dict[str, Any]:
        """Return the extract masked."""
        made = {**{key: self._values(value, key) for key, value in extract.items()}, "name": CASE_NAME}
        if made["run"] is not None:
            made["run"]["result"]["case"]["name"] = CASE_NAME
        return made

    def text(self, text: str, key: str = "") -> str:
        """Return a text masked; a bare figure stays unless it is a serial number."""
        if self._words is not None:
            text = self._words.sub(lambda match: self._tokens[match[0]], text)
        if _FIGURE.fullmatch(text) and key != "serial":
            return text
        for kind, pattern in PATTERNS:
            text = pattern.sub(lambda match, kind=kind: self._token(kind, match[0]), text)  # type: ignore[misc]
        return text

    def _token(self, kind: str, value: str) -> str:
        if value not in self._tokens:
            self._kinds[kind] += 1
            self._tokens[value] = TOKENS[kind].format(self._kinds[kind])
        return self._tokens[value]

    def _known(self, kind: str, value: str) -> str:
        """Give a value its token and return the pattern that finds it; digits only as a whole number."""
        self._token(kind, value)
        return rf"(?<!\d){value}(?!\d)" if value.isdigit() else re.escape(value)

    def _values(self, value: Any, key: str) -> Any:  # noqa: ANN401  JSON has no narrower type
        if key in UNTOUCHED:
            return value
        if isinstance(value, str):
            return self.text(value, key)
        if isinstance(value, list):
            return [self._values(one, key) for one in value]
        if isinstance(value, dict):
            return {name: self._values(one, name) for name, one in value.items()}
        return value


def _identities(extract: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield (kind, value) of every name and number that the case itself marks as one."""
    found = [(str(term["key"]), term["value"]) for term in extract["user_terms"]]
    for document in extract["documents"]:
        found += [(str(term["key"]), term["value"]) for term in document.get("contract_terms", [])]
        found += [(str(key), value) for key, value in document["header"].items()]
        found += [("client", note["acquired_by"]) for note in document.get("exhibits", [])]
        found += [
            ("client", one["sender"]) for one in document.get("notices", []) if not ROLES.fullmatch(one["sender"])
        ]
    found += [("client", triage["reviewer"]) for triage in extract["triage"]]
    for entry in extract["letter_fields"]:
        if entry["key"] not in OPEN_FIELDS and not entry["key"].startswith(PLAN):
            digits = any(char.isdigit() for char in entry["value"])
            found.append(("account" if digits else "client", entry["value"]))
    for key, value in found:
        if isinstance(value, str) and len(value.strip()) >= SHORTEST and (key in NAMES or key in NUMBERS):
            yield ("name" if key in NAMES else "number"), value.strip()
