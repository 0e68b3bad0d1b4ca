"""The catalogue of evidence and the hits of a search as tables and JSON."""

from __future__ import annotations

from workbench.cli.output import show, show_json, show_table
from workbench.cli.session import Session
from workbench.domain.evidence import Exhibit
from workbench.services.search_evidence import Hit, SearchResult


def show_catalogue(state: Session, case: str, exhibits: tuple[Exhibit, ...], *, as_json: bool) -> None:
    """Print the items of the catalogue by group."""
    say = state.say
    if as_json:
        show_json({"schema": 1, "case": case, "exhibits": [_exhibit(one) for one in exhibits]})
        return
    show_table(
        [say(f"evidence.head.{key}") for key in ("item", "number", "group", "title", "purpose", "acquired")],
        [
            [
                str(one.no),
                f"S{one.document.number}",
                say.name("evidence_group", one.group.name.lower()),
                one.title,
                one.note.purpose,
                " ".join(part for part in (str(one.note.acquired_on or ""), one.note.acquired_by) if part),
            ]
            for one in exhibits
        ],
    )
    show(say("evidence.describe_hint", case=case))


def show_hits(state: Session, case: str, result: SearchResult, *, as_json: bool) -> None:
    """Print the pages that hold the words, and what could not be looked into."""
    say = state.say
    if as_json:
        unread = [{"number": one.number, "file": one.file} for one in result.unread]
        show_json({"schema": 1, "case": case, "hits": [_hit(one) for one in result.hits], "unread": unread})
        return
    if not result.hits:
        show(say("evidence.no_hit"))
    for hit in result.hits:
        mark = say("evidence.recognised") if hit.recognised else ""
        show(
            f"S{hit.document.number} {hit.document.file} {say('place.page', page=hit.page)}{mark}: "
            f"…{hit.before}【{hit.found}】{hit.after}…"
        )
    if result.unread:
        names = say("list_sep").join(one.file for one in result.unread)
        show(say("evidence.unread", files=names))


def _exhibit(one: Exhibit) -> dict[str, object]:
    note = one.note
    return {
        "no": one.no,
        "document": one.document.number,
        "file": one.document.file,
        "sha256": one.document.sha256,
        "group": int(one.group),
        "title": one.title,
        "purpose": note.purpose or None,
        "source": note.source or None,
        "form": one.form.value,
        "medium": one.medium,
        "acquired": {
            "by": note.acquired_by or None,
            "on": None if note.acquired_on is None else note.acquired_on.isoformat(),
            "how": note.acquired_how or None,
            "carrier": note.carrier or None,
        },
        "copies": note.copies,
    }


def _hit(one: Hit) -> dict[str, object]:
    return {
        "document": one.document.number,
        "file": one.document.file,
        "page": one.page,
        "before": one.before,
        "found": one.found,
        "after": one.after,
        "recognised": one.recognised,
    }
