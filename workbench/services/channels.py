"""Where a case can be taken: which channel fits its facts, with which letter, and why another does not.

The channels are data (``templates/channels.toml``, a user's own first); only the conditions that they name are here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from workbench.domain.audit import Audit
from workbench.domain.case import CaseKind
from workbench.domain.deadlines import CaseEvent, Deadline, DeadlineState, EventKind
from workbench.domain.findings import Verdict
from workbench.domain.money import ZERO
from workbench.domain.terms import Terms
from workbench.errors import RenderError, UsageError
from workbench.services.deadlines import deadlines_of
from workbench.services.desk import Desk
from workbench.services.edit_terms import list_terms

KINDS = tuple(kind.value for kind in CaseKind)


@dataclass(frozen=True, slots=True)
class Channel:
    """One way, for one case."""

    id: str
    name_zh: str
    name_en: str
    fits: bool
    why_zh: str
    """Why it fits, or why it does not."""
    why_en: str
    template: str
    """Letter for it; empty where there is none."""
    statutes: tuple[str, ...]
    notes_zh: tuple[str, ...]
    notes_en: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChannelFacts:
    """What the conditions look at."""

    kind: CaseKind
    terms: Terms
    has_contract: bool
    audit: Audit | None
    """None where nothing can be computed yet."""
    events: tuple[CaseEvent, ...]
    deadlines: tuple[Deadline, ...]
    today: date

    @property
    def arbitration(self) -> bool:
        """True where the contract sends disputes to an arbitral body."""
        return (self.terms.text("dispute_resolution") or "").startswith("arbitration")

    @property
    def settlement_positive(self) -> bool | None:
        """Whether the client is owed something as contracted; None where that is not known."""
        basis = self.audit.bases.get("as_contracted") if self.audit else None
        return None if basis is None else basis.settlement > ZERO

    @property
    def impossible_fills(self) -> bool:
        """True where a fill is proven to be impossible."""
        found = self.audit.findings if self.audit else ()
        return any(one.code == "SIM-FILL" and one.verdict is Verdict.PROVEN for one in found)


CONDITIONS: Mapping[str, Callable[[ChannelFacts], bool]] = MappingProxyType(
    {
        "always": lambda _: True,
        "arbitration": lambda facts: facts.arbitration,
        "no_arbitration": lambda facts: facts.has_contract and not facts.arbitration,
        "no_contract": lambda facts: not facts.has_contract and not facts.arbitration,
        "impossible_fills": lambda facts: facts.impossible_fills,
        "no_impossible_fills": lambda facts: facts.audit is not None and not facts.impossible_fills,
        "client_owes": lambda facts: facts.settlement_positive is False,
        "client_is_owed": lambda facts: facts.settlement_positive is True,
        "no_figures": lambda facts: facts.settlement_positive is None,
        "ended": lambda facts: any(event.kind is EventKind.ENDED for event in facts.events),
        "limitation_missed": lambda facts: any(
            one.kind == "limitation" and one.state(facts.today) is DeadlineState.MISSED for one in facts.deadlines
        ),
    }
)
"""By the name that the data use."""


def list_channels(desk: Desk, case: str, *, audit: Audit | None = None) -> tuple[Channel, ...]:
    """Return every channel with whether it fits the case, those that fit first.

    Raises:
        NotFoundError: no such case.
        RenderError: the user's own ``channels.toml`` names an unknown condition.
    """
    facts = _facts(desk, case, audit)
    found = tuple(_channel(entry, facts) for entry in _entries(desk))
    return tuple(sorted(found, key=lambda one: not one.fits))


def _facts(desk: Desk, case: str, audit: Audit | None) -> ChannelFacts:
    from workbench.services.run_audit import compute_audit  # noqa: PLC0415  start fast

    with desk.store.read() as unit:
        key = unit.cases.key(case)
        kind, events, deadlines = unit.cases.get(case).kind, unit.events.all(key), deadlines_of(unit, key)
        has_contract = bool(unit.documents.contracts(key))
    if audit is None:
        try:
            audit = compute_audit(desk, case)
        except UsageError:
            audit = None  # no statement yet: what rests on figures is said to be unknown
    return ChannelFacts(kind, list_terms(desk, case), has_contract, audit, events, deadlines, desk.today)


def _entries(desk: Desk) -> list[dict[str, Any]]:
    from workbench.documents.template_files import find, read_toml  # noqa: PLC0415  start fast

    path = find(desk.template_dirs, "channels.toml")
    return [] if path is None else list(read_toml(path)["channel"])


def _channel(entry: Mapping[str, Any], facts: ChannelFacts) -> Channel:
    fits, why = True, entry["why"]
    if facts.kind.value not in entry.get("kinds", KINDS):
        fits, why = False, entry["otherwise"]
    else:
        for name, reason in entry.get("unless", {}).items():
            if _holds(name, facts):
                fits, why = False, reason
                break
    notes = [note for note in entry.get("note", ()) if fits and _holds(note["when"], facts)]
    return Channel(
        id=entry["id"],
        name_zh=entry["name"]["zh"],
        name_en=entry["name"]["en"],
        fits=fits,
        why_zh=why["zh"],
        why_en=why["en"],
        template=entry.get("template", ""),
        statutes=tuple(entry.get("statutes", ())),
        notes_zh=tuple(note["zh"] for note in notes),
        notes_en=tuple(note["en"] for note in notes),
    )


def _holds(name: str, facts: ChannelFacts) -> bool:
    condition = CONDITIONS.get(name)
    if condition is None:
        raise RenderError(
            f"channels.toml names the unknown condition {name!r}",
            next_step=f"Use one of: {', '.join(CONDITIONS)}.",
            what_zh=f"channels.toml 中的条件 {name} 不存在",
            next_step_zh=f"可用的条件：{'、'.join(CONDITIONS)}。",
        )
    return condition(facts)
