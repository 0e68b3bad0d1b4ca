"""Names of what a person changed, in both languages, for the undo notice: never the codes of the store."""

from __future__ import annotations

from collections.abc import Iterable


def change_names(group: str, codes: Iterable[str]) -> tuple[str, str]:
    """Return the names of codes, joined, Chinese first.

    Args:
        group: kind of the codes in the wording of the documents, as ``term`` or ``triage``.
        codes: the codes.
    """
    from workbench.documents.labels import load_labels  # noqa: PLC0415  start fast

    known = list(codes)
    zh, en = load_labels("zh"), load_labels("en")
    return "、".join(zh.name(group, code) for code in known), ", ".join(en.name(group, code) for code in known)
