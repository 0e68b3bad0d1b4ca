"""One form for every question: text fields and choices, returned as a mapping, None when it was left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Input, Label, RadioButton, RadioSet

from workbench.tui.actions import bindings
from workbench.tui.memory import Draft
from workbench.tui.modals.dialog import Dialog
from workbench.tui.presenters.base import Cell
from workbench.tui.widgets.field import Field
from workbench.tui.widgets.key_bar import KeyBar
from workbench.tui.widgets.prose import Prose
from workbench.tui.work import shell


@dataclass(frozen=True, slots=True)
class FormField:
    """One question."""

    key: str
    label: str
    value: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    """(value, label); empty: free text."""
    required: bool = False
    example: str = ""
    """Shown while a text field is empty."""


class Choice(RadioButton):
    """A choice whose mark does not depend on colour: the chosen one carries a tick."""

    _text = ""

    def __init__(self, text: str, *, value: bool) -> None:
        super().__init__(Content(text), value=value, compact=True)
        self._text = text
        self._tick(chosen=value)

    def watch_value(self) -> None:
        """Follow the choice."""
        super().watch_value()
        if self._text:
            self._tick(chosen=self.value)

    def _tick(self, *, chosen: bool) -> None:
        self.label = Content(f"{self._text}  ✓" if chosen else self._text)


class FormModal(Dialog[dict[str, str] | None]):
    """Asks all fields at once; Ctrl+S, Enter in the last text field or the button answers, Esc leaves.

    Where the caller can show what would come of the entries, a key or a third button does so and the form stays.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("form")
    scope = "form"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high")]  # noqa: RUF012  # Textual's own declaration

    def __init__(
        self,
        title: str,
        fields: Sequence[FormField],
        hint: str = "",
        preview: Callable[[dict[str, str]], None] | None = None,
    ) -> None:
        super().__init__()
        self._preview = preview
        self._title = title
        self._fields = tuple(fields)
        self._hint = hint
        self._case = ""

    @property
    def _base(self) -> dict[str, str]:
        return {field.key: field.value for field in self._fields}

    def _recalled(self) -> Draft | None:
        """Return what was typed into this form before and neither answered nor left."""
        cases = [case for screen in self.app.screen_stack if (case := getattr(screen, "case", ""))]
        self._case = cases[-1] if cases else ""
        empty = Draft(self._case, self._full_title, {}, self._base)
        return Draft.from_values(shell(self).memory.get(empty.name))

    @property
    def _full_title(self) -> str:
        """Title and labels: one form asks for many a term, each under the same title."""
        return " · ".join((self._title, *(field.label for field in self._fields)))

    def compose(self) -> ComposeResult:
        """Lay out labels, fields and two buttons."""
        words, draft = shell(self).words, self._recalled()
        typed = self._base if draft is None else {**self._base, **draft.typed}
        if draft is not None:
            told = words("form.restored") if draft.base == self._base else words("form.restored_other")
            self._hint = f"{told}\n{self._hint}".strip()
        with Vertical(classes="dialog"):
            yield Label(self._title, classes="dialog-title", markup=False)
            with VerticalScroll(classes="dialog-fields", can_focus=False):
                for field in self._fields:
                    star = " *" if field.required else ""
                    yield Label(field.label + star, classes="dialog-label", markup=False)
                    if field.choices:
                        with RadioSet(id=f"field-{field.key}", compact=True):
                            for value, text in field.choices:
                                yield Choice(text, value=value == typed[field.key])
                    else:
                        said, name = typed[field.key], f"field-{field.key}"
                        yield Field(said, placeholder=field.example, id=name, compact=True)
            yield Prose(Cell(self._hint), classes="dialog-hint")
            with Horizontal(classes="dialog-buttons"):
                if self._preview is not None:
                    yield Button(words("form.preview"), id="preview", compact=True)
                yield Button(words("form.ok"), id="ok", variant="primary", compact=True)
                yield Button(words("form.cancel"), id="cancel", compact=True)
        yield KeyBar()

    def on_mount(self) -> None:
        """Start in the first field; a form without hint shows no empty line."""
        self.query_one(".dialog-hint").display = bool(self._hint)
        first = self.query("Input, RadioSet").first()
        first.focus(scroll_visible=False)
        self.call_after_refresh(self._to_start)

    def _to_start(self) -> None:
        """Show the form from its top, a form of one long choice where its answer stands.

        Choices further down scroll themselves into sight before the layout is known.
        """
        chosen = [choice for choice in self.query(Choice) if choice.value]
        if len(self._fields) == 1 and chosen:
            chosen[0].scroll_visible(animate=False, immediate=True)
        else:
            self.query_one(".dialog-fields").scroll_home(animate=False)

    def _values(self) -> dict[str, str]:
        values: dict[str, str] = {}
        for field in self._fields:
            if field.choices:
                index = self.query_one(f"#field-{field.key}", RadioSet).pressed_index
                values[field.key] = field.choices[index][0] if index >= 0 else ""
            else:
                values[field.key] = self.query_one(f"#field-{field.key}", Input).value.strip()
        return values

    def _draft(self) -> Draft:
        return Draft(self._case, self._full_title, self._values(), self._base)

    @on(Input.Changed)
    @on(RadioSet.Changed)
    def typed(self) -> None:
        """Remember what stands in the fields, so that nothing typed is lost when the program ends here."""
        draft = self._draft()
        shell(self).memory.note(draft.name, None if draft.typed == draft.base else draft.to_values())

    @on(Input.Submitted)
    def submitted(self, event: Input.Submitted) -> None:
        """Go to the next field, or answer from the last."""
        event.stop()
        inputs = list(self.query(Input))
        position = inputs.index(event.input)
        if position + 1 < len(inputs):
            inputs[position + 1].focus()
        else:
            self.action_answer()

    @on(Button.Pressed, "#ok")
    def action_answer(self) -> None:
        """Return the values, unless a required one is missing."""
        values = self._values()
        for field in self._fields:
            if field.required and not values[field.key]:
                self.query_one(f"#field-{field.key}").focus()
                self.notify(shell(self).words("form.required", field=field.label), severity="warning", markup=False)
                return
        shell(self).memory.answered(self._draft())
        self.dismiss(values)

    @on(Button.Pressed, "#preview")
    def action_preview(self) -> None:
        """Show what would come of the entries; nothing is answered yet."""
        if self._preview is not None:
            self._preview(self._values())

    @on(Button.Pressed, "#cancel")
    def action_leave(self) -> None:
        """Return nothing; what was typed is given up."""
        shell(self).memory.note(self._draft().name, None)
        self.dismiss(None)
