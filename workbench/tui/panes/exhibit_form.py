"""The form that says what a file proves and how it was obtained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workbench.domain.evidence import EvidenceForm, EvidenceGroup, Exhibit
from workbench.tui.modals.form import FormField
from workbench.tui.presenters.base import Words, label


def describe_fields(one: Exhibit, words: Words) -> tuple[FormField, ...]:
    """Return the form that describes an item, filled with what is known."""
    note = one.note
    groups = tuple((str(int(group)), label(words, "evidence_group", group.name.lower())) for group in EvidenceGroup)
    forms = tuple((form.value, words(f"evidence.form.{form.value}")) for form in EvidenceForm)

    def text(key: str, value: str) -> FormField:
        return FormField(key, words(f"evidence.field.{key}"), value, example=words(f"evidence.example.{key}"))

    return (
        text("purpose", note.purpose),
        text("acquired_on", str(note.acquired_on or "")),
        text("acquired_by", note.acquired_by),
        text("acquired_how", note.acquired_how),
        text("carrier", note.carrier),
        text("title", note.title),
        text("source", note.source),
        FormField("form", words("evidence.field.form"), one.form.value, forms),
        text("copies", str(note.copies)),
        FormField("group", words("evidence.field.group"), str(int(one.group)), groups),
    )


def changed_only(fields: Sequence[FormField], values: Mapping[str, str]) -> dict[str, str]:
    """Return the entries that differ from what the form was filled with."""
    return {field.key: values[field.key] for field in fields if values.get(field.key, field.value) != field.value}
