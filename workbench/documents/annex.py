"""The annex of a letter: every amount in it with what it is and where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.documents.amounts import Amount
from workbench.documents.blocks import Block, Heading, PageBreak, Paragraph, Run, Table, plain_runs
from workbench.documents.scene import Scene
from workbench.documents.views import FindingView, LineView

SUM = "sum of "
SHOWN_PARTS = 6
"""Parts of a sum that are named; of more the number is said."""


COLUMNS = ("stated", "expected", "delta")
"""Parts of one finding or posting that share a row."""


def annex(amounts: Sequence[Amount], scene: Scene) -> tuple[Block, ...]:
    """Return the annex as blocks on a page of their own; nothing for a letter without amounts."""
    if not amounts:
        return ()
    labels, origins = scene.labels, Origins(scene)
    rows: dict[tuple[str, str], dict[str, str]] = {}
    for one in amounts:
        subject, part = origins.what(one.origin)
        key = (subject, origins.where(one.origin))
        while part in rows.get(key, {}):  # two amounts of one name: each keeps a row of its own
            key = (f"{key[0]} ", key[1])
        rows.setdefault(key, {})[part] = one.text
    cells = tuple(
        (
            plain_runs(str(number)),
            plain_runs(subject.rstrip()),
            *((Run(found.get(part, "")),) for part in COLUMNS),
            plain_runs(where),
        )
        for number, ((subject, where), found) in enumerate(rows.items(), 1)
    )
    heads = tuple(
        plain_runs(labels.name("head", key)) for key in ("no", "stands_for", "amount", *COLUMNS[1:], "source")
    )
    align = ("center", "left", "right", "right", "right", "left")
    table = Table(heads, cells, align, (0.65, 2.2, 1.1, 1.05, 1.0, 2.9), "annex")
    words = labels.groups["annex"]
    return (PageBreak(), Heading(2, plain_runs(words["title"])), Paragraph(plain_runs(words["lead"])), table)


class Origins:
    """Says in words what an origin is; unknown ones are shown as they are."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._labels = scene.labels
        stated = (*scene.chosen, *scene.questions)
        self._findings: dict[str, FindingView] = {one.key: one for one in stated}
        self._numbers = {one.document.sha256: one.no for one in scene.context.exhibits}

    def what(self, origin: str) -> tuple[str, str]:
        """Return what an amount is of, and the column it stands in."""
        if origin.startswith(SUM):
            return self._sum(origin), COLUMNS[0]
        group, _, rest = origin.partition(" ")
        name, _, part = rest.rpartition(" ")
        known = self._labels.name
        subject = known("origin", group)
        match group:
            case "finding" if name in self._findings:
                subject = self._findings[name].title
            case "line" if name in self._scene.by_id:
                line = self._scene.by_id[name]
                subject = line.operation or line.kind_label
            case "term" if rest in self._scene.terms:
                return self._join(subject, self._scene.terms[rest].label), COLUMNS[0]
            case "basis":
                subject = known("basis", name)
            case "total":
                subject = self._join(subject, known("total", name))
            case "field":
                return self._join(subject, self._field(rest)), COLUMNS[0]
        if part in COLUMNS:
            return subject, part
        named = part in self._labels.groups["head"] and group in ("finding", "line", "basis", "total")
        return (self._join(subject, known("head", part)) if named else subject), COLUMNS[0]

    def where(self, origin: str) -> str:
        """Return the exhibit, page and row an amount was read from; empty for what was computed from many."""
        group, _, rest = origin.partition(" ")
        name = rest.rpartition(" ")[0]
        if group == "finding" and name in self._findings and self._findings[name].lines:
            return self._place(self._findings[name].lines[0])
        if group == "line" and name in self._scene.by_id:
            return self._place(self._scene.by_id[name])
        if group == "term" and rest in self._scene.terms:
            term = self._scene.context.audit.terms.get(rest)
            number = self._numbers.get(term.source.sha256) if term and term.source else None
            return self._exhibit(number, str(self._scene.terms[rest].place))
        return ""

    def _place(self, line: LineView) -> str:
        source = self._scene.entries[line.id].line.source
        return self._exhibit(self._numbers.get(source.sha256), str(line.place))

    def _exhibit(self, number: int | None, place: str) -> str:
        if number is None or not place:
            return place
        return self._labels.name("origin", "exhibit").format(number=number, place=place)

    def _sum(self, origin: str) -> str:
        parts = origin.removeprefix(SUM).split("; ")
        words = self._labels.name
        if len(parts) > SHOWN_PARTS:
            return words("origin", "sum_of_many").format(count=len(parts), first=self._named(parts[0]))
        names = list(dict.fromkeys(self._named(part) for part in parts))
        return words("origin", "sum").format(parts=self._labels.pick("、", ", ").join(names), count=len(parts))

    def _named(self, origin: str) -> str:
        subject, part = self.what(origin)
        return self._join(subject, self._labels.name("head", part))

    def _field(self, key: str) -> str:
        spec = next((one for one in self._scene.template.fields if one.key == key), None)
        return key if spec is None else self._labels.pick(spec.label_zh, spec.label_en)

    def _join(self, *parts: str) -> str:
        return self._labels.pick("·", ", ").join(part for part in parts if part)
