"""What the interface remembers: the place one was at, the order of the list, forms half filled in.

Changes are gathered for a moment and written by one worker, so that typing never waits for the disk; what is still
pending is written when the program is left. A killed program loses at most that moment.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from workbench.errors import WorkbenchError
from workbench.tui.ports import Backend

DELAY = 0.25
"""Seconds for which changes are gathered."""
DRAFT = "draft-"
Values = Mapping[str, object]


PLACE = "place"
QUERY = "cases"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the person is: case, tab, and the row of each tab that was looked at."""

    case: str = ""
    """Empty for the list of cases."""
    tab: str = "today"
    rows: Mapping[str, str] = field(default_factory=dict)

    def to_values(self) -> dict[str, object]:
        """Return it as JSON can hold it."""
        return {"case": self.case, "tab": self.tab, "rows": dict(self.rows)}

    @classmethod
    def from_values(cls, values: Values) -> Place:
        """Return the remembered place; what is not understood is left out."""
        rows = values.get("rows")
        return cls(
            str(values.get("case", "")),
            str(values.get("tab", "today")),
            _texts(rows) if isinstance(rows, dict) else {},
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """A form that was neither answered nor left."""

    case: str
    """Case it belongs to, empty for the list of cases."""
    title: str
    typed: Mapping[str, str]
    """What stands in the fields."""
    base: Mapping[str, str]
    """What stood there when the form was opened."""

    @property
    def name(self) -> str:
        """Name under which it is remembered: the same form of the same case has the same."""
        identity = "\n".join((self.case, self.title, *self.base))
        return DRAFT + sha256(identity.encode()).hexdigest()[:24]

    def to_values(self) -> dict[str, object]:
        """Return it as JSON can hold it."""
        return {"case": self.case, "title": self.title, "typed": dict(self.typed), "base": dict(self.base)}

    @classmethod
    def from_values(cls, values: Values) -> Draft | None:
        """Return the draft of remembered values, None where they are no draft."""
        typed, base = values.get("typed"), values.get("base")
        if not isinstance(typed, dict) or not isinstance(base, dict):
            return None
        return cls(str(values.get("case", "")), str(values.get("title", "")), _texts(typed), _texts(base))


class Memory:
    """Holds what is remembered and writes it behind the person's back."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._known: dict[str, Values] = {}
        self._pending: dict[str, Values | None] = {}
        self._wake = asyncio.Event()
        self._answered: Draft | None = None

    def read(self) -> dict[str, dict[str, object]]:
        """Read what earlier sessions left; for a worker."""
        return self._backend.recall()

    def know(self, found: Mapping[str, Values]) -> None:
        """Take what was read; what changed meanwhile stands."""
        self._known = {**found, **self._known}

    def get(self, name: str) -> Values:
        """Return what is remembered under a name, empty where nothing is."""
        return self._known.get(name, {})

    def note(self, name: str, values: Values | None) -> None:
        """Remember values, or forget them."""
        if values == self._known.get(name):
            return
        if values is None:
            self._known.pop(name, None)
        else:
            self._known[name] = values
        self._pending[name] = values
        self._wake.set()

    def drafts(self, case: str) -> list[Draft]:
        """Return the forms of a case that were neither answered nor left."""
        found = (Draft.from_values(values) for name, values in self._known.items() if name.startswith(DRAFT))
        return [draft for draft in found if draft is not None and draft.case == case]

    def answered(self, draft: Draft) -> None:
        """Forget a draft whose form was answered, unless the answer cannot be saved."""
        self._answered = draft if draft.name in self._known else None
        self.note(draft.name, None)

    def not_saved(self) -> Draft | None:
        """Bring the last answer back as a draft, for it could not be saved."""
        draft, self._answered = self._answered, None
        if draft is not None:
            self.note(draft.name, draft.to_values())
        return draft

    async def keep(self, failed: Callable[[WorkbenchError], object]) -> None:
        """Write what is noted, again and again; the one worker that does."""
        while True:
            await self._wake.wait()
            await asyncio.sleep(DELAY)
            self._wake.clear()
            try:
                await asyncio.to_thread(self.flush)
            except WorkbenchError as error:
                failed(error)

    def flush(self) -> None:
        """Write what is still pending; for a worker or the end."""
        while self._pending:
            name, values = self._pending.popitem()
            self._backend.remember(name, values)


def _texts(values: Mapping[object, object]) -> dict[str, str]:
    return {str(key): str(value) for key, value in values.items()}
