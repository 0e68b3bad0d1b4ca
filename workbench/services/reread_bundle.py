"""Read a bundle's originals again and hold what they say against the data beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbench.domain.case import CaseKind, DocumentKind
from workbench.errors import WorkbenchError
from workbench.services.desk import Desk
from workbench.services.find_files import Found
from workbench.services.read_file import read_file

if TYPE_CHECKING:
    from workbench.documents.bag import Bag

KEPT = frozenset({"exhibits"})
"""Tables of a document that a person filled, not the reader."""
NAME = "bundle"


@dataclass(frozen=True, slots=True)
class Reread:
    """Originals that do not say here what the data say."""

    differs: tuple[str, ...]
    unreadable: tuple[tuple[str, WorkbenchError], ...]
    """Files that cannot be read here: a layout of the sender's own, or recognition that is not installed."""


def reread(desk: Desk, bag: Bag, extract: Mapping[str, Any], originals: Mapping[str, str]) -> Reread:
    """Read every original with the layout the data name, and compare what comes out table by table.

    Args:
        desk: a desk on an empty database.
        bag: the bundle.
        extract: its data.
        originals: place in the bundle by SHA-256.

    Raises:
        UnreadableFileError: the bundle is damaged.
    """
    layouts, calendar = desk.layouts(), desk.tables().calendar
    named = {layout.name for layout in layouts}
    differs: list[str] = []
    unreadable: list[tuple[str, WorkbenchError]] = []
    with desk.store.write() as unit:
        unit.cases.create(NAME, CaseKind(extract["case"]["kind"]), desk.now())
        key = unit.cases.key(NAME)
        for document in extract["documents"]:
            place, file = originals.get(document["sha256"]), str(document["file"])
            if place is None:
                continue
            kind = DocumentKind(document["kind"])
            found = Found(file, file, bag.read(place))
            profile = document["layout"] if document["layout"] in named else None
            item, arrival = read_file(found, layouts, kind, profile, calendar)
            if arrival is None:
                if item.error is not None:
                    unreadable.append((file, item.error))
                continue
            unit.cases.set_next_document(key, int(document["number"]))
            unit.documents.add(key, arrival, desk.now())
        fresh = {one["sha256"]: one for one in unit.portable.dump(key)["documents"]}
    for document in extract["documents"]:
        again = fresh.get(document["sha256"])
        if again is not None and _tables(again) != _tables(document):
            differs.append(str(document["file"]))
    return Reread(tuple(differs), tuple(unreadable))


def _tables(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was read from a file: its header and the rows of its tables."""
    rows = {name: value for name, value in document.items() if isinstance(value, list) and name not in KEPT}
    return {**rows, "header": document["header"], "book": document["book"]}
